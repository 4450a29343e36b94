"""Charts: one definition for page and paper, compiled on the server with the house's theme."""

from fourfold.platform.ui.charts.compiling import CompiledChart, compiled, drawn
from fourfold.platform.ui.charts.house_theme import ChartTheme, Palette, palette

__all__ = ["ChartTheme", "CompiledChart", "Palette", "compiled", "drawn", "palette"]
