"""Making pages (a quarter, a year to date) of native periods, oldest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["PageRanges"]

Number = TypeVar("Number", np.float64, np.int64, np.bool_)
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class PageRanges:
    """Which native periods each page is made of: rows `start` up to `stop` of a native table, shape (page,).

    A page that begins where the page before it began and reaches one row further goes on from its sum; so a year to
    date is one running sum, and any part of the pages gives the digits of the whole.

    >>> ranges = PageRanges(np.array([0, 0], dtype=np.int32), np.array([1, 2], dtype=np.int32))
    >>> ranges.total(np.array([[1.0], [2.0]])).ravel().tolist()
    [1.0, 3.0]
    """

    def __init__(self, start: Ints, stop: Ints) -> None:
        self.start = start
        self.stop = stop
        self.is_native = bool(np.all(stop - start == 1))
        self._first = np.flatnonzero(stop > start)
        self._heads = start[self._first]
        self._steps = list(_steps(start.tolist(), stop.tolist()))

    def __len__(self) -> int:
        return int(self.start.size)

    def total(self, table: Floats) -> Floats:
        """Sums, shape (page, unit); 0 for a page made of nothing."""
        return self.fold(table, np.add, nothing=0.0)

    def fold(
        self, table: NDArray[Number], operator: Callable[..., object], *, nothing: float
    ) -> NDArray[Number]:
        """Combine rows with a ufunc, oldest first; `nothing` for a page made of nothing."""
        pages = np.empty((len(self), table.shape[1]), dtype=table.dtype)
        if self._first.size < len(self):
            pages.fill(nothing)
            pages[self._first] = table[self._heads]
        else:
            np.take(table, self._heads, axis=0, out=pages, mode="clip")
        for page, before, row in self._steps:
            operator(pages[before], table[row], out=pages[page])
        return pages


def _steps(start: list[int], stop: list[int]) -> list[tuple[int, int, int]]:
    """(page, the page whose sum it extends, the row to add), in order."""
    steps = []
    for page, (first, after) in enumerate(zip(start, stop, strict=True)):
        if after <= first:
            continue
        goes_on = page > 0 and start[page - 1] == first and stop[page - 1] == after - 1 > first
        if goes_on:
            steps.append((page, page - 1, after - 1))
        else:
            steps += [(page, page, row) for row in range(first + 1, after)]
    return steps
