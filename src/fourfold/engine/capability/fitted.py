"""Capability of a process that is not normal: percentiles of the distribution that fits best (Clements)."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.capability.indices import LEAST_POINTS, Specification
from fourfold.engine.quantities import NotComputable, Why

__all__ = ["SHAPES", "FittedCapability", "fitted_capability"]

Floats = NDArray[np.float64]

LOW, MIDDLE, HIGH = 0.00135, 0.5, 0.99865  # what ±3σ enclose of a normal distribution

SHAPES: Final = ("lognormal", "weibull", "gamma", "johnson")
"""In the order tried; equal AIC goes to the first. All but Johnson's need values above zero."""

# By name: `scipy.stats` takes a second to import, and SciPy does so when it is first asked for.
_NAMES = {"lognormal": "lognorm", "weibull": "weibull_min", "gamma": "gamma", "johnson": "johnsonsu"}


@dataclass(frozen=True, slots=True)
class FittedCapability:
    """Indices from percentiles; `cp` is None with one limit open, the open side's index too."""

    shape: str
    aic: float
    low: float
    median: float
    high: float
    cp: float | None
    cpl: float | None
    cpu: float | None
    cpk: float


def fitted_capability(
    values: Floats, specification: Specification, *, least: int = LEAST_POINTS
) -> FittedCapability | NotComputable:
    """Fit lognormal, Weibull, gamma and Johnson's SU, keep the lowest AIC, and compare its percentiles.

    Args:
        values: (period,), one stable series; NaN is missing.
        specification: limits as single numbers.
        least: fewer points are TOO_FEW_POINTS.

    Returns: C_p = (USL − LSL) ÷ (X.99865 − X.00135), C_pu = (USL − X.5) ÷ (X.99865 − X.5), C_pl likewise, C_pk their
        minimum. Never the raw extreme percentiles of the values: at 50 points they read 1.37 where the truth is 1.

    Source: METHOD M3.4; Clements, Quality Progress 22, 1989; ISO 22514-2.

    >>> skewed = np.random.default_rng(6).lognormal(0.0, 0.4, 200)
    >>> found = fitted_capability(skewed, Specification(upper=4.0))
    >>> found.cp is None, bool(0.8 < found.cpk < 1.6)
    (True, True)
    """
    points = np.asarray(values, dtype=np.float64)
    points = points[np.isfinite(points)]
    if points.size < least:
        return NotComputable(Why.TOO_FEW_POINTS)
    if points.min() == points.max():
        return NotComputable(Why.NO_VARIATION)
    fits = [found for shape in SHAPES if (found := _fit(shape, points)) is not None]
    if not fits:
        return NotComputable(Why.NOT_FINITE)
    aic, shape, parameters = min(fits, key=lambda fit: fit[0])
    low, median, high = (float(_named(shape).ppf(share, *parameters)) for share in (LOW, MIDDLE, HIGH))
    return _compared(shape, aic, low=low, median=median, high=high, specification=specification)


def _fit(shape: str, points: Floats) -> tuple[float, str, tuple[float, ...]] | None:
    """AIC, name and parameters by maximum likelihood; None where the shape cannot hold these values."""
    if shape != "johnson" and points.min() <= 0.0:
        return None
    fixed = {} if shape == "johnson" else {"floc": 0.0}
    with np.errstate(all="ignore"):
        parameters = _named(shape).fit(points, **fixed)
        likelihood = float(_named(shape).logpdf(points, *parameters).sum())
    free = len(parameters) - len(fixed)
    aic = 2.0 * free - 2.0 * likelihood
    return (aic, shape, tuple(map(float, parameters))) if isfinite(aic) else None


def _named(shape: str) -> Any:
    return getattr(scipy.stats, _NAMES[shape])


def _compared(
    shape: str, aic: float, *, low: float, median: float, high: float, specification: Specification
) -> FittedCapability:
    lower, upper = (float(specification.column(name, 1)[0]) for name in ("lower", "upper"))
    cpl = (median - lower) / (median - low) if isfinite(lower) else None
    cpu = (upper - median) / (high - median) if isfinite(upper) else None
    cp = (upper - lower) / (high - low) if isfinite(lower) and isfinite(upper) else None
    sides = [side for side in (cpl, cpu) if side is not None]
    return FittedCapability(shape, aic, low, median, high, cp, cpl, cpu, min(sides))
