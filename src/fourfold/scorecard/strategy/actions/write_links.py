"""Write what hangs on objectives: arrows, measures with their weights, and initiatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from fourfold.engine import definitions
from fourfold.platform.audit.changes import Changes
from fourfold.scorecard.initiatives.models import Initiative
from fourfold.scorecard.measures.models import Measure
from fourfold.scorecard.strategy.models import (
    CausalLink,
    IdentityLink,
    Objective,
    ObjectiveInitiative,
    ObjectiveMeasure,
    ObjectiveMeasureWeight,
)
from fourfold.scorecard.strategy.models.objective import ObjectiveUnknown

__all__ = [
    "MeasurePlace",
    "ServedObjective",
    "write_causal_links",
    "write_identity_links",
    "write_measure_places",
    "write_served_objectives",
]

Ends = tuple[str, str]
"""Two keys: where a link comes from and where it leads."""


@dataclass(frozen=True, slots=True)
class MeasurePlace:
    """A measure's `place`-th share in an objective."""

    measure: str
    place: int
    share: definitions.ObjectiveShare


@dataclass(frozen=True, slots=True)
class ServedObjective:
    """The `place`-th objective that an initiative lists."""

    initiative: str
    place: int
    objective: str


@transaction.atomic
def write_causal_links(changed: Changes[Ends, definitions.CausalLink], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    for source, target in changed.superseded:
        CausalLink.objects.filter(source__key=source, target__key=target).known_at(None).close(seq=seq)
    ids = _objective_ids()
    CausalLink.objects.bulk_create(
        CausalLink(
            source_id=_objective(link.thing.source, ids),
            target_id=_objective(link.thing.target, ids),
            seq=seq,
            ordinal=link.ordinal,
            sign=link.thing.sign,
            lag_months=link.thing.lag_months,
            strength=link.thing.strength,
            evidence=link.thing.evidence.value,
            hypothesis=link.thing.hypothesis,
            feedback=link.thing.feedback,
        )
        for link in changed.put
    )


@transaction.atomic
def write_identity_links(changed: Changes[Ends, definitions.IdentityLink], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    for source, target in changed.superseded:
        IdentityLink.objects.filter(source__key=source, target__key=target).known_at(None).close(seq=seq)
    ids = _objective_ids()
    IdentityLink.objects.bulk_create(
        IdentityLink(
            source_id=_objective(link.thing.source, ids),
            target_id=_objective(link.thing.target, ids),
            seq=seq,
            ordinal=link.ordinal,
            sentence=link.thing.sentence,
        )
        for link in changed.put
    )


@transaction.atomic
def write_measure_places(changed: Changes[Ends, MeasurePlace], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    for measure, objective in changed.superseded:
        links = ObjectiveMeasure.objects.filter(measure__key=measure, objective__key=objective)
        links.known_at(None).close(seq=seq)
    ids, measures = _objective_ids(), dict(Measure.objects.values_list("key", "pk"))
    rows = ObjectiveMeasure.objects.bulk_create(
        ObjectiveMeasure(
            measure_id=measures[placed.thing.measure],
            objective_id=_objective(placed.thing.share.objective, ids),
            seq=seq,
            place=placed.thing.place,
            critical=placed.thing.share.critical,
        )
        for placed in changed.put
    )
    ObjectiveMeasureWeight.objects.bulk_create(
        ObjectiveMeasureWeight(link=row, place=place, weight=weight.weight, valid_from=weight.valid_from)
        for row, placed in zip(rows, changed.put, strict=True)
        for place, weight in enumerate(placed.thing.share.weights)
    )


@transaction.atomic
def write_served_objectives(changed: Changes[Ends, ServedObjective], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    for initiative, objective in changed.superseded:
        links = ObjectiveInitiative.objects.filter(initiative__key=initiative, objective__key=objective)
        links.known_at(None).close(seq=seq)
    ids, initiatives = _objective_ids(), dict(Initiative.objects.values_list("key", "pk"))
    ObjectiveInitiative.objects.bulk_create(
        ObjectiveInitiative(
            initiative_id=initiatives[placed.thing.initiative],
            objective_id=_objective(placed.thing.objective, ids),
            seq=seq,
            place=placed.thing.place,
        )
        for placed in changed.put
    )


def _objective_ids() -> dict[str, int]:
    return dict(Objective.objects.values_list("key", "pk"))


def _objective(key: str, ids: Mapping[str, int]) -> int:
    if key not in ids:
        raise ObjectiveUnknown(key=key)
    return ids[key]
