"""Objectives as known, and what stands under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from fourfold.engine import definitions
from fourfold.engine.quantities import Weight
from fourfold.scorecard.strategy.models import ObjectiveInitiative, ObjectiveMeasure, ObjectiveVersion

__all__ = ["known_objectives", "measures_of_objectives", "objectives_of_initiatives"]


class _WeightRow(Protocol):
    weight: float
    valid_from: date | None


def known_objectives(as_of_seq: int | None = None) -> tuple[definitions.Objective, ...]:
    """In listed order, with weights, themes and cascade."""
    rows = (
        ObjectiveVersion.objects.known_at(as_of_seq)
        .select_related("objective", "perspective", "owner", "unit")
        .prefetch_related("themes__theme", "weights", "contributions__contributes_to")
        .order_by("ordinal", "pk")
    )
    return tuple(_objective(row) for row in rows)


def _objective(row: ObjectiveVersion) -> definitions.Objective:
    return definitions.Objective(
        key=row.objective.key,
        name=row.name,
        description=row.description,
        perspective=row.perspective.key,
        themes=tuple(link.theme.key for link in row.themes.all()),
        owner=row.owner.key if row.owner else None,
        units=definitions.UnitSelector(row.unit.key, tuple(row.unit_levels), tuple(row.unit_keys)),
        weights=_weights(row.weights.all()),
        contributes_to=tuple(
            (link.contributes_to.key, definitions.ContributionMode(link.mode))
            for link in row.contributions.all()
        ),
        rollup=definitions.RollupMethod(row.rollup),
    )


def _weights(rows: Iterable[_WeightRow]) -> tuple[definitions.WeightFrom, ...]:
    return tuple(definitions.WeightFrom(Weight(row.weight), row.valid_from) for row in rows)


def measures_of_objectives(as_of_seq: int | None = None) -> dict[str, tuple[definitions.ObjectiveShare, ...]]:
    """For each measure's key its places under objectives, in the order the measure lists them."""
    rows = (
        ObjectiveMeasure.objects.known_at(as_of_seq)
        .select_related("objective", "measure")
        .prefetch_related("weights")
        .order_by("measure_id", "place", "pk")
    )
    shares: dict[str, list[definitions.ObjectiveShare]] = defaultdict(list)
    for row in rows:
        share = definitions.ObjectiveShare(row.objective.key, _weights(row.weights.all()), row.critical)
        shares[row.measure.key].append(share)
    return {measure: tuple(places) for measure, places in shares.items()}


def objectives_of_initiatives(as_of_seq: int | None = None) -> dict[str, tuple[str, ...]]:
    """For each initiative's key the objectives it serves, in the order it lists them."""
    rows = ObjectiveInitiative.objects.known_at(as_of_seq).order_by("initiative_id", "place", "pk")
    served: dict[str, list[str]] = defaultdict(list)
    for initiative, objective in rows.values_list("initiative__key", "objective__key"):
        served[initiative].append(objective)
    return {initiative: tuple(objectives) for initiative, objectives in served.items()}
