"""The decisions that stand on measures of a unit, now or as known on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.limit_decisions import ordinal_in
from fourfold.governance.signals.models import DecisionKind, LimitDecision
from fourfold.platform.accounts.scope import Scope

__all__ = ["Decision", "DecisionKind", "decisions_of", "former_decisions", "specification_on"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as pages show it; `withdrawn_at` is None while it stands."""

    id: int
    kind: DecisionKind
    measure: str
    first: str
    last: str
    reason: str
    author: str
    recorded_at: datetime
    lower: float | None = None
    upper: float | None = None
    target: float | None = None
    chart: str = ""
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    def places(self, series: NativeSeries, *, calendar: FiscalCalendar) -> tuple[int, int]:
        """Where in a series it holds, as [first, after the last); empty where the series does not reach there."""
        frequency, axis = series.version.frequency, series.ordinals
        first = ordinal_in(self.first, frequency, calendar=calendar, is_end=False)
        last = ordinal_in(self.last or self.first, frequency, calendar=calendar, is_end=True)
        if first is None or last is None or last < axis.start or first >= axis.stop:
            return 0, 0
        return max(first - axis.start, 0), min(last - axis.start + 1, len(axis))


def decisions_of(
    unit: str, *, scope: Scope, measures: Collection[str] | None = None, as_of: datetime | None = None
) -> tuple[Decision, ...]:
    """What stands on these measures (None: all) of the unit, the oldest first. One query."""
    rows = LimitDecision.objects.visible_to(scope).filter(unit__key=unit)
    if measures is not None:
        rows = rows.filter(measure__in=list(measures))
    if as_of is None:
        rows = rows.filter(withdrawal=None)
    else:
        gone_later = Q(withdrawal=None) | Q(withdrawal__recorded_at__gt=as_of)
        rows = rows.filter(gone_later, recorded_at__lte=as_of)
    return tuple(_decision(row) for row in rows.select_related("author").order_by("pk"))


def former_decisions(unit: str, measure: str, *, scope: Scope) -> tuple[Decision, ...]:
    """What was withdrawn there, the latest first. One query."""
    rows = LimitDecision.objects.visible_to(scope).filter(
        unit__key=unit, measure=measure, withdrawal__isnull=False
    )
    found = rows.select_related("author", "withdrawal", "withdrawal__author").order_by("-withdrawal__pk")
    return tuple(_decision(row, is_withdrawn=True) for row in found)


def specification_on(
    decisions: Collection[Decision], series: NativeSeries, *, calendar: FiscalCalendar
) -> Decision | None:
    """The specification that holds at the series' end: of several the one with the latest beginning."""
    asked = [
        each
        for each in decisions
        if each.kind is DecisionKind.SPECIFICATION and each.measure == series.measure
    ]
    begins = [
        (first, each)
        for each in asked
        if (first := ordinal_in(each.first, series.version.frequency, calendar=calendar, is_end=False))
        is not None
        and first < series.ordinals.stop
    ]
    return max(begins, key=lambda found: (found[0], found[1].id))[1] if begins else None


def _decision(row: LimitDecision, *, is_withdrawn: bool = False) -> Decision:
    return Decision(
        id=row.pk,
        kind=DecisionKind(row.kind),
        measure=row.measure,
        first=row.first_period,
        last=row.last_period,
        reason=row.reason,
        author=row.author.name,
        recorded_at=row.recorded_at,
        lower=row.lower,
        upper=row.upper,
        target=row.target,
        chart=row.chart,
        withdrawn_by=row.withdrawal.author.name if is_withdrawn else "",
        withdrawn_at=row.withdrawal.recorded_at if is_withdrawn else None,
    )
