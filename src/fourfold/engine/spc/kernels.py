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
    total: Array, ranges: Array, every: Array, points: Array, spans: Array, pairs: Array,
) -> None:  # fmt: skip
    """Sums of values and of moving ranges per (series, segment); `screen` × the mean range drops wider ones, once.

    `every` sums all ranges, `ranges` those left; `pairs` and `spans` count them.
    """
    periods = values.shape[1]
    shared = number.shape[0] == 1
    if shared and total.shape[1] == 1 and not number.any():
        _undivided(values, baseline, screen, total, ranges, every, points, spans, pairs)
        return
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
        for k in range(total.shape[1]):
            every[s, k] = ranges[s, k]
        if screen > 0.0:
            _screened(values, number, row, s, screen, ranges, points, spans)


@_compiled
def _undivided(
    values: Array, baseline: int, screen: float,
    total: Array, ranges: Array, every: Array, points: Array, spans: Array, pairs: Array,
) -> None:  # fmt: skip
    """The same where every point belongs to the one segment: sums stay in registers, in the same order."""
    periods = values.shape[1]
    for s in range(values.shape[0]):
        summed, spread, count, neighbours, last = 0.0, 0.0, 0, 0, periods
        before = np.nan
        for p in range(periods):
            if count >= baseline:
                last = p
                break
            value = values[s, p]
            there = value - value == 0.0
            if there:
                summed += value
                count += 1
                span = abs(value - before)
                if span - span == 0.0:
                    spread += span
                    neighbours += 1
            before = value if there else np.nan
        kept = neighbours
        every[s, 0] = spread
        if screen > 0.0:
            ceiling = screen * (spread / neighbours) if neighbours > 0 else 0.0
            spread, kept, before = 0.0, 0, np.nan
            for p in range(last):
                value = values[s, p]
                span = abs(value - before)
                if span < ceiling:
                    spread += span
                    kept += 1
                before = value if value - value == 0.0 else np.nan
        total[s, 0], ranges[s, 0] = summed, spread
        points[s, 0], spans[s, 0], pairs[s, 0] = count, kept, neighbours


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


# Points of a series as bits of a word, the oldest lowest: a pattern is then a handful of shifts for 64 points at once.
# The longest pattern looks at 15 points; words that overlap by 14 hold each pattern whole in at least one of them.
WORD, OVERLAP = 64, 14
_Bits = np.uint64


@_inlined
def _all_of(bits: Array, first: int, length: int) -> Array:
    """Where the points from `first` to `length` after a point all have the bit."""
    found = bits >> _Bits(first)
    for j in range(first + 1, length):
        found &= bits >> _Bits(j)
    return found


@_inlined
def _enough_of(bits: Array, length: int, needed: int) -> Array:
    """Where at least `needed` of `length` points, at most seven, have the bit: counted in three bits per place."""
    ones, twos, fours = _Bits(0), _Bits(0), _Bits(0)
    for j in range(length):
        more = bits >> _Bits(j)
        carried = ones & more
        ones ^= more
        fours |= twos & carried
        twos ^= carried
    found = _Bits(0)
    for count in range(needed, length + 1):
        one = ones if count & 1 else ~ones
        two = twos if count & 2 else ~twos
        four = fours if count & 4 else ~fours
        found |= one & two & four
    return found


@_inlined
def _spread(starts: Array, length: int) -> Array:
    """All points of the patterns that start there."""
    found = starts
    for j in range(1, length):
        found |= starts << _Bits(j)
    return found


@_compiled
def mark(  # noqa: C901 - one compiled pass; cutting it up would hide its order
    points: Array, number: Array, centre: Array, reach: Array, rules: Array, sigmas: Array, marks: Array
) -> None:
    """Set in `marks` the bit of every rule whose pattern a point is part of: rule r up, r + DOWN down."""
    periods = points.shape[1]
    shared = number.shape[0] == 1
    fixed = centre.shape[1] == 1 and reach.shape[1] == 1
    centred = 1 if centre.shape[1] > 1 else 0
    reaching = 1 if reach.shape[1] > 1 else 0
    high = np.zeros(4, dtype=np.uint64)
    low = np.zeros(4, dtype=np.uint64)
    found_up = np.zeros(rules.shape[0], dtype=np.uint64)
    found_down = np.zeros(rules.shape[0], dtype=np.uint64)
    none, one = _Bits(0), _Bits(1)
    step = WORD - OVERLAP
    for begin in range(0, max(periods - OVERLAP, 1), step):
        count = min(WORD, periods - begin)
        numbered, same = none, none
        for s in range(points.shape[0]):
            if not shared or s == 0:
                row = 0 if shared else s
                numbered, same = none, none
                for i in range(count):
                    k = number[row, begin + i]
                    numbered |= _Bits(k >= 0) << _Bits(i)
                    same |= _Bits(i > 0 and k == number[row, begin + i - 1]) << _Bits(i)
            above, below, finite, up, down = none, none, none, none, none
            h1, h2, h3, l1, l2, l3 = none, none, none, none, none, none
            middle, three = centre[s, begin * centred], reach[s, begin * reaching]
            u1, u2, u3 = middle + three * sigmas[0], middle + three * sigmas[1], middle + three * sigmas[2]
            d1, d2, d3 = middle - three * sigmas[0], middle - three * sigmas[1], middle - three * sigmas[2]
            before = np.nan
            for i in range(count):
                if not fixed:
                    middle, three = centre[s, (begin + i) * centred], reach[s, (begin + i) * reaching]
                    u1, u2, u3 = (
                        middle + three * sigmas[0],
                        middle + three * sigmas[1],
                        middle + three * sigmas[2],
                    )
                    d1, d2, d3 = (
                        middle - three * sigmas[0],
                        middle - three * sigmas[1],
                        middle - three * sigmas[2],
                    )
                point, at = points[s, begin + i], _Bits(i)
                finite |= _Bits(point - point == 0.0 and three - three == 0.0) << at
                above |= _Bits(point > middle) << at
                below |= _Bits(point < middle) << at
                up |= _Bits(point > before) << at
                down |= _Bits(point < before) << at
                h1 |= _Bits(point > u1) << at
                h2 |= _Bits(point > u2) << at
                h3 |= _Bits(point > u3) << at
                l1 |= _Bits(point < d1) << at
                l2 |= _Bits(point < d2) << at
                l3 |= _Bits(point < d3) << at
                before = point
            there = numbered & finite
            joined = there & (there << one) & same
            above, below, up, down = above & there, below & there, up & joined, down & joined
            high[1], high[2], high[3] = h1 & there, h2 & there, h3 & there
            low[1], low[2], low[3] = l1 & there, l2 & there, l3 & there
            anything = none
            for r in range(rules.shape[0]):
                kind, length, needed, far, agree = (
                    rules[r, 0],
                    rules[r, 1],
                    rules[r, 2],
                    rules[r, 3],
                    rules[r, 4],
                )
                if kind == BEYOND:
                    ups, downs = high[far], low[far]
                elif kind == ONE_SIDE:
                    linked = _all_of(joined, 1, length)
                    ups = _spread(linked & _all_of(above, 0, length), length)
                    downs = _spread(linked & _all_of(below, 0, length), length)
                elif kind == TREND:
                    ups = _spread(_all_of(up, 1, length), length)
                    downs = _spread(_all_of(down, 1, length), length)
                elif kind == OUT_OF:
                    linked = _all_of(joined, 1, length)
                    ups = linked & _enough_of(high[far], length, needed)
                    downs = linked & _enough_of(low[far], length, needed)
                    if agree:
                        ups &= _all_of(above, 0, length)
                        downs &= _all_of(below, 0, length)
                    ups, downs = _spread(ups, length) & high[far], _spread(downs, length) & low[far]
                elif kind == ALTERNATING:
                    turned = (up & (down << one)) | (down & (up << one))
                    ups = _spread(_all_of(turned, 2, length), length)
                    downs = ups
                else:
                    calm = there & ~(high[far] | low[far]) if kind == WITHIN else high[far] | low[far]
                    ups = _spread(_all_of(joined, 1, length) & _all_of(calm, 0, length), length)
                    downs = ups
                found_up[r], found_down[r] = ups, downs
                anything |= ups | downs
            kept = OVERLAP if begin > 0 else 0
            for i in range(kept, count):
                marks[s, begin + i] = 0
            if anything == none:
                continue
            for i in range(count):
                if anything >> _Bits(i) & one:
                    bits = np.uint16(0)
                    for r in range(rules.shape[0]):
                        bits |= np.uint16((found_up[r] >> _Bits(i) & one) << _Bits(r))
                        bits |= np.uint16((found_down[r] >> _Bits(i) & one) << _Bits(r + DOWN))
                    marks[s, begin + i] |= bits
