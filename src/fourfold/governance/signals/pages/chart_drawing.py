"""A measure's chart as an island draws it and as a picture, of whichever kind it is."""

from __future__ import annotations

from fourfold.governance.signals.pages.control_drawing import control_chart
from fourfold.governance.signals.pages.control_points import ControlView
from fourfold.governance.signals.pages.sums_drawing import sums_chart
from fourfold.platform.ui.charts import ChartTheme, compiled, drawn
from fourfold.platform.ui.charts.axes import Chart

__all__ = ["chart_as_json", "chart_as_svg"]


def chart_as_json(view: ControlView, *, theme: ChartTheme) -> str:
    """What the island draws."""
    return compiled(_chart(view, theme=theme, width=860, height=320), theme=theme).vega


def chart_as_svg(view: ControlView, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The same as a picture, at the desk's width or the telephone's."""
    width, height = (320, 250) if is_narrow else (860, 320)
    return drawn(compiled(_chart(view, theme=theme, width=width, height=height), theme=theme))


def _chart(view: ControlView, *, theme: ChartTheme, width: int, height: int) -> Chart:
    draw = sums_chart if view.is_of_sums else control_chart
    return draw(view, theme=theme, width=width, height=height)
