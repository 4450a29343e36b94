"""What deserves attention now, as an executive reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.context import PageContext

__all__ = ["ExceptionLine", "ExceptionTag", "ExceptionsPage", "NormalMeasure"]


@dataclass(frozen=True, slots=True)
class ExceptionTag:
    """A kind of exception in a word; `tone` is the class that goes with it."""

    code: str
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One measure and its sentence. `others` are kinds beside the one that is told.

    `folded` are what follows from it, `follows` the measure from which it follows itself; `chart` is
    drawn small, empty where there is none; where it `leans`, each value is much like the one before it.
    """

    key: str
    name: str
    objective_name: str
    tag: ExceptionTag
    others: tuple[ExceptionTag, ...]
    sentence: str
    mark: StatusMark
    owner_key: str
    owner_name: str
    tier: str
    priority: float
    format: ValueFormat
    value: float | None
    target: float | None
    chart: SafeString
    folded: tuple[ExceptionLine, ...] = ()
    follows: str = ""
    leans: bool = False


@dataclass(frozen=True, slots=True)
class NormalMeasure:
    """A measure that has limits and nothing to report."""

    key: str
    name: str
    mark: StatusMark


@dataclass(frozen=True, slots=True)
class ExceptionsPage:
    """The lines that are told, the remainder, and what behaved normally.

    `closing` says how many did and how many false alarms are to be expected; `is_crowded`: more than are told.
    `known_on` is the past day that the page is as known on.
    """

    place: PageContext
    lines: tuple[ExceptionLine, ...]
    rest: tuple[ExceptionLine, ...]
    normal: tuple[NormalMeasure, ...]
    closing: str
    latest: int
    known_on: date | None = None

    @property
    def as_of(self) -> str:
        """The past day as addresses write it; empty: now."""
        return "" if self.known_on is None else self.known_on.isoformat()

    @property
    def query(self) -> str:
        """What the addresses behind this page say beside their place, so that they are as known on the same day."""
        return f"?as_of={self.as_of}" if self.known_on else ""

    @property
    def every(self) -> tuple[ExceptionLine, ...]:
        """Told, folded and remaining, in order."""
        told = (each for line in (*self.lines, *self.rest) for each in (line, *line.folded))
        return tuple(told)

    @property
    def is_crowded(self) -> bool:
        """More than a page tells: borders or limits may be too tight (METHOD M6.3)."""
        return bool(self.rest)

    @property
    def shown_keys(self) -> list[str]:
        """The measures that have a sentence: what slots answer for."""
        return [each.key for line in self.lines for each in (line, *line.folded)]

    @property
    def report_keys(self) -> list[str]:
        """The same as reports name them."""
        return [f"measure/{each.key}" for each in self.every]
