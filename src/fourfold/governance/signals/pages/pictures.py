"""Both drawings as files: with title, unit, period and legend, so that a slide needs nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.capability_view import CapabilityView
from fourfold.governance.signals.pages.chart_drawing import chart_as_svg
from fourfold.governance.signals.pages.control_drawing import MARK_COLOURS
from fourfold.governance.signals.pages.control_points import ControlView, PointMark
from fourfold.governance.signals.pages.histogram import histogram_as_svg
from fourfold.governance.signals.pages.icon_marks import point_shape
from fourfold.governance.signals.pages.wording import chart_name
from fourfold.platform.ui.charts import ChartTheme, palette
from fourfold.platform.ui.documents import LegendEntry, framed_picture, legend_of_line
from fourfold.platform.ui.numbers import unit_label

__all__ = ["capability_picture", "control_picture"]


def control_picture(view: ControlView) -> str:
    """The control chart as an SVG of its own."""
    points = view.points
    span = f"{points[0].label} {_('to')} {points[-1].label}" if len(points) > 1 else ""
    unit = unit_label(view.format.unit_of_measure)
    measured = _("in sigma") if view.is_of_sums else f"{_('in')} {unit}" if unit else ""
    legend = [*_legend_of_lines(view), *(_legend_of_mark(mark) for mark in view.marks)]
    under = (view.unit_name, span, measured, chart_name(view.kind) if view.kind else "")
    return framed_picture(
        chart_as_svg(view, theme=ChartTheme.LIGHT),
        title=view.name,
        under=" · ".join(part for part in under if part),
        legend=legend,
    )


def capability_picture(view: CapabilityView, *, period: str) -> str:
    """The histogram as an SVG of its own."""
    ink = palette(ChartTheme.LIGHT)
    unit = unit_label(view.format.unit_of_measure)
    under = (view.unit_name, period, f"{_('in')} {unit}" if unit else "", _("capability"))
    return framed_picture(
        histogram_as_svg(view, theme=ChartTheme.LIGHT),
        title=view.name,
        under=" · ".join(part for part in under if part),
        legend=[legend_of_line(_("asked for"), colour=ink.ink, dash="6 3", width=1.6)],
    )


def _legend_of_lines(view: ControlView) -> list[LegendEntry]:
    """What the lines are; sums have a border instead of limits, and no target."""
    ink = palette(ChartTheme.LIGHT)
    if view.is_of_sums:
        return [
            legend_of_line(_("Sum above the mean, upwards"), colour=ink.ink_soft, width=1.5),
            legend_of_line(_("Sum below it, downwards"), colour=ink.ink_soft, dash="4 2", width=1.5),
            legend_of_line(_("Border"), colour=ink.ink_soft, dash="6 3", width=1.4),
        ]
    found = [
        legend_of_line(_("Mean"), colour=ink.ink_soft, width=1.4),
        legend_of_line(_("Limits"), colour=ink.ink_soft, dash="6 3", width=1.4),
    ]
    if any(point.target is not None for point in view.points):
        found.append(legend_of_line(_("Target"), colour=ink.ink, dash="2 3", width=1.5))
    return found


def _legend_of_mark(mark: PointMark) -> LegendEntry:
    colour = MARK_COLOURS[ChartTheme.LIGHT][mark]
    shape = point_shape(mark).replace("<svg", f'<svg x="8" y="0" color="{colour}"', 1)
    return LegendEntry(shape, mark.label)
