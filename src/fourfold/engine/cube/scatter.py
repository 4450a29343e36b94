"""Rows into arrays. NumPy here, the same loop compiled in `kernels`; both leave the same bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.cube.stack import Stack
from fourfold.engine.quantities import Why
from fourfold.engine.rows import ObservationRows

__all__ = ["WORKERS", "scatter_by_numba", "scatter_by_numpy"]

ROWS_AT_ONCE = 1 << 18  # the index columns of a chunk (2 MB each) stay in the cache
WORKERS = 2  # threads for bulk work; more only help where memory is faster than here


def scatter_by_numpy(rows: ObservationRows, stack: Stack, *, unit_places: NDArray[np.int32]) -> int:
    """Write the rows of the stack's frequency; the last row of a key wins.

    Returns: how many rows lie beyond the stack's periods and were left out.
    """
    beyond = 0
    for start in range(0, len(rows), ROWS_AT_ONCE):
        beyond += _chunk(rows.between(start, start + ROWS_AT_ONCE), stack, unit_places)
    return beyond


def _chunk(rows: ObservationRows, stack: Stack, unit_places: NDArray[np.int32]) -> int:
    track = _tracks(rows, stack)
    period = rows.period - np.int32(stack.ordinals.start)
    inside = (period >= 0) & (period < len(stack.ordinals))
    known = track >= 0
    beyond = int((known & ~inside).sum())
    if beyond or not known.all():
        chosen = known & inside
        rows, track, period = rows.where(chosen), track[chosen], period[chosen]
    _, periods, units = stack.numerator.shape
    cell = (track.astype(np.int64) * periods + period) * units + unit_places[rows.unit]
    present = rows.why == Why.PRESENT
    # Adding zero turns -0.0 into 0.0, so that a sum does not depend on where it starts.
    stack.numerator.reshape(-1)[cell] = np.where(present, rows.numerator, np.nan) + 0.0
    place = stack.table.denominator[track]
    quotient = place >= 0
    if quotient.any():
        shift = (place[quotient] - track[quotient]).astype(np.int64) * (periods * units)
        stack.denominator.reshape(-1)[cell[quotient] + shift] = rows.denominator[quotient] + 0.0
    if not present.all():
        _write_reasons(rows, stack, track=track, cell=cell - track.astype(np.int64) * (periods * units))
    return beyond


def _tracks(rows: ObservationRows, stack: Stack) -> NDArray[np.int32]:
    lookup = stack.table.lookup
    series = np.clip(rows.series, 0, lookup.shape[1] - 1)
    segment = np.clip(rows.segment, 0, lookup.shape[2] - 1)
    track = lookup[rows.measure, series, segment]
    if (series != rows.series).any() or (segment != rows.segment).any():
        track = np.where((series == rows.series) & (segment == rows.segment), track, np.int32(-1))
    return track


def _write_reasons(
    rows: ObservationRows, stack: Stack, *, track: NDArray[np.int32], cell: NDArray[np.int64]
) -> None:
    """A withdrawn number needs no note unless the track keeps notes already."""
    noted = (rows.why != Why.PRESENT) & (rows.why != Why.MISSING_DUE)
    for each in np.unique(track[noted]).tolist():
        stack.reasons_of(each)
    for each, reasons in stack.reasons.items():
        own = (track == each) & (rows.why != Why.PRESENT)
        reasons.reshape(-1)[cell[own]] = rows.why[own]


def scatter_by_numba(rows: ObservationRows, stack: Stack, *, unit_places: NDArray[np.int32]) -> int:
    """The same, compiled; long inputs on two threads that never share a cell."""
    # Imported here: compiling costs seconds the first time, and plain NumPy should not pay for it.
    from fourfold.engine.cube import kernels

    def run(part: tuple[int, int, int, int]) -> int:
        start, stop, first_measure, after_measure = part
        return int(
            kernels.scatter(
                rows.measure,
                rows.series,
                rows.segment,
                rows.unit,
                rows.period,
                rows.numerator,
                rows.denominator,
                rows.why,
                start,
                stop,
                first_measure,
                after_measure,
                stack.table.lookup,
                stack.table.denominator,
                unit_places,
                stack.ordinals.start,
                stack.numerator,
                stack.denominator,
            )
        )

    parts = _parts(rows, measures=stack.table.lookup.shape[0])
    if len(parts) == 1:
        return run(parts[0])
    with ThreadPoolExecutor(len(parts)) as pool:
        return sum(pool.map(run, parts))


def _parts(rows: ObservationRows, *, measures: int) -> list[tuple[int, int, int, int]]:
    """(first row, after last row, first measure, after last measure) for each thread.

    Cut where time moves on if rows come in that order, else by measure, each thread reading all rows: either way no
    key has rows on both sides, so the last one still wins.
    """
    count = len(rows)
    if count < ROWS_AT_ONCE:
        return [(0, count, 0, measures)]
    half = count // 2
    if rows.period[:half].max() < rows.period[half:].min():
        return [(0, half, 0, measures), (half, count, 0, measures)]
    cut = int(np.searchsorted(rows.period[half:], rows.period[half], side="right")) + half
    if cut < count and rows.period[:cut].max() < rows.period[cut:].min():
        return [(0, cut, 0, measures), (cut, count, 0, measures)]
    return [(0, count, 0, measures // 2), (0, count, measures // 2, measures)]
