"""One unit's measures at their own frequencies, period by period: what statistics over time are made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book
from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.evaluate.formula_targets import formula_targets
from fourfold.engine.evaluate.lines import LinePages, line_pages
from fourfold.engine.evaluate.not_begun import leave_for_later
from fourfold.engine.evaluate.operands import Operands, Totals
from fourfold.engine.evaluate.view import view_of
from fourfold.engine.quantities import Why

__all__ = ["NativeSeries", "native_series"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NativeSeries:
    """A measure in one unit, one entry a period of its own frequency, oldest first.

    Args:
        version: the one that holds on the last day asked for; its frequency and unit of measure hold throughout.
        ordinals: the periods, of `version.frequency`.
        value, target: in the measure's unit of measure, NaN where there is none; `why` says why there is no value.
        numerator, denominator: what a quotient's value is made of, before the multiplier; None for other kinds.
        stretch: 0, 1, … for periods that may be compared with one another (a new series begins a new stretch).
        overlaps: neighbours share what they are computed from: running totals and rolling windows.
        aims: targets of the periods that follow, as far as the book lays them out; NaN where there is none.
    """

    measure: str
    version: MeasureVersion
    ordinals: range
    value: Floats
    target: Floats
    why: NDArray[np.uint8]
    numerator: Floats | None
    denominator: Floats | None
    stretch: NDArray[np.int16]
    overlaps: bool
    aims: Floats = field(default_factory=lambda: np.zeros(0))


def native_series(
    book: Book, cube: Cube, *, unit: str, until: GrainPeriod, measures: Collection[str] | None = None
) -> tuple[NativeSeries, ...]:
    """Read the closed periods of one unit's measures, up to the end of a page.

    Args:
        book, cube: of one another.
        unit: whose.
        until: periods that end with it or before count; such as are not over at the book's today never do.
        measures: keys; None: all that have a version then.

    Returns: a series per measure in listed order, from the measure's first period in that frequency and unit of
        measure; values, targets and reasons are those of `evaluate` at that grain, to the last bit.

    Raises:
        UnknownUnit: no such unit. KeyError: no such measure.

    Source: METHOD M3.4, M6.4 (statistics never cross an unlinked break). Tested in
        tests/engine/test_native_series.py, for example
        `native_series(book, cube, unit="hamburg", until=page, measures=("revenue",))[0].value`.
    """
    reader = _Reader(book, Totals(cube, view_of(book, cube, grains=(Grain.MONTH,), unit=unit)), until)
    wanted = range(len(book.definitions.measures)) if measures is None else map(book.measure_index, measures)
    found = (reader.series(measure) for measure in sorted(wanted))
    return tuple(series for series in found if series is not None)


@dataclass(frozen=True)
class _Columns:
    """What is filled line by line, shape (period,)."""

    value: Floats
    target: Floats
    why: NDArray[np.uint8]
    stretch: NDArray[np.int16]

    @classmethod
    def empty(cls, count: int) -> _Columns:
        why = np.full(count, Why.NOT_APPLICABLE, dtype=np.uint8)
        return cls(np.full(count, np.nan), np.full(count, np.nan), why, np.zeros(count, dtype=np.int16))

    def take(self, found: LinePages, at: NDArray[np.intp], *, rows: NDArray[np.intp], number: int) -> None:
        """Write a line's rows at these places."""
        self.value[at], self.why[at] = found.value[rows, 0], found.why[rows, 0]
        self.target[at] = found.targets.value[rows, 0]
        self.stretch[at] = number


@dataclass(frozen=True)
class _Reader:
    book: Book
    totals: Totals
    until: GrainPeriod

    def series(self, measure: int) -> NativeSeries | None:
        """None where no version holds yet."""
        key = self.book.definitions.measures[measure].key
        calendar = self.book.timeline.calendar
        end = min(calendar.last_day(self.until), self.book.today)
        version = self.book.version_on(key, day=end)
        if version is None:
            return None
        lines = self._alike(measure, version)
        axis = self._axis(lines, version.frequency, end=end.toordinal())
        if not len(axis):
            return None
        return self._filled(key, version, lines=lines, axis=axis)

    def _alike(self, measure: int, version: MeasureVersion) -> list[Line]:
        """The lines whose numbers may stand on one axis with the version's, the oldest first."""
        lines: list[Line] = []
        for line in self.totals.view.lines_of[measure]:
            if _begins(line) > (version.valid_from or date.min):
                break
            if lines and _axis_of(lines[-1]) != _axis_of(line):
                lines = []
            lines.append(line)
        return lines

    def _axis(self, lines: list[Line], frequency: Frequency, *, end: int) -> NDArray[np.intp]:
        """Places among the native pages."""
        pages = self.totals.view.native_pages(frequency)
        begins = lines[0].rule.valid_from
        return np.flatnonzero((pages.last_day <= end) & pages.between(begins, None))

    def _filled(
        self, key: str, version: MeasureVersion, *, lines: list[Line], axis: NDArray[np.intp]
    ) -> NativeSeries:
        pages = self.totals.view.native_pages(version.frequency)
        found = _Columns.empty(axis.size)
        aims = np.full(len(pages) - int(axis[-1]) - 1, np.nan)
        number = -1
        for line in lines:
            number += number < 0 or line.rule.breaks
            held = pages.between(line.rule.valid_from, line.rule.valid_until)
            at, told = np.flatnonzero(held[axis]), self._pages_of(line)
            found.take(told, at, rows=axis[at], number=number)
            np.copyto(aims, told.targets.value[axis[-1] + 1 :, 0], where=held[axis[-1] + 1 :])
        is_counted = all(line.rule.has_denominator for line in lines)
        above, below = self._counts(lines, axis, found=found) if is_counted else (None, None)
        ordinals = pages.ordinals[Grain(version.frequency.value)]
        return NativeSeries(
            measure=key,
            version=version,
            ordinals=ordinals[int(axis[0]) : int(axis[-1]) + 1],
            value=found.value,
            target=found.target,
            why=found.why,
            numerator=above,
            denominator=below,
            stretch=found.stretch,
            overlaps=any(line.rule.overlaps for line in lines),
            aims=aims,
        )

    def _counts(self, lines: list[Line], axis: NDArray[np.intp], *, found: _Columns) -> tuple[Floats, Floats]:
        """What the values are made of; nothing where a value is missing for another reason than a zero below."""
        above, below = np.full(axis.size, np.nan), np.full(axis.size, np.nan)
        for line in lines:
            pages, native = self.totals.view.native_pages(line.rule.frequency), self.totals.of(line)
            assert native.denominator is not None
            at = np.flatnonzero(pages.between(line.rule.valid_from, line.rule.valid_until)[axis])
            above[at], below[at] = native.numerator[axis[at], 0], native.denominator[axis[at], 0]
        gone = np.isnan(found.value) & (found.why != Why.ZERO_DENOMINATOR)
        above[gone] = below[gone] = np.nan
        return above, below

    def _pages_of(self, line: Line) -> LinePages:
        view = self.totals.view
        pages = view.native_pages(line.rule.frequency)
        if not line.rule.is_per_page:
            found = line_pages(self.totals.of(line), line=line, view=view, pages=pages)
        else:
            value, why = Operands(self.totals, pages).computed(line)
            selected = view.expectation(line).selected
            why[:, ~selected] = Why.NOT_APPLICABLE
            value[:, ~selected] = np.nan
            nothing = np.zeros(value.shape)
            targets = formula_targets(line, self.totals, pages=pages)
            found = LinePages(value, why, nothing, nothing.copy(), targets, None)
        leave_for_later(found, line=line, pages=pages, today=view.book.today)
        return found


def _begins(line: Line) -> date:
    return line.rule.valid_from or date.min


def _axis_of(line: Line) -> tuple[object, ...]:
    """What two lines must share to be drawn on one axis."""
    version = line.rule.version
    return (version.frequency, version.unit_of_measure, version.multiplier, version.kind)
