"""Drivers without a formula: how much an outcome moves per step of each, estimated from their histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.quantities import NotComputable, Why

__all__ = [
    "FEWEST_PAIRS",
    "UNEXPLAINED_MOST",
    "Elasticity",
    "EstimatedPart",
    "EstimatedSplit",
    "elasticities",
    "estimated_split",
]

Floats = NDArray[np.float64]

FEWEST_PAIRS: Final = 24  # policy `leadlag.min_n.refuse`
UNEXPLAINED_MOST: Final = 0.30  # of the change; more is warned of (METHOD M4.1)
CONFIDENCE: Final = 0.95
RANK_TOLERANCE: Final = 1e-9  # of the largest singular value: drivers that move as one cannot be told apart


@dataclass(frozen=True, slots=True)
class Elasticity:
    """Units of the outcome per unit of the driver, its 95 % interval, from so many pairs of changes."""

    value: float
    low: float
    high: float
    points: int
    lag: int


@dataclass(frozen=True, slots=True)
class EstimatedPart:
    """One driver's part of a change: elasticity · Δ, with the elasticity's interval."""

    driver: str
    change: float
    elasticity: Elasticity

    @property
    def contribution(self) -> float:
        """In the outcome's unit."""
        return self.elasticity.value * self.change

    @property
    def interval(self) -> tuple[float, float]:
        """The contribution at both ends, in rising order."""
        ends = sorted((self.elasticity.low * self.change, self.elasticity.high * self.change))
        return ends[0], ends[1]


@dataclass(frozen=True, slots=True)
class EstimatedSplit:
    """A change in estimated parts, largest first, and the rest that no driver explains."""

    change: float
    parts: tuple[EstimatedPart, ...]

    @property
    def unexplained(self) -> float:
        """The change without the estimated parts."""
        return self.change - sum(part.contribution for part in self.parts)

    @property
    def unexplained_share(self) -> float | None:
        """Its size as a share of the change; None where nothing changed."""
        return abs(self.unexplained) / abs(self.change) if self.change else None

    @property
    def is_mostly_unexplained(self) -> bool:
        """More than 30 % of the change: to be warned of."""
        share = self.unexplained_share
        return share is not None and share > UNEXPLAINED_MOST


def elasticities(
    outcome: Floats, drivers: Floats, *, lags: Sequence[int], fewest: int = FEWEST_PAIRS
) -> tuple[Elasticity, ...] | NotComputable:
    """Estimate all drivers' elasticities together, by least squares on changes from period to period.

    Changes, because two series that merely grow together would otherwise seem to drive each other. Together, because
    drivers estimated one by one would each claim what they share. It is an estimate from history, not a proof of
    cause.

    Args:
        outcome: (period,), oldest first, evenly spaced; NaN is missing.
        drivers: (driver, period), the same periods.
        lags: periods from each driver's change to the outcome's, one a driver.
        fewest: complete pairs needed; besides, five more than there are drivers.

    Returns: one a driver, in order; TOO_FEW_POINTS, or NO_VARIATION where drivers stand still or move as one.

    Source: METHOD M4.1 (estimated elasticity with interval); Greene, Econometric Analysis, §4.

    >>> steps = np.cumsum(np.tile([1.0, -2.0, 0.5, 3.0], 8))
    >>> found = elasticities(2.0 * steps + np.tile([0.1, -0.1], 16), steps[np.newaxis], lags=[0])
    >>> round(found[0].value, 1), found[0].low < 2.0 < found[0].high
    (2.0, True)
    """
    changes = np.diff(outcome)
    moved = np.stack([_delayed(np.diff(driver), lag) for driver, lag in zip(drivers, lags, strict=True)])
    known = np.isfinite(changes) & np.isfinite(moved).all(axis=0)
    points, unknowns = int(known.sum()), len(lags) + 1
    if points < max(fewest, unknowns + 5):
        return NotComputable(Why.TOO_FEW_POINTS)
    spread = moved[:, known].std(axis=1)
    if not (spread > RANK_TOLERANCE * np.maximum(np.abs(moved[:, known]).max(axis=1), 1e-300)).all():
        return NotComputable(Why.NO_VARIATION)
    table = np.column_stack([np.ones(points), (moved[:, known] / spread[:, np.newaxis]).T])
    slopes, _rest, rank, _sizes = np.linalg.lstsq(table, changes[known], rcond=RANK_TOLERANCE)
    if rank < unknowns:
        return NotComputable(Why.NO_VARIATION)
    return _with_intervals(table, changes[known], slopes, spread=spread, lags=lags)


def _delayed(changes: Floats, lag: int) -> Floats:
    """Each change where its effect is expected."""
    moved = np.full_like(changes, np.nan)
    moved[lag:] = changes[: changes.size - lag] if lag < changes.size else changes[:0]
    return moved


def _with_intervals(
    table: Floats, changes: Floats, slopes: Floats, *, spread: Floats, lags: Sequence[int]
) -> tuple[Elasticity, ...]:
    points, unknowns = table.shape
    off = changes - table @ slopes
    degrees = points - unknowns
    variance = float(off @ off) / degrees
    errors = np.sqrt(variance * np.diag(np.linalg.inv(table.T @ table)))
    reach = float(scipy.special.stdtrit(degrees, 0.5 + CONFIDENCE / 2.0)) * errors
    return tuple(
        Elasticity(
            value=float(slopes[place] / size),
            low=float((slopes[place] - reach[place]) / size),
            high=float((slopes[place] + reach[place]) / size),
            points=points,
            lag=lag,
        )
        for place, (size, lag) in enumerate(zip(spread.tolist(), lags, strict=True), start=1)
    )


def estimated_split(
    change: float, elasticity_of: Mapping[str, Elasticity], *, moved: Mapping[str, float]
) -> EstimatedSplit:
    """Estimate what each driver did to a change; the rest is unexplained.

    Args:
        change: of the outcome.
        elasticity_of: by driver.
        moved: each driver's own change, over the same stretch `lag` periods earlier.

    Source: METHOD M4.1 (contribution = elasticity · Δ, labelled estimated, the rest unexplained).

    >>> split = estimated_split(10.0, {"nps": Elasticity(2.0, 1.0, 3.0, 30, 0)}, moved={"nps": 3.0})
    >>> split.parts[0].interval, split.unexplained, split.is_mostly_unexplained
    ((3.0, 9.0), 4.0, True)
    """
    parts = [EstimatedPart(driver, moved[driver], each) for driver, each in elasticity_of.items()]
    return EstimatedSplit(change, tuple(sorted(parts, key=lambda part: -abs(part.contribution))))
