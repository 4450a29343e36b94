"""Rows into arrays. NumPy here, the same loop compiled in `kernels`; both leave the same bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.cube.stack import Stack
from fourfold.engine.quantities import Why
from fourfold.engine.rows import ObservationRows

__all__ = ["WORKERS", "Scattered", "scatter_by_numba", "scatter_by_numpy"]

ROWS_AT_ONCE = 1 << 18  # the index columns of a chunk (2 MB each) stay in the cache
WORKERS = 2  # threads for bulk work; more only help where memory is faster than here


class Scattered(NamedTuple):
    """How many rows were written, and how many lie beyond the stack's periods and were left out."""

    written: int
    beyond: int


def scatter_by_numpy(rows: ObservationRows, stack: Stack, *, unit_places: NDArray[np.int32]) -> Scattered:
    """Write the rows of the stack's frequency; the last row of a key wins."""

    def run(part: tuple[int, int, int, int]) -> list[Scattered]:
        start, stop, _, _ = part
        edges = [*range(start, stop, ROWS_AT_ONCE), stop]
        return [_chunk(rows.between(lo, hi), stack, unit_places) for lo, hi in pairwise(edges)]

    parts = _parts(rows, measures=stack.table.lookup.shape[0])
    noted = len(parts) > 1 and bool(((rows.why != Why.PRESENT) & (rows.why != Why.MISSING_DUE)).any())
    if len(parts) == 1 or parts[0][1] == len(rows) or noted or stack.reasons:
        written = run((0, len(rows), 0, 0))
    else:
        with ThreadPoolExecutor(len(parts)) as pool:
            written = [each for done in pool.map(run, parts) for each in done]
    return Scattered(sum(part.written for part in written), sum(part.beyond for part in written))


class _Cells(NamedTuple):
    """The rows a stack has room for, with their tracks and the places in the track's table, row by row."""

    rows: ObservationRows
    track: NDArray[np.int64]
    place: NDArray[np.int64]
    beyond: int


def _cells(rows: ObservationRows, stack: Stack, unit_places: NDArray[np.int32]) -> _Cells:
    track = _tracks(rows, stack)
    period = rows.period - np.int32(stack.ordinals.start)
    inside = (period >= 0) & (period < len(stack.ordinals))
    known = track >= 0
    beyond = int((known & ~inside).sum())
    if beyond or not known.all():
        chosen = known & inside
        rows, track, period = rows.where(chosen), track[chosen], period[chosen]
    place = period.astype(np.int64) * stack.numerator.shape[2] + unit_places[rows.unit]
    return _Cells(rows, track.astype(np.int64), place, beyond)


def _chunk(rows: ObservationRows, stack: Stack, unit_places: NDArray[np.int32]) -> Scattered:
    cells = _cells(rows, stack, unit_places)
    rows, size = cells.rows, stack.numerator[0].size if len(stack.table) else 0
    present = rows.why == Why.PRESENT
    # Adding zero turns -0.0 into 0.0, so that a sum does not depend on where it starts.
    values = rows.numerator + 0.0
    if not present.all():
        values[~present] = np.nan
        _note_reasons(rows.where(~present), stack, unit_places)
    stack.numerator.reshape(-1)[cells.track * size + cells.place] = values
    below = stack.table.denominator[cells.track]
    quotient = np.flatnonzero(below >= 0)
    if quotient.size:
        into = below[quotient].astype(np.int64) * size + cells.place[quotient]
        stack.denominator.reshape(-1)[into] = rows.denominator[quotient] + 0.0
    return Scattered(len(rows), cells.beyond)


def _note_reasons(rows: ObservationRows, stack: Stack, unit_places: NDArray[np.int32]) -> None:
    """Why rows have no number. A withdrawn one needs no note unless its track keeps notes already."""
    cells = _cells(rows, stack, unit_places)
    noted = cells.rows.why != Why.MISSING_DUE
    for each in np.unique(cells.track[noted]).tolist():
        stack.reasons_of(each)
    for each, reasons in stack.reasons.items():
        own = cells.track == each
        reasons.reshape(-1)[cells.place[own]] = cells.rows.why[own]


def _tracks(rows: ObservationRows, stack: Stack) -> NDArray[np.int32]:
    lookup = stack.table.lookup
    series = np.clip(rows.series, 0, lookup.shape[1] - 1)
    segment = np.clip(rows.segment, 0, lookup.shape[2] - 1)
    track = lookup[rows.measure, series, segment]
    if (series != rows.series).any() or (segment != rows.segment).any():
        track = np.where((series == rows.series) & (segment == rows.segment), track, np.int32(-1))
    return track


def scatter_by_numba(rows: ObservationRows, stack: Stack, *, unit_places: NDArray[np.int32]) -> Scattered:
    """The same, compiled; long inputs on two threads that never share a cell."""
    # Imported here: compiling costs seconds the first time, and plain NumPy should not pay for it.
    from fourfold.engine.cube import kernels

    def run(part: tuple[int, int, int, int]) -> tuple[int, int, int]:
        found: tuple[int, int, int] = kernels.scatter(
            rows.measure,
            rows.series,
            rows.segment,
            rows.unit,
            rows.period,
            rows.numerator,
            rows.denominator,
            rows.why,
            *part,
            stack.table.lookup,
            stack.table.denominator,
            unit_places,
            stack.ordinals.start,
            stack.numerator,
            stack.denominator,
        )
        return found

    parts = _parts(rows, measures=stack.table.lookup.shape[0])
    if len(parts) == 1:
        counts = [run(parts[0])]
    else:
        with ThreadPoolExecutor(len(parts)) as pool:
            counts = list(pool.map(run, parts))
    written, beyond, noted = (sum(each) for each in zip(*counts, strict=True))
    if noted or stack.reasons:
        _note_reasons(rows.where(rows.why != Why.PRESENT), stack, unit_places)
    return Scattered(written, beyond)


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
