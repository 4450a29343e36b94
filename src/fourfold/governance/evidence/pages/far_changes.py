"""What is too large a change to simulate, and what is so large that nothing measured tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.platform.ui.numbers import ValueFormat, display_change

__all__ = ["AskedChange", "caution_about", "impossible"]

PERCENT = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A change of a measure; `seen`: least, most and last of its values, empty where the test kept none.

    `possible`: the smallest and the largest value that its definition allows, None where it names none.
    """

    delta: float
    name: str
    form: ValueFormat
    seen: Mapping[str, float]
    possible: tuple[float | None, float | None]

    @property
    def would_be(self) -> float:
        """Where the last value would go."""
        return self.seen["last"] + self.delta

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage that has never been below 0 or above 100."""
        if self.form.unit_of_measure != "%" or not self.seen:
            return False
        return PERCENT[0] <= self.seen["low"] and self.seen["high"] <= PERCENT[1]

    def words(self, **numbers: float) -> dict[str, str]:
        """Numbers as this measure writes them."""
        return {"x": self.name, **{name: str(self.form.shown(each)) for name, each in numbers.items()}}


def impossible(asked: AskedChange) -> str:
    """Why no such change can be; empty where it can. By the definition's bounds, and those of a percentage."""
    if not asked.seen:
        return ""
    for bound in _passed(asked):
        words = asked.words(last=asked.seen["last"], would=asked.would_be, bound=bound)
        if bound == asked.possible[1]:
            said = _("“%(x)s” would go from %(last)s to %(would)s; more than %(bound)s is not possible.")
        else:
            said = _("“%(x)s” would go from %(last)s to %(would)s; less than %(bound)s is not possible.")
        return said % words
    if asked.is_share and abs(asked.delta) > PERCENT[1] - PERCENT[0]:
        most = display_change(PERCENT[1], decimals=0, unit_of_measure="%")
        return _("“%(x)s” has always been between 0 and 100 %%; it cannot change by more than %(most)s.") % {
            "x": asked.name,
            "most": str(most).lstrip("+"),
        }
    return ""


def _passed(asked: AskedChange) -> Iterator[float]:
    """The bounds that the change would go beyond; one that the last value is beyond already is none."""
    low, high = asked.possible
    if low is not None and asked.would_be < low <= asked.seen["last"]:
        yield low
    if high is not None and asked.would_be > high >= asked.seen["last"]:
        yield high


def caution_about(asked: AskedChange) -> str:
    """Of a change that leaves what was measured by more than its whole width, or 0 to 100 %; else empty."""
    if not asked.seen:
        return ""
    low, high = asked.seen["low"], asked.seen["high"]
    width = high - low
    is_far = not low - width <= asked.would_be <= high + width
    is_outside = asked.is_share and not PERCENT[0] <= asked.would_be <= PERCENT[1]
    if not is_far and not is_outside:
        return ""
    words = asked.words(last=asked.seen["last"], would=asked.would_be, low=low, high=high)
    if is_outside:
        return (
            _(
                "That would take “%(x)s” from %(last)s to %(would)s, beyond 0 to 100 %%, between which every value has "
                "been: do not rely on what is simulated."
            )
            % words
        )
    return (
        _(
            "That would take “%(x)s” from %(last)s to %(would)s, far beyond what was ever measured, %(low)s to "
            "%(high)s: what is simulated is a guess."
        )
        % words
    )
