"""What is hoped for, how likely an outcome meets it, and what one calls that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fourfold.engine.forecast.projection import Outcome
from fourfold.engine.forecast.refusals import AimWrong
from fourfold.engine.quantities import Polarity

__all__ = ["LIKELY", "UNLIKELY", "Aim", "Outlook", "outlook"]

LIKELY: Final = 0.6  # from here on likely; policy `forecast.likely` (METHOD §2.8)
UNLIKELY: Final = 0.2  # below this unlikely; policy `forecast.unlikely`


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: reach at least (`maximise`) or at most (`minimise`) it, or stay between two values (`band`, `exact`).

    Args:
        polarity: which way.
        lower: what must be reached, or the lower of two sides.
        upper: what must not be passed, or the upper of two sides.

    Raises:
        AimWrong: a side is missing, or the lower lies above the upper.

    Source: METHOD §2.8, §8 (for minimise P(hit) = P(≤ T)).

    >>> round(Aim.at(95.0).chance(Outcome(96.04, 1.694, 10.0)), 2)
    0.72
    """

    polarity: Polarity
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        needs_lower = self.polarity is not Polarity.MINIMISE
        needs_upper = self.polarity is not Polarity.MAXIMISE
        if (needs_lower and self.lower is None) or (needs_upper and self.upper is None):
            raise AimWrong(f"a target to {self.polarity} lacks a side")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise AimWrong(f"a target from {self.lower:g} to {self.upper:g} is the wrong way round")

    @classmethod
    def at(cls, target: float, polarity: Polarity = Polarity.MAXIMISE, *, tolerance: float = 0.0) -> Aim:
        """One number to reach, not to pass, or to meet within a tolerance on both sides."""
        if polarity is Polarity.MAXIMISE:
            return cls(polarity, lower=target)
        if polarity is Polarity.MINIMISE:
            return cls(polarity, upper=target)
        return cls(polarity, lower=target - tolerance, upper=target + tolerance)

    def chance(self, outcome: Outcome) -> float:
        """P(hit): how likely the outcome meets it."""
        if self.polarity is Polarity.MAXIMISE:
            assert self.lower is not None, "checked when it was made"
            return _at_least(outcome, self.lower)
        assert self.upper is not None, "checked when it was made"
        if self.polarity is Polarity.MINIMISE:
            return outcome.below(self.upper)
        assert self.lower is not None, "checked when it was made"
        return max(outcome.below(self.upper) - (1.0 - _at_least(outcome, self.lower)), 0.0)

    def nearest(self, value: float) -> float:
        """The value nearest to this one that meets the aim: itself, where it does already."""
        if self.lower is not None and self.polarity is not Polarity.MINIMISE and value < self.lower:
            return self.lower
        if self.upper is not None and self.polarity is not Polarity.MAXIMISE and value > self.upper:
            return self.upper
        return value

    def is_met_by(self, value: float) -> bool:
        """Whether a value meets it."""
        return self.nearest(value) == value


def _at_least(outcome: Outcome, value: float) -> float:
    if outcome.deviation == 0.0:
        return float(outcome.mean >= value)
    return 1.0 - outcome.below(value)


class Outlook(StrEnum):
    """The word for a chance; never a status, never its colours."""

    LIKELY = "likely"
    UNCERTAIN = "uncertain"
    UNLIKELY = "unlikely"


def outlook(chance: float, *, likely: float = LIKELY, unlikely: float = UNLIKELY) -> Outlook:
    """Name a chance: likely from .6, unlikely below .2, uncertain between (policies).

    Source: METHOD §2.8.

    >>> [outlook(chance).value for chance in (0.6, 0.2, 0.1999)]
    ['likely', 'uncertain', 'unlikely']
    """
    if chance >= likely:
        return Outlook.LIKELY
    return Outlook.UNLIKELY if chance < unlikely else Outlook.UNCERTAIN
