"""How much of y goes with one more of x, the expected lag earlier: the number a simulation carries along a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.leadlag.examining import Examination
from fourfold.engine.leadlag.regression import fitted
from fourfold.engine.leadlag.series import Series
from fourfold.engine.leadlag.shaping import without_period_means
from fourfold.engine.leadlag.windows import window_mean
from fourfold.engine.quantities import NotComputable, Why

__all__ = ["LEAST_ROWS", "Slope", "slope_of"]

LEAST_ROWS: Final = 12  # judgement: fewer leave an interval that says nothing
_LEVEL: Final = 0.05
_NOTHING: Final = 1e-10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Slope:
    """y's change for one more of x, in their units of measure; `degrees` those of its t."""

    value: float
    error: float
    degrees: int

    @property
    def low(self) -> float:
        """The lower end at 95 %."""
        return self.value - self._reach

    @property
    def high(self) -> float:
        """The upper end at 95 %."""
        return self.value + self._reach

    @property
    def _reach(self) -> float:
        return float(scipy.special.stdtrit(self.degrees, 1.0 - _LEVEL / 2.0)) * self.error


def slope_of(x: Series, y: Series, *, found: Examination) -> Slope | NotComputable:
    """Least squares of y on the mean of x over the expected lags, over the stretch that was tested.

    Period means and differences are taken as the test took them, logarithms are not: a straight line in the measures'
    own units is what a simulation carries. The lag is the expected one, not the one with the strongest correlation,
    which would make the slope too steep. The error allows for neighbours that are alike (Newey and West).

    Args:
        x, y: as they were tested.
        found: what the test did to them, and which stretch it used.

    Returns: NotComputable with TOO_FEW_POINTS or NO_VARIATION.

    Source: METHOD §3.8 (Δ_parent = β · Δ_child with interval); Newey and West, Econometrica 55 (1987), with the
        lags of Stock and Watson, .75 n^(1/3), and n ÷ (n − k).

    >>> from fourfold.engine.leadlag.examining import Hypothesis, examine
    >>> rng = np.random.default_rng(5)
    >>> x = rng.normal(size=60)
    >>> y = 3.0 * np.roll(x, 2) + rng.normal(size=60)
    >>> found = examine(Series(x), Series(y), hypothesis=Hypothesis(1, 2, 2), seed=1)
    >>> slope = slope_of(Series(x), Series(y), found=found)
    >>> slope.low < 3.0 < slope.high
    True
    """
    part = slice(found.stretch.start, found.stretch.stop)
    one, other = x.values[part], y.values[part]
    cycle = found.shape.cycle
    if cycle:
        one, other = without_period_means(one, cycle=cycle), without_period_means(other, cycle=cycle)
    earlier = window_mean(one, found.hypothesis.lag_from, last=found.hypothesis.lag_to)
    if found.shape.is_differenced:
        earlier, other = np.diff(earlier), np.diff(other)
    usable = np.isfinite(earlier)
    return _by_least_squares(earlier[usable], other[usable], spent=max(cycle - 1, 0))


def _by_least_squares(x: Floats, y: Floats, *, spent: int) -> Slope | NotComputable:
    degrees = x.size - 2 - spent
    if degrees < LEAST_ROWS - 2:
        return NotComputable(Why.TOO_FEW_POINTS)
    if float(np.ptp(x)) <= _NOTHING * max(1.0, float(np.abs(x).max())):
        return NotComputable(Why.NO_VARIATION)
    regressors = np.column_stack([np.ones(x.size), x])
    model = fitted(regressors, y)
    left = y - regressors @ model.coefficients
    error = _error(regressors * left[:, np.newaxis], model.inverse)
    if error <= 0.0:
        return NotComputable(Why.NO_VARIATION)
    return Slope(float(model.coefficients[1]), error * float(np.sqrt(x.size / degrees)), degrees)


def _error(scores: Floats, inverse: Floats) -> float:
    """The slope's standard error, before the small-sample correction."""
    lags = int(np.ceil(0.75 * len(scores) ** (1.0 / 3.0)))
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        together = scores[lag:].T @ scores[:-lag]
        middle = middle + (1.0 - lag / (lags + 1.0)) * (together + together.T)
    return float(np.sqrt(max((inverse @ middle @ inverse)[1, 1], 0.0)))
