"""The frozen values that components draw: what a page says, before any markup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fourfold.engine.quantities import Polarity, Status, Why
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat, display_change

__all__ = [
    "Change",
    "Coverage",
    "Direction",
    "Series",
    "StatusCount",
    "StatusMark",
    "Verdict",
    "change_between",
]


PLAIN = ValueFormat()
"""One decimal, no unit of measure."""


class Direction(StrEnum):
    """Where a value went, as far as the shown digits tell."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Verdict(StrEnum):
    """Whether that was wanted; the word is shown, because colour alone says nothing."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    HARDLY = "hardly changed"
    UNLIKE = "of other measures"
    UNJUDGED = ""


@dataclass(frozen=True, slots=True)
class StatusMark:
    """A status with what qualifies it: why it is grey, or that hysteresis holds it (DESIGN §5).

    `is_uncertain`: the interval of the value reaches across a border, another status is as possible (METHOD §2.9).

    `note` says the reason better than the code's own sentence can, where the page knows more; `word` stands in place of
    the status's own, where that would say less than is true.
    """

    status: Status
    why: Why = Why.PRESENT
    held: bool = False
    note: str = ""
    word: str = ""
    is_uncertain: bool = False

    @property
    def label(self) -> str:
        """What a person reads beside the shape."""
        return self.word or self.status.label


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many children have one status."""

    status: Status
    count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the numbers that were due are present."""

    present: int
    due: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is owed is missing."""
        return self.present >= self.due


@dataclass(frozen=True, slots=True)
class Change:
    """A difference against an earlier period, judged by polarity."""

    amount: DisplayNumber
    direction: Direction
    verdict: Verdict

    @property
    def is_unlike(self) -> bool:
        """Whether the two ends rest on other measures, so that the difference tells nothing."""
        return self.verdict is Verdict.UNLIKE


@dataclass(frozen=True, slots=True)
class Series:
    """Values over consecutive periods with their targets, oldest first; None is a gap and is drawn as one."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    targets: tuple[float | None, ...] = ()
    format: ValueFormat = PLAIN


def change_between(
    earlier: float | None,
    later: float | None,
    *,
    polarity: Polarity | None,
    decimals: int = 1,
    unit_of_measure: str = "",
    score_change: float | None = None,
) -> Change | None:
    """Judge a difference; None where either end is missing.

    `score_change` decides for a band or an exact target, where up is neither good nor bad in itself.

    >>> change_between(20.2, 20.5, polarity=Polarity.MINIMISE).verdict
    <Verdict.WORSE: 'worse'>
    """
    if earlier is None or later is None:
        return None
    amount = display_change(later - earlier, decimals=decimals, unit_of_measure=unit_of_measure)
    direction = _direction(amount)
    return Change(amount, direction, _verdict(direction, polarity=polarity, score_change=score_change))


def _direction(amount: DisplayNumber) -> Direction:
    # Judged on the shown digits: an arrow that points up beside "0.0" would contradict itself.
    if amount.text.startswith("+"):
        return Direction.UP
    return Direction.DOWN if amount.text.startswith("\N{MINUS SIGN}") else Direction.FLAT


def _verdict(direction: Direction, *, polarity: Polarity | None, score_change: float | None) -> Verdict:
    if polarity is None:
        return Verdict.UNJUDGED
    if direction is Direction.FLAT:
        return Verdict.UNCHANGED
    if polarity in (Polarity.MAXIMISE, Polarity.MINIMISE):
        wanted = Direction.UP if polarity is Polarity.MAXIMISE else Direction.DOWN
        return Verdict.BETTER if direction is wanted else Verdict.WORSE
    if not score_change:
        return Verdict.UNJUDGED
    return Verdict.BETTER if score_change > 0 else Verdict.WORSE
