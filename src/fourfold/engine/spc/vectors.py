"""Limits and rules in plain NumPy. Must agree with `kernels` to the last bit: change both or neither.

Tables are (period, series) here: a period's row lies in one piece; sums go from period to period as the kernels' do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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

__all__ = ["Spread", "accumulate", "individuals", "mark", "ratios", "smooth", "sum_up"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int16]


class Spread(NamedTuple):
    """Sums of values and of moving ranges, each (series, segment).

    `every` sums all ranges, `ranges` those left by screening; `pairs` and `spans` count them.
    """

    total: Floats
    ranges: Floats
    every: Floats
    points: Ints
    spans: Ints
    pairs: Ints


def individuals(values: Floats, number: Numbers, *, segments: int, baseline: int, screen: float) -> Spread:
    """As the kernel of this name."""
    taken, total, points = _taken(values, number, segments=segments, baseline=baseline)
    ranges, spans = _ranges(values, number, taken, segments=segments, ceiling=None)
    every, pairs = ranges, spans
    if screen > 0.0:
        with np.errstate(all="ignore"):
            ceiling = np.where(spans > 0, screen * (ranges / spans), 0.0)
        ranges, spans = _ranges(values, number, taken, segments=segments, ceiling=ceiling)
    return Spread(total, ranges, every, points, spans, pairs)


def sum_up(values: Floats, number: Numbers, *, segments: int, baseline: int) -> tuple[Floats, Ints]:
    """As the kernel of this name."""
    _, total, points = _taken(values, number, segments=segments, baseline=baseline)
    return total, points


def ratios(
    counts: Floats, sizes: Floats, *, number: Numbers, segments: int, baseline: int
) -> tuple[Floats, Floats, Ints]:
    """As the kernel of this name."""
    there = np.isfinite(counts) & np.isfinite(sizes) & (sizes > 0.0)
    _, above, points = _taken(np.where(there, counts, np.nan), number, segments=segments, baseline=baseline)
    _, below, _ = _taken(np.where(there, sizes, np.nan), number, segments=segments, baseline=baseline)
    return above, below, points


def _taken(values: Floats, number: Numbers, *, segments: int, baseline: int) -> tuple[Bools, Floats, Ints]:
    """Which points limits are made of, (period, series); their sums and counts."""
    periods, series = values.shape
    taken = np.zeros(values.shape, dtype=np.bool_)
    total, points = np.zeros((series, segments)), np.zeros((series, segments), dtype=np.int64)
    there = np.isfinite(values)
    for p in range(periods):
        for k in range(segments):
            use = there[p] & (number[p] == k) & (points[:, k] < baseline)
            np.add(total[:, k], values[p], out=total[:, k], where=use)
            points[:, k] += use
            taken[p] |= use
    return taken, total, points


def _ranges(
    values: Floats, number: Numbers, taken: Bools, *, segments: int, ceiling: Floats | None
) -> tuple[Floats, Ints]:
    series = values.shape[1]
    ranges, spans = np.zeros((series, segments)), np.zeros((series, segments), dtype=np.int64)
    for p in range(1, len(values)):
        with np.errstate(invalid="ignore"):
            span = np.abs(values[p] - values[p - 1])
        for k in range(segments):
            use = taken[p] & taken[p - 1] & (number[p] == k) & (number[p - 1] == k)
            if ceiling is not None:
                use = use & (span < ceiling[:, k])
            np.add(ranges[:, k], span, out=ranges[:, k], where=use)
            spans[:, k] += use
    return ranges, spans


def smooth(
    values: Floats, number: Numbers, *, centre: Floats, weight: float
) -> tuple[Floats, NDArray[np.int32]]:
    """As the kernel of this name; everything (period, series), the centre of one row where it does not change."""
    smoothed = np.full(values.shape, np.nan)
    steps = np.zeros(values.shape, dtype=np.int32)
    mean = np.zeros(values.shape[1])
    step = np.zeros(values.shape[1], dtype=np.int32)
    segment = np.full(values.shape[1], -1, dtype=np.int16)
    there = np.isfinite(values) & (number >= 0)
    for p in range(len(values)):
        begins = number[p] != segment
        mean = np.where(begins, centre[p if len(centre) > 1 else 0], mean)
        step = np.where(begins, 0, step)
        segment = np.broadcast_to(number[p], segment.shape)
        with np.errstate(invalid="ignore"):
            mean = np.where(there[p], weight * values[p] + (1.0 - weight) * mean, mean)
        step = step + there[p]
        np.copyto(smoothed[p], mean, where=there[p])
        np.copyto(steps[p], step, where=there[p])
    return smoothed, steps


def accumulate(scores: Floats, number: Numbers, *, slack: float) -> tuple[Floats, Floats]:
    """As the kernel of this name; everything (period, series)."""
    high, low = np.full(scores.shape, np.nan), np.full(scores.shape, np.nan)
    above, below = np.zeros(scores.shape[1]), np.zeros(scores.shape[1])
    there = np.isfinite(scores) & (number >= 0)
    for p, score in enumerate(scores):
        if p:
            begins = number[p] != number[p - 1]
            above, below = np.where(begins, 0.0, above), np.where(begins, 0.0, below)
        with np.errstate(invalid="ignore"):
            above = np.where(there[p], np.maximum(0.0, above + score - slack), above)
            below = np.where(there[p], np.maximum(0.0, below - score - slack), below)
        np.copyto(high[p], above, where=there[p])
        np.copyto(low[p], below, where=there[p])
    return high, low


class _Shape(NamedTuple):
    """Where the points lie and how they move, each (period, series)."""

    zone: NDArray[np.int8]
    side: NDArray[np.int8]
    step: NDArray[np.int8]
    there: Bools
    fresh: Bools


def mark(
    points: Floats, number: Numbers, *, centre: Floats, reach: Floats, rules: Ints, sigmas: Floats
) -> NDArray[np.uint16]:
    """As the kernel of this name; everything (period, series)."""
    shape = _shape(points, number, centre=centre, reach=reach, sigmas=sigmas)
    marks = np.zeros(points.shape, dtype=np.uint16)
    for r, (kind, length, needed, far, agree) in enumerate(rules.tolist()):
        if kind == BEYOND:
            up, down = shape.zone >= far, shape.zone <= -far
        elif kind == OUT_OF:
            up = _out_of(shape, 1, length=length, needed=needed, far=far, agree=bool(agree))
            down = _out_of(shape, -1, length=length, needed=needed, far=far, agree=bool(agree))
        else:
            up, down = _in_a_row(shape, kind, length=length, far=far)
        marks[up] |= np.uint16(1 << r)
        marks[down] |= np.uint16(1 << (r + DOWN))
    return marks


def _shape(points: Floats, number: Numbers, *, centre: Floats, reach: Floats, sigmas: Floats) -> _Shape:
    there = (number >= 0) & np.isfinite(points) & np.isfinite(reach)
    zone = np.zeros(points.shape, dtype=np.int8)
    with np.errstate(invalid="ignore"):
        for z, share in enumerate(sigmas.tolist()):
            zone[points > centre + reach * share] = z + 1
            zone[points < centre - reach * share] = -z - 1
        side = (points > centre).astype(np.int8) - (points < centre)
        moved = np.zeros(points.shape, dtype=np.int8)
        moved[1:] = (points[1:] > points[:-1]).astype(np.int8) - (points[1:] < points[:-1])
    joined = np.zeros(points.shape, dtype=np.bool_)
    joined[1:] = there[1:] & there[:-1] & (number[1:] == number[:-1])
    return _Shape(zone * there, side * there, moved * joined, there, ~joined)


def _out_of(shape: _Shape, sign: int, *, length: int, needed: int, far: int, agree: bool) -> Bools:
    """The points beyond `far` inside any window of `length` that has `needed` of them."""
    beyond = sign * shape.zone >= far
    found = np.zeros(beyond.shape, dtype=np.bool_)
    for last in range(length - 1, len(beyond)):
        window = slice(last - length + 1, last + 1)
        hit = (beyond[window].sum(axis=0) >= needed) & shape.there[window].all(axis=0)
        hit &= ~shape.fresh[window][1:].any(axis=0)
        if agree:
            hit &= (shape.side[window] == sign).all(axis=0)
        found[window] |= hit & beyond[window]
    return found


def _in_a_row(shape: _Shape, kind: int, *, length: int, far: int) -> tuple[Bools, Bools]:
    """All points of any `length` in a row that go on the same way."""
    ways = _ways(shape, kind, far)
    up, down = np.zeros(ways.shape, dtype=np.bool_), np.zeros(ways.shape, dtype=np.bool_)
    needs = length - 1 if kind in (TREND, ALTERNATING) else length
    run = np.zeros(ways.shape[1], dtype=np.int64)
    heading = np.zeros(ways.shape[1], dtype=np.int8)
    for p, now in enumerate(ways):
        goes_on = (heading == (-now if kind == ALTERNATING else now)) & ~shape.fresh[p]
        run = np.where(now == 0, 0, np.where(goes_on, run + 1, 1))
        heading = now
        whole = run >= needs
        pattern = slice(max(p - length + 1, 0), p + 1)
        up[pattern] |= whole & (now > 0)
        down[pattern] |= whole & (now < 0)
    if kind in (ALTERNATING, WITHIN, BEYOND_EITHER):
        up = down = up | down
    return up, down


def _ways(shape: _Shape, kind: int, far: int) -> NDArray[np.int8]:
    if kind == ONE_SIDE:
        return shape.side
    if kind == WITHIN:
        return ((np.abs(shape.zone) < far) & shape.there).astype(np.int8)
    if kind == BEYOND_EITHER:
        return (np.abs(shape.zone) >= far).astype(np.int8)
    return shape.step
