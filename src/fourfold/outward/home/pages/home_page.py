"""Where somebody starts, as they read it: what moved, what is theirs, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fourfold.data.entry.pages.due import DueLine, DuePage
from fourfold.data.imports.queries import ListedRun
from fourfold.outward.home.pages.home_changes import Changes
from fourfold.outward.home.queries.attending import KeptDraft, KeptUpload, OpenMention
from fourfold.outward.home.queries.first_steps import NOTHING_LEFT, FirstSteps
from fourfold.platform.notifications.queries import NoticeRow, NoticesPage
from fourfold.platform.ui.components import Change, StatusMark
from fourfold.platform.ui.slots import SlotContent
from fourfold.scorecard.evaluation.pages.strategy_map.page import MapPage

__all__ = [
    "HomePage",
    "HomePlace",
    "LateStep",
    "Overview",
    "OwnObjective",
    "OwnWork",
    "Values",
    "WeakMeasure",
]

FIRST_LINES = 8
"""Lines of a list before the way to the whole of it."""

FIRST_NOTICES = 3
"""News beside everything else that is new."""


@dataclass(frozen=True, slots=True)
class HomePlace:
    """The unit and the period that a home is about, and the period it is compared with."""

    unit: str
    unit_name: str
    period: str
    period_name: str
    before_name: str


@dataclass(frozen=True, slots=True)
class Overview:
    """For whoever answers for a whole: its map, and what moved."""

    map: MapPage
    changes: Changes


@dataclass(frozen=True, slots=True)
class WeakMeasure:
    """A measure below target under one's objective."""

    key: str
    name: str
    mark: StatusMark
    score: float | None
    value: str
    target: str


@dataclass(frozen=True, slots=True)
class OwnObjective:
    """An objective one owns where it is looked at. `weakest` is why it is not on target.

    `owes_analysis`: off target, and nobody has said why. `is_served`: something planned or running helps it.
    """

    key: str
    name: str
    unit: str
    unit_name: str
    mark: StatusMark
    score: float | None
    change: Change | None
    weakest: tuple[WeakMeasure, ...]
    owes_analysis: bool
    is_served: bool
    marks: tuple[SlotContent, ...] = ()


@dataclass(frozen=True, slots=True)
class LateStep:
    """A milestone, or with no name of its own a whole initiative, whose day has passed."""

    initiative: str
    initiative_name: str
    milestone: str
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class OwnWork:
    """For whoever owns objectives or initiatives."""

    objectives: tuple[OwnObjective, ...]
    late: tuple[LateStep, ...]
    initiatives: int

    @property
    def unexplained(self) -> tuple[OwnObjective, ...]:
        """Off target without an analysis."""
        return tuple(each for each in self.objectives if each.owes_analysis)

    @property
    def unserved(self) -> tuple[OwnObjective, ...]:
        """Off target, and no initiative helps."""
        return tuple(
            each for each in self.objectives if each.mark.status.value == "red" and not each.is_served
        )

    @property
    def is_clear(self) -> bool:
        """Whether no objective and no initiative waits."""
        return not (self.unexplained or self.unserved or self.late)


@dataclass(frozen=True, slots=True)
class Values:
    """For whoever brings numbers in: what is owed, begun, and found. `runs` is None for whoever may not import."""

    due: DuePage
    drafts: tuple[KeptDraft, ...]
    uploads: tuple[KeptUpload, ...]
    runs: tuple[ListedRun, ...] | None

    @property
    def open_lines(self) -> tuple[DueLine, ...]:
        """The first values still to come, the late ones leading."""
        return tuple(line for line in self.due.lines if line.state.value in ("late", "due"))[:FIRST_LINES]

    @property
    def late(self) -> int:
        """How many are late."""
        return next((count for state, count in self.due.counts if state.value == "late"), 0)

    @property
    def is_begun(self) -> bool:
        """Whether something was begun and not finished."""
        return bool(self.drafts or self.uploads or self.runs)


@dataclass(frozen=True, slots=True)
class HomePage:
    """The parts that apply, `order` naming them from the top; without a role there is no place and nothing else."""

    at: datetime
    place: HomePlace | None = None
    order: tuple[str, ...] = ()
    overview: Overview | None = None
    own: OwnWork | None = None
    values: Values | None = None
    mentions: tuple[OpenMention, ...] = ()
    notices: NoticesPage | None = None
    steps: FirstSteps = NOTHING_LEFT

    @property
    def values_open(self) -> int:
        """How many values are still to come; 0 for whoever brings none in."""
        return self.values.due.open if self.values else 0

    @property
    def is_clear(self) -> bool:
        """Whether neither work of one's own nor a value waits."""
        return self.values_open == 0 and (self.own is None or self.own.is_clear)

    @property
    def unread_notices(self) -> tuple[NoticeRow, ...]:
        """The first few of what is new."""
        rows = self.notices.rows if self.notices else ()
        return tuple(row for row in rows if row.is_unread)[:FIRST_NOTICES]
