"""Which series lean on their own past: their limits are too tight, and chance alone makes more exceptions of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc import MOST_AUTOCORRELATION, ControlChart, autocorrelation

__all__ = ["leaning"]

Bools = NDArray[np.bool_]


def leaning(chart: ControlChart) -> Bools:
    """Whether each of the values that the latest limits are made of is much like the one before it, (series,).

    Those values alone: a series that has changed since is alike because it has changed. Of an autoregression of .3,
    .5, .7 and .9 the rules `mdc` make exceptions in 25, 41, 62 and 82 % (limits of 29 points, seven new ones), where
    `Exceptions.chance` says 10 %. It is not weighed in: of 24 values the likeness is known to about .2.

    Source: METHOD M3.4 (lag-1 autocorrelation above .5: limits too tight), M6.3.

    >>> from fourfold.engine.spc import xmr
    >>> leaning(xmr(np.array([np.sin(np.arange(30.0) / 4.0), np.arange(30.0) * 7.0 % 11.0]))).tolist()
    [True, False]
    """
    number = np.broadcast_to(chart.segments.number, chart.points.shape)
    there = (number == number[:, -1:]) & np.isfinite(chart.points)
    used = chart.over_points(chart.used)[:, -1:]
    made_of = np.where(there & (there.cumsum(axis=1) <= used), chart.points, np.nan)
    with np.errstate(invalid="ignore"):
        return np.asarray(autocorrelation(made_of) > MOST_AUTOCORRELATION)
