"""The roll-up compiled with Numba, row by row. Must agree with `vectors` to the last bit: change both or neither.

Children are added one after another in listed order; one thread, no fused multiply-add, no fast math (DESIGN §2).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.rollup.gate import COVERAGE_TOLERANCE
from fourfold.engine.score.status import GREEN, RED

__all__ = ["roll_up"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Counts = NDArray[np.int16]

PRESENT = int(Why.PRESENT)
INFORMATIONAL = int(Why.INFORMATIONAL)
INSUFFICIENT = int(Why.INSUFFICIENT)

ADD_SCORES, ADD_LOGS, ADD_ON_TARGET, TAKE_LOWEST = 0, 1, 2, 3
"""What a method gathers."""

_compiled = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
_inlined = njit(nogil=True, error_model="numpy", boundscheck=False)


# One short loop per running sum instead of one long loop: each then uses vector instructions, and a row stays in the
# first-level cache between them.


@_inlined
def _add_parts(gathered: Floats, parts: Floats, why: Bytes, weight: float) -> None:
    for unit in range(gathered.size):
        gathered[unit] += weight * parts[unit] if why[unit] == PRESENT else 0.0


@_inlined
def _add_on_target(gathered: Floats, status: Bytes, why: Bytes, weight: float) -> None:
    for unit in range(gathered.size):
        gathered[unit] += weight * 100.0 if why[unit] == PRESENT and status[unit] == GREEN else 0.0


@_inlined
def _add_weights(scored: Floats, eligible: Floats, why: Bytes, weight: float) -> None:
    for unit in range(scored.size):
        scored[unit] += weight if why[unit] == PRESENT else 0.0
        eligible[unit] += weight if why[unit] == PRESENT or why[unit] > INFORMATIONAL else 0.0


@_inlined
def _rank(lowest: Floats, worst: Counts, scores: Floats, why: Bytes, child: int) -> None:
    for unit in range(lowest.size):
        worse = why[unit] == PRESENT and scores[unit] < lowest[unit]
        lowest[unit] = scores[unit] if worse else lowest[unit]
        worst[unit] = child if worse else worst[unit]


@_inlined
def _count_red(red: Counts, vetoed: Bytes, status: Bytes, why: Bytes, critical: int) -> None:
    for unit in range(red.size):
        is_red = why[unit] == PRESENT and status[unit] == RED
        red[unit] += is_red
        vetoed[unit] |= critical if is_red else 0


@_inlined
def _excuse(reason: Bytes, why: Bytes) -> None:
    for unit in range(reason.size):
        excused = PRESENT < why[unit] < reason[unit]
        reason[unit] = why[unit] if excused else reason[unit]


@_inlined
def _publish(
    score: Floats,
    coverage: Floats,
    low: Floats,
    high: Floats,
    reason: Bytes,
    takes_lowest: bool,
    missing_high: float,
    coverage_min: float,
) -> None:
    """Turn the running sums of a row into the answers, in place."""
    for unit in range(score.size):
        total, present, due, worst = score[unit], coverage[unit], low[unit], high[unit]
        share = present / due
        owed = due > 0.0
        known = present > 0.0 and share >= coverage_min - COVERAGE_TOLERANCE
        least = (worst if present == due else 0.0) if takes_lowest else total / due
        most = min(worst, missing_high) if takes_lowest else (total + missing_high * (due - present)) / due
        own = worst if takes_lowest else total / present
        score[unit] = own if known else np.nan
        coverage[unit] = share if owed else np.nan
        low[unit] = least if owed else np.nan
        high[unit] = most if owed else np.nan
        if owed:
            reason[unit] = PRESENT if known else INSUFFICIENT


@_compiled
def roll_up(
    scores: Floats,
    why: Bytes,
    status: Bytes,
    logs: Floats,
    positions: NDArray[np.int64],
    weights: Floats,
    critical: Bytes,
    gathers: int,
    childless: int,
    missing_high: float,
    coverage_min: float,
    score: Floats,
    coverage: Floats,
    low: Floats,
    high: Floats,
    reason: Bytes,
    vetoed: Bytes,
    red_children: Counts,
    worst_child: Counts,
) -> None:
    """Fill every output row; while a row is gathered, four of the outputs serve as its running sums."""
    for period in range(score.shape[0]):
        score[period, :] = 0.0
        coverage[period, :] = 0.0
        low[period, :] = 0.0
        high[period, :] = np.inf
        reason[period, :] = childless
        vetoed[period, :] = 0
        red_children[period, :] = 0
        worst_child[period, :] = -1
        for child in range(positions.size):
            weight = weights[child, period]
            if not weight > 0.0:
                continue
            node = positions[child]
            reasons, colours = why[node, period], status[node, period]
            if gathers == ADD_SCORES:
                _add_parts(score[period], scores[node, period], reasons, weight)
            elif gathers == ADD_LOGS:
                _add_parts(score[period], logs[child, period], reasons, weight)
            elif gathers == ADD_ON_TARGET:
                _add_on_target(score[period], colours, reasons, weight)
            _add_weights(coverage[period], low[period], reasons, weight)
            _rank(high[period], worst_child[period], scores[node, period], reasons, child)
            _count_red(red_children[period], vetoed[period], colours, reasons, critical[child])
            _excuse(reason[period], reasons)
        _publish(
            score[period],
            coverage[period],
            low[period],
            high[period],
            reason[period],
            gathers == TAKE_LOWEST,
            missing_high,
            coverage_min,
        )
