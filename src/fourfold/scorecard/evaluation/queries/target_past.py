"""Which ended periods new targets would judge anew: what was judged stays, whoever asks (METHOD §2.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import FiscalCalendar, Period
from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import Closing, known_closing, month_of
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries.final_months import InFinalPeriod
from fourfold.scorecard.evaluation.queries.wanted_targets import WantedTable, last_ended, wanted_in

__all__ = [
    "TargetPastRewritten",
    "TargetPastRewrittenAbove",
    "TouchedPeriod",
    "refuse_rewriting",
    "touched_past",
]


class TargetPastRewritten(Refusal):
    code, status = "TARGET_PAST_REWRITTEN", 409
    sentence = _(
        "In {period} the target of “{unit}” was {before}; a new target never rewrites a status already given."
    )
    remedy = _("Leave ended periods as they are, or give their thresholds to a new version of the measure.")


class TargetPastRewrittenAbove(TargetPastRewritten):
    """Of a unit whose targets whoever sets this one does not see: their sum less one's own is somebody else's."""

    sentence = _(
        "In {period} the target of “{unit}” would become another; a new target never rewrites a status already given."
    )


@dataclass(frozen=True, slots=True)
class TouchedPeriod:
    """One ended period of a unit that may not be judged anew, and why."""

    measure: str
    unit: str
    ordinal: int
    refusal: TargetPastRewritten | InFinalPeriod


def refuse_rewriting(
    known: Definitions, wanted: Definitions, *, measure: str, scope: Scope, today: date
) -> None:
    """Refuse the first period that `touched_past` finds, of a unit in sight where there is one.

    Raises:
        TargetPastRewritten, InFinalPeriod, DefinitionRefused.
    """
    above: TouchedPeriod | None = None
    for touched in touched_past(known, wanted, measures=[measure], scope=scope, today=today):
        if scope.sees(touched.unit):
            raise touched.refusal
        above = above or touched
    if above is not None:
        raise above.refusal


def touched_past(
    known: Definitions, wanted: Definitions, *, measures: Collection[str], scope: Scope, today: date
) -> Iterator[TouchedPeriod]:
    """Compare what the engine laid out before and after, for the units named and all that inherit or are summed, of a
    measure's total and of each segment whose targets differ. What was wanted of units out of sight is not said.

    A target, red or best of an ended period stays; one where none stood may be given unless the period is final.
    Both definitions have the same units and measures. Three queries; one where no period was ever moved.

    Raises:
        DefinitionRefused: a target that fits no period or unit.
    """
    closing = known_closing()
    judged = {each.measure for each in known.targets}
    asked = [each for each in measures if closing.has_final or each in judged]
    if not asked:  # a founding file: nothing was judged yet, and nothing need be laid out
        return
    before, after = (compile_book(each, today=today) for each in (known, wanted))
    guard = _Guard(known, closing, scope)
    for measure in asked:
        tables = (wanted_in(each, measure) for each in (before, after))
        yield from guard.touched(*tables, measure=measure, today=today)
        for segment in _segments_touched(known, wanted, measure):
            books = (compile_book(_alone(each, measure, segment), today=today) for each in (known, wanted))
            tables = (wanted_in(each, measure) for each in books)
            yield from guard.touched(*tables, measure=measure, segment=segment, today=today)


def _segments_touched(known: Definitions, wanted: Definitions, measure: str) -> list[str]:
    """The segments with another target than before, in the order of their keys."""
    then, now = (
        {each for each in held.targets if each.measure == measure and each.segment is not None}
        for held in (known, wanted)
    )
    return sorted({each.segment for each in then ^ now if each.segment is not None})


def _alone(held: Definitions, measure: str, segment: str) -> Definitions:
    """With the segment's targets as if it were the total: a segment inherits and sums as its total does."""
    named = (each for each in held.targets if (each.measure, each.segment) == (measure, segment))
    return replace(held, targets=tuple(replace(each, segment=None) for each in named))


class _Guard:
    """What the definitions call things, and how far their months are closed."""

    def __init__(self, known: Definitions, closing: Closing, scope: Scope) -> None:
        self.known, self.closing, self.scope = known, closing, scope
        self.names = {each.key: each.name for each in known.units}
        self.paths = dict(Unit.objects.values_list("key", "path")) if closing.has_final else {}

    def touched(
        self, before: WantedTable, after: WantedTable, *, measure: str, today: date, segment: str = ""
    ) -> Iterator[TouchedPeriod]:
        version = next(each for each in self.known.measures if each.key == measure).versions[-1]
        ended = last_ended(self.known, version.frequency, today=today)
        of = next((f", {each.name}" for each in version.segments if each.key == segment), "")
        for ordinal in after.ordinals:
            if ordinal > ended:
                return
            then, changed = _differences(before, after, ordinal)
            for place in np.flatnonzero(changed).tolist():
                unit, value = after.book.units.keys[place], float(then[place])
                refusal = self._refusal(unit, Period(version.frequency, ordinal), value, of=of)
                if refusal is not None:
                    yield TouchedPeriod(measure, unit, ordinal, refusal)

    def _refusal(
        self, unit: str, period: Period, value: float, *, of: str
    ) -> TargetPastRewritten | InFinalPeriod | None:
        calendar, called = self.known.organisation.calendar, f"{self.names[unit]}{of}"
        label, day = calendar.label(period), calendar.last_day(period)
        if not np.isnan(value) and not self.scope.sees(unit):
            return TargetPastRewrittenAbove(period=label, unit=called)
        if not np.isnan(value):
            return TargetPastRewritten(period=label, unit=called, before=f"{value:g}")
        if not self._is_final(unit, period, calendar):
            return None
        return InFinalPeriod(period=label, unit=called, day=day)

    def _is_final(self, unit: str, period: Period, calendar: FiscalCalendar) -> bool:
        if unit not in self.paths:  # final for nobody, or a unit that comes with these targets
            return False
        month = month_of(calendar, period)
        return self.closing.state(month, path=self.paths[unit]) == PeriodState.FINAL


def _differences(
    before: WantedTable, after: WantedTable, ordinal: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What was wanted of each unit in the period, and whose target, red or best would become another."""
    then = _rows(before, ordinal)
    now = _rows(after, ordinal)
    same = (then == now) | (np.isnan(then) & np.isnan(now))
    return then[0], ~same.all(axis=0) & before.selected


def _rows(table: WantedTable, ordinal: int) -> NDArray[np.float64]:
    """Value, red and best of each unit; nothing before or after the table."""
    if ordinal not in table.ordinals:
        return np.full((3, len(table.selected)), np.nan)
    place = ordinal - table.ordinals.start
    return np.stack([table.value[place], table.red[place], table.best[place]])
