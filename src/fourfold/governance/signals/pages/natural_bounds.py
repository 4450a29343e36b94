"""A limit is not drawn where no value can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.evaluate.native_series import NativeSeries

__all__ = ["bounded"]

Floats = NDArray[np.float64]


def bounded(line: Floats, series: NativeSeries) -> Floats:
    """A line of limits, within what the measure's definition says its values can be."""
    low, high = series.version.natural_min, series.version.natural_max
    return np.clip(line, -np.inf if low is None else low, np.inf if high is None else high)
