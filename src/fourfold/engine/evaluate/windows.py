"""Which native periods an operand is read over: a page's own, or others before them (`lag`, `rolling`, `ytd`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import PageRanges
from fourfold.engine.book.expectation import Expectation
from fourfold.engine.book.pages import NativeMap, Pages
from fourfold.engine.calendar import Grain
from fourfold.engine.evaluate.native import NativeTotals
from fourfold.engine.evaluate.page_values import rows_counted_last
from fourfold.engine.quantities import Why

__all__ = ["Reach", "Window", "window_over"]

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Reach: TypeAlias = tuple[tuple[str, int], ...]
"""Steps from a page's own native periods to others: (`lag`, k), (`ytd`, 0), (`rolling`, n)."""


@dataclass(frozen=True)
class Window:
    """Native rows [`start`, `stop`), shape (page, unit), or (page, 1) where they are the same for all units.

    `empty` says why a cell is not computed at all, of the shape (page, unit); `Why.PRESENT` where it is.
    """

    start: Ints
    stop: Ints
    empty: NDArray[np.uint8]

    def ranges(self) -> tuple[PageRanges, Ints | None]:
        """The different ranges, and for each page and unit which one is its own; None where range `p` is page `p`'s."""
        start = np.maximum(self.start, 0)
        stop = np.maximum(self.stop, start)
        if start.shape[1] == 1:
            return PageRanges(start[:, 0].astype(np.int32), stop[:, 0].astype(np.int32)), None
        beyond = int(stop.max(initial=0)) + 1
        codes, own = np.unique((start * beyond + stop).ravel(), return_inverse=True)
        pairs = PageRanges((codes // beyond).astype(np.int32), (codes % beyond).astype(np.int32))
        return pairs, own.reshape(start.shape)


def window_over(
    reach: Reach,
    *,
    pages: Pages,
    native_map: NativeMap,
    native: NativeTotals,
    expectation: Expectation,
    known_from: date | None,
) -> Window:
    """Follow the steps of `reach` from every page's own rows.

    A rolling window ends with the last period of the page that counts, as a stock's last value does; where none does
    yet, the operand is NOT_DUE. A window or lag that begins before the measure was known, and a rolling one that begins
    before the unit owed anything, is TOO_FEW_POINTS: never a part under the name of the whole. A page before the first
    period known is NOT_APPLICABLE.

    Source: METHOD §0.3 (2), §2.6; DESIGN §5 (Periods); decision 0008.
    """
    own = PageRanges(np.maximum(native_map.start, 0), np.maximum(native_map.stop, 0))
    start = native_map.start.astype(np.int64)[:, np.newaxis]
    stop = native_map.stop.astype(np.int64)[:, np.newaxis]
    empty = np.zeros((len(pages), native.due.shape[1]), dtype=np.uint8)
    if not reach:
        empty[start[:, 0] < 0] = Why.NOT_APPLICABLE
        return Window(start, stop, empty)
    first = _first_known(native_map, known_from)
    is_rolling = any(step == "rolling" for step, _ in reach)
    if is_rolling:
        stop = rows_counted_last(native.due > 0, own) + 1
    waiting = stop <= 0
    for step, count in reach:
        if step == "lag":
            start, stop = start - count, stop - count
        elif step == "rolling":
            start = stop - count
        else:
            begin = np.maximum(_year_starts(native_map, pages), first)[:, np.newaxis]
            start = np.minimum(begin, stop)
    early = start < first
    if is_rolling:
        early = early | (start < np.argmax(expectation.expected > 0, axis=0))
    np.copyto(empty, np.uint8(Why.TOO_FEW_POINTS), where=early & expectation.selected)
    if is_rolling:
        owed = _owe_ever(own, native)
        np.copyto(empty, np.where(owed, np.uint8(Why.NOT_DUE), np.uint8(Why.NOT_APPLICABLE)), where=waiting)
        start, stop = np.where(waiting, 0, start), np.where(waiting, 0, stop)
    empty[:, ~expectation.selected] = Why.NOT_APPLICABLE
    return Window(start, stop, empty)


def _owe_ever(own: PageRanges, native: NativeTotals) -> Bools:
    """Whether a page's own periods will ever be owed."""
    owed: Bools = own.total(native.expected) > 0
    return owed


def _first_known(native_map: NativeMap, known_from: date | None) -> int:
    """The first row whose period ends when the measure is known."""
    if known_from is None:
        return 0
    return int(np.searchsorted(native_map.last_day, known_from.toordinal()))


def _year_starts(native_map: NativeMap, pages: Pages) -> Ints:
    """The native row with which each page's fiscal year begins."""
    calendar = pages.timeline.calendar
    months = np.asarray(calendar.month_holding(pages.last_day))
    first, last = int(months.min()), int(months.max())
    to_date = calendar.range_map(native_map.frequency, Grain.YTD, first=first, last=last)
    return np.maximum(to_date.start[months - first] - native_map.ordinals.start, 0)
