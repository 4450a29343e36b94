"""The part of the book and the cube that one evaluation looks at: a subtree, and the pages of some grains."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import UnitLevels
from fourfold.engine.book import Book, UnitTree
from fourfold.engine.book.expectation import Expectation
from fourfold.engine.book.pages import Pages
from fourfold.engine.book.targets import TargetTable
from fourfold.engine.book.timetable import Line, Timetable
from fourfold.engine.calendar import Frequency, Grain
from fourfold.engine.cube import Cube

__all__ = ["View", "view_of"]

Floats = NDArray[np.float64]


@dataclass
class View:
    """What does not depend on observations, cut to the units and pages asked for; keeps what it has cut."""

    book: Book
    timetable: Timetable
    units: UnitTree
    pages: Pages
    levels: UnitLevels
    lines_of: dict[int, tuple[Line, ...]]
    _expectations: dict[tuple[Frequency, int], Expectation] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the units are the whole tree, so that arrays need no cutting."""
        return len(self.units) == len(self.book.units)

    def cut(self, table: NDArray[np.float64]) -> Floats:
        """A table's columns for the units of the view, shape (period, unit)."""
        return table if self.is_whole else table[:, self.units.whole]

    def expectation(self, line: Line) -> Expectation:
        """What a line's units owe."""
        if self.is_whole:
            return line.expectation
        key = (line.rule.frequency, line.owes)
        if key not in self._expectations:
            self._expectations[key] = line.expectation.at(self.units.whole)
        return self._expectations[key]

    def target(self, line: Line) -> TargetTable | None:
        """What a line's units want."""
        if line.target is None or self.is_whole:
            return line.target
        whole = line.target
        return TargetTable(
            self.cut(whole.value),
            whole.derived[:, self.units.whole],
            None if whole.red is None else self.cut(whole.red),
            None if whole.best is None else self.cut(whole.best),
            whole.is_steady,
        )

    def native_pages(self, frequency: Frequency) -> Pages:
        """Each native period as a page of its own."""
        return self.timetable.pages((Grain(frequency.value),))


def view_of(book: Book, cube: Cube, *, grains: tuple[Grain, ...], unit: str | None) -> View:
    """Cut the book to a subtree.

    Raises:
        UnknownUnit: no such unit.
    """
    timetable = cube.timetable
    units = book.units if unit is None else book.units.below(unit)
    lines: dict[int, list[Line]] = {}
    for line in timetable.lines:
        lines.setdefault(line.rule.measure, []).append(line)
    return View(
        book=book,
        timetable=timetable,
        units=units,
        pages=timetable.pages(grains),
        levels=UnitLevels(units.parent, level_starts=units.level_starts),
        lines_of={measure: tuple(found) for measure, found in lines.items()},
    )
