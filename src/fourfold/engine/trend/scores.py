"""Every pair of points compared: Kendall's score S, its variance with ties, and the slopes between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

__all__ = ["Compared", "compare", "two_sided"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Compared:
    """What the pairs of each series say: S and its variance (series,), slopes per period (series, pair), NaN last."""

    score: Floats
    variance: Floats
    slopes: Floats
    pairs: NDArray[np.int64]


def compare(points: Floats, *, cycle: int = 1) -> Compared:
    """Compare each point with every later one, or with the later ones of its season only.

    Args:
        points: (series, period), oldest first, in the measure's unit; NaN is missing: its pairs do not count, the
            others keep their distance in time.
        cycle: periods a year; above 1 only the same season of different years is compared and S is summed over
            seasons.

    Returns: Var(S) = Σ [n(n − 1)(2n + 5) − Σ t(t − 1)(2t + 5)] ÷ 18 over seasons, t the sizes of groups of equal
        values.

    Source: METHOD §2.8 (tie-corrected); Kendall, Rank Correlation Methods, §4; Hirsch, Slack and Smith, Water Resources
        Research 18, 1982.

    >>> found = compare(np.array([[82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89]]))
    >>> found.score.item(), found.variance.round(2).item()
    (53.0, 209.67)
    """
    seasons = [_one_season(points[:, first::cycle]) for first in range(min(cycle, points.shape[1]))]
    slopes = np.concatenate([season[2] for season in seasons], axis=1) / cycle
    slopes.sort(axis=1)
    score = np.zeros(len(points))
    variance = np.zeros(len(points))
    for of_season, spread, _ in seasons:
        score += of_season
        variance += spread
    return Compared(score, variance, slopes, np.isfinite(slopes).sum(axis=1))


def _one_season(points: Floats) -> tuple[Floats, Floats, Floats]:
    """S, its variance, and all slopes between the points of one season."""
    early, late = np.triu_indices(points.shape[1], 1)
    rise = points[:, late] - points[:, early]
    score = np.nan_to_num(np.sign(rise)).sum(axis=1)
    count = np.isfinite(points).sum(axis=1).astype(np.float64)
    # A point missing equals nothing, not even itself, and so is in no group.
    group = (points[:, :, np.newaxis] == points[:, np.newaxis, :]).sum(axis=2).astype(np.float64)
    tied = np.where(group > 0, (group - 1.0) * (2.0 * group + 5.0), 0.0).sum(axis=1)
    variance = (count * (count - 1.0) * (2.0 * count + 5.0) - tied) / 18.0
    return score, variance, rise / (late - early)


def two_sided(score: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """z with the correction for continuity, and the two-sided p of the normal distribution; NaN without variance.

    Args:
        score, variance: S and Var(S), any one shape.

    Source: METHOD §2.8; Kendall §4.

    >>> z, p = two_sided(np.array(53.0), np.array(629 / 3))
    >>> z.round(3).item(), p.round(5).item()
    (3.591, 0.00033)
    """
    with np.errstate(all="ignore"):
        z = np.where(variance > 0.0, (score - np.sign(score)) / np.sqrt(variance), np.nan)
    return z, 2.0 * scipy.special.ndtr(-np.abs(z))
