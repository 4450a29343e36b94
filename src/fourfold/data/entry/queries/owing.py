"""Which values somebody owes, and which of them are there: read off the timetable and the cube for all units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import FiscalCalendar, Frequency, GrainPeriod, Period
from fourfold.engine.quantities import Why
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["Owing", "natives_ended", "natives_in", "natives_until", "owing", "path_of"]

Bools = NDArray[np.bool_]
Choose = Callable[[Frequency], Sequence[Period]]


@dataclass(frozen=True, slots=True)
class Owing:
    """One observed measure in one native period: which units owe it and which have it; shape (unit,), tree order."""

    line: Line
    period: Period
    owed: Bools
    entered: Bools


def owing(cube: KnownCube, periods: Choose) -> Iterator[Owing]:
    """Every measure that is entered, in listed order, for the periods that `periods` names for its frequency.

    No query; the caller holds the cube. A segmented measure is entered where every segment is.
    """
    calendar = cube.cube.timeline.calendar
    for line in cube.cube.timetable.lines:
        if not line.tracks:
            continue  # computed
        ordinals = cube.cube.timeline.ordinals(line.rule.frequency)
        for period in periods(line.rule.frequency):
            if period.ordinal in ordinals and _holds(line, period, calendar):
                row = period.ordinal - ordinals.start
                yield Owing(line, period, line.expectation.owed[row], _entered(cube, line, row))


def natives_in(calendar: FiscalCalendar, page: GrainPeriod) -> Choose:
    """The native periods that end within a page's period: weeks of a month, the quarter that ends with it."""

    def chosen(frequency: Frequency) -> Sequence[Period]:
        shown = page.period
        if shown.frequency.is_coarser_than(frequency):
            return [Period(frequency, ordinal) for ordinal in calendar.inside(shown, frequency)]
        day = calendar.last_day(shown)
        native = calendar.period_of(frequency, day)
        return [native] if calendar.last_day(native) == day else []

    return chosen


def natives_until(calendar: FiscalCalendar, page: GrainPeriod, *, count: int) -> Choose:
    """The last `count` native periods that end within a page's period or before it, oldest first."""

    def chosen(frequency: Frequency) -> Sequence[Period]:
        inside = natives_in(calendar, page)(frequency)
        day = calendar.last_day(page.period)
        last = inside[-1] if inside else calendar.period_of(frequency, day).shifted(-1)
        return [last.shifted(place) for place in range(1 - count, 1)]

    return chosen


def natives_ended(cube: KnownCube, *, count: int) -> Choose:
    """The last `count` native periods of each frequency that have ended, oldest first."""
    calendar, today = cube.cube.timeline.calendar, cube.today

    def chosen(frequency: Frequency) -> Sequence[Period]:
        running = calendar.period_of(frequency, today)
        last = running if calendar.last_day(running) <= today else running.shifted(-1)
        return [last.shifted(place) for place in range(1 - count, 1)]

    return chosen


def path_of(cube: KnownCube, unit: int) -> str:
    """The path of the unit at this place of the tree, spelt as the database spells it."""
    units = cube.book.units
    return "/".join(units.keys[place] for place in reversed(list(units.path(unit)))) + "/"


def _holds(line: Line, period: Period, calendar: FiscalCalendar) -> bool:
    """Whether this way of arriving at the number is the one for a period that ends then."""
    day = calendar.last_day(period)
    begins, ends = line.rule.valid_from, line.rule.valid_until
    return (begins is None or begins <= day) and (ends is None or day < ends)


def _entered(cube: KnownCube, line: Line, row: int) -> Bools:
    stack = cube.cube.stack(line.rule.frequency)
    found = np.ones(stack.numerator.shape[2], dtype=np.bool_)
    for track in line.tracks:
        there = ~np.isnan(stack.numerator[track, row])
        if track in stack.reasons:  # a number that cannot exist is not owed
            there |= stack.reasons[track][row] == Why.NOT_APPLICABLE
        found &= there
    return found
