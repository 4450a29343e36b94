"""Did the outcome move in time, once the lead had reached its target?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine import spc
from fourfold.engine.quantities import NotComputable, Why
from fourfold.engine.spc import Basis, Segments

__all__ = ["BEFORE", "HELD", "RECENT", "Effect", "Leading", "Moved", "reached_target", "time_to_effect"]

HELD: Final = 3  # judgement: periods at target in a row; one alone may be luck
RECENT: Final = 6  # judgement: periods before; a signal in them says that the outcome was moving already
BEFORE: Final = 24  # judgement: periods before that the outcome's limits are made of, at most

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Moved(StrEnum):
    """What the outcome did within its lag."""

    YES = "yes"  # a signal the expected way
    AGAINST = "against"  # a signal the other way, and none the expected way
    ALREADY = "already"  # a signal, but the outcome was on its way there before
    NO = "no"  # no signal: no change that could be told from its noise
    WAITING = "waiting"  # the lag is not over
    NOT_REACHED = "not_reached"  # the lead has not come to its target and held it for three periods


@dataclass(frozen=True, slots=True)
class Leading:
    """The lead over the same periods as its outcome: values, targets, and which way is wanted (1 more, −1 less)."""

    values: Floats
    targets: Floats
    wanted: int


@dataclass(frozen=True, slots=True)
class Effect:
    """The answer with its evidence; places count periods from 0, −1: none.

    `reached` is the period in which the lead came to its target, `until` the last of the lag. `before` and `after`
    are the outcome's means before `reached` and after it until `until`; `lower` and `upper` its natural limits, made of
    the `used` values before; `signal` the first period that is a signal. `fell_short`: the first period after those
    three at target in which the lead was short of it again.
    """

    moved: Moved
    reached: int = -1
    until: int = -1
    before: float = np.nan
    after: float = np.nan
    lower: float = np.nan
    upper: float = np.nan
    used: int = 0
    signal: int = -1
    fell_short: int = -1


def time_to_effect(
    leading: Leading, outcome: Floats, *, lag: int, expected: int, least: int = spc.TRIAL_POINTS
) -> Effect | NotComputable:
    """Look for a signal in the outcome from the period after the lead reached its target until the lag is over.

    The limits are those of an XmR chart of the outcome's last 24 values before; a signal is one of the rules `mdc` with
    all its points after. Where one of the six periods before is a signal the same way the outcome was on its way
    already, and nothing is said of the lead.

    Args:
        leading: the lead's values and targets; NaN is missing.
        outcome: (period,), NaN is missing.
        lag: the last period, counted from the lead, in which the effect is expected; 0: the same period.
        expected: 1 where the outcome is expected to rise, −1 to fall.
        least: values before that make limits.

    Returns: NotComputable with TOO_FEW_POINTS (before), MISSING_REQUIRED (no value within the lag) or NO_VARIATION.

    Source: METHOD §3.8 (time-to-effect check); what counts as reached and as moved is judgement, M3.4 its limits.

    >>> lead = Leading(np.where(np.arange(20) < 12, 5.0, 9.0), np.full(20, 8.0), 1)
    >>> outcome = np.where(np.arange(20) < 14, 50.0, 60.0) + np.tile([0.0, 1.0], 10)
    >>> found = time_to_effect(lead, outcome, lag=3, expected=1)
    >>> found.moved, found.reached, found.signal
    (<Moved.YES: 'yes'>, 12, 14)
    """
    reached = reached_target(leading)
    if reached < 0:
        return Effect(Moved.NOT_REACHED)
    until, again = reached + lag, _short_again(leading, reached)
    if until >= outcome.size:
        return Effect(Moved.WAITING, reached, until, fell_short=again)
    first = max(reached - BEFORE, 0)
    found = _judged(outcome[first : until + 1], first=first, reached=reached, expected=expected, least=least)
    return replace(found, fell_short=again) if isinstance(found, Effect) else found


def reached_target(leading: Leading) -> int:
    """The first period at target that follows one short of it and begins three in a row; −1: there is none.

    A lead that was at its target from the first did not reach it: nothing changed then.

    Source: METHOD §3.8; three in a row is judgement.

    >>> reached_target(Leading(np.array([1.0, 3.0, 1.0, 3.0, 3.0, 4.0]), np.full(6, 3.0), 1))
    3
    """
    at, short = _at_and_short(leading)
    for place in range(1, at.size - HELD + 1):
        if short[place - 1] and at[place : place + HELD].all():
            return place
    return -1


def _at_and_short(leading: Leading) -> tuple[Bools, Bools]:
    """Where the lead was at its target, and where it was known and was not."""
    with np.errstate(invalid="ignore"):
        at = (leading.values - leading.targets) * leading.wanted >= 0.0
    return at, np.isfinite(leading.values) & np.isfinite(leading.targets) & ~at


def _short_again(leading: Leading, reached: int) -> int:
    """The first period in which it no longer held; −1: there is none."""
    _at, short = _at_and_short(leading)
    later = np.flatnonzero(short[reached + HELD :])
    return reached + HELD + int(later[0]) if later.size else -1


def _judged(
    outcome: Floats, *, first: int, reached: int, expected: int, least: int
) -> Effect | NotComputable:
    here = reached - first
    start = here if outcome.size == here + 1 else here + 1  # a lag of 0 looks at the same period
    later = np.arange(outcome.size) >= start
    chart = spc.xmr(outcome, basis=Basis(excluded=later[np.newaxis, :], least=least))
    why = Why(int(chart.why[0, 0]))
    if why is not Why.PRESENT:
        return NotComputable(why)
    if not np.isfinite(outcome[later]).any():
        return NotComputable(Why.MISSING_REQUIRED)
    # Patterns never reach over a segment: those that began before the target was reached are not its effect.
    parted = replace(chart, segments=Segments.rebased(outcome.size, at=(start,)))
    every = spc.signals(parted, rules="mdc").direction[0]
    ways = np.where(later, every, 0)
    way = expected if (ways == expected).any() else -expected if (ways != 0).any() else 0
    was_moving = bool(way) and bool((every[max(start - RECENT, 0) : start] == way).any())
    return Effect(
        moved=_moved(way, expected=expected, was_moving=was_moving),
        reached=reached,
        until=first + outcome.size - 1,
        before=float(np.nanmean(outcome[~later])),
        after=float(np.nanmean(outcome[later])),
        lower=float(chart.lower[0, 0]),
        upper=float(chart.upper[0, 0]),
        used=int(chart.used[0, 0]),
        signal=first + int(np.flatnonzero(ways == way)[0]) if way else -1,
    )


def _moved(way: int, *, expected: int, was_moving: bool) -> Moved:
    if way == 0:
        return Moved.NO
    if was_moving:
        return Moved.ALREADY
    return Moved.YES if way == expected else Moved.AGAINST
