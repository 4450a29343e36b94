"""A target's way through time: from its few points to one wanted value per period (METHOD §2.7)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import FiscalCalendar, Frequency
from fourfold.engine.definitions import Target, TargetPoint, Trajectory
from fourfold.engine.quantities import Polarity

__all__ = [
    "CompoundNeedsOneSign",
    "TrajectoryAgainstPolarity",
    "TrajectoryOutOfOrder",
    "TrajectoryPastHorizon",
    "TrajectoryRefused",
    "check_trajectory",
    "expand",
]

Floats = NDArray[np.float64]
Ordinals = NDArray[np.int64]


class TrajectoryRefused(ValueError):
    """A target cannot move like this; `code` says which rule it breaks."""

    code = "TRAJECTORY_REFUSED"


class CompoundNeedsOneSign(TrajectoryRefused):
    """Growth at a constant rate neither starts at zero nor crosses it."""

    code = "TRAJECTORY_COMPOUND_SIGN"


class TrajectoryOutOfOrder(TrajectoryRefused):
    """Points must follow one another in time, one per period."""

    code = "TRAJECTORY_ORDER"


class TrajectoryAgainstPolarity(TrajectoryRefused):
    """The target gets easier, and nobody said why."""

    code = "TRAJECTORY_AGAINST_POLARITY"


class TrajectoryPastHorizon(TrajectoryRefused):
    """The target reaches beyond the strategy's horizon."""

    code = "TRAJECTORY_PAST_HORIZON"


def expand(
    points: Sequence[TargetPoint], trajectory: Trajectory, *, ordinals: range | NDArray[np.integer]
) -> Floats:
    """Say what is wanted in each period.

    Args:
        points: oldest first, all at the measure's native frequency; at a point its own value is returned exactly.
        trajectory: `step` holds a value until the next point and the last one for good; `milestone` holds it too but
            ends with the last point; `linear` and `compound` interpolate per period between neighbouring points.
        ordinals: the periods asked for, of the same frequency.

    Returns: shape (period,), in the measure's unit; NaN before the first point and, except for a step, after the last.

    Raises:
        TrajectoryOutOfOrder: two points share a period or run backwards.
        CompoundNeedsOneSign: neighbouring points of a compound trajectory differ in sign, or one is zero.

    Source: METHOD §2.7; compound: T0·(1+g)^t with g = (Tn/T0)^(1/n) − 1.

    >>> from fourfold.engine.calendar import Period
    >>> ends = [TargetPoint(Period(Frequency.MONTH, 0), 100.0), TargetPoint(Period(Frequency.MONTH, 4), 120.0)]
    >>> expand(ends, Trajectory.LINEAR, ordinals=range(0, 6)).tolist()
    [100.0, 105.0, 110.0, 115.0, 120.0, nan]
    """
    when = np.asarray(ordinals, dtype=np.int64)
    if not points:
        return np.full(when.shape, np.nan)
    _check_order(points)
    if trajectory is Trajectory.COMPOUND:
        _check_growth(points)
    legs = _Legs.at(points, when)
    wanted = _LEG[trajectory](legs)
    np.copyto(wanted, legs.start, where=legs.passed == 0)
    after_the_last = when > points[-1].period.ordinal
    np.copyto(wanted, points[-1].value if trajectory is Trajectory.STEP else np.nan, where=after_the_last)
    np.copyto(wanted, np.nan, where=when < points[0].period.ordinal)
    return wanted


def _check_order(points: Sequence[TargetPoint]) -> None:
    for earlier, later in pairwise(points):
        start, end = earlier.period, later.period
        if start.frequency is not end.frequency or start.ordinal >= end.ordinal:
            raise TrajectoryOutOfOrder(
                f"a target's points go forward in time at one frequency: {start} is followed by {end}"
            )


@dataclass(frozen=True, slots=True)
class _Legs:
    """For each period asked for: the values at both ends of the leg it lies on, its length, and how much has passed."""

    start: Floats
    end: Floats
    length: Ordinals
    passed: Ordinals

    @classmethod
    def at(cls, points: Sequence[TargetPoint], when: Ordinals) -> _Legs:
        """Periods outside the points get the first or last leg; the last point starts a leg of its own."""
        ordinals = np.array([point.period.ordinal for point in points])
        values = np.array([point.value for point in points])
        leg = np.clip(np.searchsorted(ordinals, when, side="right") - 1, 0, len(points) - 1)
        following = np.minimum(leg + 1, len(points) - 1)
        length = np.maximum(ordinals[following] - ordinals[leg], 1)
        return cls(values[leg], values[following], length, when - ordinals[leg])


def _held(legs: _Legs) -> Floats:
    return legs.start.copy()


def _linear(legs: _Legs) -> Floats:
    return legs.start + (legs.end - legs.start) * (legs.passed / legs.length)


def _compound(legs: _Legs) -> Floats:
    growth = np.power(legs.end / legs.start, 1.0 / legs.length)
    return legs.start * np.power(growth, legs.passed)


_LEG: Mapping[Trajectory, Callable[[_Legs], Floats]] = MappingProxyType(
    {
        Trajectory.STEP: _held,
        Trajectory.MILESTONE: _held,
        Trajectory.LINEAR: _linear,
        Trajectory.COMPOUND: _compound,
    }
)


def _check_growth(points: Sequence[TargetPoint]) -> None:
    for earlier, later in pairwise(points):
        if not earlier.value * later.value > 0:
            raise CompoundNeedsOneSign(
                f"a compound trajectory cannot run from {earlier.value:g} to {later.value:g}: "
                "both must be above zero or both below"
            )


def check_trajectory(
    target: Target,
    *,
    polarity: Polarity | None,
    calendar: FiscalCalendar,
    horizon_to: date | None,
    reason: str = "",
) -> None:
    """Refuse a target that gets easier without a reason, or outlives the strategy.

    Drawn trajectories are compared leg by leg. A step, which often carries a season, is compared with its own value a
    year before.

    Args:
        target: with its points; a target without points passes.
        polarity: of the version valid at the last point; only maximise and minimise have an easier direction.
        calendar: says when the last point ends.
        horizon_to: the last day of the strategy, None if open.
        reason: why it may get easier; any words will do, they are shown with the target.

    Raises:
        TrajectoryPastHorizon, TrajectoryAgainstPolarity, TrajectoryOutOfOrder, CompoundNeedsOneSign.

    Source: METHOD §2.7.

    >>> from fourfold.engine.calendar import Period
    >>> january, june = (Period(Frequency.MONTH, 2026 * 12 + month) for month in (0, 5))
    >>> easier = (TargetPoint(january, 95.0), TargetPoint(june, 90.0))
    >>> check_trajectory(
    ...     Target("on-time", "north", easier, Trajectory.LINEAR),
    ...     polarity=Polarity.MAXIMISE, calendar=FiscalCalendar(), horizon_to=None, reason="a site closes",
    ... )
    """
    if not target.points:
        return
    _check_order(target.points)
    last = target.points[-1].period
    if horizon_to is not None and calendar.last_day(last) > horizon_to:
        raise TrajectoryPastHorizon(
            f"the target of {target.measure} for {target.unit} ends {calendar.last_day(last)}, "
            f"after the strategy's horizon {horizon_to}"
        )
    if target.trajectory is Trajectory.COMPOUND:
        _check_growth(target.points)
    if not reason:
        _check_direction(target, polarity)


# Periods in a year, to compare like with like; a year of 53 weeks or 366 days is near enough for a direction.
_A_YEAR: Mapping[Frequency, int] = MappingProxyType(
    {
        Frequency.DAY: 365,
        Frequency.WEEK: 52,
        Frequency.MONTH: 12,
        Frequency.QUARTER: 4,
        Frequency.HALF: 2,
        Frequency.YEAR: 1,
    }
)


def _check_direction(target: Target, polarity: Polarity | None) -> None:
    if polarity not in (Polarity.MAXIMISE, Polarity.MINIMISE):
        return
    sign = 1.0 if polarity is Polarity.MAXIMISE else -1.0
    for before, after in _compared(target):
        if sign * after < sign * before:
            raise TrajectoryAgainstPolarity(
                f"{polarity} is wanted, but the target of {target.measure} for {target.unit} goes from "
                f"{before:g} to {after:g}: give the reason"
            )


def _compared(target: Target) -> list[tuple[float, float]]:
    points = target.points
    if target.trajectory is not Trajectory.STEP:
        return [(earlier.value, later.value) for earlier, later in pairwise(points)]
    year = _A_YEAR[points[0].period.frequency]
    ordinals = np.array([point.period.ordinal for point in points])
    a_year_before = expand(points, Trajectory.STEP, ordinals=ordinals - year)
    pairs = zip(a_year_before.tolist(), (point.value for point in points), strict=True)
    return [(before, after) for before, after in pairs if not math.isnan(before)]
