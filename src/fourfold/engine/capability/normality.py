"""Whether values may come from one normal distribution (Anderson–Darling)."""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

__all__ = ["NORMAL_ALPHA", "anderson_darling"]

Floats = NDArray[np.float64]

NORMAL_ALPHA: Final = 0.05  # below, indices of a normal process say little (METHOD M3.4)
FEWEST: Final = 8  # D'Agostino and Stephens' approximation holds from here


def anderson_darling(values: Floats) -> Floats:
    """The p-value of normality with mean and deviation estimated, (series,); NaN below eight points or without spread.

    Args:
        values: (series, period) or (period,); NaN is missing.

    Source: METHOD M3.4; D'Agostino and Stephens, Goodness-of-Fit Techniques, 1986, table 4.9.

    >>> rng = np.random.default_rng(2)
    >>> normal, skewed = rng.normal(size=200), rng.exponential(size=200)
    >>> (anderson_darling(np.vstack([normal, skewed])) < 0.05).tolist()
    [False, True]
    """
    ordered = np.sort(np.atleast_2d(np.asarray(values, dtype=np.float64)), axis=1)  # NaN last
    there = np.isfinite(ordered)
    count = there.sum(axis=1)
    size = count.astype(np.float64)
    with np.errstate(all="ignore"):
        filled = np.where(there, ordered, 0.0)
        mean = filled.sum(axis=1) / size
        off = np.where(there, ordered - mean[:, np.newaxis], 0.0)
        scores = off / np.sqrt((off * off).sum(axis=1) / (size - 1.0))[:, np.newaxis]
        place = np.arange(ordered.shape[1])
        mirrored = np.maximum(count[:, np.newaxis] - 1 - place, 0)
        logs = scipy.special.log_ndtr(scores) + scipy.special.log_ndtr(
            -np.take_along_axis(scores, mirrored, axis=1)
        )
        total = np.where(there, (2.0 * place + 1.0) * logs, 0.0).sum(axis=1)
        squared = (-size - total / size) * (1.0 + 0.75 / size + 2.25 / size**2)
        chance = _chance(squared)
    return np.where((count >= FEWEST) & np.isfinite(squared), chance, np.nan)


def _chance(a: Floats) -> Floats:
    """The p-value of the adjusted statistic; four pieces, as published."""
    return np.select(
        [a >= 0.6, a >= 0.34, a >= 0.2],
        [
            np.exp(1.2937 - 5.709 * a + 0.0186 * a * a),
            np.exp(0.9177 - 4.279 * a - 1.38 * a * a),
            1.0 - np.exp(-8.318 + 42.796 * a - 59.938 * a * a),
        ],
        default=1.0 - np.exp(-13.436 + 101.14 * a - 223.73 * a * a),
    )
