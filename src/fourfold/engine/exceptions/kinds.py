"""What deserves attention: the kinds of exceptions, in the order in which equals are told."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExceptionKind"]


class ExceptionKind(IntEnum):
    """Why a series is an exception; one byte (METHOD M6.3)."""

    ADVERSE = 0  # special cause on the latest points, for the worse
    MISSES = 1  # assurance: the target lies beyond the limits, on the wrong side
    UNLIKELY = 2  # the forecast hardly reaches the target
    OFF_TARGET = 3  # red for two periods or more
    FAVOURABLE = 4  # special cause for the better: learn from it
    CHANGED = 5  # special cause, and nobody says which way is better
    SIGN_FLIP = 6  # restated to the other side of zero
    QUARANTINED = 7  # held back by a rule on data
    STALE = 8  # due, and not there

    @property
    def code(self) -> str:
        """The stable spelling in JSON and CSV."""
        return self.name.lower()

    @property
    def is_signal(self) -> bool:
        """Whether limits and rules say so, not a target or the data."""
        return self in (ExceptionKind.ADVERSE, ExceptionKind.FAVOURABLE, ExceptionKind.CHANGED)

    @property
    def is_of_data(self) -> bool:
        """Whether it speaks of the data, not of what they measure."""
        return self >= ExceptionKind.SIGN_FLIP

    @property
    def way(self) -> int:
        """+1 for the better, −1 for the worse, 0 where that is not known."""
        if self is ExceptionKind.FAVOURABLE:
            return 1
        return -1 if self < ExceptionKind.FAVOURABLE else 0
