"""What the measure form offers to choose from, for one person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from fourfold.engine.canonical import without_remainder
from fourfold.engine.definitions import Definitions, Measure, Unit
from fourfold.governance.changes.drafts.sight import in_sight
from fourfold.governance.changes.pages.measure_draft import initial_from
from fourfold.governance.changes.pages.measure_formula import operands_of
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import month_begun
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.actions.change_definitions import edition
from fourfold.scorecard.evaluation.pages.window import number_or_none
from fourfold.scorecard.evaluation.queries import current_evaluation, last_complete_period
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.evaluation.queries.sight import units_in_sight
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = [
    "MeasureChoices",
    "Operand",
    "editable_measure",
    "formula_sight",
    "listed_measures",
    "measure_choices",
]

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Operand:
    """A measure that a formula may read."""

    key: str
    name: str
    unit_of_measure: str


@dataclass(frozen=True, slots=True)
class MeasureChoices:
    """Everything selectable. `measure` is None for a new one; `initial` is what the form begins with."""

    objectives: tuple[Choice, ...]
    units: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    keys: tuple[Choice, ...]
    people: tuple[Choice, ...]
    operands: tuple[Operand, ...]
    initial: dict[str, Any]
    measure: str = ""
    name: str = ""
    edition: str = ""
    retired_on: date | None = None


def measure_choices(
    scope: Scope, *, key: str = "", unit: str = "", objective: str = "", at: datetime
) -> MeasureChoices:
    """For a new measure, or for the one named.

    Raises:
        NotPermitted, OutOfScope, MeasureUnknown, NotFounded.
    """
    known = known_definitions()
    measure = editable_measure(known, key, scope=scope) if key else None
    permitted = _permitted_units(known, scope)
    if not permitted:
        raise NotPermitted(act=Act.EDIT_MEASURES.value, unit="")
    start = unit if unit in dict(permitted) else permitted[0][0]
    initial = (
        {**initial_from(measure), **_tried(measure, scope=scope, at=at)}
        if measure
        else _fresh(start, objective, since=month_begun(known.organisation, at=at))
    )
    seen = in_sight(known, scope)
    return MeasureChoices(
        objectives=_objectives(seen, known=known, measure=measure),
        units=permitted,
        levels=tuple((level, level) for level in dict.fromkeys(each.level for each in seen.units)),
        keys=_indented(known, [each for each in known.units if scope.sees(each.key)]),
        people=_people(seen, known=known, measure=measure),
        operands=tuple(
            Operand(each.key, each.name, each.versions[-1].unit_of_measure)
            for each in listed_measures(known, scope=scope)
            if each.key != key
        ),
        initial=initial,
        measure=key,
        name=measure.name if measure else "",
        edition=edition(measure) if measure else "",
        retired_on=measure.retired_on if measure else None,
    )


def _objectives(seen: Definitions, *, known: Definitions, measure: Measure | None) -> tuple[Choice, ...]:
    """Those in sight, and those the measure serves already: a form loses nothing."""
    served = {share.objective for share in measure.objectives} if measure else set()
    offered = {each.key for each in seen.objectives} | served
    return tuple((each.key, each.name) for each in known.objectives if each.key in offered)


def _people(seen: Definitions, *, known: Definitions, measure: Measure | None) -> tuple[Choice, ...]:
    """Those with a role in sight, and who answers for the measure already."""
    last = measure.versions[-1] if measure else None
    offered = {person.key for person in seen.people} | ({last.owner, last.steward} if last else set())
    return tuple((person.key, person.name) for person in known.people if person.key in offered)


def editable_measure(known: Definitions, key: str, *, scope: Scope) -> Measure:
    """The measure, once it is known to be there, in sight, and this person's to edit.

    Raises:
        MeasureUnknown: also of one out of sight. NotPermitted.
    """
    found = next((each for each in listed_measures(known, scope=scope) if each.key == key), None)
    if found is None:
        raise MeasureUnknown(key=key)
    scope.require_to(Act.EDIT_MEASURES, unit=found.units.unit)
    return found


def listed_measures(known: Definitions, *, scope: Scope) -> list[Measure]:
    """The measures whose wording a person may read: declared in their sight, or above it (DESIGN §5, Visibility)."""
    readable = units_in_sight(known, scope)
    return [measure for measure in known.measures if measure.units.unit in readable]


def formula_sight(known: Definitions, key: str, *, scope: Scope) -> Definitions:
    """The definitions with only those measures that this person's formula for `key` may read: whose wording they may
    read too, and those that it reads already (TRUST §2 row 6). Others are not even known to be there."""
    read = {
        operand
        for measure in known.measures
        if measure.key == key
        for version in measure.versions
        for operand in operands_of(version.formula)
    }
    readable = {measure.key for measure in listed_measures(known, scope=scope)} | read
    return replace(known, measures=tuple(each for each in known.measures if each.key in readable))


def _tried(measure: Measure, *, scope: Scope, at: datetime) -> dict[str, float | None]:
    """Value and target of the last complete period, where the declaring unit shows them."""
    unit = measure.units.unit
    if not scope.sees(unit):
        return {}
    page = last_complete_period(scope, unit, at=at)
    found = current_evaluation(scope, unit, at=at, measures=(measure.key,)).evaluation
    if not found.has(page):
        return {}
    results = found.at(page.grain)
    where = (found.measure_index(measure.key), results.position(page.ordinal), 0)
    return {
        "try_target": _by_hand(results.measures.target[where]),
        "try_value": _by_hand(results.measures.value[where]),
    }


def _by_hand(number: float) -> float | None:
    """With every digit, so that the curve says what the scorecard says, and without what adding up left behind."""
    found = number_or_none(number)
    return None if found is None else without_remainder(found)


def _permitted_units(known: Definitions, scope: Scope) -> tuple[Choice, ...]:
    allowed = [unit for unit in known.units if scope.may(Act.EDIT_MEASURES, unit=unit.key)]
    return _indented(known, allowed)


def _indented(known: Definitions, units: list[Unit]) -> tuple[Choice, ...]:
    """Names set in by their depth, parents before children as the tree is listed."""
    parents = {unit.key: unit.parent for unit in known.units}

    def depth(key: str) -> int:
        above = parents[key]
        return 0 if above is None else 1 + depth(above)

    return tuple((unit.key, f"{'  ' * depth(unit.key)}{unit.name}") for unit in units)


def _fresh(unit: str, objective: str, *, since: date) -> dict[str, Any]:
    return {
        "unit": unit,
        "valid_from": since,
        "objectives": [objective] if objective else [],
        "weight": 1,
        "role": "lag",
        "source": "entered",
        "kind": "flow",
        "missing_operand": "propagate",
        "org_values": "aggregated",
        "frequency": "month",
        "decimals": 1,
        "goal": "maximise",
        "basis": "share",
        "tier": "management",
        "due_days": 10,
        "grace_periods": 1,
        "try_target": 100,
        "try_value": 95,
    }
