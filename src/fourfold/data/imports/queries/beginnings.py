"""Units that nobody has brought a value for yet, and measures whose parts make no whole."""

from __future__ import annotations

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries import known_definitions
from fourfold.scorecard.measures.models import Observation
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = [
    "has_no_value_yet",
    "is_at_the_beginning",
    "known_any_values",
    "measures_with_values",
    "measures_without_a_whole",
]

BEGINNING = (
    100_000  # rows of the ledger; beyond, whoever has an empty unit has long found the way, and looking costs
)


def is_at_the_beginning() -> bool:
    """Whether the ledger is short enough to look for what is missing in it. One query."""
    return head_seq() <= BEGINNING


def known_any_values() -> bool:
    """Whether a single observation was ever taken, wherever. For compiling, never for showing: no scope. One query."""
    return Observation.objects.exists()


def has_no_value_yet(unit: str, *, scope: Scope) -> bool:
    """Whether neither this unit nor one below it has a row. Two queries."""
    units = Unit.objects.visible_to(scope)
    inside = units.at_or_below(*units.filter(key=unit))
    return not Observation.objects.visible_to(scope).filter(unit__in=inside).exists()


def measures_with_values(scope: Scope) -> frozenset[str]:
    """Keys of the measures of which anybody in sight has a row. One query over the ledger: only at the beginning."""
    rows = Observation.objects.visible_to(scope).order_by("measure__key")
    return frozenset(rows.values_list("measure__key", flat=True).distinct())


def measures_without_a_whole(unit: str, *, scope: Scope) -> tuple[str, ...]:
    """Keys of measures that only units below have values of, and that cannot be added up to this one.

    Three queries where every measure adds up, else five.
    """
    kinds = {each.key: each.versions[-1] for each in known_definitions().measures if each.versions}
    unadded = [key for key, last in kinds.items() if not last.kind.is_aggregable and last.formula is None]
    if not unadded:
        return ()
    units = Unit.objects.visible_to(scope)
    inside = units.at_or_below(*units.filter(key=unit))
    rows = Observation.objects.visible_to(scope).filter(measure__key__in=unadded, unit__in=inside)
    having = set(rows.order_by("measure__key").values_list("measure__key", "unit__key").distinct())
    whole = {measure for measure, where in having if where == unit}
    return tuple(sorted({measure for measure, where in having if where != unit} - whole))
