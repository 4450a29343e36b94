"""Definitions with the units and measures that an import brings along."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from django.utils.text import slugify

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    Definitions,
    Measure,
    MeasureRole,
    MeasureVersion,
    Objective,
    ObjectiveShare,
    OrgValues,
    ThresholdBasis,
    Thresholds,
    Tier,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.quantities import AggregationKind, GoalType, Weight
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit

__all__ = ["objective_key", "with_proposals"]

LONGEST_KEY = 64


def with_proposals(
    definitions: Definitions, *, units: Sequence[ProposedUnit], measures: Sequence[ProposedMeasure]
) -> Definitions:
    """What is there already under a proposed key stays as it is, so the same proposal twice changes nothing."""
    known_units = {unit.key for unit in definitions.units}
    known_measures = {measure.key for measure in definitions.measures}
    root = definitions.units[0].key
    more_units = [_unit(each, root=root) for each in units if each.key not in known_units]
    people = {person.key for person in definitions.people}
    more_measures = [
        _measure(each, root=root, people=people) for each in measures if each.key not in known_measures
    ]
    known_objectives = {objective.key for objective in definitions.objectives}
    more_objectives = {
        objective.key: objective
        for objective in (_objective(each, root=root) for each in measures if each.objective_name)
        if objective.key not in known_objectives
    }
    return replace(
        definitions,
        units=(*definitions.units, *more_units),
        objectives=(*definitions.objectives, *more_objectives.values()),
        # By key, as everywhere: sums run in this order.
        measures=tuple(sorted((*definitions.measures, *more_measures), key=lambda each: each.key)),
    )


def _unit(proposed: ProposedUnit, *, root: str) -> Unit:
    return Unit(proposed.key, proposed.name, proposed.parent or root, proposed.level, _day(proposed.since))


def _day(since: str) -> date | None:
    return date.fromisoformat(since) if since else None


def _objective(proposed: ProposedMeasure, *, root: str) -> Objective:
    """Without a description, which the wording linter asks for, and without a link, which the map's rules ask for."""
    return Objective(
        key=objective_key(proposed.objective_name),
        name=proposed.objective_name,
        description="",
        perspective=proposed.perspective,
        themes=(),
        owner=None,
        units=UnitSelector(root),
        weights=(WeightFrom(Weight(1.0)),),
    )


def objective_key(name: str) -> str:
    """The slug of a name: two measures that name the same new objective share it."""
    key = slugify(name).replace("_", "-")[:LONGEST_KEY].strip("-")
    return key if key[:1].isalpha() else f"objective-{key}"[:LONGEST_KEY].strip("-")


def _measure(proposed: ProposedMeasure, *, root: str, people: Collection[str]) -> Measure:
    goal = GoalType(proposed.goal)
    version = MeasureVersion(
        number=1,
        valid_from=_day(proposed.since),
        kind=AggregationKind(proposed.kind),
        unit_of_measure=proposed.unit_of_measure,
        goal=goal,
        frequency=Frequency(proposed.frequency),
        thresholds=Thresholds(ThresholdBasis.SHARE),
        role=MeasureRole.LAG,
        tier=Tier.OPERATIONAL,
        owner=proposed.owner if proposed.owner in people else None,
        steward=proposed.steward if proposed.steward in people else None,
        operational_definition=proposed.operational_definition,
        org_values=OrgValues(proposed.org_values),
        decimals=proposed.decimals,
        multiplier=100.0 if proposed.unit_of_measure == "%" and proposed.kind == "ratio" else 1.0,
    )
    objective = objective_key(proposed.objective_name) if proposed.objective_name else proposed.objective
    share = ObjectiveShare(objective, (WeightFrom(Weight(1.0)),))
    return Measure(
        key=proposed.key,
        name=proposed.name,
        objectives=(share,) if objective else (),
        units=UnitSelector(proposed.unit or root),
        versions=(version,),
    )
