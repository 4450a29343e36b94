"""Begin a measure's limits anew (METHOD M3.4: only by a logged decision)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.governance.signals.actions.deciding import Deciding, SegmentTooShort, deciding_on, reason_of
from fourfold.governance.signals.actions.events import LimitsRebased
from fourfold.governance.signals.queries.decisions import DecisionKind
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal

__all__ = ["Rebase", "RebasedAlready", "rebase_limits"]


class RebasedAlready(Refusal):
    code, status = "LIMITS_BEGIN_THERE", 409
    sentence = _("Limits begin with {period} already.")
    remedy = _("Choose another period, or withdraw the decision that stands.")


@dataclass(frozen=True, slots=True)
class Rebase:
    """From which period, and why."""

    period: str
    reason: str


@transaction.atomic
def rebase_limits(measure: str, unit: str, *, rebase: Rebase, scope: Scope, at: datetime) -> int:
    """From the period on, limits are made of the points that follow; what was before keeps its own.

    Raises:
        What `deciding_on` raises, ReasonMissing, TextTooLong, PeriodOutside, RebasedAlready, SegmentTooShort.
    """
    here = deciding_on(measure, unit, scope=scope, at=at)
    reason, place = reason_of(rebase.reason), here.place(rebase.period)
    _check(here, place)
    row = here.keep(kind=DecisionKind.REBASE, first=here.key(place), reason=reason, at=at)
    event = LimitsRebased(here.subject, decision=row.pk, unit=unit, period=row.first_period, reason=reason)
    audit.record(event, scope=scope, at=at)
    return row.pk


def _check(here: Deciding, place: int) -> None:
    starts = here.starts()
    if place in starts:
        raise RebasedAlready(period=here.label(place))
    before = max(start for start in starts if start < place)
    after = min((start for start in starts if start > place), default=len(here.series.ordinals))
    least = here.judged.rules.trial
    for points in (here.points(before, place), here.points(place, after)):
        if points < least:
            raise SegmentTooShort(points=points, least=least)
