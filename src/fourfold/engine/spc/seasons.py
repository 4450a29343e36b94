"""Whether values repeat with the season: then limits of all months are too wide for each of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.individual import table_of
from fourfold.engine.spc.refusals import LimitsWrong
from fourfold.engine.spc.soundness import varies

__all__ = ["LEAST_CYCLES", "is_seasonal"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEAST_CYCLES: Final = 3  # complete years; METHOD §2.8 asks as many of a seasonal trend
_BEYOND: Final = 2.3263478740408408  # the standard normal quantile of .99


def is_seasonal(values: Floats, *, cycle: int) -> Bools:
    """Whether the same seasons of different years are alike, and different from one another.

    Two F ratios, each at 1 %: of the values, which finds the one month that stands out, and of their ranks within each
    year (Friedman's test), which no single value misleads. Of stable series about 2 % are misread.

    Args:
        values: (series, period) or (period,), oldest first; NaN is missing. A straight line is taken out first, so that
            a steady rise, which every December ends, is no season.
        cycle: periods a year (12 of months, 4 of quarters, 52 of weeks; 7 for the days of a week); below 3 nothing is
            seasonal.

    Returns: (series,). False with fewer than three complete years, counted back from the last period; a year in which
        a period is missing does not count.

    Raises:
        LimitsWrong: a cycle below one.

    Source: METHOD M3.4 (warn of seasonality); the two tests of stable seasonality of X-12-ARIMA; Friedman, JASA 32,
        1937, as an F ratio by Iman and Davenport, Comm. Statist. A 9, 1980; chances by Paulson, Ann. Math. Statist. 13,
        1942.

    >>> year = [5.0, 9, 7, 2]
    >>> is_seasonal(np.array([year * 4, [5.0, 9, 7, 2, 2, 8, 5, 9, 9, 2, 5, 7, 7, 5, 2, 8]]), cycle=4).tolist()
    [True, False]
    """
    if cycle < 1:
        raise LimitsWrong(f"a cycle of {cycle} periods is none")
    points = table_of(values)
    years = points.shape[1] // cycle
    if cycle < 3 or years < LEAST_CYCLES:
        return np.zeros(len(points), dtype=np.bool_)
    blocks = _level(points)[:, points.shape[1] - years * cycle :].reshape(len(points), years, cycle)
    whole = np.asarray(np.isfinite(blocks).all(axis=2, keepdims=True))
    blocks = np.where(whole, blocks, 0.0)
    found = _stands_out(blocks, whole) | _stands_out(_ranks(blocks), whole)
    return np.asarray((whole.sum(axis=(1, 2)) >= LEAST_CYCLES) & found & varies(points))


def _stands_out(blocks: Floats, whole: Bools) -> Bools:
    """Whether the means of seasons differ by more than the years among themselves: the F ratio of two ways, at 1 %."""
    cycle, count = blocks.shape[2], whole.sum(axis=(1, 2))
    off = np.where(whole, blocks - blocks.mean(axis=2, keepdims=True), 0.0)
    with np.errstate(all="ignore"):
        means = off.sum(axis=1, keepdims=True) / count[:, np.newaxis, np.newaxis]
        between = count * (means * means).sum(axis=(1, 2)) / (cycle - 1)
        rest = np.where(whole, off - means, 0.0)
        within = (rest * rest).sum(axis=(1, 2)) / ((count - 1) * (cycle - 1))
        ratio = between / np.maximum(within, 1e-12 * between)
    return np.asarray(_as_normal(ratio, above=cycle - 1, below=(count - 1) * (cycle - 1)) > _BEYOND)


def _level(points: Floats) -> Floats:
    """Without their straight line, (series, period)."""
    there = np.isfinite(points)
    count = np.maximum(there.sum(axis=1, keepdims=True), 1)
    time = np.where(there, np.arange(points.shape[1], dtype=np.float64), 0.0)
    filled = np.where(there, points, 0.0)
    off_time = np.where(there, time - time.sum(axis=1, keepdims=True) / count, 0.0)
    off = np.where(there, filled - filled.sum(axis=1, keepdims=True) / count, np.nan)
    spread = (off_time * off_time).sum(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        slope = np.where(spread > 0.0, (off_time * filled).sum(axis=1, keepdims=True) / spread, 0.0)
    return np.asarray(off - slope * off_time)


def _ranks(blocks: Floats) -> Floats:
    """Ranks within each year from 1, ties sharing theirs."""
    ranks = np.empty(blocks.shape)
    for place in range(blocks.shape[2]):
        here = blocks[:, :, place : place + 1]
        ranks[:, :, place] = np.less(blocks, here).sum(axis=2) + 0.5 * (
            np.equal(blocks, here).sum(axis=2) + 1
        )
    return ranks


def _as_normal(ratio: Floats, *, above: int, below: NDArray[np.int64]) -> Floats:
    """An F ratio as the standard normal number of the same chance, without SciPy: small files do not wait for it."""
    share, other = 2.0 / (9.0 * above), 2.0 / (9.0 * np.maximum(below, 1))
    root = np.cbrt(ratio)
    with np.errstate(invalid="ignore"):
        found = ((1.0 - other) * root - (1.0 - share)) / np.sqrt(other * root * root + share)
    return np.nan_to_num(np.asarray(found), nan=-np.inf)
