"""Each method asked again at past origins: how far it was off, and whether its spread was honest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.forecast.projection import Projection, Rolled, student_below

__all__ = ["LEAST_ORIGINS", "Candidate", "Trial", "tried"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_ORIGINS: Final = 3  # METHOD §2.8
MOST_ORIGINS: Final = 24  # the latest; older ones say little of now, and each costs time
LEAST_KNOWN: Final = 5  # points before the first origin; a line through fewer knows no spread
WIDENING_ORIGINS: Final = (
    8  # so many, each with as many points as a forecast needs, before spreads are corrected
)
WIDENING_KNOWN: Final = 8


class Candidate(Protocol):
    """A method of forecasting, made for one series."""

    def rolled(self, origins: Ints, ahead: int) -> Rolled:
        """What it would have said at past origins."""
        ...

    def projection(self, ahead: int) -> Projection:
        """What it says now."""
        ...


@dataclass(frozen=True, slots=True)
class Trial:
    """How one method did: mean absolute scaled error, and by how much its spreads were too narrow (1: not at all)."""

    mase: float
    origins: int
    widening: float


def tried(candidate: Candidate, points: Floats, *, scale: Floats, known: int = LEAST_KNOWN) -> Trial:
    """Forecast from each past origin with what was known there, and compare with what came.

    Args:
        candidate: the method.
        points: (period,), its series, oldest first; NaN is missing.
        scale: the mean error of the naive forecast, (ahead,), in the measure's unit; as far as that is looked ahead,
            from origins near the end as far as there is something to compare with.
        known: points before the first origin.

    Returns: the mean of |error| ÷ scale over all origins and periods ahead; NaN where it had nothing to say.

    Source: METHOD §2.8; Hyndman and Koehler, International J. of Forecasting 22, 2006; Tashman, International J. of
        Forecasting 16, 2000.

    >>> from fourfold.engine.forecast.naive import Naive
    >>> walk = np.array([1.0, 3, 2, 4, 3, 5, 4, 6])
    >>> trial = tried(Naive(walk), walk, scale=np.array([11 / 7]))
    >>> round(trial.mase, 3), trial.origins, trial.widening
    (1.061, 3, 1.0)
    """
    origins = _origins(points, known)
    if not len(origins):
        return Trial(float("nan"), 0, 1.0)
    reach = min(len(scale), len(points) - int(origins[0]))
    came = _came(points, origins, reach)
    told = candidate.rolled(origins, reach)
    error = came - told.mean
    with np.errstate(all="ignore"):
        mase = float((np.abs(error) / scale[:reach])[np.isfinite(came)].mean())
    counted = np.cumsum(np.isfinite(points))[origins - 1]
    return Trial(mase, len(origins), _widening(told, error, is_ripe=counted >= WIDENING_KNOWN))


def _origins(points: Floats, known: int) -> Ints:
    """So many points known, at each place where the next is there to compare with."""
    places = np.arange(1, len(points))
    counted = np.cumsum(np.isfinite(points))[:-1]
    return places[(counted >= known) & np.isfinite(points[1:])][-MOST_ORIGINS:]


def _came(points: Floats, origins: Ints, reach: int) -> Floats:
    """What came after each origin, (origin, ahead); NaN beyond the end."""
    at = origins[:, np.newaxis] + np.arange(reach)
    return np.where(at < len(points), points[np.minimum(at, len(points) - 1)], np.nan)


def _widening(told: Rolled, error: Floats, *, is_ripe: NDArray[np.bool_]) -> float:
    """The root mean square of past errors in units of what was told of them, if above 1.

    Errors are taken through Student's distribution to normal scores first: few degrees of freedom are no excuse twice.
    """
    if is_ripe.sum() < WIDENING_ORIGINS:
        return 1.0
    with np.errstate(all="ignore"):
        shares = student_below(error / told.deviation, told.degrees[:, np.newaxis])
        scores = scipy.special.ndtri(np.clip(shares, 1e-9, 1.0 - 1e-9))[is_ripe]
    there = np.isfinite(scores)
    return max(1.0, float(np.sqrt((scores[there] ** 2).mean()))) if there.any() else 1.0
