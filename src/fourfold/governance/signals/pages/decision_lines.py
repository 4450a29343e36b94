"""A decision on limits as a line a person reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fourfold.engine.calendar import PeriodUnknown
from fourfold.governance.signals.models import ChosenChart
from fourfold.governance.signals.queries.decisions import Decision, DecisionKind
from fourfold.governance.signals.queries.series import SeriesTable
from fourfold.scorecard.evaluation.pages.value_format import format_of

__all__ = ["DecisionLine", "decision_line"]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What was decided, by whom, when and why. `ended_by` and `ended_at` only where it was withdrawn."""

    id: int
    kind: DecisionKind
    what: str
    reason: str
    author: str
    recorded_at: datetime
    ended_by: str = ""
    ended_at: datetime | None = None


def decision_line(decision: Decision, table: SeriesTable, *, measure: str) -> DecisionLine:
    """Put it in words."""
    return DecisionLine(
        decision.id,
        decision.kind,
        _said(decision, table, measure=measure),
        decision.reason,
        decision.author,
        decision.recorded_at,
        decision.withdrawn_by,
        decision.withdrawn_at,
    )


def _said(decision: Decision, table: SeriesTable, *, measure: str) -> str:
    words = {"first": _label(decision.first, table), "last": _label(decision.last, table)}
    match decision.kind:
        case DecisionKind.REBASE:
            return _("Limits begin anew with %(first)s") % words
        case DecisionKind.SPECIAL_CAUSE if decision.first == decision.last:
            return _("Special cause in %(first)s: left out of the limits") % words
        case DecisionKind.SPECIAL_CAUSE:
            return _("Special cause from %(first)s to %(last)s: left out of the limits") % words
        case DecisionKind.CHART:
            return _("Chosen: %(chart)s") % {"chart": ChosenChart(decision.chart).label}
        case _:
            return _("From %(first)s on asked for: %(asked)s") % {
                **words,
                "asked": asked_in_words(decision, table, measure=measure),
            }


def asked_in_words(decision: Decision, table: SeriesTable, *, measure: str) -> str:
    """The limits of a specification, as its measure writes numbers."""
    form = format_of(table.series[measure].version)
    lower, upper, target = (
        str(form.shown(each)) for each in (decision.lower, decision.upper, decision.target)
    )
    if decision.lower is None:
        said = _("at most %(upper)s") % {"upper": upper}
    elif decision.upper is None:
        said = _("at least %(lower)s") % {"lower": lower}
    else:
        said = _("%(lower)s to %(upper)s") % {"lower": lower, "upper": upper}
    if decision.target is None:
        return said
    return _("%(limits)s, best %(target)s") % {"limits": said, "target": target}


def _label(key: str, table: SeriesTable) -> str:
    try:
        return table.calendar.label(table.calendar.parse(key))
    except PeriodUnknown:  # another calendar was in force then
        return key
