"""Making the initiatives' page, and the table of it, out of one evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import Initiative, InitiativeStatus
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import Status
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.drawings.timeline import Bar, Milestone, Timeline
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Table
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.initiatives.page import (
    InitiativeEntry,
    InitiativesPage,
    Purse,
    ServedObjective,
)
from fourfold.scorecard.evaluation.pages.objective.initiative_rows import rows_of, undertaken
from fourfold.scorecard.evaluation.pages.objective.page import InitiativeRow

__all__ = ["initiatives_page", "initiatives_table"]

_OPEN = (InitiativeStatus.PLANNED, InitiativeStatus.ACTIVE)
_NUMBER, _DATE = ColumnKind.NUMBER, ColumnKind.DATE


def initiatives_page(
    evaluation: Evaluation, *, unit: str, shown: GrainPeriod, visible: Collection[str] | None = None
) -> InitiativesPage:
    """The initiatives that serve an objective of the unit; at the root also those that serve none."""
    book = evaluation.book
    served = {each.key: each for each in _objectives(scorecard_tree(evaluation, unit=unit, period=shown))}
    here = undertaken(book.definitions, served=served, unit=unit)
    rows = rows_of(here, definitions=book.definitions, today=book.today, visible=visible)
    entries = tuple(_entry(row, each, served=served) for row, each in zip(rows, here, strict=True))
    helped = {key for each in here if each.status in _OPEN for key in each.objectives}
    return InitiativesPage(
        place=page_context(evaluation, unit=unit, shown=shown, visible=visible),
        entries=entries,
        timeline=Timeline(tuple(_bars(rows)), book.today),
        purse=_purse(rows, currency=book.definitions.organisation.currency),
        unserved=tuple(
            each for each in served.values() if each.mark.status is Status.RED and each.key not in helped
        ),
    )


_COLUMNS = (
    Column("Initiative key"),
    Column("Initiative"),
    Column("Status"),
    Column("Owner"),
    Column("Start", _DATE),
    Column("End", _DATE),
    Column("Overdue"),
    Column("Milestones", _NUMBER, decimals=0),
    Column("Reached", _NUMBER, decimals=0),
    Column("Budget", _NUMBER, decimals=2),
    Column("Spent", _NUMBER, decimals=2),
    Column("Currency"),
    Column("Serves"),
    Column("Analysis"),
)


def initiatives_table(page: InitiativesPage, notes: Mapping[str, str] = MappingProxyType({})) -> Table:
    """The list to take away; `notes`: by `initiative/<key>`, what the owner says of the period."""
    rows = [_cells(entry, notes.get(f"initiative/{entry.row.key}", "")) for entry in page.entries]
    about = [("Unit", page.place.unit_name), ("Statuses of", page.place.stepper.current.label)]
    if page.purse.hidden:
        about.append(("Initiatives whose money is not yours to see", str(page.purse.hidden)))
    return Table(f"Initiatives {page.place.unit_name}", _COLUMNS, rows, tuple(about))


def _cells(entry: InitiativeEntry, note: str) -> tuple[Cell, ...]:
    row = entry.row
    return (
        row.key,
        row.name,
        row.status.value,
        row.owner_name,
        row.start,
        row.end,
        "yes" if row.is_overdue else "",
        len(row.milestones),
        row.done,
        row.budget,
        row.spent,
        row.currency,
        "; ".join(objective.name for objective in entry.objectives),
        note,
    )


def _objectives(tree: ScorecardNode) -> Iterator[ServedObjective]:
    for perspective in tree.children:
        for node in perspective.children:
            mark = StatusMark(node.status, node.why, node.held)
            yield ServedObjective(node.key, node.name, mark, node.score)


def _entry(
    row: InitiativeRow, initiative: Initiative, *, served: dict[str, ServedObjective]
) -> InitiativeEntry:
    return InitiativeEntry(row, tuple(served[key] for key in initiative.objectives if key in served))


def _bars(rows: Sequence[InitiativeRow]) -> Iterator[Bar]:
    for row in rows:
        if row.start is None or row.end is None:
            continue
        stones = tuple(Milestone(each.name, each.due, each.done, each.is_overdue) for each in row.milestones)
        kind = "late" if row.is_overdue else row.status.value
        sentence = f"{row.name}: {row.start} to {row.end}, {kind}"
        yield Bar(row.name, row.start, row.end, kind, stones, sentence)


def _purse(rows: Sequence[InitiativeRow], *, currency: str) -> Purse:
    free = [row for row in rows if row.budget is None and not row.hides_money]
    return Purse(
        budget=sum((row.budget for row in rows if row.budget is not None), Decimal(0)),
        spent=_spent(rows),
        unbudgeted=_spent(free),
        without_budget=len(free),
        hidden=sum(row.hides_money for row in rows),
        listed=len(rows),
        currency=currency,
    )


def _spent(rows: Sequence[InitiativeRow]) -> Decimal:
    return sum((row.spent for row in rows if row.spent is not None), Decimal(0))
