"""The Theil–Sen slope: the median of all slopes between two points, and how far it may be off."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.trend.scores import Compared

__all__ = ["median_of_rows", "theil_sen"]

Floats = NDArray[np.float64]


def theil_sen(
    compared: Compared, *, confidence: float = 0.95, inflation: Floats | float = 1.0
) -> tuple[Floats, Floats, Floats]:
    """The median slope per period and its interval, each (series,), in the measure's unit per period.

    Args:
        compared: every pair of each series.
        confidence: of the interval.
        inflation: by how much neighbours alike swell Var(S), a number or (series,); it widens the interval.

    Returns: slope, lower and upper end. The ends are the slopes at the ranks (N ± z √Var(S)) ÷ 2, rounded, among all N
        sorted ones; NaN where there is no pair, and both ends NaN where a rank lies beyond all N: so few slopes
        hold no such interval.

    Source: METHOD §2.8, §8 (tie-corrected variance, rounded ranks); Sen, J. American Statistical Association 63, 1968.

    >>> from fourfold.engine.trend.scores import compare
    >>> found = theil_sen(compare(np.array([[82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89]])))
    >>> [end.item() for end in found]
    [0.625, 0.5, 0.8]
    """
    pairs = compared.pairs
    reach = scipy.special.ndtri(0.5 + confidence / 2.0) * np.sqrt(compared.variance * inflation)
    high = np.round((pairs + reach) / 2.0).astype(np.int64)
    low = np.round((pairs - reach) / 2.0).astype(np.int64) - 1
    rows = np.arange(len(pairs))
    there = (low >= 0) & (high < pairs)
    ends = [
        np.where(there, compared.slopes[rows, np.where(there, rank, 0)], np.nan)
        if compared.slopes.shape[1]
        else np.full(len(pairs), np.nan)
        for rank in (low, high)
    ]
    return median_of_rows(compared.slopes, is_sorted=True), ends[0], ends[1]


def median_of_rows(table: Floats, *, is_sorted: bool = False) -> Floats:
    """The median of what is there in each row, (row,); NaN where nothing is.

    Args:
        table: (row, column), any unit; NaN is missing.
        is_sorted: rows rise already, what is missing last.

    Source: METHOD §8 (percentiles of type 7).

    >>> median_of_rows(np.array([[3.0, np.nan, 1.0], [np.nan, np.nan, np.nan]])).tolist()
    [2.0, nan]
    """
    ordered = table if is_sorted else np.sort(table, axis=1)
    count = np.isfinite(ordered).sum(axis=1)
    if not ordered.shape[1]:
        return np.full(len(ordered), np.nan)
    rows = np.arange(len(ordered))
    below = ordered[rows, np.maximum(count - 1, 0) // 2]
    above = ordered[rows, np.minimum(count // 2, ordered.shape[1] - 1)]
    return np.where(count > 0, (below + above) / 2.0, np.nan)
