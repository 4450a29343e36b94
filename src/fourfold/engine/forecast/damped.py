"""Exponential smoothing with a damped trend: level and slope follow the series, and the slope wears off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.forecast.projection import Projection, Rolled, cumulated

__all__ = ["Damped", "Smoothing", "smooth"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# α, β ÷ α and φ that are tried: φ within .8 and .98 as in R's `ets`, where less would be no trend and more no damping.
_LEVELS: Final = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98)
_SLOPES: Final = (0.0, 0.05, 0.1, 0.2, 0.4, 0.7)
_DAMPING: Final = (0.8, 0.9, 0.95, 0.98)
_ZOOMS: Final = 3  # each looks between the neighbours of the best, on a quarter of the width
_PARAMETERS: Final = 5  # α, β, φ, level and slope: what is taken off the degrees of freedom


@dataclass(frozen=True, slots=True)
class Smoothing:
    """How quickly level and slope follow (α, β) and how much of the slope is left after each period (φ); (choice,)."""

    level: Floats
    slope: Floats
    damping: Floats

    def chosen(self, place: int | Ints) -> Smoothing:
        """Some of these choices."""
        at = np.atleast_1d(place)
        return Smoothing(self.level[at], self.slope[at], self.damping[at])


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Three runs over a series, each (period, run, choice): over its points, from a level of 1, from a slope of 1.

    States and errors are linear in where the series began, so that any beginning is a sum of the three.
    """

    error: Floats
    level: Floats
    slope: Floats


def smooth(points: Floats, smoothing: Smoothing) -> Smoothed:
    """Run the recursion for every choice at once: ŷ = l + φb, l = ŷ + αe, b = φb + βe.

    Args:
        points: (period,), oldest first; where one is missing the state goes on without an error.
        smoothing: the choices.

    Source: METHOD §2.8; Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, §2.5, §5.2;
        Gardner and McKenzie, Management Science 31, 1985.

    >>> run = smooth(np.array([10.0]), Smoothing(np.array([0.5]), np.array([0.1]), np.array([0.9])))
    >>> run.error[0, :, 0].tolist(), run.level[0, :, 0].tolist()
    ([10.0, -1.0, -0.9], [5.0, 0.5, 0.45])
    """
    choices = len(smoothing.level)
    error, levels, slopes = np.zeros((3, len(points), 3, choices))
    level, slope = np.zeros((2, 3, choices))
    level[1], slope[2] = 1.0, 1.0
    seen = np.zeros((3, 1))
    for period, point in enumerate(points.tolist()):
        slope = slope * smoothing.damping
        level = level + slope
        if point == point:
            seen[0, 0] = point
            error[period] = seen - level
            level = level + smoothing.level * error[period]
            slope = slope + smoothing.slope * error[period]
        levels[period], slopes[period] = level, slope
    return Smoothed(error, levels, slopes)


@dataclass(frozen=True, slots=True)
class Damped:
    """Damped-trend exponential smoothing with additive errors; parameters of least squares from a fixed grid.

    The beginning (level and slope) is found exactly for every choice, by two normal equations; the choice by the grid,
    refined between its best neighbours. At past origins the grid alone is used, with what was known there.

    Source: METHOD §2.8; Hyndman et al. §2.5, §5.2, §6.1.

    >>> path = Damped(np.array([1.0, 3, 2, 4, 3, 5, 4, 6, 5, 7])).projection(3)
    >>> bool((np.diff(path.mean) > 0).all()), bool((np.diff(path.deviation) > 0).all())
    (True, True)
    """

    points: Floats

    def rolled(self, origins: Ints, ahead: int) -> Rolled:
        """As it would have been told at these origins."""
        ground = _ground(self.points)
        grid = _grid()
        run = smooth(self.points - ground, grid)
        total, beginning = _squares(run)
        rows = origins - 1
        best = total[rows].argmin(axis=1)
        count = np.cumsum(np.isfinite(self.points))[rows].astype(np.float64)
        degrees = np.maximum(count - _PARAMETERS, 1.0)
        level, slope = (
            _state(state[rows, :, best], beginning[rows, :, best]) for state in (run.level, run.slope)
        )
        picked = grid.chosen(best)
        faded = np.cumsum(picked.damping[:, np.newaxis] ** np.arange(1, ahead + 1), axis=1)
        passed = 1.0 + np.cumsum(_passed_on(picked, ahead)[:, 1:] ** 2, axis=1)
        spread = np.sqrt(total[rows, best] / degrees)[:, np.newaxis]
        deviation = spread * np.sqrt(np.concatenate([np.ones((len(rows), 1)), passed], axis=1))
        return Rolled(ground + level[:, np.newaxis] + faded * slope[:, np.newaxis], deviation, degrees)

    def projection(self, ahead: int) -> Projection:
        """The periods after the last point."""
        ground = _ground(self.points)
        found = self.fitted()
        run = smooth(self.points - ground, found)
        total, beginning = _squares(run)
        level, slope = (_state(state[-1:, :, 0], beginning[-1:, :, 0]) for state in (run.level, run.slope))
        degrees = max(float(np.isfinite(self.points).sum()) - _PARAMETERS, 1.0)
        faded = np.cumsum(found.damping[0] ** np.arange(1, ahead + 1))
        covariance = cumulated(_passed_on(found, ahead)[0]) * (total[-1, 0] / degrees)
        return Projection(ground + level[0] + faded * slope[0], covariance, degrees)

    def squares(self) -> float:
        """The sum of squares that the choice leaves, one step ahead."""
        points = self.points - _ground(self.points)
        return float(_squares(smooth(points, self.fitted()))[0][-1, 0])

    def fitted(self) -> Smoothing:
        """The choice that leaves the least squares."""
        points = self.points - _ground(self.points)
        tried = _grid()
        width = np.array([0.1, 0.3, 0.05])
        for _ in range(_ZOOMS):
            best = tried.chosen(int(_squares(smooth(points, tried))[0][-1].argmin()))
            tried = _around(best, width)
            width = width / 4.0
        return tried.chosen(int(_squares(smooth(points, tried))[0][-1].argmin()))


def _ground(points: Floats) -> float:
    """The first value: taken off before and put back after, so that squares of large numbers lose no digits."""
    return float(points[np.isfinite(points)][0])


def _grid() -> Smoothing:
    level, share, damping = (each.ravel() for each in np.meshgrid(_LEVELS, _SLOPES, _DAMPING, indexing="ij"))
    return Smoothing(level, level * share, damping)


def _around(best: Smoothing, width: Floats) -> Smoothing:
    """Five steps each way of α and β ÷ α, three of φ, inside what is allowed."""
    steps = np.linspace(-1.0, 1.0, 5)
    level = np.clip(best.level[0] + width[0] * steps, 0.0001, 0.9999)
    share = np.clip(best.slope[0] / best.level[0] + width[1] * steps, 0.0, 0.9999)
    damping = np.clip(best.damping[0] + width[2] * np.linspace(-1.0, 1.0, 3), 0.8, 0.98)
    level, share, damping = (each.ravel() for each in np.meshgrid(level, share, damping, indexing="ij"))
    return Smoothing(level, level * share, damping)


def _squares(run: Smoothed) -> tuple[Floats, Floats]:
    """At each period and for each choice: the least sum of squares so far, and the beginning (2) that leaves it."""
    seen, level, slope = (run.error[:, kind] for kind in range(3))
    sums = [np.cumsum(one * other, axis=0) for one, other in (
        (level, level), (level, slope), (slope, slope), (level, seen), (slope, seen), (seen, seen),
    )]  # fmt: skip
    over = sums[0] * sums[2] - sums[1] ** 2
    with np.errstate(all="ignore"):
        is_known = over > 1e-12 * sums[0] * sums[2]
        first = np.where(is_known, (sums[1] * sums[4] - sums[2] * sums[3]) / over, -sums[3] / sums[0])
        second = np.where(is_known, (sums[1] * sums[3] - sums[0] * sums[4]) / over, 0.0)
    first = np.nan_to_num(first)
    total = sums[5] + first * sums[3] + second * sums[4]
    return np.maximum(total, 0.0), np.stack([first, second], axis=1)


def _state(runs: Floats, beginning: Floats) -> Floats:
    """Where (row,) the three runs (row, run) stand from their beginning (row, 2)."""
    return np.asarray(runs[:, 0] + runs[:, 1] * beginning[:, 0] + runs[:, 2] * beginning[:, 1])


def _passed_on(smoothing: Smoothing, ahead: int) -> Floats:
    """What of an error is left so many periods later, (choice, ahead): 1, then α + β(φ + … + φ^j)."""
    steps = np.arange(1, max(ahead, 1))
    faded = np.cumsum(smoothing.damping[:, np.newaxis] ** steps, axis=1)
    later = smoothing.level[:, np.newaxis] + smoothing.slope[:, np.newaxis] * faded
    return np.concatenate([np.ones((len(later), 1)), later], axis=1)
