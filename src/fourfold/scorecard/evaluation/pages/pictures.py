"""Drawings as files: with title, unit, period, unit of measure and legend, so that a slide needs nothing else."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from fourfold.platform.ui.charts import ChartTheme
from fourfold.platform.ui.charts.house_theme import palette
from fourfold.platform.ui.documents import (
    LegendEntry,
    framed_picture,
    history_picture,
    legend_of_line,
    legend_of_status,
    timeline_picture,
)
from fourfold.scorecard.evaluation.pages.initiatives.page import InitiativesPage
from fourfold.scorecard.evaluation.pages.measure.chart import chart_as_svg
from fourfold.scorecard.evaluation.pages.measure.page import MeasurePage
from fourfold.scorecard.evaluation.pages.objective.page import ObjectivePage
from fourfold.scorecard.evaluation.pages.scorecard.page import ScorecardPage
from fourfold.scorecard.evaluation.pages.strategy_map.page import EdgeLook, MapPage

__all__ = ["initiatives_picture", "map_picture", "measure_picture", "objective_picture", "scores_picture"]

_TARGET_DASH = "5 4"  # as the chart draws it


def measure_picture(page: MeasurePage, *, state: str) -> str:
    """A measure's chart as an SVG of its own; `state` says how final the shown period is."""
    periods = page.history.periods
    span = f"{periods[0].label} {_('to')} {periods[-1].label}" if len(periods) > 1 else periods[0].label
    known = _("as known on %(day)s") % {"day": page.known_then.day.isoformat()} if page.known_then else ""
    measured = f"{_('in')} {page.unit_label}" if page.unit_label else ""
    under = (page.place.unit_name, span, measured, "" if known else state, known)
    return framed_picture(
        chart_as_svg(page.history, theme=ChartTheme.LIGHT),
        title=page.name,
        under=_joined(*under),
        legend=_measure_legend(page),
    )


def _measure_legend(page: MeasurePage) -> list[LegendEntry]:
    ink = palette(ChartTheme.LIGHT)
    legend = [legend_of_line(_("Value"), colour=ink.accent)]
    if page.history.has_targets:
        legend.append(legend_of_line(_("Target"), colour=ink.ink_soft, dash=_TARGET_DASH, width=1.5))
    return legend + [legend_of_status(status, wash=True) for status in page.history.zones]


def scores_picture(page: ScorecardPage, *, state: str) -> str:
    """The scores of the perspectives over time."""
    under = _joined(page.place.unit_name, page.span, state)
    return history_picture(page.history, title=_("Score by perspective"), under=under)


def objective_picture(page: ObjectivePage, *, state: str) -> str:
    """An objective's score over time."""
    labels = page.history.labels
    span = f"{labels[0]} {_('to')} {labels[-1]}" if len(labels) > 1 else "".join(labels)
    under = _joined(_("Score of the objective"), page.place.unit_name, span, state)
    return history_picture(page.history, title=page.head.name, under=under)


def initiatives_picture(page: InitiativesPage) -> str:
    """The timeline of what a unit undertakes; its dates are of no period but held against today."""
    under = _joined(page.place.unit_name, _("as known on %(day)s") % {"day": page.timeline.today.isoformat()})
    return timeline_picture(page.timeline, title=_("Initiatives"), under=under)


def map_picture(page: MapPage, drawing: str, *, state: str) -> str:
    """The strategy map as an SVG of its own."""
    under = (
        page.place.unit_name,
        page.place.stepper.current.label,
        state,
        page.theme.name if page.theme else "",
    )
    return framed_picture(
        drawing,
        title=_("Strategy map"),
        under=_joined(*under),
        legend=_map_legend(page),
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _legend_of(look: EdgeLook) -> LegendEntry:
    """A piece of the arrow with its mark."""
    plain = legend_of_line(look.word, colour=look.colour, dash=look.dash, width=float(look.width))
    if not look.mark:
        return plain
    mark = (
        f'<circle cx="13" cy="7" r="6.5" fill="#ffffff" stroke="{look.colour}" stroke-width="1.3"/>'
        f'<path transform="translate(5 -1)" d="{look.mark}" fill="none" stroke="{look.colour}" stroke-width="1.7"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return replace(plain, sample=plain.sample + mark)


def _negative(colour: str) -> LegendEntry:
    """A piece of the arrow with its minus."""
    plain = legend_of_line(_("expected to hold back"), colour=colour, width=1.5)
    minus = (
        f'<circle cx="13" cy="7" r="6.5" fill="#ffffff" stroke="{colour}" stroke-width="1.3"/>'
        f'<path d="M9.8 7h6.4" stroke="{colour}" stroke-width="1.6"/>'
    )
    return replace(plain, sample=plain.sample + minus)


def _map_legend(page: MapPage) -> list[LegendEntry]:
    colour, sheet = "#6f7d92", page.sheet  # of the map's links
    legend = [legend_of_status(status) for status in sheet.statuses]
    legend.append(legend_of_line(_("hypothesis: expected to further"), colour=colour, width=1.5))
    legend += [_legend_of(look) for look in sheet.looks]
    if sheet.has_negatives:
        legend.append(_negative(colour))
    if sheet.has_feedback:
        legend.append(legend_of_line(_("feedback"), colour=colour, width=1.5, dash="5 4"))
    if sheet.has_identities:
        legend.append(
            legend_of_line(_("identity: true by definition"), colour=colour, width=1.4, double=True)
        )
    return legend
