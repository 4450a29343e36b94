"""What every decision on limits needs: the series it is about, somebody who may decide, and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import PeriodUnknown
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.governance.annotations.actions.saying import speaker, worded
from fourfold.governance.signals.models import LimitDecision
from fourfold.governance.signals.queries.deciding import require_to_decide
from fourfold.governance.signals.queries.decisions import Decision, DecisionKind, decisions_of
from fourfold.governance.signals.queries.judging import Judged, judged
from fourfold.governance.signals.queries.series import SeriesTable, series_now
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["ChartMissing", "Deciding", "PeriodOutside", "ReasonMissing", "SegmentTooShort", "deciding_on"]


class ReasonMissing(Refusal):
    code, status = "LIMIT_REASON_MISSING", 422
    sentence = _("A decision on limits gives its reason.")
    remedy = _("Say in a sentence what changed, and how you know.")


class ChartMissing(Refusal):
    code, status = "CONTROL_CHART_MISSING", 422
    sentence = _("This measure has no control chart here, so there are no limits to decide on.")
    remedy = _("Its page says why.")


class PeriodOutside(Refusal):
    code, status = "PERIOD_OUTSIDE_SERIES", 422
    sentence = _("The measure has no closed period “{period}” here.")
    remedy = _("Choose one of the periods of its chart.")


class SegmentTooShort(Refusal):
    code, status = "SEGMENT_TOO_SHORT", 422
    sentence = _("That would leave a stretch of {points} values; limits need {least}.")
    remedy = _("Wait for more values, or choose another period: without limits nothing is a signal.")


@dataclass(frozen=True, slots=True)
class Deciding:
    """The measure's whole series in the unit, with what stands on it."""

    table: SeriesTable
    judged: Judged
    series: NativeSeries
    standing: tuple[Decision, ...]
    unit_id: int
    author_id: int

    @property
    def subject(self) -> str:
        """How the journal names the measure."""
        return f"measure/{self.series.measure}"

    def place(self, period: str) -> int:
        """Where a period stands in the series, from the first value on.

        Raises:
            PeriodOutside.
        """
        try:
            named = self.table.calendar.parse(period.strip())
        except PeriodUnknown:
            raise PeriodOutside(period=period) from None
        at = named.ordinal - self.series.ordinals.start
        if named.frequency is not self.series.version.frequency or not self.first <= at < len(
            self.series.ordinals
        ):
            raise PeriodOutside(period=period)
        return at

    @property
    def first(self) -> int:
        """Where the first value stands."""
        return int(np.isfinite(self.series.value).argmax())

    def key(self, place: int) -> str:
        """The one spelling of a period."""
        return self.table.calendar.key(self.table.period(self.series, place))

    def label(self, place: int) -> str:
        """A period as a person reads it."""
        return self.table.calendar.label(self.table.period(self.series, place))

    def of_kind(self, kind: DecisionKind) -> tuple[Decision, ...]:
        """What stands of one kind."""
        return tuple(each for each in self.standing if each.kind is kind)

    def places_of(self, decision: Decision) -> tuple[int, int]:
        """Where a decision holds in the series."""
        return decision.places(self.series, calendar=self.table.calendar)

    def starts(self) -> set[int]:
        """Where segments begin now."""
        breaks = (np.flatnonzero(np.diff(self.series.stretch)) + 1).tolist()
        rebased = (self.places_of(each) for each in self.of_kind(DecisionKind.REBASE))
        return {self.first, *breaks, *(first for first, after in rebased if after > first)}

    def points(self, first: int, after: int) -> int:
        """How many values a stretch has that limits may be made of."""
        kept = np.isfinite(self.series.value)
        for decision in self.of_kind(DecisionKind.SPECIAL_CAUSE):
            begin, end = self.places_of(decision)
            kept[begin:end] = False
        return int(kept[first:after].sum())

    def keep(
        self, *, kind: DecisionKind, first: str, reason: str, at: datetime, **more: object
    ) -> LimitDecision:
        """Write the row."""
        return LimitDecision.objects.create(
            kind=kind,
            measure=self.series.measure,
            unit_id=self.unit_id,
            first_period=first,
            reason=reason,
            author_id=self.author_id,
            recorded_at=at,
            **more,
        )


def deciding_on(measure: str, unit: str, *, scope: Scope, at: datetime) -> Deciding:
    """The place of a decision, for somebody who may make it.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, NotPermitted, ChartMissing.
    """
    table = series_now(unit, scope=scope, at=at)
    if measure not in table.series:
        raise MeasureUnknown(key=measure)
    series = table.series[measure]
    require_to_decide(series.version, unit=unit, scope=scope)
    standing = decisions_of(unit, scope=scope)
    found = judged(table, standing)
    if measure not in found.rows:
        raise ChartMissing
    own = tuple(each for each in standing if each.measure == measure)
    return Deciding(table, found, series, own, unit_ids_by_key()[unit], speaker(scope))


def reason_of(text: str) -> str:
    """The reason as it is kept.

    Raises:
        ReasonMissing, TextTooLong.
    """
    kept = worded(text)
    if not kept:
        raise ReasonMissing
    return kept
