"""Definitions → `strategy.yaml` and `units.yaml`. What has its default value is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.definitions import (
    CausalLink,
    Definitions,
    EvidenceState,
    Initiative,
    Objective,
    Organisation,
    Person,
    RollupMethod,
    Strategy,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.folder.schema.strategy_schema import FORMAT, WEEKDAYS
from fourfold.folder.writing.yaml_text import Value

__all__ = ["selector_fields", "strategy_document", "units_document", "weight_value", "without_nothing"]


def strategy_document(definitions: Definitions) -> dict[str, Value]:
    """Everything but units, measures and targets."""
    root = definitions.units[0].key
    return without_nothing(
        {
            "format": FORMAT,
            "organisation": _organisation(definitions.organisation),
            "strategy": _strategy(definitions.strategy),
            "policies": [
                without_nothing(
                    {
                        "key": each.key,
                        "value": each.value,
                        "scope": each.scope,
                        "version": each.version,
                        "reason": each.reason,
                    }
                )
                for each in definitions.policies
            ],
            "perspectives": [
                without_nothing({"key": each.key, "name": each.name, "question": each.question})
                for each in definitions.perspectives
            ],
            "themes": [
                without_nothing({"key": each.key, "name": each.name, "result": each.result})
                for each in definitions.themes
            ],
            "objectives": [_objective(each, root=root) for each in definitions.objectives],
            "causal_links": [_causal_link(each) for each in definitions.causal_links],
            "identity_links": [
                {"from": each.source, "to": each.target, "sentence": each.sentence}
                for each in definitions.identity_links
            ],
            "initiatives": [_initiative(each) for each in definitions.initiatives],
            "people": [_person(each) for each in definitions.people],
        }
    )


def without_nothing(fields: Mapping[str, Value | None]) -> dict[str, Value]:
    """Without what nobody said: None, empty texts, empty lists, empty mappings."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and not (isinstance(value, str | list | tuple | dict) and not value)
    }


def _organisation(organisation: Organisation) -> dict[str, Value]:
    return without_nothing(
        {
            "key": organisation.key,
            "name": organisation.name,
            "time_zone": organisation.time_zone,
            "currency": organisation.currency,
            "calendar": _calendar(organisation.calendar),
            "clock": organisation.clock,
        }
    )


def _calendar(calendar: FiscalCalendar) -> dict[str, Value]:
    ordinary = FiscalCalendar()
    return without_nothing(
        {
            "kind": str(calendar.kind),
            "start_month": unless(calendar.start_month, ordinary.start_month),
            "named_by": str(calendar.named_by) if calendar.named_by else None,
            "week_ends_on": WEEKDAYS[calendar.week_ends_on]
            if calendar.week_ends_on != ordinary.week_ends_on
            else None,
            "anchor_month": unless(calendar.anchor_month, ordinary.anchor_month),
            "rule": unless(str(calendar.rule), str(ordinary.rule)),
        }
    )


def unless(value: Value, default: Value) -> Value | None:
    """The value, or nothing where it is the default."""
    return None if value == default else value


def _strategy(strategy: Strategy) -> dict[str, Value]:
    horizon = without_nothing({"from": strategy.horizon_from, "to": strategy.horizon_to})
    return without_nothing(
        {
            "vision": strategy.vision,
            "mission": strategy.mission,
            "core_values": strategy.core_values,
            "horizon": horizon,
        }
    )


def _objective(objective: Objective, *, root: str) -> dict[str, Value]:
    return without_nothing(
        {
            "key": objective.key,
            "name": objective.name,
            "description": objective.description,
            "perspective": objective.perspective,
            "themes": objective.themes,
            "owner": objective.owner,
            **selector_fields(objective.units, root=root),
            "weight": weight_value(objective.weights),
            "contributes_to": [
                {"objective": key, "mode": str(mode)} for key, mode in objective.contributes_to
            ],
            "rollup": unless(str(objective.rollup), str(RollupMethod.ARITHMETIC)),
        }
    )


def selector_fields(selector: UnitSelector, *, root: str) -> dict[str, Value | None]:
    """`unit` and `units` of an objective or a measure."""
    since = {unit: day.isoformat() for unit, day in selector.since}
    narrowed = without_nothing({"levels": selector.levels, "keys": selector.keys, "since": since})
    return {"unit": unless(selector.unit, root), "units": narrowed}


def weight_value(weights: Iterable[WeightFrom]) -> Value | None:
    """A single weight as a number, nothing for 1, a list where it changes over time."""
    listed = list(weights)
    if len(listed) == 1 and listed[0].valid_from is None:
        return unless(float(listed[0].weight), 1.0)
    return [without_nothing({"from": each.valid_from, "weight": float(each.weight)}) for each in listed]


def _causal_link(link: CausalLink) -> dict[str, Value]:
    return without_nothing(
        {
            "from": link.source,
            "to": link.target,
            "sign": "+" if link.sign > 0 else "-",
            "lag_months": link.lag_months,
            "strength": link.strength,
            "evidence": unless(str(link.evidence), str(EvidenceState.ASSERTED)),
            "hypothesis": link.hypothesis,
            "feedback": unless(link.feedback, False),
        }
    )


def _initiative(initiative: Initiative) -> dict[str, Value]:
    return without_nothing(
        {
            "key": initiative.key,
            "name": initiative.name,
            "owner": initiative.owner,
            "objectives": initiative.objectives,
            "start": initiative.start,
            "end": initiative.end,
            "status": str(initiative.status),
            "budget": initiative.budget,
            "spent": initiative.spent,
            "milestones": [
                without_nothing({"name": each.name, "due": each.due, "done": each.done})
                for each in initiative.milestones
            ],
            "description": initiative.description,
        }
    )


def _person(person: Person) -> dict[str, Value]:
    roles = [{"role": each.role, "unit": each.unit} for each in person.memberships]
    return without_nothing({"key": person.key, "name": person.name, "email": person.email, "roles": roles})


def units_document(units: Iterable[Unit]) -> dict[str, Value]:
    """The tree, nested; children in listed order."""
    below: dict[str | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent, []).append(unit)
    return {"units": [_unit(root, below) for root in below.get(None, [])]}


def _unit(unit: Unit, below: Mapping[str | None, list[Unit]]) -> dict[str, Value]:
    return without_nothing(
        {
            "key": unit.key,
            "name": unit.name,
            "level": unit.level,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "units": [_unit(child, below) for child in below.get(unit.key, [])],
        }
    )
