"""Between which days a changed unit changes what it and the units above it are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Unit
from fourfold.scorecard.evaluation.queries.final_months import FinalValuesChange, Span

__all__ = [
    "UnitDaysInFinalPeriod",
    "UnitMovedInFinalPeriod",
    "UnitRetiredInFinalPeriod",
    "spans_of_days",
    "spans_of_move",
]

DAY = timedelta(days=1)
SECOND_DAY, LAST_DAY = date.min + DAY, date.max - DAY  # beside them a day still has a neighbour


class UnitMovedInFinalPeriod(FinalValuesChange):
    sentence = _(
        "{period} is final for “{unit}”; a unit moves with all its past, so what it shows would change."
    )
    remedy = _(
        "Close this unit on a day and open a new one below the other parent, or have the period reopened."
    )


class UnitDaysInFinalPeriod(FinalValuesChange):
    sentence = _("{period} is final for “{unit}”; with these days its values would change.")
    remedy = _("Choose days after the closed periods, or have the period reopened for a restatement.")


class UnitRetiredInFinalPeriod(FinalValuesChange):
    sentence = _(
        "{period} is final for “{unit}”; a unit is retired with all its past, so what it shows would change."
    )
    remedy = _("Close the unit on a day after the closed periods, or have the period reopened.")


def spans_of_move(before: Unit, after: Unit, *, units: Sequence[Unit]) -> dict[str, Span]:
    """A moved unit: it, all below it and both parents, as long as it exists.

    What is final above a unit is final for it too, so the units further up need not be asked.
    """
    if before.parent == after.parent:
        return {}
    touched = {before.key}
    for unit in units:  # parents stand before their children
        if unit.parent in touched:
            touched.add(unit.key)
    touched |= {parent for parent in (before.parent, after.parent) if parent}
    return dict.fromkeys(touched, (before.valid_from, before.valid_to))


def spans_of_days(before: Unit | None, after: Unit) -> list[dict[str, Span]]:
    """The days that a unit gains or loses; a new one gains all of its own, and its parent with it."""
    if before is None:
        return [{after.parent: (after.valid_from, after.valid_to)}] if after.parent else []
    spans: list[Span] = []
    opened = [day for day in (before.valid_from, after.valid_from) if day]
    if before.valid_from != after.valid_from:
        spans.append((min(opened) if len(opened) == 2 else None, max(*opened, SECOND_DAY) - DAY))
    closed = [day for day in (before.valid_to, after.valid_to) if day]
    if before.valid_to != after.valid_to:
        spans.append((min(*closed, LAST_DAY) + DAY, max(closed) if len(closed) == 2 else None))
    return [{after.key: span} for span in spans]
