"""The values of a process against what is asked of them, as a histogram."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.capability_view import CapabilityView
from fourfold.platform.ui.charts import ChartTheme, compiled, drawn
from fourfold.platform.ui.charts.histogram import (
    Bin,
    Histogram,
    HistogramBar,
    HistogramLine,
    bins_of,
    histogram_chart,
)

__all__ = ["histogram_as_json", "histogram_as_svg"]


def histogram_as_json(view: CapabilityView, *, theme: ChartTheme) -> str:
    """What the island draws."""
    return compiled(histogram_chart(_shown(view), theme=theme, width=860, height=260), theme=theme).vega


def histogram_as_svg(view: CapabilityView, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The same as a picture."""
    width, height = (320, 220) if is_narrow else (860, 260)
    return drawn(
        compiled(histogram_chart(_shown(view), theme=theme, width=width, height=height), theme=theme)
    )


def _shown(view: CapabilityView) -> Histogram:
    asked = ((view.lower, _("lower"), False), (view.target, _("best"), False), (view.upper, _("upper"), True))
    lines = tuple(
        HistogramLine(number, f"{word} {view.format.shown(number).text}", is_upper)
        for number, word, is_upper in asked
        if number is not None
    )
    bars = tuple(_bar(view, each) for each in bins_of(view.values))
    return Histogram(bars, lines, (_("Value"), _("periods")))


def _bar(view: CapabilityView, each: Bin) -> HistogramBar:
    low, high, count = each
    return HistogramBar(each, f"{view.format.shown(low).text} – {view.format.shown(high)}", str(count))
