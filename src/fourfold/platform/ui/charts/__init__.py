"""Charts: one definition for page and paper, compiled on the server with the house's theme."""

from fourfold.platform.ui.charts.compiling import CompiledChart, compiled, drawn
from fourfold.platform.ui.charts.house_theme import ChartTheme, Palette, palette
from fourfold.platform.ui.charts.waterfall import NothingToDraw

__all__ = ["ChartTheme", "CompiledChart", "NothingToDraw", "Palette", "compiled", "drawn", "palette"]
