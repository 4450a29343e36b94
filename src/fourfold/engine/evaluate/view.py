"""The part of the book and the cube that one evaluation looks at: a subtree, and the pages of some grains."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

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
from fourfold.engine.evaluate.plans import KernelPlan, plan_of

__all__ = ["View", "chain_view", "view_of"]

Floats = NDArray[np.float64]
Kept = TypeVar("Kept")


@dataclass
class View:
    """What does not depend on observations, cut to the units and pages asked for; keeps what it has cut.

    `kept` is where evaluations of this view keep what depends on nothing but it.
    """

    book: Book
    timetable: Timetable
    units: UnitTree
    pages: Pages
    levels: UnitLevels
    lines_of: dict[int, tuple[Line, ...]]
    parents: NDArray[np.int32]
    _expectations: dict[tuple[Frequency, int], Expectation] = field(default_factory=dict)
    _stacked: dict[Frequency, StackedExpectations] = field(default_factory=dict)
    _shown: dict[int, View] = field(default_factory=dict)
    kept: dict[Hashable, Any] = field(default_factory=dict)
    positions: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.positions = {ordinal: place for place, ordinal in enumerate(self.units.definition.tolist())}

    @property
    def is_whole(self) -> bool:
        """Whether the units are the whole tree, so that arrays need no cutting."""
        return len(self.units) == len(self.book.units)

    def shown(self, depth: int | None) -> View:
        """The view's head and so many levels below it, which stand first; totals must come from this view."""
        if depth is None or depth + 2 >= len(self.units.level_starts):
            return self
        if depth not in self._shown:
            self._shown[depth] = chain_view(self, np.arange(self.units.level_starts[depth + 1]))
        return self._shown[depth]

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

    def stacked(self, frequency: Frequency) -> StackedExpectations:
        """All expectations of a frequency, for the kernels."""
        if frequency not in self._stacked:
            whole = _kept(self.timetable, ("stacked", frequency), lambda: _stacked(self.timetable, frequency))
            self._stacked[frequency] = whole if self.is_whole else whole.at(self.units.whole)
        return self._stacked[frequency]

    def plan(self, frequency: Frequency) -> KernelPlan:
        """The lines of a frequency that the kernels can fill."""
        return _kept(
            self.timetable,
            ("plan", self.pages.grains, frequency),
            lambda: plan_of(self.timetable, self.pages, frequency=frequency),
        )

    def reads_own_pages(self, measure: int) -> bool:
        """Whether a measure's formulas, if it has any, change on no other pages than what they read."""
        key = ("reads own pages", measure)
        if key not in self.kept:
            self.kept[key] = all(line.rule.is_per_cell_of_page for line in self.lines_of[measure])
        return bool(self.kept[key])

    def target(self, line: Line) -> TargetTable | None:
        """What a line's units want."""
        if line.target is None or self.is_whole:
            return line.target
        whole = line.target
        return TargetTable(
            self.cut(whole.value),
            whole.derived[:, self.units.whole],
            None if whole.parts is None else self.cut(whole.parts),
            None if whole.red is None else self.cut(whole.red),
            None if whole.best is None else self.cut(whole.best),
            whole.is_steady,
        )

    def native_pages(self, frequency: Frequency) -> Pages:
        """Each native period as a page of its own."""
        return self.timetable.pages((Grain(frequency.value),))


@dataclass(frozen=True)
class StackedExpectations:
    """Expectations one above the other: (pattern, period, unit), (pattern, period) and (pattern, unit)."""

    owed: NDArray[np.bool_]
    expected: Floats
    due: NDArray[np.bool_]
    selected: NDArray[np.bool_]
    entry: NDArray[np.bool_]

    def at(self, units: NDArray[np.int32]) -> StackedExpectations:
        """The same for a part of the tree."""
        return StackedExpectations(
            self.owed[:, :, units],
            self.expected[:, :, units],
            self.due,
            self.selected[:, units],
            self.entry[:, units],
        )


VIEWS_KEPT = 64  # pages of that many units stay warm


def view_of(book: Book, cube: Cube, *, grains: tuple[Grain, ...], unit: str | None) -> View:
    """Cut the book to a subtree; what was cut is kept for the next page of the same unit.

    Raises:
        UnknownUnit: no such unit.
    """
    timetable = cube.timetable
    views: OrderedDict[tuple[object, ...], View] = _kept(timetable, "views", OrderedDict)
    key = (grains, book.units.keys[0] if unit is None else unit)
    if key not in views:
        views[key] = _cut_view(book, timetable, grains=grains, unit=unit)
        if len(views) > VIEWS_KEPT:
            views.popitem(last=False)
    return views[key]


def _cut_view(book: Book, timetable: Timetable, *, grains: tuple[Grain, ...], unit: str | None) -> View:
    units = book.units if unit is None else book.units.below(unit)
    has_children = np.flatnonzero(np.diff(units.first_child))
    return View(
        book=book,
        timetable=timetable,
        units=units,
        pages=timetable.pages(grains),
        levels=UnitLevels(units.parent, level_starts=units.level_starts),
        lines_of=_kept(timetable, "lines", lambda: _by_measure(timetable)),
        parents=has_children[::-1].astype(np.int32),
    )


def chain_view(view: View, columns: NDArray[np.intp]) -> View:
    """Some of a view's units side by side, for what needs no sums over the tree: formulas, targets, scores.

    Children are known where the units are the top of the view's tree.
    """
    count = columns.size
    place = np.full(len(view.units), -1, dtype=np.int32)
    place[columns] = np.arange(count, dtype=np.int32)
    parent = np.where(view.units.parent[columns] >= 0, place[view.units.parent[columns]], np.int32(-1))
    units = UnitTree(
        keys=tuple(view.units.keys[each] for each in columns.tolist()),
        parent=parent.astype(np.int32),
        first_child=np.minimum(np.append(view.units.first_child[columns], count), count).astype(np.int32),
        level_starts=(0, count),
        whole=view.units.whole[columns],
        definition=view.units.definition[columns],
    )
    levels = UnitLevels(units.parent, level_starts=units.level_starts)
    nobody = np.empty(0, dtype=np.int32)
    return View(view.book, view.timetable, units, view.pages, levels, view.lines_of, nobody)


def _by_measure(timetable: Timetable) -> dict[int, tuple[Line, ...]]:
    lines: dict[int, list[Line]] = {}
    for line in timetable.lines:
        lines.setdefault(line.rule.measure, []).append(line)
    return {measure: tuple(found) for measure, found in lines.items()}


def _stacked(timetable: Timetable, frequency: Frequency) -> StackedExpectations:
    each = timetable.expectations[frequency]
    return StackedExpectations(
        np.stack([one.owed for one in each]),
        np.stack([one.expected for one in each]),
        np.stack([one.due for one in each]),
        np.stack([one.selected for one in each]),
        np.stack([one.entry for one in each]),
    )


def _kept(timetable: Timetable, key: Hashable, make: Callable[[], Kept]) -> Kept:
    if key not in timetable.kept:
        timetable.kept[key] = make()
    found: Kept = timetable.kept[key]
    return found
