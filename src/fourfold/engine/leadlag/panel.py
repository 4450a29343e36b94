"""One link over many units at once: does a unit's outcome follow its own lead, beside what moved every unit?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.leadlag.examining import Hypothesis
from fourfold.engine.leadlag.refusals import SeriesUnlike
from fourfold.engine.leadlag.windows import window_mean
from fourfold.engine.quantities import Why

__all__ = ["LEAST_UNITS", "LEAST_UNIT_PERIODS", "NoPanel", "Panel", "panel", "within"]

LEAST_UNITS: Final = 4  # judgement: the t of three units has two degrees, and its interval says nothing
LEAST_UNIT_PERIODS: Final = 12  # judgement: three periods of the fewest units
_LEVEL: Final = 0.05
_NOTHING: Final = 1e-10  # a share of the spread before the effects that is rounding

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Panel:
    """What the units say together. `slope`: y's change for one more of x, in their units of measure.

    `error` is the jackknife's over units, with `units` − 1 degrees; `low` and `high` bound the slope at 95 %.
    """

    hypothesis: Hypothesis
    slope: float
    error: float
    low: float
    high: float
    p: float
    units: int
    periods: int
    unit_periods: int

    @property
    def has_expected_sign(self) -> bool:
        """Whether the slope points the expected way."""
        return self.slope * self.hypothesis.sign > 0.0


@dataclass(frozen=True, slots=True)
class NoPanel:
    """No estimate, and why, with how much there is."""

    why: Why
    units: int
    unit_periods: int


def panel(x: Floats, y: Floats, *, hypothesis: Hypothesis, overlaps: bool = False) -> Panel | NoPanel:
    """The slope of y on x, the lag earlier, within units and periods; its uncertainty from leaving units out in turn.

    y(u, t) = a(u) + g(t) + β · mean of x(u, t − k) over the hypothesised lags + e. a(u) takes what makes a unit
    different for good, g(t) what moves all units in a period: a season, a price. There is no search over lags.

    Args:
        x, y: (unit, period), each in its unit of measure, NaN where a value is missing; units do not share numbers.
        hypothesis: the sign and the lags in periods.
        overlaps: rolling or to-date values, which are refused.

    Returns: `NoPanel` with OVERLAPPING, TOO_FEW_POINTS (fewer than four units, or twelve periods of units, that can be
        compared) or NO_VARIATION. A unit with one usable period and a period with one usable unit say nothing.

    Raises:
        SeriesUnlike: different shapes.

    Source: METHOD §3.8; Wooldridge, Econometric Analysis of Cross Section and Panel Data, §10.5 (within estimator);
        MacKinnon, Nielsen and Webb, J. Applied Econometrics 38 (2023) (cluster jackknife, t with G − 1 degrees).

    >>> rng = np.random.default_rng(1)
    >>> x, season = rng.normal(size=(6, 20)), rng.normal(size=20)
    >>> y = 0.5 * np.roll(x, 2, axis=1) + season + rng.normal(size=(6, 20)) / 4
    >>> found = panel(x[:, 2:], y[:, 2:], hypothesis=Hypothesis(1, 2, 2))
    >>> found.units, found.unit_periods, found.low < 0.5 < found.high, found.p < 0.001
    (6, 96, True, True)
    """
    if x.shape != y.shape or x.ndim != 2:
        raise SeriesUnlike(f"{x.shape} and {y.shape}; both need the same units and periods")
    earlier = window_mean(x, hypothesis.lag_from, last=hypothesis.lag_to)
    usable = comparable(np.isfinite(earlier) & np.isfinite(y))
    units, cells = int(usable.any(axis=1).sum()), int(usable.sum())
    if overlaps:
        return NoPanel(Why.OVERLAPPING, units, cells)
    if units < LEAST_UNITS or cells < LEAST_UNIT_PERIODS:
        return NoPanel(Why.TOO_FEW_POINTS, units, cells)
    rows = usable.any(axis=1)
    earlier, later, usable = earlier[rows], y[rows], usable[rows]
    slope = _slope(earlier, later, usable)
    without = _slopes_without_each(earlier, later, usable)
    if not np.isfinite(slope) or not np.isfinite(without).all():
        return NoPanel(Why.NO_VARIATION, units, cells)
    error = float(np.sqrt((units - 1) / units * ((without - slope) ** 2).sum()))
    if error <= _NOTHING * max(abs(slope), _NOTHING):
        return NoPanel(Why.NO_VARIATION, units, cells)
    reach = float(scipy.special.stdtrit(units - 1, 1.0 - _LEVEL / 2.0)) * error
    p = 2.0 * float(scipy.special.stdtr(units - 1, -abs(slope) / error))
    periods = int(usable.any(axis=0).sum())
    return Panel(hypothesis, slope, error, slope - reach, slope + reach, p, units, periods, cells)


def comparable(usable: Bools) -> Bools:
    """What is left once units with one period and periods with one unit are gone, as often as it takes.

    Source: textbook: an effect of its own explains a lone cell entirely.

    >>> comparable(np.array([[True, True, False], [True, True, False], [False, True, True]])).astype(int).tolist()
    [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    """
    left: Bools = usable.copy()
    while True:
        kept: Bools = left & (left.sum(axis=1) > 1)[:, np.newaxis] & (left.sum(axis=0) > 1)
        if kept.sum() == left.sum():
            return kept
        left = kept


def within(values: Floats, usable: Bools) -> Floats:
    """What neither a mean of the unit nor one of the period accounts for; 0 where nothing is usable.

    Args:
        values, usable: (unit, period). Units need not have the same periods.

    Source: Wooldridge §10.5; for unequal numbers of periods Wansbeek and Kapteyn, J. Econometrics 41 (1989).

    >>> within(np.array([[1.0, 2.0], [3.0, 9.0]]), np.ones((2, 2), dtype=bool))
    array([[ 1.25, -1.25],
           [-1.25,  1.25]])
    """
    weights = usable.astype(np.float64)
    there = np.where(usable, values, 0.0)
    of_unit = np.maximum(weights.sum(axis=1, keepdims=True), 1.0)
    centred = (there - there.sum(axis=1, keepdims=True) / of_unit) * weights
    normal = np.diag(weights.sum(axis=0)) - weights.T @ (weights / of_unit)
    # One direction has no weight: effects of units and of periods shift against one another.
    of_period = np.linalg.pinv(normal, rcond=_NOTHING, hermitian=True) @ centred.sum(axis=0)
    shifts = weights * of_period
    return np.asarray(centred - (shifts - shifts.sum(axis=1, keepdims=True) / of_unit) * weights)


def _slope(x: Floats, y: Floats, usable: Bools) -> float:
    """NaN where x does not vary beside the effects."""
    if not usable.any():
        return np.nan
    left, there = within(x, usable), x[usable]
    spread = float((left * left).sum())
    if spread <= _NOTHING * max(float(((there - there.mean()) ** 2).sum()), _NOTHING):
        return np.nan
    return float((left * within(y, usable)).sum()) / spread


def _slopes_without_each(x: Floats, y: Floats, usable: Bools) -> Floats:
    """The slope again without each unit, (unit,): sums less one unit's share, and one small system a unit.

    Units' effects are taken out before, so leaving a unit changes no other unit's numbers; those of periods are solved
    for anew. A thousand units of sixty periods take a second or two.
    """
    weights = usable.astype(np.float64)
    counts = np.maximum(weights.sum(axis=1, keepdims=True), 1.0)
    own_x, own_y = (_centred(each, weights, counts=counts) for each in (x, y))
    normal = np.diag(weights.sum(axis=0)) - weights.T @ (weights / counts)
    sums = np.stack([own_x.sum(axis=0), own_y.sum(axis=0)], axis=1)
    squares, products = float((own_x * own_x).sum()), float((own_x * own_y).sum())
    there = x[usable]
    least = _NOTHING * max(float(((there - there.mean()) ** 2).sum()), _NOTHING)
    found = np.full(len(x), np.nan)
    for unit, row in enumerate(weights):
        left = sums - np.stack([own_x[unit], own_y[unit]], axis=1)
        effects = _solved(normal - np.diag(row) + np.outer(row, row) / counts[unit], left)
        spread = squares - float(own_x[unit] @ own_x[unit]) - float(left[:, 0] @ effects[:, 0])
        shared = products - float(own_x[unit] @ own_y[unit]) - float(left[:, 0] @ effects[:, 1])
        found[unit] = shared / spread if spread > least else np.nan
    return found


def _centred(values: Floats, weights: Floats, *, counts: Floats) -> Floats:
    there = np.where(weights > 0.0, values, 0.0)
    return np.asarray((there - there.sum(axis=1, keepdims=True) / counts) * weights)


def _solved(normal: Floats, sums: Floats) -> Floats:
    """Effects of periods. Only their differences are known: a constant is added to every pair, which changes none."""
    weight = float(np.trace(normal)) / len(normal) or 1.0
    empty = np.diag(np.where(np.diag(normal) <= _NOTHING, weight, 0.0))
    try:
        found = np.linalg.solve(normal + empty + weight / len(normal), sums)
    except np.linalg.LinAlgError:
        found = np.full_like(sums, np.nan)
    if np.allclose(normal @ found, sums, rtol=0.0, atol=_NOTHING * max(float(np.abs(sums).max()), 1.0)):
        return np.asarray(found)
    # Units that share no period fall into parts of their own, each with a constant of its own.
    return np.asarray(np.linalg.pinv(normal, rcond=_NOTHING, hermitian=True) @ sums)
