"""Scoring compiled with Numba, cell by cell. Must agree with `vectors` to the last bit: change both or neither.

One thread, no fused multiply-add, no fast math (DESIGN §2). Imported only when the backend is `numba`, because the
first import compiles.
"""

# Loops are longer here than house rule 4 likes: a kernel cut in pieces loses the vector instructions it exists for.

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.score.status import AMBER, BORDER_TOLERANCE, GREEN, GREY, RED

__all__ = ["score_one_sided", "score_straight", "score_two_sided"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

MISSING_REQUIRED = int(Why.MISSING_REQUIRED)
NOT_FINITE = int(Why.NOT_FINITE)
PRESENT = int(Why.PRESENT)

_compiled = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
_inlined = njit(nogil=True, error_model="numpy", inline="always")


@_inlined
def _colour(position: float) -> int:
    if position >= -BORDER_TOLERANCE:
        return GREEN
    return AMBER if position >= -1.0 - BORDER_TOLERANCE else RED


@_inlined
def _reason(value: float, why: int) -> int:
    if why != PRESENT:
        return why
    return MISSING_REQUIRED if value - value == 0.0 else NOT_FINITE


@_inlined
def _bent(
    over: float, position: float, up: float, amber: float, down: float, green: float, step: float
) -> float:
    """The score where the ends have their own slopes; straight wherever an end is as wide as the amber part."""
    if position >= -BORDER_TOLERANCE:
        if up == 0.0:
            return green + step
        if up != amber and position > 0.0:
            return green + step * (over / up)
    elif position < -1.0 - BORDER_TOLERANCE and down != amber:
        if down == 0.0:
            return 0.0
        return (green - step) + step * ((over + amber) / down)
    return green + step * position


@_compiled
def score_straight(
    value: Floats, target: Floats, why: Bytes, packed: Floats, score: Floats, status: Bytes, reason: Bytes
) -> None:
    """One-sided, one slope all the way, no target row with its own thresholds: the usual case, kept free of tests."""
    sign, green_share, green_shift, red_share, red_shift = (
        packed[0],
        packed[1],
        packed[2],
        packed[3],
        packed[4],
    )
    green, step, ceiling = packed[13], packed[14], packed[15]
    for cell in range(value.size):
        aim = green_share * target[cell] + green_shift
        amber = sign * (aim - (red_share * target[cell] + red_shift))
        over = sign * (value[cell] - aim)
        if why[cell] == PRESENT and amber > 0.0 and over - over == 0.0:
            position = over / amber
            score[cell] = min(max(green + step * position, 0.0), ceiling)
            status[cell] = _colour(position)
            reason[cell] = PRESENT
        else:
            score[cell] = np.nan
            status[cell] = GREY
            reason[cell] = _reason(value[cell], why[cell])


@_compiled
def score_one_sided(
    value: Floats,
    target: Floats,
    why: Bytes,
    own_red: Floats,
    own_best: Floats,
    multiplicity: Floats,
    packed: Floats,
    score: Floats,
    status: Bytes,
    reason: Bytes,
) -> None:
    """One-sided with everything that may bend it; an empty array means that no cell has its own."""
    sign, green_share, green_shift, red_share, red_shift = (
        packed[0],
        packed[1],
        packed[2],
        packed[3],
        packed[4],
    )
    has_best, best_share, best_shift = packed[5] != 0.0, packed[6], packed[7]
    has_worst, worst_share, worst_shift = packed[8] != 0.0, packed[9], packed[10]
    best_limit, worst_limit = packed[11], packed[12]
    green, step, ceiling = packed[13], packed[14], packed[15]
    for cell in range(value.size):
        times = multiplicity[cell] if multiplicity.size else 1.0
        aim = green_share * target[cell] + green_shift * times
        red = red_share * target[cell] + red_shift * times
        if own_red.size and own_red[cell] == own_red[cell]:
            red = own_red[cell]
        amber = sign * (aim - red)
        up = amber
        if own_best.size and own_best[cell] == own_best[cell]:
            up = sign * (own_best[cell] - aim)
        elif has_best:
            up = sign * ((best_share * target[cell] + best_shift * times) - aim)
        down = amber
        if has_worst:
            down = sign * (red - (worst_share * target[cell] + worst_shift * times))
        ordered = amber > 0.0 and up > 0.0 and down > 0.0
        up = min(up, sign * (best_limit * times - aim))
        down = min(down, max(sign * (red - worst_limit * times), 0.0))
        over = sign * (value[cell] - aim)
        if why[cell] == PRESENT and ordered and up >= 0.0 and over - over == 0.0:
            position = over / amber
            bent = _bent(over, position, up, amber, down, green, step)
            score[cell] = min(max(bent, 0.0), ceiling)
            status[cell] = _colour(position)
            reason[cell] = PRESENT
        else:
            score[cell] = np.nan
            status[cell] = GREY
            reason[cell] = _reason(value[cell], why[cell])


@_compiled
def score_two_sided(
    value: Floats,
    target: Floats,
    why: Bytes,
    multiplicity: Floats,
    packed: Floats,
    score: Floats,
    status: Bytes,
    reason: Bytes,
) -> None:
    """A band, or a target with a tolerance: what counts is how far outside the value lies."""
    is_exact, low, high = packed[0] != 0.0, packed[1], packed[2]
    tolerance, up_width, amber_width, down_width = packed[3], packed[4], packed[5], packed[6]
    green, step, ceiling = packed[7], packed[8], packed[9]
    for cell in range(value.size):
        times = multiplicity[cell] if multiplicity.size else 1.0
        bottom, top = low * times, high * times
        if is_exact:
            bottom = target[cell]
            top = target[cell]
        over = tolerance * times - max(bottom - value[cell], value[cell] - top, 0.0)
        up, amber, down = up_width * times, amber_width * times, down_width * times
        if why[cell] == PRESENT and over - over == 0.0 and bottom - value[cell] == bottom - value[cell]:
            position = over / amber
            bent = _bent(over, position, up, amber, down, green, step)
            score[cell] = min(max(bent, 0.0), ceiling)
            status[cell] = _colour(position)
            reason[cell] = PRESENT
        else:
            score[cell] = np.nan
            status[cell] = GREY
            reason[cell] = _reason(value[cell], why[cell])
