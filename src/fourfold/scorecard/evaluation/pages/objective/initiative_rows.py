"""The initiatives that serve an objective, held against the calendar and the purse."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from fourfold.engine.definitions import Definitions, Initiative, InitiativeStatus, Milestone
from fourfold.scorecard.evaluation.pages.objective.page import InitiativeRow, MilestoneRow

__all__ = ["initiative_rows", "rows_of", "undertaken"]

_OPEN = (InitiativeStatus.PLANNED, InitiativeStatus.ACTIVE)


def initiative_rows(
    objective: str, *, definitions: Definitions, today: date, visible: Collection[str] | None = None
) -> tuple[InitiativeRow, ...]:
    """In listed order; what is finished or stopped is never overdue."""
    serving = [each for each in definitions.initiatives if objective in each.objectives]
    return rows_of(serving, definitions=definitions, today=today, visible=visible)


def undertaken(definitions: Definitions, *, served: Collection[str], unit: str) -> list[Initiative]:
    """What a unit with these objectives undertakes, in listed order; at the root also what serves none."""
    is_root = unit == definitions.units[0].key
    return [
        each
        for each in definitions.initiatives
        if any(key in served for key in each.objectives) or (is_root and not each.objectives)
    ]


def rows_of(
    initiatives: Iterable[Initiative],
    *,
    definitions: Definitions,
    today: date,
    visible: Collection[str] | None = None,
) -> tuple[InitiativeRow, ...]:
    """These initiatives, in their order; with their money where all units they belong to are `visible` (None: all)."""
    names = {person.key: person.name for person in definitions.people}
    homes = {each.key: each.units.unit for each in definitions.objectives}
    root, currency = definitions.units[0].key, definitions.organisation.currency
    rows = []
    for each in initiatives:
        row = _row(each, owner_name=names.get(each.owner or "", ""), currency=currency, today=today)
        belongs_to = {homes[key] for key in each.objectives if key in homes} or {root}
        rows.append(row if visible is None or belongs_to <= set(visible) else row.without_money())
    return tuple(rows)


def _row(initiative: Initiative, *, owner_name: str, currency: str, today: date) -> InitiativeRow:
    is_open = initiative.status in _OPEN
    return InitiativeRow(
        key=initiative.key,
        name=initiative.name,
        description=initiative.description,
        owner_name=owner_name,
        status=initiative.status,
        start=initiative.start,
        end=initiative.end,
        is_overdue=is_open and initiative.end is not None and initiative.end < today,
        elapsed=_elapsed(initiative, today=today),
        milestones=tuple(_milestone(each, is_open=is_open, today=today) for each in initiative.milestones),
        budget=initiative.budget,
        spent=initiative.spent,
        spent_share=_share(initiative.spent, initiative.budget),
        currency=currency,
    )


def _milestone(milestone: Milestone, *, is_open: bool, today: date) -> MilestoneRow:
    is_overdue = is_open and milestone.done is None and milestone.due < today
    return MilestoneRow(milestone.name, milestone.due, milestone.done, is_overdue)


def _elapsed(initiative: Initiative, *, today: date) -> float | None:
    """How much of the planned time has passed, in percent."""
    if initiative.start is None or initiative.end is None:
        return None
    days = (initiative.end - initiative.start).days + 1
    passed = min(max((today - initiative.start).days, 0), days)
    return 100.0 * passed / days


def _share(part: Decimal | None, whole: Decimal | None) -> float | None:
    return None if part is None or not whole else float(100 * part / whole)
