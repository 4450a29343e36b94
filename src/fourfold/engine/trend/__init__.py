"""Whether a series rises or falls, how steeply, and how sure that is, for any number of series at once.

    >>> import numpy as np
    >>> from fourfold.engine import trend
    >>> found = trend.trend(np.array([82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89]))
    >>> found.slope.item(), found.p.round(5).item()
    (0.625, 0.00033)

Source: METHOD §2.8, §8. Page: docs/algorithms/trend.md.
"""

from fourfold.engine.trend.dependence import (
    MOST_AUTOCORRELATION,
    dependence_factor,
    significant_factor,
    unbiased_autocorrelation,
    whitened,
)
from fourfold.engine.trend.refusals import SeriesTooLong, TrendRefused
from fourfold.engine.trend.scores import Compared, compare, two_sided
from fourfold.engine.trend.slopes import median_of_rows, theil_sen
from fourfold.engine.trend.trends import (
    CORRECTIONS,
    LEAST_POINTS,
    LEAST_YEARS,
    MOST_PERIODS,
    Correction,
    Direction,
    Method,
    Trends,
    trend,
)

__all__ = [
    "CORRECTIONS",
    "LEAST_POINTS",
    "LEAST_YEARS",
    "MOST_AUTOCORRELATION",
    "MOST_PERIODS",
    "Compared",
    "Correction",
    "Direction",
    "Method",
    "SeriesTooLong",
    "TrendRefused",
    "Trends",
    "compare",
    "dependence_factor",
    "median_of_rows",
    "significant_factor",
    "theil_sen",
    "trend",
    "two_sided",
    "unbiased_autocorrelation",
    "whitened",
]
