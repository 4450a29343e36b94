"""What is done to a series before anything is compared: logarithm, period means, differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.leadlag.stationarity import dickey_fuller, kpss

__all__ = ["FULL_YEARS", "Shape", "is_multiplicative", "needs_differencing", "shaped", "without_period_means"]

FULL_YEARS: Final = 3  # seasonality is removed from so many on (METHOD M1.2 step 2)
_CLEARLY: Final = 1.92  # half of the χ² of one degree at 95 %: how much likelier the logarithm must be

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """What was done: logarithms of either, period means of a cycle removed (0: none), one difference or none."""

    log_x: bool = False
    log_y: bool = False
    cycle: int = 0
    is_differenced: bool = False


def is_multiplicative(values: Floats) -> bool:
    """Whether steps grow with the level: the logarithm's steps are clearly likelier than the values' own.

    Args:
        values: (period,), without gaps.

    Returns: False where any value is not above zero.

    Source: METHOD M1.2 step 2 asks for it without saying how; Box and Cox, J. Royal Statistical Society B 26 (1964):
        the profile likelihoods of λ = 0 and λ = 1, here of a random walk's steps.

    >>> growth = 100.0 * 1.1 ** (np.arange(40) + np.tile([0.0, 0.5], 20))
    >>> is_multiplicative(growth), is_multiplicative(np.log(growth))
    (True, False)
    """
    if not (values > 0.0).all():
        return False
    logs = np.log(values)
    plain, scaled = (float(np.var(np.diff(series))) for series in (values, logs))
    if plain == 0.0 or scaled == 0.0:
        return False
    steps = values.size - 1
    return bool(0.5 * steps * (np.log(plain) - np.log(scaled)) - logs[1:].sum() > _CLEARLY)


def without_period_means(values: Floats, *, cycle: int) -> Floats:
    """Take from every value the mean of its place in the cycle, so that each place's mean is zero.

    Args:
        values: (…, period).
        cycle: periods a year: 12 for months.

    Source: METHOD M1.2 step 2 (period means).

    >>> without_period_means(np.array([1.0, 5.0, 3.0, 7.0]), cycle=2)
    array([-1., -1.,  1.,  1.])
    """
    members = np.arange(values.shape[-1])[:, np.newaxis] % cycle == np.arange(cycle)
    weights = members / np.maximum(members.sum(axis=0), 1)
    return np.asarray(values - (values @ weights) @ members.T)


def needs_differencing(values: Floats) -> bool:
    """Whether KPSS rejects a stationary level at 5 %, or Dickey and Fuller's test does not reject a unit root at 5 %.

    Args:
        values: (period,), without gaps.

    Source: METHOD M1.2 step 2.

    >>> needs_differencing(np.arange(40.0) + np.tile([0.0, 1.0], 20))
    True
    """
    return kpss(values).is_rejected or not dickey_fuller(values).is_rejected


def shaped(x: Floats, y: Floats, *, cycle: int) -> tuple[Floats, Floats, Shape]:
    """Both series in logarithms where they are multiplicative, and without seasonality; `Shape.is_differenced` says
    whether either needs a difference, which is left to the reader: Granger's test takes the levels.

    Args:
        x, y: (period,), without gaps, of one length.
        cycle: periods a year; 0 or 1: none.

    Source: METHOD M1.2 step 2.
    """
    log_x, log_y = is_multiplicative(x), is_multiplicative(y)
    x, y = np.log(x) if log_x else x, np.log(y) if log_y else y
    removed = cycle if cycle > 1 and x.size >= FULL_YEARS * cycle else 0
    if removed:
        x, y = without_period_means(x, cycle=removed), without_period_means(y, cycle=removed)
    # One difference for both: differencing one alone would change what the other is compared with.
    is_differenced = needs_differencing(x) or needs_differencing(y)
    return x, y, Shape(log_x, log_y, removed, is_differenced)
