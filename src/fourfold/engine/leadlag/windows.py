"""A cause over its expected lags as one number: the mean of so many periods, the lag earlier."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["window_mean"]

Floats = NDArray[np.float64]


def window_mean(values: Floats, first: int, *, last: int) -> Floats:
    """At each period the mean of the values `first` to `last` periods earlier; NaN where one of them is missing.

    A change that lasts moves this mean by as much as itself once the window is full; so one slope tells what it comes
    to, and no lag is picked out by its result.

    Args:
        values: (…, period), oldest first.
        first, last: lags in periods, 0 ≤ first ≤ last.

    Source: METHOD §3.8 (the hypothesised window); judgement that its lags weigh the same.

    >>> window_mean(np.array([1.0, 2.0, 4.0, 8.0]), 1, last=2)
    array([nan, nan, 1.5, 3. ])
    """
    size = values.shape[-1]
    found = np.zeros(values.shape)
    for lag in range(first, last + 1):
        earlier = np.full(values.shape, np.nan)
        if lag < size:
            earlier[..., lag:] = values[..., : size - lag]
        found = found + earlier
    return np.asarray(found / (last - first + 1))
