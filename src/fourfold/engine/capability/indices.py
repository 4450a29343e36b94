"""C_p, C_pk, P_p, P_pk, C_pm and their one-sided kin, for every series at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.capability.intervals import centred_interval, degrees_of_moving_ranges, spread_interval
from fourfold.engine.capability.normality import anderson_darling
from fourfold.engine.quantities import Why
from fourfold.engine.spc import Basis, ChartRefused, ControlChart, last_points, signals, xmr

__all__ = [
    "CAUTION_POINTS",
    "LEAST_POINTS",
    "Capability",
    "Indices",
    "Specification",
    "SpecificationWrong",
    "capability",
]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Interval = tuple[Floats, Floats]

LEAST_POINTS: Final = 30  # fewer are refused; policy `capability.min_n.refuse` (METHOD §0.5)
CAUTION_POINTS: Final = 100  # fewer are shown with caution; policy `capability.min_n.caution`


class SpecificationWrong(ChartRefused):
    """Limits the wrong way round, none at all, not finite, a target outside them, or the process's control limits."""

    code = "SPECIFICATION_WRONG"


@dataclass(frozen=True, slots=True)
class Specification:
    """What is asked for: each one number or (series,); None or NaN where there is none. One of the limits suffices.

    Raises:
        SpecificationWrong: no limit at all, one that is infinite, the lower one not below the upper, or a target
            outside them.
    """

    lower: float | Floats | None = None
    upper: float | Floats | None = None
    target: float | Floats | None = None

    def __post_init__(self) -> None:
        lower, upper, target = (self.column(name, 1) for name in ("lower", "upper", "target"))
        if np.isnan(lower).all() and np.isnan(upper).all():
            raise SpecificationWrong("a specification needs a lower or an upper limit")
        if any(np.isinf(each).any() for each in (lower, upper, target)):
            raise SpecificationWrong("limits and target of a specification are finite numbers")
        if (lower >= upper).any():
            raise SpecificationWrong("the lower specification limit must lie below the upper one")
        if (target < lower).any() or (target > upper).any():
            raise SpecificationWrong("the target must lie between the specification limits")

    def column(self, name: str, series: int) -> Floats:
        """One of the three as (series,), NaN where there is none."""
        given = getattr(self, name)
        number = np.asarray(np.nan if given is None else given, dtype=np.float64)
        return np.broadcast_to(number, (max(series, number.size),) if number.ndim else (series,)).copy()


@dataclass(frozen=True, slots=True)
class Indices:
    """What one sigma makes of a specification, each (series,): C with sigma within, P with sigma overall.

    `spread` is C_p or P_p, NaN with one limit open; `below` and `above` are the one-sided indices; `centred` is C_pk or
    P_pk, their minimum, or the only one. Intervals are of 95 %.
    """

    sigma: Floats
    spread: Floats
    below: Floats
    above: Floats
    centred: Floats
    spread_interval: Interval
    centred_interval: Interval

    @classmethod
    def of(
        cls, mean: Floats, sigma: Floats, *, lower: Floats, upper: Floats, points: Floats, degrees: Floats
    ) -> Indices:
        """Compare, and say how far it may be off with so many degrees of freedom in sigma."""
        with np.errstate(all="ignore"):
            spread = (upper - lower) / (6.0 * sigma)
            below, above = (mean - lower) / (3.0 * sigma), (upper - mean) / (3.0 * sigma)
            centred = np.fmin(below, above)
            return cls(
                sigma,
                spread,
                below,
                above,
                centred,
                _pair(spread_interval(spread, degrees)),
                _pair(centred_interval(centred, points, degrees=degrees)),
            )


@dataclass(frozen=True, slots=True)
class Capability:
    """Indices of every series, each (series,); NaN where `why` says why not.

    `within` takes sigma from moving ranges (what the process can do), `overall` the standard deviation (what it did).
    The intervals of the first rest on about .62 (n − 1) degrees of freedom, n the points that sigma is made
    of (those of a baseline, where it is fixed on one); those of the second on n − 1.
    """

    points: NDArray[np.int64]
    mean: Floats
    within: Indices
    overall: Indices
    cpm: Floats
    parts_per_million: Floats
    normality: Floats
    why: Bytes

    @property
    def cp(self) -> Floats:
        """C_p."""
        return self.within.spread

    @property
    def cpk(self) -> Floats:
        """C_pk, or the one-sided index."""
        return self.within.centred

    @property
    def pp(self) -> Floats:
        """P_p."""
        return self.overall.spread

    @property
    def ppk(self) -> Floats:
        """P_pk, or the one-sided index."""
        return self.overall.centred

    @property
    def needs_caution(self) -> Bools:
        """Where there are indices of fewer than a hundred points."""
        return np.asarray((self.why == Why.PRESENT) & (self.points < CAUTION_POINTS))

    @property
    def sigma_level(self) -> Floats:
        """Long-term z: 3 P_pk, without any shift by 1.5."""
        return np.asarray(3.0 * self.ppk)


def capability(
    values: Floats,
    specification: Specification,
    *,
    basis: Basis | None = None,
    rules: str | Sequence[str] = "mdc",
    least: int = LEAST_POINTS,
    overlapping: Bools | None = None,
) -> Capability:
    """Compare the spread of a stable process with what is asked for.

    Args:
        values: (series, period) or (period,), oldest first, in the measure's unit; NaN is missing. With segments only
            each series' last one counts.
        specification: limits and target.
        basis: segments, baseline and constants of the XmR chart that must show no special cause.
        rules: what counts as special cause.
        least: fewer points are TOO_FEW_POINTS.
        overlapping: (series,), running totals and rolling windows, as for `spc.xmr`.

    Returns: UNSTABLE where the last segment shows a special cause, NO_VARIATION without spread. `parts_per_million`
        outside the limits supposes a normal distribution with the overall deviation; see `normality`.

    Raises:
        SpecificationWrong: the limits, or the only one of them, are the process's own control limits, which every
            process meets.

    Source: METHOD M3.4, §8; Montgomery §8.2; Bissell 1990.

    >>> rng = np.random.default_rng(5)
    >>> found = capability(rng.normal(16.0, 2.0, 60), Specification(lower=8.0, upper=20.0))
    >>> bool(found.cpk < found.cp), found.needs_caution.tolist()
    (True, [True])
    """
    basis = basis or Basis()
    chart = xmr(values, basis=basis, screening=False, overlapping=overlapping)
    points = _last_segments(chart)
    ground = _Ground.of(chart, points, rules=rules, least=least)
    lower, upper, target = (specification.column(name, len(points)) for name in ("lower", "upper", "target"))
    _refuse_own_limits(chart, lower=lower, upper=upper)
    size = np.where(ground.why == Why.PRESENT, ground.points, np.nan)
    limits = {"lower": lower, "upper": upper, "points": size}
    with np.errstate(all="ignore"):
        off_target = np.sqrt(ground.overall**2 + (ground.mean - target) ** 2)
        return Capability(
            ground.points,
            ground.mean,
            Indices.of(
                ground.mean,
                ground.within,
                degrees=np.asarray(degrees_of_moving_ranges(ground.used)),
                **limits,
            ),
            Indices.of(ground.mean, ground.overall, degrees=size - 1.0, **limits),
            (upper - lower) / (6.0 * off_target),
            _outside(ground, lower=lower, upper=upper),
            np.where(ground.why == Why.PRESENT, anderson_darling(points), np.nan),
            ground.why,
        )


@dataclass(frozen=True, slots=True)
class _Ground:
    """Mean and both sigmas, NaN where the process may not be judged; `used` points made the one within."""

    points: NDArray[np.int64]
    used: Floats
    mean: Floats
    within: Floats
    overall: Floats
    why: Bytes

    @classmethod
    def of(cls, chart: ControlChart, points: Floats, *, rules: str | Sequence[str], least: int) -> _Ground:
        there = np.isfinite(points)
        count = there.sum(axis=1)
        size = np.where(count > 1, count, 2).astype(np.float64)
        with np.errstate(all="ignore"):
            mean = np.where(there, points, 0.0).sum(axis=1) / size
            off = np.where(there, points - mean[:, np.newaxis], 0.0)
            overall = np.sqrt((off * off).sum(axis=1) / (size - 1.0))
        rows, at = np.arange(len(points)), np.maximum(last_points(points), 0)
        sigma, used = chart.over_points(chart.sigma)[rows, at], chart.over_points(chart.used)[rows, at]
        special = (signals(chart, rules=rules).is_special & there).any(axis=1)
        reason = chart.over_points(chart.why)[rows, at]
        beyond = (reason == Why.PRESENT) & ~(np.isfinite(overall) & np.isfinite(sigma))
        why = np.where(special, np.uint8(Why.UNSTABLE), np.where(beyond, np.uint8(Why.NOT_FINITE), reason))
        why = np.where(count < least, np.uint8(Why.TOO_FEW_POINTS), why).astype(np.uint8)
        usable = why == Why.PRESENT
        mean, sigma, overall = (np.where(usable, each, np.nan) for each in (mean, sigma, overall))
        return cls(count, np.where(usable, used, np.nan), mean, sigma, overall, why)


def _last_segments(chart: ControlChart) -> Floats:
    """The points of each series' last segment; NaN before it."""
    number = np.broadcast_to(chart.segments.number, chart.points.shape)
    return np.where(number == number.max(axis=1, keepdims=True), chart.points, np.nan)


def _outside(ground: _Ground, *, lower: Floats, upper: Floats) -> Floats:
    """Parts per million beyond the limits of a normal process with the overall deviation."""
    with np.errstate(all="ignore"):
        below = scipy.special.ndtr((lower - ground.mean) / ground.overall)
        above = scipy.special.ndtr((ground.mean - upper) / ground.overall)
    known = np.where(np.isnan(below), 0.0, below) + np.where(np.isnan(above), 0.0, above)
    return np.where(ground.why == Why.PRESENT, 1e6 * known, np.nan)


def _refuse_own_limits(chart: ControlChart, *, lower: Floats, upper: Floats) -> None:
    """Control limits say what the process does; a customer's limits say what it should."""
    own_lower, own_upper = chart.over_points(chart.lower)[:, -1], chart.over_points(chart.upper)[:, -1]
    same = [
        np.isnan(given) | np.isclose(given, own, rtol=1e-9, atol=0.0)
        for given, own in ((lower, own_lower), (upper, own_upper))
    ]
    named = ~(np.isnan(lower) & np.isnan(upper))
    if (same[0] & same[1] & named).any():
        raise SpecificationWrong(
            "these are the process's own control limits: they say nothing of what is asked for"
        )


def _pair(interval: tuple[float | Floats, float | Floats]) -> Interval:
    low, high = interval
    return np.asarray(low), np.asarray(high)
