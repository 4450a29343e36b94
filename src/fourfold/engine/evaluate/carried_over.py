"""What a page shorter than a native period shows: the last one closed, until it goes stale (DESIGN §5, Periods)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.expectation import Expectation
from fourfold.engine.book.pages import NativeMap
from fourfold.engine.quantities import Why

__all__ = ["Carried", "carried_over"]

LOOK_BACK = 8  # native periods beyond the grace in which a stale value is still worth showing


@dataclass(frozen=True)
class Carried:
    """For the carried pages, shape (page, unit): the native row shown and why its value is missing.

    The row is −1 where nothing is carried: nothing was owed by then. Then there is no target and nothing is counted.
    """

    rows: NDArray[np.int64]
    why: NDArray[np.uint8]


def carried_over(
    native_why: NDArray[np.uint8],
    *,
    expectation: Expectation,
    native_map: NativeMap,
    page_days: NDArray[np.int64],
    due_days: int,
    grace: int,
) -> Carried:
    """Choose the latest closed period with a value; it counts until the next one is due, plus grace, then is STALE.

    Args:
        native_why: why each native cell has no value, shape (native period, unit).
    """
    closed = native_map.start[native_map.carried].astype(np.int64)
    ends = page_days[native_map.carried]
    units = native_why.shape[1]
    rows = np.full((closed.size, units), -1, dtype=np.int64)
    why = np.full((closed.size, units), Why.NOT_APPLICABLE, dtype=np.uint8)
    for back in range(grace + 1 + LOOK_BACK):
        row = closed - back
        inside = np.maximum(row, 0)
        has = (row >= 0)[:, np.newaxis] & (native_why[inside] == Why.PRESENT) & (rows < 0)
        fresh = ends <= _good_until(inside, native_map, due_days=due_days, grace=grace)
        rows[has] = np.broadcast_to(row[:, np.newaxis], rows.shape)[has]
        np.copyto(why, np.where(fresh, np.uint8(Why.PRESENT), np.uint8(Why.STALE))[:, np.newaxis], where=has)
    bare = (rows < 0) & (closed >= 0)[:, np.newaxis]
    latest = np.maximum(closed, 0)
    np.copyto(why, native_why[latest], where=bare)
    why[:, ~expectation.selected] = Why.NOT_APPLICABLE
    owed = bare & (why != Why.NOT_DUE) & (why != Why.NOT_APPLICABLE)
    rows[owed] = np.broadcast_to(latest[:, np.newaxis], rows.shape)[owed]
    return Carried(rows, why)


def _good_until(
    rows: NDArray[np.int64], native_map: NativeMap, *, due_days: int, grace: int
) -> NDArray[np.int64]:
    """The last day on which a row's value still counts."""
    length = int(native_map.last_day[-1] - native_map.first_day[-1]) + 1
    after = rows + 1 + grace
    known = np.minimum(after, native_map.last_day.size - 1)
    return native_map.last_day[known] + (after - known) * length + due_days
