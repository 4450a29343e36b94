"""What a method says of the periods ahead: a middle, a spread, and how the periods' errors go together."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf, sqrt

import numpy as np
import scipy
from numpy.typing import NDArray

__all__ = ["Outcome", "Projection", "Rolled", "cumulated", "student_below", "student_quantile"]

Floats = NDArray[np.float64]


def student_below(value: Floats | float, degrees: Floats | float) -> Floats:
    """P(t ≤ value) of Student's distribution; normal for endless degrees of freedom.

    Source: METHOD §2.8 (t_10 for a line through twelve points).

    >>> round(float(student_below(0.612, 10.0)), 3)
    0.723
    """
    with np.errstate(all="ignore"):
        student = scipy.special.stdtr(degrees, value)
    return np.asarray(np.where(np.isinf(degrees), scipy.special.ndtr(value), student))


def student_quantile(share: Floats | float, degrees: float) -> Floats:
    """The value below which a share of Student's distribution lies.

    Source: METHOD §8 (exact quantiles everywhere).

    >>> round(float(student_quantile(0.9, 10.0)), 3)
    1.372
    """
    return np.asarray(scipy.special.ndtri(share) if isinf(degrees) else scipy.special.stdtrit(degrees, share))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One number to come: its middle, its spread, and the degrees of freedom that the spread was found with."""

    mean: float
    deviation: float
    degrees: float

    def below(self, value: float) -> float:
        """P(outcome ≤ value)."""
        if self.deviation == 0.0:
            return float(self.mean <= value)
        return float(student_below((value - self.mean) / self.deviation, self.degrees))

    def quantile(self, share: float) -> float:
        """The value that it stays below with this probability."""
        return self.mean + self.deviation * float(student_quantile(share, self.degrees))

    def interval(self, share: float) -> tuple[float, float]:
        """Where it lies with this probability, the same on both sides."""
        return self.quantile(0.5 - share / 2.0), self.quantile(0.5 + share / 2.0)


@dataclass(frozen=True, slots=True)
class Projection:
    """The next periods, in the measure's unit: `mean` (ahead,), `covariance` of their errors (ahead, ahead)."""

    mean: Floats
    covariance: Floats
    degrees: float

    @property
    def deviation(self) -> Floats:
        """The spread of each period, (ahead,)."""
        return np.sqrt(np.diagonal(self.covariance))

    def at(self, place: int) -> Outcome:
        """One period: 0 is the next one."""
        return Outcome(float(self.mean[place]), float(self.deviation[place]), self.degrees)

    def combined(self, weights: Floats, *, known: float = 0.0) -> Outcome:
        """A weighted sum of the periods ahead, upon what is known: a year's total, its mean.

        Args:
            weights: (ahead,), 1 for a total, 0 for what does not count.
            known: what is there already, in the same sum.
        """
        mean, variance = known, 0.0
        for place, weight in enumerate(weights.tolist()):
            mean += weight * float(self.mean[place])
            variance += sum(
                weight * other * float(self.covariance[place, beside])
                for beside, other in enumerate(weights.tolist())
            )
        return Outcome(mean, sqrt(max(variance, 0.0)), self.degrees)

    def interval(self, share: float) -> tuple[Floats, Floats]:
        """Where each period lies with this probability, (ahead,) twice."""
        reach = self.deviation * float(student_quantile(0.5 + share / 2.0, self.degrees))
        return self.mean - reach, self.mean + reach

    def widened(self, factor: float) -> Projection:
        """The same middle with its spread so many times as wide."""
        return Projection(self.mean, self.covariance * factor**2, self.degrees)


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a method would have said at past origins: mean and deviation (origin, ahead), degrees (origin,)."""

    mean: Floats
    deviation: Floats
    degrees: Floats


def cumulated(weights: Floats) -> Floats:
    """The covariance, in units of one period's variance, of errors that each period passes on.

    Args:
        weights: (ahead,), what of an error is left so many periods later; the first is 1.

    Source: Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, §6.1.

    >>> cumulated(np.array([1.0, 0.5])).tolist()
    [[1.0, 0.5], [0.5, 1.25]]
    """
    ahead = len(weights)
    found = np.zeros((ahead, ahead))
    for first in range(ahead):
        for second in range(first, ahead):
            shared = weights[: first + 1] * weights[second - first : second + 1]
            found[first, second] = found[second, first] = shared.sum()
    return found
