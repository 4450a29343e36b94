"""What a unit undertakes to reach its objectives, as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.drawings.timeline import Timeline
from fourfold.platform.ui.numbers import display_number
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.objective.page import InitiativeRow

__all__ = ["InitiativeEntry", "InitiativesPage", "Purse", "ServedObjective"]


@dataclass(frozen=True, slots=True)
class ServedObjective:
    """An objective of the unit, with how it stands."""

    key: str
    name: str
    mark: StatusMark
    score: float | None


@dataclass(frozen=True, slots=True)
class InitiativeEntry:
    """An initiative and what it serves here."""

    row: InitiativeRow
    objectives: tuple[ServedObjective, ...]


@dataclass(frozen=True, slots=True)
class Purse:
    """Money of all listed initiatives together. `spent` is everything; `unbudgeted` of it by those without a budget.

    `without_budget` counts those: the share is of budgets, and what nobody budgeted stands beside it. `hidden` counts
    those of all `listed` whose money is not the viewer's to see; it is in no sum.
    """

    budget: Decimal
    spent: Decimal
    unbudgeted: Decimal
    without_budget: int
    hidden: int
    listed: int
    currency: str

    @property
    def shows_any(self) -> bool:
        """Whether there is money of at least one to show."""
        return self.hidden < self.listed

    @property
    def budget_text(self) -> str:
        """In whole units of the currency."""
        return self._text(self.budget)

    @property
    def spent_text(self) -> str:
        """Everything spent, likewise."""
        return self._text(self.spent)

    @property
    def budgeted_text(self) -> str:
        """What was spent of the budgets, likewise."""
        return self._text(self.spent - self.unbudgeted)

    @property
    def unbudgeted_text(self) -> str:
        """What was spent without one, likewise."""
        return self._text(self.unbudgeted)

    @property
    def share_text(self) -> str:
        """Whole percents of the budgets that are spent."""
        share = float(100 * (self.spent - self.unbudgeted) / self.budget) if self.budget else None
        return display_number(share, decimals=0).text

    def _text(self, money: Decimal) -> str:
        return str(display_number(money, decimals=0, unit_of_measure=self.currency))


@dataclass(frozen=True, slots=True)
class InitiativesPage:
    """Everything on the page. `unserved` are objectives off target that nothing planned or running serves."""

    place: PageContext
    entries: tuple[InitiativeEntry, ...]
    timeline: Timeline
    purse: Purse
    unserved: tuple[ServedObjective, ...]

    @property
    def keys(self) -> list[str]:
        """Every initiative, in order: what slots answer for."""
        return [entry.row.key for entry in self.entries]

    @property
    def report_keys(self) -> list[str]:
        """What the slot `report.notes` answers for."""
        return [f"initiative/{key}" for key in self.keys]

    @property
    def late(self) -> int:
        """Initiatives past their end, or with a milestone whose day has passed."""
        return sum(entry.row.is_overdue or entry.row.overdue > 0 for entry in self.entries)

    @property
    def running(self) -> int:
        """Initiatives under way."""
        return sum(entry.row.status.value == "active" for entry in self.entries)
