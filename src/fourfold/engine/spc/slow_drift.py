"""EWMA and CUSUM: charts that remember, for shifts too small for single points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.backends import backend_for
from fourfold.engine.quantities import Why
from fourfold.engine.spc import vectors
from fourfold.engine.spc.basis import Basis
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.individual import natural_spread, overlapped, table_of
from fourfold.engine.spc.refusals import LimitsWrong
from fourfold.engine.spc.segments import Segments
from fourfold.engine.spc.summing import columns, over_segments, upright

__all__ = ["CUSUM_DECISION", "CUSUM_SLACK", "EWMA_WEIGHT", "EWMA_WIDTH", "Cusum", "Standard", "cusum", "ewma"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

EWMA_WEIGHT: Final = 0.2  # of the newest point; Montgomery §9.2 advises .05 to .25
EWMA_WIDTH: Final = 3.0  # sigma of the average; 2.7 goes with a weight of .1 or less
CUSUM_SLACK: Final = 0.5  # k, in sigma: half the shift to be found; policy `cusum.k` (METHOD M4.5)
CUSUM_DECISION: Final = 4.0  # h, in sigma; policy `cusum.h`


@dataclass(frozen=True, slots=True)
class Standard:
    """Centre and sigma that are known and not estimated from the series, each one number or (series,)."""

    centre: float | Floats
    sigma: float | Floats

    def __post_init__(self) -> None:
        if not (np.all(np.isfinite(self.centre)) and np.all(np.asarray(self.sigma) > 0.0)):
            raise LimitsWrong("a standard needs a finite centre and a sigma above zero")


def ewma(
    values: Floats,
    *,
    weight: float = EWMA_WEIGHT,
    width: float = EWMA_WIDTH,
    standard: Standard | None = None,
    basis: Basis | None = None,
    overlapping: Bools | None = None,
) -> ControlChart:
    """Exponentially weighted moving average with limits that widen from the first point on.

    Args:
        values: (series, period) or (period,), oldest first; NaN is missing: the average waits.
        weight: λ, of the newest point, above 0 and at most 1.
        width: L, how many sigma of the average away the limits lie.
        standard: known centre and sigma; None: mean and mean moving range ÷ 1.128, unscreened.
        basis: which points count, segments, constants.
        overlapping: as for `xmr`: the ranges of running totals and rolling windows make no sigma.

    Returns: `points` are the averages. They lean on one another, so that only `rule1` may judge them.

    Raises:
        LimitsWrong: a weight or width that cannot be one.

    Source: METHOD M3.4; Montgomery §9.2; Lucas and Saccucci, Technometrics 32, 1990.

    >>> chart = ewma(np.array([9.45, 7.99]), weight=0.1, width=2.7, standard=Standard(10.0, 1.0))
    >>> chart.points.round(4).tolist(), chart.upper.round(2).tolist()
    ([[9.945, 9.7495]], [[10.27, 10.36]])
    """
    if not (0.0 < weight <= 1.0 and width > 0.0):
        raise LimitsWrong(f"a weight of {weight:g} and a width of {width:g} make no average")
    points = table_of(values)
    ground = _Ground.of(points, standard=standard, basis=basis or Basis(), overlapping=overlapping)
    smoothed, steps = _smoothed(points, ground, weight=weight)
    once = np.arange(points.shape[1] + 1, dtype=np.float64)
    growth = np.sqrt(weight / (2.0 - weight) * (1.0 - (1.0 - weight) ** (2.0 * once)))
    reach = np.where(steps > 0, width * ground.sigma * growth[steps], np.nan)
    there = np.broadcast_to(ground.why == Why.PRESENT, points.shape)
    return ControlChart(
        ChartKind.EWMA,
        np.where(there, smoothed, np.nan),
        centre=ground.centre,
        reach=np.where(there, reach, np.nan),
        why=ground.why,
        used=ground.used,
        segments=ground.segments,
    )


@dataclass(frozen=True, slots=True)
class Cusum:
    """Sums of what lies more than the slack above and below the centre, in sigma, (series, period).

    `why` as in `ControlChart`; a sum above `decision` is a signal.
    """

    high: Floats
    low: Floats
    decision: float
    centre: Floats
    sigma: Floats
    why: Bytes

    @property
    def signals_up(self) -> Bools:
        """Where the sum of excess passes the decision."""
        return np.asarray(self.high > self.decision)

    @property
    def signals_down(self) -> Bools:
        """Where the sum of shortfall passes the decision."""
        return np.asarray(self.low > self.decision)


def cusum(
    values: Floats,
    *,
    slack: float = CUSUM_SLACK,
    decision: float = CUSUM_DECISION,
    standard: Standard | None = None,
    basis: Basis | None = None,
    overlapping: Bools | None = None,
) -> Cusum:
    """Two-sided tabular CUSUM of standardised values: C⁺ = max(0, C⁺ + z − k), C⁻ = max(0, C⁻ − z − k).

    Args:
        values: (series, period) or (period,), oldest first; NaN is missing: the sums wait.
        slack: k, in sigma.
        decision: h, in sigma; a sum beyond it is a signal, and goes on.
        standard: known centre and sigma; for residuals that are standardised already, `Standard(0.0, 1.0)`.
        basis: which points count, segments (the sums begin anew), constants.
        overlapping: as for `ewma`.

    Raises:
        LimitsWrong: a negative slack, or a decision that is not above zero.

    Source: METHOD M3.4, M4.5; Page, Biometrika 41, 1954; Montgomery §9.1.

    >>> z = np.array([0.2, -0.4, 0.1, 0.6, -0.3, -1.1, -1.4, -0.9, -1.6, -1.2, -1.0])
    >>> found = cusum(z, standard=Standard(0.0, 1.0))
    >>> found.low.round(1).tolist()[0][-3:], found.signals_down.tolist()[0].index(True)
    ([3.0, 3.7, 4.2], 10)
    """
    if not (slack >= 0.0 and decision > 0.0):
        raise LimitsWrong(f"a slack of {slack:g} and a decision of {decision:g} make no CUSUM")
    points = table_of(values)
    ground = _Ground.of(points, standard=standard, basis=basis or Basis(), overlapping=overlapping)
    with np.errstate(all="ignore"):
        scores = (points - ground.centre) / ground.sigma
    high, low = _accumulated(scores, ground, slack=slack)
    return Cusum(high, low, decision, ground.centre, ground.sigma, ground.why)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is judged against: (series, 1) or (series, period)."""

    centre: Floats
    sigma: Floats
    why: Bytes
    used: NDArray[np.int32]
    segments: Segments
    basis: Basis

    @classmethod
    def of(
        cls, points: Floats, *, standard: Standard | None, basis: Basis, overlapping: Bools | None
    ) -> _Ground:
        segments = basis.segments_over(points)
        if standard is not None:
            centre, sigma = (_column(each, len(points)) for each in (standard.centre, standard.sigma))
            why = np.zeros(centre.shape, dtype=np.uint8)
            return cls(centre, sigma, why, np.zeros(centre.shape, dtype=np.int32), segments, basis)
        found = natural_spread(points, basis=basis, screening=False)
        why = overlapped(found.why, overlapping)
        there = why == Why.PRESENT
        sigma = found.mean_range / basis.numbers.mean_range_per_sigma
        return cls(
            over_segments(np.where(there, found.mean, np.nan), segments, outside=np.nan),
            over_segments(np.where(there, sigma, np.nan), segments, outside=np.nan),
            over_segments(why, segments, outside=int(Why.NOT_APPLICABLE)),
            over_segments(found.used.astype(np.int32), segments, outside=0),
            segments,
            basis,
        )


def _column(given: float | Floats, series: int) -> Floats:
    return np.broadcast_to(np.asarray(given, dtype=np.float64).reshape(-1, 1), (series, 1)).copy()


def _smoothed(points: Floats, ground: _Ground, *, weight: float) -> tuple[Floats, NDArray[np.int32]]:
    smoothed, steps = np.empty(points.shape), np.empty(points.shape, dtype=np.int32)
    number = ground.segments.number
    if (ground.basis.backend or backend_for(points.size)) == "numba":
        from fourfold.engine.spc import kernels

        kernels.smooth(np.ascontiguousarray(points), number, ground.centre, weight, smoothed, steps)
        return smoothed, steps
    for rows in columns(len(points), periods=points.shape[1]):
        found = vectors.smooth(
            upright(points, rows), upright(number, rows), centre=_turned(ground.centre, rows), weight=weight
        )
        smoothed[rows], steps[rows] = found[0].T, found[1].T
    return smoothed, steps


def _accumulated(scores: Floats, ground: _Ground, *, slack: float) -> tuple[Floats, Floats]:
    high, low = np.empty(scores.shape), np.empty(scores.shape)
    number = ground.segments.number
    if (ground.basis.backend or backend_for(scores.size)) == "numba":
        from fourfold.engine.spc import kernels

        kernels.accumulate(np.ascontiguousarray(scores), number, slack, high, low)
        return high, low
    for rows in columns(len(scores), periods=scores.shape[1]):
        found = vectors.accumulate(upright(scores, rows), upright(number, rows), slack=slack)
        high[rows], low[rows] = found[0].T, found[1].T
    return high, low


def _turned(table: Floats, rows: slice) -> Floats:
    """A run of series as (period, series) or (1, series)."""
    return np.ascontiguousarray(table[rows].T)
