"""Straight lines through time or through what drives a measure: least squares, and the robust one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.forecast.projection import Projection, Rolled

__all__ = ["LeastSquares", "RobustLine", "through_seasons", "through_time"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def through_time(periods: int) -> Floats:
    """The two columns of a straight line over so many periods: 1, and the period's number.

    Source: METHOD §2.8.

    >>> through_time(3).tolist()
    [[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]
    """
    return np.column_stack([np.ones(periods), np.arange(periods, dtype=np.float64)])


def through_seasons(periods: int, cycle: int) -> Floats:
    """A straight line with a step of its own for each season but the first.

    Args:
        periods: so many rows.
        cycle: periods a year.

    Source: METHOD §2.8; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, §7.4.

    >>> through_seasons(3, 2).tolist()
    [[1.0, 0.0, 0.0], [1.0, 1.0, 1.0], [1.0, 2.0, 0.0]]
    """
    season = np.arange(periods) % cycle
    steps = (season[:, np.newaxis] == np.arange(1, cycle)).astype(np.float64)
    return np.column_stack([through_time(periods), steps])


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Coefficients, the variance of what they leave, its degrees of freedom, and the inverse of X'X."""

    coefficients: Floats
    variance: float
    degrees: float
    inverse: Floats

    def path(self, rows: Floats) -> tuple[Floats, Floats]:
        """Mean (ahead,) and covariance (ahead, ahead) at new rows of the design."""
        covariance = self.variance * (np.eye(len(rows)) + rows @ self.inverse @ rows.T)
        return rows @ self.coefficients, covariance


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """A line of least squares; errors independent and normal, spread of Student with n − k degrees of freedom.

    `design` is (period, column) and reaches beyond the points as far as is asked: 1 and time for a trend, 1 and drivers
    for a driver-based forecast. A period where a driver is missing counts as missing.

    Source: METHOD §2.8; Montgomery, Peck and Vining, Introduction to Linear Regression Analysis, §3.5.

    >>> y = np.array([82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89])
    >>> outcome = LeastSquares(y, through_time(24)).projection(12).at(11)
    >>> round(outcome.mean, 2), round(outcome.deviation, 3), outcome.degrees
    (96.04, 1.694, 10.0)
    """

    points: Floats
    design: Floats

    def rolled(self, origins: Ints, ahead: int) -> Rolled:
        """As it would have been told at these origins; drivers are taken as they turned out."""
        return _rolled(self._fit, self.design, origins=origins, ahead=ahead)

    def projection(self, ahead: int) -> Projection:
        """The periods after the last point; NaN where a driver is not known so far ahead."""
        return _projection(self._fit(len(self.points)), self.design, begin=len(self.points), ahead=ahead)

    def _fit(self, known: int) -> _Fitted | None:
        """Through the first so many points; None where they do not determine it."""
        there = np.isfinite(self.points[:known]) & np.isfinite(self.design[:known]).all(axis=1)
        rows, values = self.design[:known][there], self.points[:known][there]
        free = len(values) - rows.shape[1]
        if free < 1:
            return None
        found, _, rank, _ = np.linalg.lstsq(rows, values, rcond=None)
        if rank < rows.shape[1]:
            return None
        coefficients: Floats = found.astype(np.float64)
        inverse: Floats = np.linalg.inv(rows.T @ rows).astype(np.float64)
        left = values - rows @ coefficients
        return _Fitted(coefficients, float((left * left).sum()) / free, float(free), inverse)


@dataclass(frozen=True, slots=True)
class RobustLine:
    """The Theil–Sen line: one wild point does not tilt it. Its spread is that of the residuals around it.

    Source: METHOD §2.8; Sen, J. American Statistical Association 63, 1968.

    >>> wild = np.array([1.0, 2, 3, 4, 99, 6, 7, 8, 9])
    >>> RobustLine(wild).projection(1).mean.tolist()
    [10.0]
    """

    points: Floats

    def rolled(self, origins: Ints, ahead: int) -> Rolled:
        """As it would have been told at these origins."""
        slopes, late = _all_slopes(self.points)

        def fit(known: int) -> _Fitted | None:
            steep = slopes[late < known]
            return self._around(self.points[:known], _middle(steep)) if steep.size else None

        return _rolled(fit, through_time(len(self.points) + ahead), origins=origins, ahead=ahead)

    def projection(self, ahead: int) -> Projection:
        """The periods after the last point."""
        slopes, _ = _all_slopes(self.points)
        fitted = self._around(self.points, _middle(slopes))
        return _projection(
            fitted, through_time(len(self.points) + ahead), begin=len(self.points), ahead=ahead
        )

    def _around(self, points: Floats, slope: float) -> _Fitted | None:
        """The line of that slope through the median, as least squares would tell of it."""
        rows = through_time(len(points))
        there = np.isfinite(points)
        free = int(there.sum()) - 2
        if free < 1:
            return None
        height = _middle(np.sort((points - slope * rows[:, 1])[there]))
        left = (points - height - slope * rows[:, 1])[there]
        inverse: Floats = np.linalg.inv(rows[there].T @ rows[there]).astype(np.float64)
        return _Fitted(np.array([height, slope]), float((left * left).sum()) / free, float(free), inverse)


def _all_slopes(points: Floats) -> tuple[Floats, Ints]:
    """The slopes between any two points, rising, and the place of the later point of each."""
    early, late = np.triu_indices(len(points), 1)
    slopes = (points[late] - points[early]) / (late - early)
    there = np.isfinite(slopes)
    order = np.argsort(slopes[there], kind="stable")
    return slopes[there][order], late[there][order]


def _middle(rising: Floats) -> float:
    """The median of numbers in rising order."""
    return float((rising[(rising.size - 1) // 2] + rising[rising.size // 2]) / 2.0)


Fit = Callable[[int], _Fitted | None]
"""From how many points are known to the line through them."""


def _rolled(fit: Fit, design: Floats, *, origins: Ints, ahead: int) -> Rolled:
    mean, deviation = np.full((2, len(origins), ahead), np.nan)
    degrees = np.ones(len(origins))
    for row, origin in enumerate(origins.tolist()):
        told = _projection(fit(origin), design, begin=origin, ahead=min(ahead, len(design) - origin))
        mean[row, : len(told.mean)], deviation[row, : len(told.mean)] = told.mean, told.deviation
        degrees[row] = told.degrees
    return Rolled(mean, deviation, degrees)


def _projection(fitted: _Fitted | None, design: Floats, *, begin: int, ahead: int) -> Projection:
    if fitted is None:
        return Projection(np.full(ahead, np.nan), np.full((ahead, ahead), np.nan), 1.0)
    mean, covariance = fitted.path(design[begin : begin + ahead])
    return Projection(mean, covariance, fitted.degrees)
