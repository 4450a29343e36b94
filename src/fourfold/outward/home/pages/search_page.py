"""What a search found, as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from fourfold.outward.home.pages.search_matching import Asked, Piece, Rank

__all__ = ["Found", "FoundGroup", "FoundKind", "SearchPage", "SearchWish"]


class FoundKind(StrEnum):
    """What can be found, in the order it is listed."""

    OBJECTIVE = "objective"
    PERSPECTIVE = "perspective"
    THEME = "theme"
    MEASURE = "measure"
    INITIATIVE = "initiative"
    MILESTONE = "milestone"
    UNIT = "unit"
    PERSON = "person"
    ANALYSIS = "analysis"
    ANNOTATION = "annotation"
    NOTE = "note"
    OVERRIDE = "override"
    DECISION = "decision"
    RESTATEMENT = "restatement"
    TERM = "term"

    @property
    def is_written(self) -> bool:
        """Whether it is what somebody wrote about a period: then the newest stands first."""
        return self in _WRITTEN

    @property
    def heading(self) -> str:
        """Over its list."""
        return str(_HEADINGS[self])

    @property
    def icon(self) -> str:
        """Beside the heading."""
        return _ICONS[self]


_WRITTEN = frozenset(
    {
        FoundKind.ANALYSIS,
        FoundKind.ANNOTATION,
        FoundKind.NOTE,
        FoundKind.OVERRIDE,
        FoundKind.DECISION,
        FoundKind.RESTATEMENT,
    }
)
_HEADINGS = {
    FoundKind.OBJECTIVE: _("Objectives"),
    FoundKind.PERSPECTIVE: _("Perspectives"),
    FoundKind.THEME: _("Themes"),
    FoundKind.MEASURE: _("Measures"),
    FoundKind.INITIATIVE: _("Initiatives"),
    FoundKind.MILESTONE: _("Milestones"),
    FoundKind.UNIT: _("Units"),
    FoundKind.PERSON: _("People"),
    FoundKind.ANALYSIS: _("Analyses"),
    FoundKind.ANNOTATION: _("Annotations"),
    FoundKind.NOTE: _("Notes on values"),
    FoundKind.OVERRIDE: _("Overridden statuses"),
    FoundKind.DECISION: _("Decisions on limits"),
    FoundKind.RESTATEMENT: _("Restatements"),
    FoundKind.TERM: _("Glossary"),
}
_ICONS = {
    FoundKind.OBJECTIVE: "target",
    FoundKind.PERSPECTIVE: "scorecard",
    FoundKind.THEME: "map",
    FoundKind.MEASURE: "measure",
    FoundKind.INITIATIVE: "flag",
    FoundKind.MILESTONE: "flag",
    FoundKind.UNIT: "unit",
    FoundKind.PERSON: "person",
    FoundKind.ANALYSIS: "analysis",
    FoundKind.ANNOTATION: "talk",
    FoundKind.NOTE: "enter",
    FoundKind.OVERRIDE: "judge",
    FoundKind.DECISION: "measure",
    FoundKind.RESTATEMENT: "history",
    FoundKind.TERM: "journal",
}


@dataclass(frozen=True, slots=True)
class SearchWish:
    """What somebody typed, the one kind they want all of, and where they stood when they typed it."""

    text: str = ""
    kind: str = ""
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing. Without an address it may be read about and not opened: the wording of a unit above one's own."""

    kind: FoundKind
    rank: Rank
    name: str
    pieces: tuple[Piece, ...]
    address: str = ""
    where: str = ""
    excerpt: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The best of one kind; `total` says how many there are."""

    kind: FoundKind
    found: tuple[Found, ...]
    total: int

    @property
    def beyond(self) -> int:
        """How many are not listed."""
        return self.total - len(self.found)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The groups in their order; `kind` is set where only one was asked for."""

    asked: Asked
    wish: SearchWish
    groups: tuple[FoundGroup, ...] = ()
    kind: FoundKind | None = None

    @property
    def total(self) -> int:
        """Everything that was found."""
        return sum(group.total for group in self.groups)
