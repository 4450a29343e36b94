"""The fan as a file: with title, unit, sentence and legend, so that a slide needs nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.forecast_drawing import WASHES, fan_as_svg
from fourfold.governance.signals.pages.forecast_fan import Fan
from fourfold.governance.signals.pages.forecast_view import ForecastView
from fourfold.platform.ui.charts import ChartTheme, palette
from fourfold.platform.ui.documents import LegendEntry, framed_picture, legend_of_line
from fourfold.platform.ui.numbers import unit_label

__all__ = ["forecast_picture"]


def forecast_picture(view: ForecastView, fan: Fan) -> str:
    """The fan chart as an SVG of its own."""
    ink = palette(ChartTheme.LIGHT)
    unit = unit_label(view.format.unit_of_measure)
    legend = [
        legend_of_line(_("Value"), colour=ink.accent),
        legend_of_line(_("Expected"), colour=ink.accent, dash="6 3", width=2),
        *(_legend_of_band(share, ink.accent) for share in view.shares),
    ]
    if fan.has_target:
        legend.append(legend_of_line(_("Target"), colour=ink.ink, dash="5 4", width=1.5))
    said = view.prospects[0].sentence if view.prospects else view.expected
    under = (view.unit_name, f"{_('in')} {unit}" if unit else "", said)
    return framed_picture(
        fan_as_svg(fan, theme=ChartTheme.LIGHT),
        title=view.name,
        under=" · ".join(part for part in under if part),
        legend=legend,
    )


def _legend_of_band(share: int, colour: str) -> LegendEntry:
    # What lies upon one another adds up: the narrowest band is seen through the wider ones.
    opacity = sum(wash for each, wash in WASHES.items() if each >= share)
    sample = f'<rect width="26" height="14" rx="3" fill="{colour}" fill-opacity="{opacity:.2f}"/>'
    return LegendEntry(sample, _("%(share)s %%") % {"share": share})
