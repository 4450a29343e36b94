"""One objective in one unit and period as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from fourfold.engine.definitions import InitiativeStatus
from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Change, StatusMark
from fourfold.platform.ui.drawings.history import ScoreHistory
from fourfold.platform.ui.numbers import display_number
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.explanation_tree import ExplanationNode
from fourfold.scorecard.evaluation.pages.scorecard.page import MeasureRow
from fourfold.scorecard.evaluation.pages.strategy_map.link_lines import LinkLine

__all__ = [
    "CascadeLine",
    "InitiativeRow",
    "MilestoneRow",
    "ObjectiveHead",
    "ObjectivePage",
    "ObjectiveScore",
    "UnitCell",
]


@dataclass(frozen=True, slots=True)
class ObjectiveHead:
    """What the objective says, wherever it is looked at."""

    key: str
    name: str
    description: str
    perspective: str
    perspective_name: str
    themes: tuple[tuple[str, str], ...]
    owner_name: str
    rollup: str


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """How it stands. `coverage` is the weight share of eligible measures with a score; `bounds` hold for any value of
    the missing ones, and are None where nothing is missing. `red` and `worst` are always shown (METHOD §2.5).
    """

    score: float | None
    mark: StatusMark
    change: Change | None
    coverage: float | None
    bounds: tuple[float, float] | None
    measures: int
    red: int
    worst: str | None
    is_capped: bool

    @property
    def coverage_shown(self) -> str:
        """As whole percents; empty where nothing is owed."""
        return "" if self.coverage is None else f"{display_number(100 * self.coverage, decimals=0).text} %"


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A dated step; overdue once its day has passed without it."""

    name: str
    due: date
    done: date | None
    is_overdue: bool

    @property
    def status(self) -> Status:
        """The shape it is drawn with: reached, missed, or still ahead."""
        if self.done is not None:
            return Status.GREEN
        return Status.RED if self.is_overdue else Status.GREY

    @property
    def is_late(self) -> bool:
        """Reached, but after its day."""
        return self.done is not None and self.done > self.due


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """An initiative that serves the objective. Money is in the organisation's currency, `spent_share` of the budget.

    `hides_money`: it belongs to a unit whose numbers the viewer does not see (DESIGN §5).
    """

    key: str
    name: str
    description: str
    owner_name: str
    status: InitiativeStatus
    start: date | None
    end: date | None
    is_overdue: bool
    elapsed: float | None
    milestones: tuple[MilestoneRow, ...]
    budget: Decimal | None
    spent: Decimal | None
    spent_share: float | None
    currency: str
    hides_money: bool = False

    def without_money(self) -> InitiativeRow:
        """As those see it to whom its wording may be told, and its numbers may not: not even whether there are any."""
        return replace(self, budget=None, spent=None, spent_share=None, hides_money=True)

    @property
    def done(self) -> int:
        """Milestones reached."""
        return sum(milestone.done is not None for milestone in self.milestones)

    @property
    def overdue(self) -> int:
        """Milestones whose day has passed."""
        return sum(milestone.is_overdue for milestone in self.milestones)

    @property
    def budget_text(self) -> str:
        """In whole units of the currency."""
        return str(display_number(self.budget, decimals=0, unit_of_measure=self.currency))

    @property
    def spent_text(self) -> str:
        """Likewise."""
        return display_number(self.spent, decimals=0).text

    @property
    def elapsed_shown(self) -> str:
        """Whole percents of the planned time."""
        return display_number(self.elapsed, decimals=0).text

    @property
    def spent_shown(self) -> str:
        """Whole percents of the budget."""
        return display_number(self.spent_share, decimals=0).text

    @property
    def spent_width(self) -> str:
        """The same as a length that ends where the budget does."""
        return display_number(min(self.spent_share or 0.0, 100.0), decimals=0).text

    @property
    def is_overspent(self) -> bool:
        """More spent than granted."""
        return self.spent_share is not None and self.spent_share > 100.0


@dataclass(frozen=True, slots=True)
class UnitCell:
    """The same objective in a unit one level below; `belongs` is False where its selector leaves the unit out."""

    key: str
    name: str
    score: float | None
    mark: StatusMark
    belongs: bool


@dataclass(frozen=True, slots=True)
class CascadeLine:
    """An objective above or below in the cascade. `is_here`: it belongs to the shown unit too, so it has a page."""

    key: str
    name: str
    mode: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """Everything on the page."""

    place: PageContext
    head: ObjectiveHead
    standing: ObjectiveScore
    change_since: str
    last_year: str
    history: ScoreHistory
    rows: tuple[MeasureRow, ...]
    initiatives: tuple[InitiativeRow, ...]
    causes: tuple[LinkLine, ...]
    effects: tuple[LinkLine, ...]
    units: tuple[UnitCell, ...]
    contributes_to: tuple[CascadeLine, ...]
    fed_by: tuple[CascadeLine, ...]
    explanation: ExplanationNode

    @property
    def measure_keys(self) -> Sequence[str]:
        """Every row's measure, in order: what slots answer for."""
        return [row.key for row in self.rows]

    @property
    def report_keys(self) -> list[str]:
        """What the slot `report.notes` answers for."""
        return [f"objective/{self.head.key}", *(f"measure/{key}" for key in self.measure_keys)]

    @property
    def marked_keys(self) -> list[str]:
        """This objective and those it is linked with: whose status the page shows."""
        ends = (*(line.source for line in self.causes), *(line.target for line in self.effects))
        return list(dict.fromkeys([self.head.key, *(end.key for end in ends)]))

    @property
    def initiative_keys(self) -> list[str]:
        """Every initiative, in order: what slots answer for."""
        return [row.key for row in self.initiatives]
