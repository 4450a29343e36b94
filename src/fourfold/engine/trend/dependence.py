"""Neighbours that are alike: how much, and what it does to Kendall's score."""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.trend.slopes import median_of_rows

__all__ = [
    "MOST_AUTOCORRELATION",
    "dependence_factor",
    "significant_factor",
    "unbiased_autocorrelation",
    "whitened",
]

Floats = NDArray[np.float64]

MOST_AUTOCORRELATION: Final = 0.2  # lag-1 of the residuals beyond which S is corrected (METHOD §2.8)
STRONGEST: Final = 0.95  # an estimate nearer to 1 would leave no information at all


def lagged(table: Floats, lag: int) -> Floats:
    """The autocorrelation of each row at one lag; pairs with a missing point do not count."""
    there = np.isfinite(table)
    count = np.maximum(there.sum(axis=1), 1)
    filled = np.where(there, table, 0.0)
    off = np.where(there, table - (filled.sum(axis=1) / count)[:, np.newaxis], 0.0)
    with np.errstate(all="ignore"):
        return np.asarray((off[:, lag:] * off[:, : off.shape[1] - lag]).sum(axis=1) / (off * off).sum(axis=1))


def residuals(points: Floats, slope: Floats, *, cycle: int = 1) -> Floats:
    """What is left of each series without its line, and without the median of each season."""
    level = points - slope[:, np.newaxis] * np.arange(points.shape[1])
    if cycle > 1:
        for season in range(cycle):
            level[:, season::cycle] -= median_of_rows(level[:, season::cycle])[:, np.newaxis]
    return level


def unbiased_autocorrelation(measured: Floats, points: NDArray[np.int64]) -> Floats:
    """The lag-1 autocorrelation of the noise, (series,), from the one measured on detrended residuals.

    Taking out level and slope makes residuals less alike than the noise was, by about (2 + 4r) ÷ n: r = (n·r + 2) ÷
    (n − 4), within 0 and 0.95.

    Args:
        measured: (series,), of the residuals.
        points: (series,), how many there are; with 4 or fewer the answer is 0.

    Source: METHOD §8 (measured on detrended residuals); Tjøstheim and Paulsen, Biometrika 70, 1983 (the bias);
        docs/algorithms/trend.md (its size measured by simulation).

    >>> unbiased_autocorrelation(np.array([0.26]), np.array([24])).round(3).tolist()
    [0.412]
    """
    count = np.asarray(points, dtype=np.float64)
    with np.errstate(all="ignore"):
        corrected = np.where(count > 4.0, (count * measured + 2.0) / (count - 4.0), 0.0)
    return np.asarray(np.clip(np.nan_to_num(corrected), 0.0, STRONGEST))


def dependence_factor(autocorrelation: Floats, points: NDArray[np.int64]) -> Floats:
    """By how much Var(S) swells, (series,), where each point takes over a share of the one before it.

    Hamed and Rao's 1 + 2 ÷ (n(n − 1)(n − 2)) · Σ (n − k)(n − k − 1)(n − k − 2) ρ_k with ρ_k = r^k.

    Args:
        autocorrelation: r, (series,), 0 to below 1.
        points: n, (series,); 1 where there are fewer than 3.

    Source: METHOD §2.8; Hamed and Rao, J. Hydrology 204, 1998; Yue and Wang, Water Resources Management 18, 2004
        (lags beyond the first from the first).

    >>> dependence_factor(np.array([0.0, 0.5]), np.array([24, 24])).round(3).tolist()
    [1.0, 2.542]
    """
    count = np.asarray(points, dtype=np.float64)
    total = np.zeros(len(count))
    for lag in range(1, int(count.max(initial=0)) - 2):
        left = np.maximum(count - lag, 2.0)
        total += left * (left - 1.0) * (left - 2.0) * autocorrelation**lag
    with np.errstate(all="ignore"):
        factor = 1.0 + 2.0 / (count * (count - 1.0) * (count - 2.0)) * total
    return np.where(count > 2.0, factor, 1.0)


def significant_factor(table: Floats, *, lags: int | None = None, confidence: float = 0.95) -> Floats:
    """Hamed and Rao's factor as published: from the autocorrelations of ranks that differ from 0, (series,).

    Args:
        table: (series, period), residuals from the line; NaN is missing.
        lags: take so many; None: all there are.
        confidence: autocorrelations within ± z ÷ √n count as 0.

    Returns: below 1 where far lags are negative, which `trend` never makes use of.

    Source: METHOD §2.8; Hamed and Rao, J. Hydrology 204, 1998.

    >>> significant_factor(np.array([[1.0, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2]])).round(3).tolist()
    [0.43]
    """
    ranks = _ranks(table)
    count = np.isfinite(table).sum(axis=1).astype(np.float64)
    least = scipy.special.ndtri(0.5 + confidence / 2.0) / np.sqrt(np.maximum(count, 1.0))
    total = np.zeros(len(table))
    last = table.shape[1] - 1 if lags is None else min(lags, table.shape[1] - 1)
    for lag in range(1, last + 1):
        alike = np.nan_to_num(lagged(ranks, lag))
        left = np.maximum(count - lag, 2.0)
        total += np.where(np.abs(alike) >= least, left * (left - 1.0) * (left - 2.0) * alike, 0.0)
    with np.errstate(all="ignore"):
        factor = 1.0 + 2.0 / (count * (count - 1.0) * (count - 2.0)) * total
    return np.where(count > 2.0, factor, 1.0)


def whitened(points: Floats, autocorrelation: Floats) -> Floats:
    """Each point without the share it took over from the one before it; missing where either is, and at the first.

    Args:
        points: (series, period), in the measure's unit.
        autocorrelation: (series,), the share.

    Source: METHOD §2.8; Kulkarni and von Storch, Meteorologische Zeitschrift 4, 1995.

    >>> whitened(np.array([[1.0, 2, 4]]), np.array([0.5])).tolist()
    [[nan, 1.5, 3.0]]
    """
    changed = np.full(points.shape, np.nan)
    changed[:, 1:] = points[:, 1:] - autocorrelation[:, np.newaxis] * points[:, :-1]
    return changed


def _ranks(table: Floats) -> Floats:
    """Ranks within each row, equal values sharing the middle of theirs; NaN stays."""
    smaller = (table[:, np.newaxis, :] < table[:, :, np.newaxis]).sum(axis=2)
    equal = (table[:, np.newaxis, :] == table[:, :, np.newaxis]).sum(axis=2)
    return np.where(np.isfinite(table), smaller + (equal + 1.0) / 2.0, np.nan)
