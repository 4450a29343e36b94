"""Rows into arrays, compiled with Numba. Must leave the same bytes as `scatter`: change both or neither."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fourfold.engine.quantities import Why

__all__ = ["scatter"]

PRESENT, MISSING_DUE = int(Why.PRESENT), int(Why.MISSING_DUE)

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Shorts = NDArray[np.int16]


@njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
def scatter(
    measure: Ints,
    series: Shorts,
    segment: Shorts,
    unit: Ints,
    period: Ints,
    numerator: Floats,
    denominator: Floats,
    why: NDArray[np.uint8],
    start: int,
    stop: int,
    first_measure: int,
    after_measure: int,
    lookup: NDArray[np.int32],
    places: Ints,
    unit_places: Ints,
    first_period: int,
    numerators: Floats,
    denominators: Floats,
) -> tuple[int, int, int]:
    """Write rows [start, stop) of measures [first_measure, after_measure).

    Returns: how many rows were written, how many lie beyond the periods, and how many need a note of their reason.
    """
    periods = numerators.shape[1]
    written, beyond, noted = 0, 0, 0
    for row in range(start, stop):
        of = measure[row]
        if of < first_measure or of >= after_measure:
            continue
        which, part = series[row], segment[row]
        if which < 0 or which >= lookup.shape[1] or part < 0 or part >= lookup.shape[2]:
            continue
        track = lookup[of, which, part]
        if track < 0:
            continue
        at = period[row] - first_period
        if at < 0 or at >= periods:
            beyond += 1
            continue
        place = unit_places[unit[row]]
        # Adding zero turns -0.0 into 0.0, so that a sum does not depend on where it starts.
        numerators[track, at, place] = numerator[row] + 0.0 if why[row] == PRESENT else np.nan
        written += 1
        if why[row] != PRESENT and why[row] != MISSING_DUE:
            noted += 1
        below = places[track]
        if below >= 0:
            denominators[below, at, place] = denominator[row] + 0.0
    return written, beyond, noted
