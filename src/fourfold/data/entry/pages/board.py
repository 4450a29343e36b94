"""The board of periods: how far each month is closed, and what still stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.platform.ui.unit_picker import UnitPicker

__all__ = ["MissingValue", "Move", "PeriodBoard", "PeriodCard"]


@dataclass(frozen=True, slots=True)
class MissingValue:
    """A value that has not come in."""

    measure: str
    measure_name: str
    unit: str
    unit_name: str
    period: str
    owner: str


@dataclass(frozen=True, slots=True)
class Move:
    """A step that the person may take from here."""

    state: str
    label: str
    needs_reason: bool
    is_reopening: bool


@dataclass(frozen=True, slots=True)
class PeriodCard:
    """One month for the chosen unit and all below it."""

    key: str
    label: str
    state: str
    state_label: str
    badge: str
    since: datetime | None
    actor: str
    reason: str
    gaps: int
    due: int
    entered: int
    missing: tuple[MissingValue, ...]
    moves: tuple[Move, ...]
    is_running: bool
    is_mixed: bool

    @property
    def owed(self) -> int:
        """How many values are missing."""
        return self.due - self.entered


@dataclass(frozen=True, slots=True)
class PeriodBoard:
    """The months, the newest first; `shown` is the one laid open."""

    unit: str
    unit_name: str
    units: UnitPicker
    cards: tuple[PeriodCard, ...]
    shown: str
    pending: int
    problem: str = ""
    problem_code: str = ""
    reason: str = ""
