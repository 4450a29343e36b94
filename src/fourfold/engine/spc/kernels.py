"""Limits and rules compiled with Numba, series by series. Must agree with `vectors` to the last bit.

One thread, no fused multiply-add, no fast math (DESIGN §2). Imported only when the backend is `numba`.
"""

# Loops are longer here than house rule 4 likes: a kernel cut in pieces loses the vector instructions it exists for.

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from fourfold.engine.spc.patterns import (
    ALTERNATING,
    BEYOND,
    BEYOND_EITHER,
    DOWN,
    ONE_SIDE,
    OUT_OF,
    TREND,
    WITHIN,
)

__all__ = ["accumulate", "individuals", "mark", "ratios", "smooth", "sum_up"]

Array = Any  # NumPy arrays; Numba reads their types from the arguments
_compiled = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
_inlined = njit(nogil=True, error_model="numpy", inline="always")


@_compiled
def individuals(
    values: Array, number: Array, baseline: int, screen: float,
    total: Array, ranges: Array, points: Array, spans: Array, pairs: Array,
) -> None:  # fmt: skip
    """Sums of values and of moving ranges per (series, segment); `screen` × the mean range drops wider ones, once.

    `spans` counts the ranges that were summed, `pairs` those there were before any was dropped.
    """
    periods = values.shape[1]
    shared = number.shape[0] == 1
    for s in range(values.shape[0]):
        row = 0 if shared else s
        for k in range(total.shape[1]):
            total[s, k] = 0.0
            ranges[s, k] = 0.0
            points[s, k] = 0
            spans[s, k] = 0
            pairs[s, k] = 0
        was = -1
        for p in range(periods):
            k = number[row, p]
            value = values[s, p]
            if k < 0 or value - value != 0.0 or points[s, k] >= baseline:
                was = -1
                continue
            total[s, k] += value
            points[s, k] += 1
            if was == k:
                ranges[s, k] += abs(value - values[s, p - 1])
                spans[s, k] += 1
                pairs[s, k] += 1
            was = k
        if screen > 0.0:
            _screened(values, number, row, s, screen, ranges, points, spans)


@_inlined
def _screened(
    values: Array, number: Array, row: int, s: int, screen: float, ranges: Array, points: Array, spans: Array
) -> None:
    """Sum once more the ranges below the ceiling; `points` ends as it began."""
    segments = points.shape[1]
    ceiling = np.empty(segments)
    left = np.empty(segments, dtype=np.int64)
    for k in range(segments):
        ceiling[k] = screen * (ranges[s, k] / spans[s, k]) if spans[s, k] > 0 else 0.0
        left[k] = points[s, k]
        ranges[s, k] = 0.0
        spans[s, k] = 0
    was = -1
    for p in range(values.shape[1]):
        k = number[row, p]
        value = values[s, p]
        if k < 0 or value - value != 0.0 or left[k] <= 0:
            was = -1
            continue
        left[k] -= 1
        if was == k:
            span = abs(value - values[s, p - 1])
            if span < ceiling[k]:
                ranges[s, k] += span
                spans[s, k] += 1
        was = k


@_compiled
def sum_up(values: Array, number: Array, baseline: int, total: Array, points: Array) -> None:
    """Sums and counts per (series, segment), of the first `baseline` points of each."""
    shared = number.shape[0] == 1
    for s in range(values.shape[0]):
        row = 0 if shared else s
        for k in range(total.shape[1]):
            total[s, k] = 0.0
            points[s, k] = 0
        for p in range(values.shape[1]):
            k = number[row, p]
            value = values[s, p]
            if k >= 0 and value - value == 0.0 and points[s, k] < baseline:
                total[s, k] += value
                points[s, k] += 1


@_compiled
def ratios(
    counts: Array, sizes: Array, number: Array, baseline: int, above: Array, below: Array, points: Array
) -> None:
    """Sums of counts and of sizes per (series, segment); a point needs both, and a size above zero."""
    shared = number.shape[0] == 1
    for s in range(counts.shape[0]):
        row = 0 if shared else s
        for k in range(above.shape[1]):
            above[s, k] = 0.0
            below[s, k] = 0.0
            points[s, k] = 0
        for p in range(counts.shape[1]):
            k = number[row, p]
            count, size = counts[s, p], sizes[s, p]
            if (
                k >= 0
                and count - count == 0.0
                and size - size == 0.0
                and size > 0.0
                and points[s, k] < baseline
            ):
                above[s, k] += count
                below[s, k] += size
                points[s, k] += 1


@_compiled
def smooth(values: Array, number: Array, centre: Array, weight: float, smoothed: Array, steps: Array) -> None:
    """Exponentially weighted means from the centre of each segment on; a gap keeps what was."""
    shared = number.shape[0] == 1
    width = 1 if centre.shape[1] > 1 else 0
    for s in range(values.shape[0]):
        row = 0 if shared else s
        segment, mean, step = -1, 0.0, 0
        for p in range(values.shape[1]):
            k = number[row, p]
            value = values[s, p]
            smoothed[s, p] = np.nan
            steps[s, p] = 0
            if k != segment:
                segment, mean, step = k, centre[s, p * width], 0
            if k >= 0 and value - value == 0.0:
                mean = weight * value + (1.0 - weight) * mean
                step += 1
                smoothed[s, p] = mean
                steps[s, p] = step


@_compiled
def accumulate(scores: Array, number: Array, slack: float, high: Array, low: Array) -> None:
    """Sums of what lies beyond the slack on either side, begun anew in each segment; a gap keeps what was."""
    shared = number.shape[0] == 1
    for s in range(scores.shape[0]):
        row = 0 if shared else s
        segment, above, below = -1, 0.0, 0.0
        for p in range(scores.shape[1]):
            k = number[row, p]
            score = scores[s, p]
            high[s, p] = np.nan
            low[s, p] = np.nan
            if k != segment:
                segment, above, below = k, 0.0, 0.0
            if k >= 0 and score - score == 0.0:
                above = max(0.0, above + score - slack)
                below = max(0.0, below - score - slack)
                high[s, p] = above
                low[s, p] = below


@_compiled
def mark(  # noqa: C901 - one compiled pass; cutting it up would hide its order
    points: Array, number: Array, centre: Array, reach: Array, rules: Array, sigmas: Array, marks: Array
) -> None:
    """Set in `marks` the bit of every rule whose pattern a point is part of: rule r up, r + DOWN down."""
    periods = points.shape[1]
    shared = number.shape[0] == 1
    centred = 1 if centre.shape[1] > 1 else 0
    reaching = 1 if reach.shape[1] > 1 else 0
    zone = np.empty(periods, dtype=np.int8)
    side = np.empty(periods, dtype=np.int8)
    step = np.empty(periods, dtype=np.int8)
    fresh = np.empty(periods, dtype=np.int8)
    for s in range(points.shape[0]):
        row = 0 if shared else s
        for p in range(periods):
            middle, three = centre[s, p * centred], reach[s, p * reaching]
            point = points[s, p]
            marks[s, p] = 0
            there = number[row, p] >= 0 and point - point == 0.0 and three - three == 0.0
            joined = there and p > 0 and side[p - 1] != 2 and number[row, p] == number[row, p - 1]
            fresh[p] = 0 if joined else 1
            if not there:
                side[p] = 2
                zone[p] = 0
                step[p] = 0
                continue
            side[p] = 1 if point > middle else (-1 if point < middle else 0)
            zone[p] = 0
            for z in range(3):
                if point > middle + three * sigmas[z]:
                    zone[p] = z + 1
                elif point < middle - three * sigmas[z]:
                    zone[p] = -z - 1
            step[p] = 0
            if joined:
                before = points[s, p - 1]
                step[p] = 1 if point > before else (-1 if point < before else 0)
        for r in range(rules.shape[0]):
            kind, length, needed, far, agree = rules[r, 0], rules[r, 1], rules[r, 2], rules[r, 3], rules[r, 4]
            up, down = np.uint16(1 << r), np.uint16(1 << (r + DOWN))
            if kind == BEYOND:
                for p in range(periods):
                    if zone[p] >= far:
                        marks[s, p] |= up
                    elif zone[p] <= -far:
                        marks[s, p] |= down
            elif kind == OUT_OF:
                highs, lows, joined = 0, 0, 0
                for p in range(periods):
                    highs += zone[p] >= far
                    lows += zone[p] <= -far
                    if p >= length:
                        highs -= zone[p - length] >= far
                        lows -= zone[p - length] <= -far
                    joined = 0 if side[p] == 2 else (1 if fresh[p] else joined + 1)
                    if joined < length or (highs < needed and lows < needed):
                        continue
                    first = p - length + 1
                    above, below = True, True
                    for q in range(first, p + 1):
                        above = above and side[q] == 1
                        below = below and side[q] == -1
                    if highs >= needed and (above or not agree):
                        for q in range(first, p + 1):
                            if zone[q] >= far:
                                marks[s, q] |= up
                    if lows >= needed and (below or not agree):
                        for q in range(first, p + 1):
                            if zone[q] <= -far:
                                marks[s, q] |= down
            else:
                run, heading = 0, 0
                for p in range(periods):
                    now = 0
                    if side[p] != 2:
                        if kind == ONE_SIDE:
                            now = side[p]
                        elif kind == WITHIN:
                            now = 1 if abs(zone[p]) < far else 0
                        elif kind == BEYOND_EITHER:
                            now = 1 if abs(zone[p]) >= far else 0
                        else:
                            now = step[p]
                    if kind == ALTERNATING:
                        run = 0 if now == 0 else (run + 1 if heading == -now and not fresh[p] else 1)
                    else:
                        run = 0 if now == 0 else (run + 1 if heading == now and not fresh[p] else 1)
                    heading = now
                    needs = length - 1 if kind in (TREND, ALTERNATING) else length
                    if run >= needs:
                        bits = up if now > 0 else down
                        if kind in (ALTERNATING, WITHIN, BEYOND_EITHER):
                            bits = up | down
                        for q in range(p - length + 1, p + 1):
                            marks[s, q] |= bits
