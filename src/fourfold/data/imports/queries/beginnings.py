"""Units that nobody has brought a value for yet, and measures whose parts make no whole."""

from __future__ import annotations

from django.db.models import Exists, Max, OuterRef

from fourfold.engine.quantities import AggregationKind
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.models import MeasureListing, Observation
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = ["has_no_value_yet", "is_at_the_beginning", "measures_with_values", "measures_without_a_whole"]

BEGINNING = (
    100_000  # rows of the ledger; beyond, whoever has an empty unit has long found the way, and looking costs
)
_UNADDED = [kind.value for kind in AggregationKind if not kind.is_aggregable]


def is_at_the_beginning() -> bool:
    """Whether the ledger is short enough to look for what is missing in it. One query."""
    return head_seq() <= BEGINNING


def has_no_value_yet(unit: str, *, scope: Scope) -> bool:
    """Whether neither this unit nor one below it has a row. Two queries."""
    units = Unit.objects.visible_to(scope)
    inside = units.at_or_below(*units.filter(key=unit))
    return not Observation.objects.visible_to(scope).filter(unit__in=inside).exists()


def measures_with_values(scope: Scope) -> frozenset[str]:
    """Keys of the measures of which anybody in sight has a row. One query."""
    rows = Observation.objects.visible_to(scope).filter(measure=OuterRef("measure"))
    listed = MeasureListing.objects.filter(Exists(rows), until_seq=None).order_by("measure__key")
    return frozenset(listed.values_list("measure__key", flat=True))


def measures_without_a_whole(unit: str, *, scope: Scope) -> tuple[str, ...]:
    """Names of measures that only units below have values of, and that cannot be added up to this one.

    One query where every measure adds up, else three.
    """
    listed = MeasureListing.objects.filter(
        until_seq=None, measure__versions__kind__in=_UNADDED, measure__versions__formula=None
    )
    names = dict(listed.order_by("measure__key").values_list("measure_id", "name"))
    if not names:
        return ()
    units = Unit.objects.visible_to(scope)
    inside = units.at_or_below(*units.filter(key=unit))
    rows = Observation.objects.visible_to(scope).filter(measure__in=list(names), unit__in=inside)
    found = rows.order_by("measure", "unit__key").values_list("measure", "unit__key").annotate(Max("seq"))
    having = {(measure, where) for measure, where, _seq in found}
    parts = {measure for measure, where in having if where != unit}
    return tuple(name for key, name in names.items() if key in parts and (key, unit) not in having)
