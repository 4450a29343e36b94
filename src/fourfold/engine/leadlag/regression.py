"""Least squares on a series' own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST_ORDER", "Fitted", "autoregressive_order", "filtered", "fitted", "lagged"]

MOST_ORDER: Final = 4  # METHOD M1.2 step 3: AR(p), p ≤ 4
_NOTHING: Final = 1e-20  # a residual sum of squares below is rounding

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Coefficients by least squares with what is left over; `inverse` is (X′X)⁻¹."""

    coefficients: Floats
    squares: float
    rows: int
    inverse: Floats

    @property
    def degrees(self) -> int:
        """Rows beyond the coefficients."""
        return self.rows - self.coefficients.size

    @property
    def akaike(self) -> float:
        """Akaike's criterion, up to a constant that depends on the rows alone."""
        return (
            self.rows * float(np.log(max(self.squares, _NOTHING) / self.rows)) + 2.0 * self.coefficients.size
        )

    def statistic_of(self, place: int) -> float:
        """A coefficient over its standard error; infinite where nothing is left over."""
        variance = self.squares / self.degrees * float(self.inverse[place, place])
        return float(self.coefficients[place]) / float(np.sqrt(max(variance, _NOTHING)))


def fitted(regressors: Floats, answers: Floats) -> Fitted:
    """Ordinary least squares, also where regressors depend on one another.

    Args:
        regressors: (row, coefficient). answers: (row,).

    Source: textbook.

    >>> fitted(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 3.0, 5.0])).coefficients.round(9)
    array([1., 2.])
    """
    inverse = np.asarray(np.linalg.pinv(regressors.T @ regressors), dtype=np.float64)
    coefficients = inverse @ (regressors.T @ answers)
    left = answers - regressors @ coefficients
    return Fitted(coefficients, float(left @ left), answers.size, inverse)


def lagged(values: Floats, lags: Sequence[int], *, start: int) -> Floats:
    """The values so many periods before each period from `start` on, one column a lag.

    Args:
        values: (period,). lags: none above `start`.

    Source: METHOD M1.2 steps 3 and 6.

    >>> lagged(np.array([1.0, 2.0, 3.0, 4.0]), [1, 2], start=2)
    array([[2., 1.],
           [3., 2.]])
    """
    if not lags:
        return np.empty((values.size - start, 0))
    return np.column_stack([values[start - lag : values.size - lag] for lag in lags])


def autoregressive_order(values: Floats, *, most: int = MOST_ORDER) -> int:
    """The order p ≤ 4 of the autoregression with the lowest AIC, all orders on the same rows.

    Args:
        values: (period,), without gaps.

    Source: METHOD M1.2 step 3; Box and Jenkins §6.

    >>> autoregressive_order(np.tile([1.0, -1.0, 2.0, -2.0, 0.5], 8), most=1)
    1
    """
    ones = np.ones((values.size - most, 1))
    past = lagged(values, range(1, most + 1), start=most)
    scores = [fitted(np.hstack([ones, past[:, :order]]), values[most:]).akaike for order in range(most + 1)]
    return int(np.argmin(scores))


def filtered(x: Floats, y: Floats, *, order: int) -> tuple[Floats, Floats]:
    """Both series less what an autoregression of the first foretells; `order` periods shorter.

    Args:
        x: whose past the filter is fitted to. y: goes through the same filter.

    Source: METHOD M1.2 step 3; Box and Jenkins §11 (prewhitening).

    >>> white, other = filtered(np.array([1.0, 2.0, 4.0, 8.0, 16.0]), np.arange(5.0), order=1)
    >>> bool(np.allclose(white, 0.0)), bool(np.allclose(other, [1.0, 0.0, -1.0, -2.0]))
    (True, True)
    """
    if order == 0:
        return x - x.mean(), y - y.mean()
    ones = np.ones((x.size - order, 1))
    model = fitted(np.hstack([ones, lagged(x, range(1, order + 1), start=order)]), x[order:])
    weights = model.coefficients[1:]
    white = x[order:] - lagged(x, range(1, order + 1), start=order) @ weights - model.coefficients[0]
    return white, y[order:] - lagged(y, range(1, order + 1), start=order) @ weights
