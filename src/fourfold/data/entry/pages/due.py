"""The list of what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

__all__ = ["DueFilter", "DueLine", "DuePage", "DueState", "UnitCount"]


class DueState(StrEnum):
    """Where a value stands on its way in."""

    LATE = "late"
    DUE = "due"
    ENTERED = "entered"
    EXPLAINED = "explained"

    @property
    def label(self) -> str:
        """What a person reads."""
        return str(_LABELS[self])


_LABELS = {
    DueState.LATE: _("Late"),
    DueState.DUE: _("Due"),
    DueState.ENTERED: _("Entered"),
    DueState.EXPLAINED: _("Explained"),
}


@dataclass(frozen=True, slots=True)
class DueFilter:
    """What the list is narrowed to; `whose` is `mine`, `all`, or empty: whichever has something."""

    whose: str = ""
    unit: str = ""
    state: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class DueLine:
    """One value that is owed or has come in. `field`: the id of its first field in the grid, or of its note."""

    measure: str
    measure_name: str
    unit: str
    unit_name: str
    period: str
    period_key: str
    month_key: str
    due: date
    state: DueState
    days: int
    owner: str
    steward: str
    may_enter: bool
    field: str


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit with what it still owes."""

    key: str
    name: str
    owed: int
    late: int


@dataclass(frozen=True, slots=True)
class DuePage:
    """The list from `start` on; counts are of everything that fits the person and the unit, whatever the state."""

    asked: DueFilter
    lines: tuple[DueLine, ...]
    total: int
    counts: tuple[tuple[DueState, int], ...]
    units: tuple[UnitCount, ...]
    may_see_all: bool
    today: date
    following: int | None
    previous: int | None

    @property
    def open(self) -> int:
        """How many values are still to come."""
        return sum(count for state, count in self.counts if state in (DueState.LATE, DueState.DUE))
