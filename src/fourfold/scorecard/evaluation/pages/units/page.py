"""The units below one another, side by side and in order, as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.platform.ui.components import Change, StatusMark
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.judged import Judged
from fourfold.scorecard.evaluation.pages.scorecard.page import Choice

__all__ = [
    "MOST_COMPARED",
    "ComparePage",
    "ComparedCell",
    "ComparedRow",
    "HeatCell",
    "HeatMapPage",
    "HeatRow",
    "RankedUnit",
    "RankingPage",
]

MOST_COMPARED = 6
"""Columns that a person takes in at once, and a screen shows (issue: compare up to six units)."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A unit's score in one perspective. `judged` tells, a sentence each, which of its objectives' owners judged."""

    key: str
    name: str
    score: float | None
    mark: StatusMark
    change: Change | None
    judged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit in the order of the tree; `depth` 0 is the page's own. `hidden` counts units below that are not shown."""

    key: str
    name: str
    level: str
    depth: int
    cells: tuple[HeatCell, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class HeatMapPage:
    """Perspectives × units."""

    place: PageContext
    perspectives: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    depths: tuple[Choice, ...]

    @property
    def keys(self) -> list[str]:
        """Every shown unit, in order: what slots answer for."""
        return [row.key for row in self.rows]


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One unit's figure; a measure's value, a perspective's or an objective's none. `judged`: only objectives are."""

    value: float | None
    score: float | None
    mark: StatusMark | None
    format: ValueFormat
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing across the compared units; `kind` is perspective, objective or measure."""

    kind: str
    key: str
    name: str
    format: ValueFormat
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Up to six units side by side, each against its own targets."""

    place: PageContext
    units: tuple[tuple[str, str], ...]
    rows: tuple[ComparedRow, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit in its place; units with the same shown score share one. `rank` None: nothing to rank by.

    `judged` as in `HeatCell`, where a perspective ranks.
    """

    rank: int | None
    key: str
    name: str
    parent: str
    value: float | None
    score: float | None
    mark: StatusMark
    moved: int | None
    format: ValueFormat | None
    judged: tuple[str, ...] = ()

    @property
    def moved_down(self) -> int:
        """How many places it lost."""
        return -min(self.moved or 0, 0)

    @property
    def bar(self) -> str:
        """The score as a length of 100."""
        return f"{min(max(self.score or 0.0, 0.0), 100.0):.1f}"


@dataclass(frozen=True, slots=True)
class RankingPage:
    """Units of one level in the order of one score."""

    place: PageContext
    by: str
    format: ValueFormat | None
    rows: tuple[RankedUnit, ...]
    perspectives: tuple[Choice, ...]
    measures: tuple[Choice, ...]
    levels: tuple[Choice, ...]

    @property
    def perspective(self) -> str:
        """The one that ranks; empty where a measure does."""
        return next((each.value for each in self.perspectives if each.is_chosen), "")
