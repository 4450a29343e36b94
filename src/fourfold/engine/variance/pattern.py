"""Drivers against their outcome: the four patterns of double-loop learning."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from fourfold.engine.quantities import Status

__all__ = ["LeadState", "Pattern", "lead_state", "pattern_of"]

MISSED = (Status.AMBER, Status.RED)
"""Green is the target (METHOD §2.3): a driver that is less has not done its part. An outcome misses by red alone."""


class LeadState(StrEnum):
    """What a driver has done for as long as it takes to work."""

    ON_TARGET = "on_target"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Pattern(StrEnum):
    """METHOD M4.5, step 3: 3a, 3b, 3c, and both in order; NOT_YET_RED is 3b with an outcome that is amber.

    PARTLY_AS_INTENDED lies between the last two: the outcome is on target, and some of its drivers are.
    """

    EXECUTION_FAILS = "execution_fails"
    HYPOTHESIS_DOUBTFUL = "hypothesis_doubtful"
    NOT_YET_RED = "not_yet_red"
    LUCK_OR_WRONG_DRIVER = "luck_or_wrong_driver"
    PARTLY_AS_INTENDED = "partly_as_intended"
    AS_INTENDED = "as_intended"
    UNKNOWN = "unknown"


def lead_state(statuses: Sequence[Status], *, lag: int) -> LeadState:
    """What a driver did over the last `lag` periods, one at least.

    On target only if it was so in every one of them: then its effect should have arrived. Missed if it was off in at
    least half of those with a status. Everything else is unknown: too short a run, or nobody measured.

    Args:
        statuses: oldest first, up to the period judged.
        lag: periods until the effect is expected.

    Source: METHOD M4.5 (lead green for at least its lag).

    >>> lead_state([Status.RED, Status.GREEN, Status.GREEN], lag=2).value
    'on_target'
    """
    window = statuses[-max(lag, 1) :]
    if len(window) == max(lag, 1) and all(status is Status.GREEN for status in window):
        return LeadState.ON_TARGET
    known = [status for status in window if status is not Status.GREY]
    missed = sum(status in MISSED for status in known)
    return LeadState.MISSED if known and 2 * missed >= len(known) else LeadState.UNKNOWN


def pattern_of(leads: Sequence[LeadState], lag_status: Status) -> Pattern:
    """Which pattern drivers and outcome make; UNKNOWN without a driver or an outcome that is known.

    One missed driver is enough to say that execution failed. The hypothesis is doubtful only where every driver that
    is known has done its part and the outcome is red; with an amber one it is too early to doubt. Luck is spoken of
    only where no driver did its part.

    Source: METHOD M4.5, step 3; Kaplan and Norton, The Execution Premium, 2008 (double-loop learning).

    >>> pattern_of([LeadState.ON_TARGET], Status.RED).value
    'hypothesis_doubtful'
    """
    known = [state for state in leads if state is not LeadState.UNKNOWN]
    if not known or lag_status is Status.GREY:
        return Pattern.UNKNOWN
    missed = sum(state is LeadState.MISSED for state in known)
    if lag_status is Status.GREEN and 0 < missed < len(known):
        return Pattern.PARTLY_AS_INTENDED
    if lag_status is Status.GREEN:
        return Pattern.LUCK_OR_WRONG_DRIVER if missed else Pattern.AS_INTENDED
    if missed:
        return Pattern.EXECUTION_FAILS
    return Pattern.HYPOTHESIS_DOUBTFUL if lag_status is Status.RED else Pattern.NOT_YET_RED
