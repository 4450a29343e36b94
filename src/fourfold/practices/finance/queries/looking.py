"""A measure looked at in a unit and period, held against another: what every page of this room begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Measure
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import NotComputable, Why
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst, measure_seen

__all__ = ["Looked", "looked_at"]


@dataclass(frozen=True, slots=True)
class Looked:
    """The measure and all it reads, evaluated for the unit and those directly below, while the cube holds still.

    `other` is the period it is held against, None for the plan; `at` and `from_` are places on the period axis,
    `from_` None where the other period lies outside the evaluated time. `moment` is when all this was known, None: now.
    """

    asked: AskedAgainst
    measure: Measure
    evaluation: Evaluation
    cube: Cube
    unit: str
    shown: GrainPeriod
    other: GrainPeriod | None
    at: int
    from_: int | None
    moment: datetime | None = None

    def line_at(self, page: GrainPeriod) -> Line | None:
        """How the measure's value comes about on a page; None where no version holds."""
        return self.line_of(self.measure.key, page)

    def line_of(self, key: str, page: GrainPeriod) -> Line | None:
        """The same for any measure."""
        book = self.evaluation.book
        day = book.timeline.calendar.last_day(page)
        for line in self.evaluation.view.lines_of[book.measure_index(key)]:
            begins, ends = line.rule.valid_from, line.rule.valid_until
            if (begins is None or begins <= day) and (ends is None or day < ends):
                found: Line = line
                return found
        return None

    def value(self, key: str, *, at: int, unit: int = 0) -> float | NotComputable:
        """A measure's value, or why there is none."""
        results = self.evaluation.at(self.shown.grain).measures
        where = (self.evaluation.measure_index(key), at, unit)
        why = Why(int(results.why[where]))
        return float(results.value[where]) if why is Why.PRESENT else NotComputable(why)

    def target(self, key: str, *, at: int, unit: int = 0) -> float | None:
        """A measure's target; None where nobody set one."""
        results = self.evaluation.at(self.shown.grain).measures
        where = (self.evaluation.measure_index(key), at, unit)
        return float(results.target[where]) if results.target_why[where] == Why.PRESENT else None


@contextmanager
def looked_at(asked: AskedAgainst, *, scope: Scope, at: datetime) -> Iterator[Looked]:
    """Look; holds the process's lock. One query where nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    with measure_seen(asked, scope=scope, at=at) as seen:
        evaluation, shown = seen.evaluation, seen.shown
        ordinals = evaluation.at(shown.grain).ordinals
        other = asked.against.page(evaluation.book.timeline.calendar, shown)
        before = shown if other is None else other
        yield Looked(
            asked=asked,
            measure=seen.measure,
            evaluation=evaluation,
            cube=seen.cube,
            unit=seen.unit,
            shown=shown,
            other=other,
            at=ordinals.index(shown.ordinal),
            from_=ordinals.index(before.ordinal) if before.ordinal in ordinals else None,
            moment=seen.moment,
        )
