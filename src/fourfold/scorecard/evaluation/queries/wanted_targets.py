"""What is wanted of one measure in every period and unit, given, inherited or summed, as the engine lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book, compile_book
from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.definitions import Definitions, Target

__all__ = ["WantedTable", "last_ended", "target_of", "wanted_in", "wanted_table"]


@dataclass(frozen=True)
class WantedTable:
    """`value`, `red` and `best` have the shape (period, unit), NaN where nothing is wanted; `summed` marks sums."""

    book: Book
    ordinals: range
    value: NDArray[np.float64]
    red: NDArray[np.float64]
    best: NDArray[np.float64]
    summed: NDArray[np.bool_]
    selected: NDArray[np.bool_]

    def at(self, ordinal: int, unit: str) -> tuple[float, bool]:
        """The wanted value and whether it is a sum of the children's; NaN outside."""
        if ordinal not in self.ordinals:
            return float("nan"), False
        where = (ordinal - self.ordinals.start, self.book.units.index(unit))
        return float(self.value[where]), bool(self.summed[where])


def wanted_table(definitions: Definitions, measure: str, *, today: date) -> WantedTable:
    """Lay out the targets of a measure's latest rule.

    Raises:
        DefinitionRefused: a target that fits no period or unit.
    """
    return wanted_in(compile_book(definitions, today=today), measure)


def wanted_in(book: Book, measure: str) -> WantedTable:
    """The same of definitions that are compiled already."""
    place = book.measure_index(measure)
    line = [each for each in book.timetable(book.timeline).lines if each.rule.measure == place][-1]
    ordinals = book.timeline.ordinals(line.rule.frequency)
    shape = (len(ordinals), len(book.units))
    nothing = np.full(shape, np.nan)
    table = line.target
    return WantedTable(
        book,
        ordinals,
        value=nothing if table is None else table.value,
        red=nothing if table is None or table.red is None else table.red,
        best=nothing if table is None or table.best is None else table.best,
        summed=np.zeros(shape, dtype=np.bool_) if table is None else table.derived,
        selected=book.selected[place],
    )


def last_ended(definitions: Definitions, frequency: Frequency, *, today: date) -> int:
    """The ordinal of the last period that has ended: what up to it was judged is not judged again."""
    calendar = definitions.organisation.calendar
    running = calendar.period_of(frequency, today)
    ordinal: int = running.ordinal
    return ordinal if calendar.last_day(Period(frequency, ordinal)) <= today else ordinal - 1


def target_of(known: Definitions, measure: str, *, unit: str) -> Target | None:
    """The unit's own target of the total, if it has one."""
    named = (measure, unit, None)
    return next((each for each in known.targets if (each.measure, each.unit, each.segment) == named), None)
