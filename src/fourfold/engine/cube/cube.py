"""The dense form of the ledger: derived from rows, never the truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.backends import backend_for
from fourfold.engine.book import Book, Timeline
from fourfold.engine.book.timetable import Line, Timetable
from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.cube.growing import Growth, grown_stack, growth_of
from fourfold.engine.cube.scatter import scatter_by_numba, scatter_by_numpy
from fourfold.engine.cube.stack import Stack
from fourfold.engine.limit_decisions import NO_DECISIONS, LimitDecisions
from fourfold.engine.rows import ObservationRows
from fourfold.engine.score import Backend

__all__ = ["Cube", "CubeFinding"]


@dataclass(frozen=True, slots=True)
class CubeFinding:
    """Rows that do not count, and why.

    `own_and_aggregated`: a unit that is summed from below has a number of its own; `unit_not_selected`: the measure
    does not belong to the unit, or not yet; `segment_or_series_unknown`: the measure has no such part, or is computed.
    """

    code: str
    measure: str
    unit: str | None
    rows: int


class Cube:
    """Rows scattered into arrays, one block per measure, series and segment.

    Mutable: `take_in` writes. One thread may write while none reads. `backend` None: NumPy until many rows were taken
    in (`backends.ROWS_WORTH_COMPILING`), compiled from there on. `decisions` tell whoever reads the cube now
    what was decided about limits; they are no part of what it holds.
    """

    decisions: LimitDecisions = NO_DECISIONS

    def __init__(self, book: Book, *, backend: Backend | None = None) -> None:
        self.book = book
        self._backend = backend
        self._taken = 0
        self.timeline: Timeline = book.timeline
        self._unit_places = np.empty(len(book.units), dtype=np.int32)
        self._unit_places[book.units.definition] = np.arange(len(book.units), dtype=np.int32)
        self._lost: dict[str, int] = {}
        self._stacks = {
            frequency: Stack.empty(table, ordinals=self.timeline.ordinals(frequency), units=len(book.units))
            for frequency, table in book.tracks.items()
        }

    @classmethod
    def of(cls, book: Book, rows: ObservationRows, *, backend: Backend | None = None) -> Cube:
        """An empty cube that has taken in the rows."""
        cube = cls(book, backend=backend)
        cube.take_in(rows)
        return cube

    @classmethod
    def restored(
        cls,
        book: Book,
        *,
        timeline: Timeline,
        stacks: Mapping[Frequency, Stack],
        taken: int,
        lost: Mapping[str, int],
    ) -> Cube:
        """A cube over arrays that another one of the same layout filled (`layout_of`); they are taken, not copied.

        Widened where the book reaches beyond their years.
        """
        cube = cls.__new__(cls)
        cube.book, cube._backend, cube._taken, cube._lost = book, None, taken, dict(lost)
        cube._unit_places = np.empty(len(book.units), dtype=np.int32)
        cube._unit_places[book.units.definition] = np.arange(len(book.units), dtype=np.int32)
        cube.timeline = timeline
        cube._stacks = {each: replace(stack, table=book.tracks[each]) for each, stack in stacks.items()}
        cube._reach(book.timeline)
        return cube

    def carried(self, book: Book) -> Cube:
        """The same observations under other definitions of the same layout; this cube must not be used again."""
        return Cube.restored(
            book, timeline=self.timeline, stacks=self._stacks, taken=self._taken, lost=self._lost
        )

    def grown(self, book: Book) -> tuple[Cube, Growth] | None:
        """The same observations under a book that has come to more measures or units; copies the arrays once.

        Right only where no row of the new measures and units was ever there to be taken in: whoever asks looks. None
        where the layout did more than grow (`growth_of`), or rows were lost that the new book might take.
        """
        growth = growth_of(self.book, book)
        if growth is None or self._lost:
            return None
        timeline = replace(book.timeline, first=self.timeline.first, last=self.timeline.last)
        stacks = {}
        for frequency, table in book.tracks.items():
            stack = Stack.empty(table, ordinals=timeline.ordinals(frequency), units=len(book.units))
            if frequency in self._stacks:
                stack = grown_stack(self._stacks[frequency], stack, growth=growth)
            stacks[frequency] = stack
        return Cube.restored(book, timeline=timeline, stacks=stacks, taken=self._taken, lost={}), growth

    @property
    def stacks(self) -> Mapping[Frequency, Stack]:
        """The arrays by frequency."""
        return self._stacks

    @property
    def taken(self) -> int:
        """How many rows were taken in."""
        return self._taken

    @property
    def lost(self) -> Mapping[str, int]:
        """By measure key, how many rows no track takes."""
        return self._lost

    @property
    def backend(self) -> Backend:
        """The one asked for, or the one worth it for the rows taken in so far."""
        return self._backend or backend_for(self._taken)

    @property
    def timetable(self) -> Timetable:
        """The book on this cube's timeline."""
        return self.book.timetable(self.timeline)

    def stack(self, frequency: Frequency) -> Stack:
        """The arrays of one frequency."""
        return self._stacks[frequency]

    def take_in(self, rows: ObservationRows) -> None:
        """Add later rows; a row replaces an earlier one of its key. Grows where a period lies beyond the timeline.

        Raises:
            PeriodUnknown: a period beyond every calendar year.
        """
        if not len(rows):
            return
        self._taken += len(rows)  # counted first, so that a big ledger is already scattered compiled
        scatter = scatter_by_numpy if self.backend == "numpy" else scatter_by_numba
        known = 0
        for frequency in self._stacks:
            found = scatter(rows, self._stacks[frequency], unit_places=self._unit_places)
            known += found.written + found.beyond
            if found.beyond:
                self._grow(rows, frequency)
                scatter(rows, self._stacks[frequency], unit_places=self._unit_places)
        if known < len(rows):
            self._note_lost(rows)

    def findings(self) -> tuple[CubeFinding, ...]:
        """Rows that were taken in and do not count, because the definitions say otherwise. One pass over the cube."""
        lost = [CubeFinding("segment_or_series_unknown", key, None, rows) for key, rows in self._lost.items()]
        return (*lost, *(finding for line in self.timetable.lines for finding in self._findings_of(line)))

    def last_observed(self, units: NDArray[np.int32]) -> dict[Frequency, int]:
        """Per frequency, the latest period (ordinal) with a number for one of the units; without any, left out."""
        found = {}
        for frequency, stack in self._stacks.items():
            for place in range(len(stack.ordinals) - 1, -1, -1):
                if not np.isnan(stack.numerator[:, place][:, units]).all():
                    found[frequency] = stack.ordinals[place]
                    break
        return found

    def _grow(self, rows: ObservationRows, frequency: Frequency) -> None:
        """Widen every axis to the fiscal years that hold this frequency's rows."""
        known = np.isin(rows.measure, self._stacks[frequency].table.measure)
        timeline = self.timeline
        for ordinal in (rows.period[known].min(), rows.period[known].max()):
            timeline = timeline.reaching(Period(frequency, int(ordinal)))
        self._widen(timeline)

    def _reach(self, timeline: Timeline) -> None:
        """Widen to the years of another timeline, where they lie beyond."""
        first, last = min(self.timeline.first, timeline.first), max(self.timeline.last, timeline.last)
        if (first, last) != (self.timeline.first, self.timeline.last):
            self._widen(replace(timeline, first=first, last=last))

    def _widen(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._stacks = {each: stack.over(timeline.ordinals(each)) for each, stack in self._stacks.items()}

    def _note_lost(self, rows: ObservationRows) -> None:
        """Count, by measure, the rows that no track takes."""
        lost = np.ones(len(rows), dtype=np.bool_)
        for table in self.book.tracks.values():
            inside = (rows.series >= 0) & (rows.series < table.lookup.shape[1])
            inside &= (rows.segment >= 0) & (rows.segment < table.lookup.shape[2])
            series, segment = np.where(inside, rows.series, 0), np.where(inside, rows.segment, 0)
            lost &= ~inside | (table.lookup[rows.measure, series, segment] < 0)
        for measure, count in zip(*np.unique(rows.measure[lost], return_counts=True), strict=True):
            key = self.book.definitions.measures[measure].key
            self._lost[key] = self._lost.get(key, 0) + int(count)

    def _findings_of(self, line: Line) -> Iterator[CubeFinding]:
        if not line.tracks:
            return
        stack = self._stacks[line.rule.frequency]
        observed = ~np.isnan(stack.numerator[list(line.tracks)])
        key = self.book.definitions.measures[line.rule.measure].key
        stray = observed & ~line.expectation.owed
        if not line.rule.kind.is_aggregable:
            stray &= ~line.expectation.selected
        counts = stray.sum(axis=(0, 1))
        for place in np.flatnonzero(counts).tolist():
            above = bool(line.expectation.selected[place] and not line.expectation.entry[place])
            code = "own_and_aggregated" if above else "unit_not_selected"
            yield CubeFinding(code, key, self.book.units.keys[place], int(counts[place]))
