"""Anhøj's runs: whether a series crosses its median too seldom, whatever its distribution."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import ceil, log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.individual import table_of

__all__ = ["CROSSINGS_CHANCE", "Runs", "medians", "runs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CROSSINGS_CHANCE: Final = 0.05  # quantile of the binomial number of crossings (Chen 2010)
_COUNTED_OUT: Final = (
    1_000  # tosses up to here are counted in whole numbers, more by the incomplete beta function
)


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs on either side of the median, each (series,).

    `useful` points lie off the median. A `longest` run above `longest_most`, or fewer `crossings` than
    `crossings_least`, says that the level has moved.
    """

    median: Floats
    useful: Ints
    longest: Ints
    longest_most: Ints
    crossings: Ints
    crossings_least: Ints

    @property
    def has_shifted(self) -> NDArray[np.bool_]:
        """Whether either speaks; never without a useful point."""
        moved = (self.longest > self.longest_most) | (self.crossings < self.crossings_least)
        return np.asarray((self.useful > 0) & moved)


def runs(values: Floats) -> Runs:
    """Count runs and crossings of the median.

    Args:
        values: (series, period) or (period,), oldest first. Missing points and those on the median do not count and do
            not interrupt a run.

    Source: METHOD M3.4; Anhøj and Olesen, PLOS ONE 9(11), 2014: longest run at most round(log2 n) + 3 (Schilling 2012),
        crossings at least the 5 % quantile of Binomial(n − 1, ½) (Chen 2010).

    >>> found = runs(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.0]))
    >>> found.longest.item(), found.longest_most.item(), found.crossings.item(), found.has_shifted.item()
    (6, 7, 1, True)
    """
    points = table_of(values)
    series, periods = points.shape
    median = medians(points)
    side = np.sign(np.nan_to_num(points - median[:, np.newaxis])).astype(np.int8)
    before = np.zeros(series, dtype=np.int8)
    run, longest, crossings = (np.zeros(series, dtype=np.int64) for _ in range(3))
    for p in range(periods):
        now = side[:, p]
        counts = now != 0
        crossings += counts & (before == -now)
        run = np.where(counts, np.where(before == now, run + 1, 1), run)
        before = np.where(counts, now, before)
        np.maximum(longest, run, out=longest)
    useful = (side != 0).sum(axis=1)
    counts_found, place = np.unique(useful, return_inverse=True)
    most = np.array([_longest_most(n) for n in counts_found.tolist()], dtype=np.int64)
    least = np.array([_crossings_least(n) for n in counts_found.tolist()], dtype=np.int64)
    return Runs(median, useful, longest, most[place], crossings, least[place])


def medians(points: Floats) -> Floats:
    """Of each series' points, (series,); NaN without a point, and without a warning."""
    ordered = np.sort(points, axis=1)  # NaN last
    count = np.isfinite(points).sum(axis=1)
    rows = np.arange(len(points))
    low = ordered[rows, np.maximum(count - 1, 0) // 2]
    high = ordered[rows, np.minimum(count // 2, points.shape[1] - 1)]
    return np.where(count > 0, (low + high) / 2.0, np.nan)


@cache
def _longest_most(useful: int) -> int:
    return round(log2(useful)) + 3 if useful else 0


@cache
def _crossings_least(useful: int) -> int:
    """The smallest count whose cumulative chance reaches 5 % of Binomial(n − 1, ½)."""
    tosses = max(useful - 1, 0)
    if tosses > _COUNTED_OUT:
        from scipy import special  # small files do not wait for it

        return ceil(float(special.bdtrik(CROSSINGS_CHANCE, tosses, 0.5)))
    reached, ways, wanted = 0, 1, CROSSINGS_CHANCE * 2**tosses
    for crossings in range(tosses + 1):
        reached += ways
        if reached >= wanted:
            return crossings
        ways = ways * (tosses - crossings) // (crossings + 1)
    return tosses
