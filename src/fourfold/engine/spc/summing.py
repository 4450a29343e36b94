"""The sums that limits are made of, by whichever backend, for all series and segments at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.backends import backend_for
from fourfold.engine.score import Backend
from fourfold.engine.spc import vectors
from fourfold.engine.spc.segments import Segments
from fourfold.engine.spc.vectors import Spread

__all__ = ["NO_BASELINE", "Ratios", "columns", "individuals", "over_segments", "ratios", "sum_up"]

Number = TypeVar("Number", bound=np.generic)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ratios = tuple[Floats, Floats, Ints]

NO_BASELINE: Final = 1 << 30  # more points than any series has
CELLS_AT_ONCE: Final = (
    131_072  # a megabyte of float64: what NumPy has in flight stays in a second-level cache
)


def columns(series: int, *, periods: int) -> Iterator[slice]:
    """Runs of series short enough for the cache."""
    step = max(1, CELLS_AT_ONCE // max(periods, 1))
    for start in range(0, series, step):
        yield slice(start, start + step)


def upright(table: NDArray[Number], rows: slice) -> NDArray[Number]:
    """A run of series as (period, series); what all series share stays one column."""
    return np.ascontiguousarray((table if len(table) == 1 else table[rows]).T)


def individuals(
    values: Floats, segments: Segments, *, baseline: int, screen: float, backend: Backend | None
) -> Spread:
    """Sums of values and moving ranges, (series, segment)."""
    series, periods = values.shape
    shape = (series, max(segments.count, 1))
    total, ranges, every = (np.empty(shape) for _ in range(3))
    points, spans, pairs = (np.empty(shape, np.int64) for _ in range(3))
    out = Spread(total, ranges, every, points, spans, pairs)
    if (backend or backend_for(values.size)) == "numba":
        from fourfold.engine.spc import kernels

        kernels.individuals(np.ascontiguousarray(values), segments.number, baseline, screen, *out)
        return out
    for rows in columns(series, periods=periods):
        part = vectors.individuals(
            upright(values, rows),
            upright(segments.number, rows),
            segments=shape[1],
            baseline=baseline,
            screen=screen,
        )
        for whole, found in zip(out, part, strict=True):
            whole[rows] = found
    return out


def sum_up(
    values: Floats, segments: Segments, *, baseline: int, backend: Backend | None
) -> tuple[Floats, Ints]:
    """Sums and counts, (series, segment)."""
    series, periods = values.shape
    shape = (series, max(segments.count, 1))
    total, points = np.empty(shape), np.empty(shape, np.int64)
    if (backend or backend_for(values.size)) == "numba":
        from fourfold.engine.spc import kernels

        kernels.sum_up(np.ascontiguousarray(values), segments.number, baseline, total, points)
        return total, points
    for rows in columns(series, periods=periods):
        total[rows], points[rows] = vectors.sum_up(
            upright(values, rows), upright(segments.number, rows), segments=shape[1], baseline=baseline
        )
    return total, points


def ratios(
    counts: Floats, sizes: Floats, *, segments: Segments, baseline: int, backend: Backend | None
) -> Ratios:
    """Sums of counts and of sizes with the number of points, (series, segment)."""
    series, periods = counts.shape
    shape = (series, max(segments.count, 1))
    above, below, points = np.empty(shape), np.empty(shape), np.empty(shape, np.int64)
    if (backend or backend_for(counts.size)) == "numba":
        from fourfold.engine.spc import kernels

        both = np.ascontiguousarray(counts), np.ascontiguousarray(sizes)
        kernels.ratios(*both, segments.number, baseline, above, below, points)
        return above, below, points
    for rows in columns(series, periods=periods):
        above[rows], below[rows], points[rows] = vectors.ratios(
            upright(counts, rows),
            upright(sizes, rows),
            number=upright(segments.number, rows),
            segments=shape[1],
            baseline=baseline,
        )
    return above, below, points


def over_segments(found: NDArray[Number], segments: Segments, *, outside: float) -> NDArray[Number]:
    """From (series, segment) to a value a point, or to one column where there is one segment only."""
    if segments.is_whole:
        return found
    number = np.broadcast_to(segments.number, (len(found), segments.number.shape[1]))
    spread = np.take_along_axis(found, np.maximum(number, 0).astype(np.intp), axis=1)
    spread[number < 0] = outside
    return spread
