"""What makes the limits of a chart doubtful before any point is judged."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.chart import TRIAL_POINTS
from fourfold.engine.spc.individual import table_of

__all__ = ["MOST_AUTOCORRELATION", "autocorrelation", "looks_cumulative", "residuals", "varies"]

# Periods a year, and how many steps must be seen before so regular a fall is no chance.
_LEAST_STEPS: Final = {4: 16, 12: 12, 52: 52}

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_AUTOCORRELATION: Final = 0.5  # lag-1 beyond which limits of moving ranges are too tight (METHOD M3.4)


def autocorrelation(values: Floats, *, lag: int = 1) -> Floats:
    """How much each point is like the one `lag` periods before it, (series,).

    NaN for fewer than eight points, and for equal ones.

    Args:
        values: (series, period) or (period,); pairs with a missing point do not count.
        lag: 1 for neighbours, 12 for the same month of the year before.

    Source: METHOD M3.4 (above .5 limits are too tight: chart the residuals); Box and Jenkins §2.1.

    >>> autocorrelation(np.arange(20.0)).round(2).item()
    0.85
    """
    points = table_of(values)
    there = np.isfinite(points)
    count = there.sum(axis=1)
    filled = np.where(there, points, 0.0)
    with np.errstate(all="ignore"):
        off = np.where(there, points - (filled.sum(axis=1) / count)[:, np.newaxis], 0.0)
        found = (off[:, lag:] * off[:, :-lag]).sum(axis=1) / (off * off).sum(axis=1)
    enough = (count >= TRIAL_POINTS) & (points.shape[1] > lag)
    return np.where(enough & varies(points), found, np.nan)


def varies(points: Floats) -> Bools:
    """Whether a series holds two different values, (series,): what is left of equal ones is rounding.

    Args:
        points: (series, period), NaN is missing.

    Source: METHOD §8.

    >>> varies(np.array([[0.1, 0.1, np.nan], [0.1, 0.2, np.nan]])).tolist()
    [False, True]
    """
    there = np.isfinite(points)
    highest = np.where(there, points, -np.inf).max(axis=1)
    return np.asarray(highest > np.where(there, points, np.inf).min(axis=1))


def residuals(values: Floats) -> Floats:
    """What the point before does not explain, about the same mean: e = x − r·(x₋₁ − x̄), r the lag-1 autocorrelation.

    Args:
        values: (series, period) or (period,), oldest first, in the measure's unit.

    Returns: (series, period), NaN at the first point, after a gap, and where fewer than eight points say nothing of
        their neighbours. Limits of these are not too tight where neighbours are alike; a lasting shift shows in them
        as a short one.

    Source: METHOD M3.4 (above .5 fit residuals); Montgomery §10.4, an autoregression of the first order.

    >>> x = np.array([5.0, 6, 5, 7, 8, 7, 6, 5, 4, 4, 5, 4, 3, 4])
    >>> autocorrelation(x).round(2).item(), autocorrelation(residuals(x)).round(2).item()
    (0.69, 0.18)
    """
    points = table_of(values)
    there = np.isfinite(points)
    with np.errstate(all="ignore"):
        mean = np.where(there, points, 0.0).sum(axis=1, keepdims=True) / there.sum(axis=1, keepdims=True)
    found = np.full(points.shape, np.nan)
    found[:, 1:] = points[:, 1:] - autocorrelation(points)[:, np.newaxis] * (points[:, :-1] - mean)
    return found


def looks_cumulative(values: Floats) -> Bools:
    """Whether a series runs like a total to date: it only rises, and falls at most once a year, always at one place.

    Args:
        values: (series, period) or (period,), oldest first, of quarters, months or weeks; a missing point hides the
            steps beside it. Eight steps must be seen, and half of them rise.

    Returns: (series,). A stable series does this less than once in fifty thousand times; a true, unbroken rise looks
        the same, which is why whoever asks may know better.

    Source: METHOD M3.4 (XmR on running totals is refused), §2.6 (to-date values are overlapping).

    >>> year = [5.0, 9, 12, 20, 26, 30, 31, 40, 44, 45, 50, 61]
    >>> looks_cumulative(np.array([[*year, 4, 9], [5.0, 9] * 7])).tolist()
    [True, False]
    """
    points = table_of(values)
    with np.errstate(invalid="ignore"):
        steps = np.diff(points, axis=1)
    rises, falls, seen = steps > 0.0, steps < 0.0, np.isfinite(steps).sum(axis=1)
    enough = (seen >= TRIAL_POINTS) & (2 * rises.sum(axis=1) >= seen)
    allowed = ~falls.any(axis=1)
    for cycle, least in _LEAST_STEPS.items():
        if steps.shape[1] < least:
            continue
        for place in range(cycle):
            resets = np.arange(steps.shape[1]) % cycle == place
            allowed |= ~(falls & ~resets).any(axis=1)
    return np.asarray(enough & allowed)
