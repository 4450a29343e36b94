"""The same as last year, or as last time: what every other method must beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.forecast.projection import Projection, Rolled

__all__ = ["Naive", "mean_changes"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Naive:
    """Each period ahead equals the last one of its season; with a cycle of 1, the last of all.

    Its spread grows with the root of the cycles looked ahead, as that of a random walk.

    Source: METHOD §2.8; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, §5.2, §5.5.

    >>> path = Naive(np.array([10.0, 20, 12, 22, 14, 24]), cycle=2).projection(3)
    >>> path.mean.tolist(), path.covariance.diagonal().round(9).tolist()
    ([14.0, 24.0, 14.0], [4.0, 4.0, 8.0])
    """

    points: Floats
    cycle: int = 1

    def rolled(self, origins: Ints, ahead: int) -> Rolled:
        """As it would have been told at these origins: so many points known."""
        mean, cycles = self._paths(origins, ahead)
        change = _changes(self.points, self.cycle) ** 2
        there = np.isfinite(change)
        total = np.r_[0.0, np.cumsum(np.where(there, change, 0.0))][origins]
        count = np.r_[0.0, np.cumsum(there)][origins]
        with np.errstate(all="ignore"):
            sigma = np.sqrt(total / count)
        return Rolled(mean, sigma[:, np.newaxis] * np.sqrt(cycles), count)

    def projection(self, ahead: int) -> Projection:
        """The periods after the last point."""
        origin = np.array([len(self.points)])
        told = self.rolled(origin, ahead)
        _, cycles = self._paths(origin, ahead)
        season = np.arange(ahead) % self.cycle
        shared = np.minimum(cycles[0][:, np.newaxis], cycles[0][np.newaxis, :])
        alike = season[:, np.newaxis] == season[np.newaxis, :]
        variance = (told.deviation[0, 0] ** 2) / cycles[0, 0]
        return Projection(told.mean[0], np.where(alike, shared * variance, 0.0), float(told.degrees[0]))

    def _paths(self, origins: Ints, ahead: int) -> tuple[Floats, Floats]:
        """For each origin and period ahead: the last value of its season, and how many cycles ago that was."""
        latest, age = _last_of_season(self.points, self.cycle)
        target = origins[:, np.newaxis] + np.arange(ahead)
        steps = -(-(target - origins[:, np.newaxis] + 1) // self.cycle)
        base = target - steps * self.cycle
        known = base >= 0
        at = np.where(known, base, 0)
        return np.where(known, latest[at], np.nan), np.where(known, steps + age[at], np.nan)


def mean_changes(points: Floats, *, cycle: int, ahead: int) -> Floats:
    """How far the naive forecast is off on average, so many periods ahead, (ahead,), in the measure's unit.

    Args:
        points: (period,), oldest first; NaN is missing.
        cycle: periods a year; 1: the last value of all.
        ahead: periods.

    Returns: one period ahead the scale of MASE as published; further ahead that of the same naive forecast, so that a
        ratio below 1 always means "better than naive". NaN where nothing lies so far apart.

    Source: METHOD §2.8; Hyndman and Koehler, International J. of Forecasting 22, 2006.

    >>> mean_changes(np.array([10.0, 20, 12, 24]), cycle=1, ahead=2).round(2).tolist()
    [10.0, 3.0]
    """
    found = np.full(ahead, np.nan)
    for step in range(ahead):
        change = np.abs(_changes(points, cycle * (step // cycle + 1)))
        there = np.isfinite(change)
        found[step] = change[there].mean() if there.any() else np.nan
    return found


def _changes(points: Floats, cycle: int) -> Floats:
    """From each season's point to the one a cycle later; NaN at the beginning and beside gaps."""
    change = np.full(len(points), np.nan)
    change[cycle:] = points[cycle:] - points[: max(len(points) - cycle, 0)]
    return change


def _last_of_season(points: Floats, cycle: int) -> tuple[Floats, Floats]:
    """At each period the last value of its season, and how many cycles old it is."""
    latest, age = points.copy(), np.zeros(len(points))
    for place in range(cycle, len(points)):
        if np.isnan(latest[place]):
            latest[place], age[place] = latest[place - cycle], age[place - cycle] + 1.0
    return latest, age
