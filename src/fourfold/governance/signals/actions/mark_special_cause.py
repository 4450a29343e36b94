"""Leave a point or a stretch out of the limits because its cause is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.governance.signals.actions.deciding import Deciding, SegmentTooShort, deciding_on, reason_of
from fourfold.governance.signals.actions.events import SpecialCauseMarked
from fourfold.governance.signals.queries.decisions import DecisionKind
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal

__all__ = ["PeriodsReversed", "SpecialCause", "SpecialCauseOverlaps", "mark_special_cause"]


class PeriodsReversed(Refusal):
    code, status = "PERIODS_REVERSED", 422
    sentence = _("{last} comes before {first}.")
    remedy = _("Name the first period first.")


class SpecialCauseOverlaps(Refusal):
    code, status = "SPECIAL_CAUSE_OVERLAPS", 409
    sentence = _("{period} is marked already.")
    remedy = _("Choose periods outside that stretch, or withdraw the decision that stands.")


@dataclass(frozen=True, slots=True)
class SpecialCause:
    """From which period to which (empty: that one alone), and what happened."""

    first: str
    last: str
    reason: str


@transaction.atomic
def mark_special_cause(measure: str, unit: str, *, cause: SpecialCause, scope: Scope, at: datetime) -> int:
    """The points stay on the chart and are judged; no limits are made of them.

    Raises:
        What `deciding_on` raises, ReasonMissing, TextTooLong, PeriodOutside, PeriodsReversed, SpecialCauseOverlaps,
        SegmentTooShort.
    """
    here = deciding_on(measure, unit, scope=scope, at=at)
    reason = reason_of(cause.reason)
    first = here.place(cause.first)
    last = here.place(cause.last) if cause.last.strip() else first
    _check(here, first=first, last=last)
    row = here.keep(
        kind=DecisionKind.SPECIAL_CAUSE,
        first=here.key(first),
        last_period=here.key(last),
        reason=reason,
        at=at,
    )
    event = SpecialCauseMarked(
        here.subject,
        decision=row.pk,
        unit=unit,
        period=row.first_period,
        last=row.last_period,
        reason=reason,
    )
    audit.record(event, scope=scope, at=at)
    return row.pk


def _check(here: Deciding, *, first: int, last: int) -> None:
    if last < first:
        raise PeriodsReversed(first=here.label(first), last=here.label(last))
    for decision in here.of_kind(DecisionKind.SPECIAL_CAUSE):
        begin, after = here.places_of(decision)
        if first < after and begin <= last:
            raise SpecialCauseOverlaps(period=here.label(max(begin, first)))
    starts = [*sorted(here.starts()), len(here.series.ordinals)]
    least = here.judged.rules.trial
    for start, after in pairwise(starts):
        # A stretch too short for limits anyhow loses nothing.
        left = here.points(start, min(first, after)) + here.points(max(last + 1, start), after)
        if first < after and start <= last and left < least <= here.points(start, after):
            raise SegmentTooShort(points=left, least=least)
