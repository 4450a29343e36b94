"""All pages of all grains on one axis, and which native periods each is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import PageRanges
from fourfold.engine.book.timeline import Timeline
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod

__all__ = ["NativeMap", "Pages", "lay_out_pages"]

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class NativeMap:
    """For one native frequency: the rows [start, stop) of a native table that each page is made of, shape (page,).

    `carried` marks pages shorter than a native period, which show the last one closed by their end (row `start`,
    −1 where there is none); `is_cell` pages that are one native period, no more and no less.
    """

    frequency: Frequency
    ordinals: range
    first_day: NDArray[np.int64]
    last_day: NDArray[np.int64]
    start: Ints
    stop: Ints
    carried: Bools
    is_cell: Bools

    @cached_property
    def any_carried(self) -> bool:
        """Whether some page must look back for a value."""
        return bool(self.carried.any())

    @cached_property
    def ranges(self) -> PageRanges:
        """The same as a folding plan; carried pages are made of nothing there."""
        stop = np.where(self.carried, self.start, self.stop)
        return PageRanges(np.maximum(self.start, 0), np.maximum(stop, 0))

    def pages_reading(self, row: int) -> NDArray[np.intp]:
        """The pages made of a native row."""
        return np.flatnonzero((self.start <= row) & (row < self.stop) & ~self.carried)


@dataclass(frozen=True)
class Pages:
    """The period axis of an evaluation: each grain's pages in order, one grain after another.

    `last_day` (day ordinals, shape (page,)) decides which definitions a page uses, `first_day` whether it has begun.
    """

    timeline: Timeline
    grains: tuple[Grain, ...]
    slices: dict[Grain, slice]
    ordinals: dict[Grain, range]
    first_day: NDArray[np.int64]
    last_day: NDArray[np.int64]
    _maps: dict[Frequency, NativeMap] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.last_day.size)

    def native(self, frequency: Frequency) -> NativeMap:
        """How the pages are made of a frequency's periods; worked out once."""
        if frequency not in self._maps:
            self._maps[frequency] = _native_map(self, frequency)
        return self._maps[frequency]

    def ahead(self, today: date) -> Bools:
        """The pages that have not begun."""
        return self.first_day > today.toordinal()

    def between(self, valid_from: date | None, valid_until: date | None) -> Bools:
        """The pages that end in [valid_from, valid_until)."""
        inside = np.ones(len(self), dtype=np.bool_)
        if valid_from is not None:
            inside &= self.last_day >= valid_from.toordinal()
        if valid_until is not None:
            inside &= self.last_day < valid_until.toordinal()
        return inside


def lay_out_pages(timeline: Timeline, grains: tuple[Grain, ...]) -> Pages:
    """Put the pages of some grains on one axis."""
    slices: dict[Grain, slice] = {}
    ordinals: dict[Grain, range] = {}
    first_days: list[int] = []
    last_days: list[int] = []
    for grain in grains:
        ordinals[grain] = timeline.ordinals(grain.frequency)
        slices[grain] = slice(len(last_days), len(last_days) + len(ordinals[grain]))
        shown = [GrainPeriod(grain, ordinal) for ordinal in ordinals[grain]]
        first_days += [timeline.calendar.first_day(page).toordinal() for page in shown]
        last_days += [timeline.calendar.last_day(page).toordinal() for page in shown]
    first, last = np.array(first_days, dtype=np.int64), np.array(last_days, dtype=np.int64)
    return Pages(timeline, grains, slices, ordinals, first, last)


def period_days(timeline: Timeline, frequency: Frequency) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day (as ordinals) of every period of a frequency."""
    axis = timeline.ordinals(frequency)
    ranges = timeline.calendar.range_map(
        Frequency.DAY, Grain(frequency.value), first=axis.start, last=axis.stop - 1
    )
    return ranges.start, ranges.stop - 1


def _native_map(pages: Pages, frequency: Frequency) -> NativeMap:
    axis = pages.timeline.ordinals(frequency)
    starts, stops, carried, cells = [], [], [], []
    for grain in pages.grains:
        shown = pages.ordinals[grain]
        found = pages.timeline.calendar.range_map(frequency, grain, first=shown.start, last=shown.stop - 1)
        starts.append(np.maximum(found.start - axis.start, np.where(found.carried, -1, 0)))
        stops.append(np.minimum(found.stop - axis.start, len(axis)))
        carried.append(found.carried)
        cells.append(np.full(len(shown), grain.value == frequency.value))
    first_day, last_day = period_days(pages.timeline, frequency)
    return NativeMap(
        frequency,
        axis,
        first_day,
        last_day,
        np.concatenate(starts).astype(np.int32),
        np.concatenate(stops).astype(np.int32),
        np.concatenate(carried),
        np.concatenate(cells),
    )
