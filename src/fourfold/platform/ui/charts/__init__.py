"""Charts: one definition for page and paper, compiled on the server with the house's theme."""

from altair.utils.schemapi import disable_debug_mode

from fourfold.platform.ui.charts.compiling import CompiledChart, compiled, drawn
from fourfold.platform.ui.charts.house_theme import ChartTheme, Palette, palette
from fourfold.platform.ui.charts.waterfall import NothingToDraw

__all__ = ["ChartTheme", "CompiledChart", "NothingToDraw", "Palette", "compiled", "drawn", "palette"]

disable_debug_mode()
# Altair would check each part of a chart as it is made, and the whole once more: `compiled` looks at the whole.
