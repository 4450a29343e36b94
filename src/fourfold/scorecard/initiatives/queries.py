"""The initiatives as known, as the engine's frozen values."""

from __future__ import annotations

from decimal import Decimal

from fourfold.engine import definitions
from fourfold.scorecard.initiatives.models import InitiativeVersion

__all__ = ["known_initiatives"]


def known_initiatives(as_of_seq: int | None = None) -> tuple[definitions.Initiative, ...]:
    """Initiatives in listed order with their milestones; `objectives` is empty, for the strategy to fill."""
    rows = (
        InitiativeVersion.objects.known_at(as_of_seq)
        .select_related("initiative", "owner")
        .prefetch_related("milestones")
        .order_by("ordinal", "pk")
    )
    return tuple(_initiative(row) for row in rows)


def _initiative(row: InitiativeVersion) -> definitions.Initiative:
    return definitions.Initiative(
        key=row.initiative.key,
        name=row.name,
        owner=row.owner.key if row.owner else None,
        objectives=(),
        start=row.start,
        end=row.end,
        status=definitions.InitiativeStatus(row.status),
        milestones=tuple(
            definitions.Milestone(step.name, step.due, step.done) for step in row.milestones.all()
        ),
        budget=_money(row.budget),
        spent=_money(row.spent),
        description=row.description,
    )


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
