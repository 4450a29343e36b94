"""What the forms of an import let somebody choose from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fourfold.engine.definitions import Definitions, Unit
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries import known_definitions
from fourfold.scorecard.evaluation.queries.sight import units_in_sight

__all__ = ["Choice", "Choices", "Group", "read_choices"]

Choice = tuple[str, str]
"""A key and what a person reads for it."""

Group = tuple[str, tuple[Choice, ...]]
"""A heading over choices."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Units are those whose values the person may import, root first; objectives stand under their perspectives.

    `may_define_units` and `may_define_measures` say whether what a file brings along may be created by them at all.
    """

    root: str
    units: tuple[Choice, ...]
    levels: tuple[str, ...]
    measures: tuple[Choice, ...]
    objectives: tuple[Group, ...]
    perspectives: tuple[Choice, ...]
    people: tuple[Choice, ...]
    may_define_units: bool
    may_define_measures: bool
    may_keep_mappings: bool


def read_choices(scope: Scope) -> Choices:
    """As defined now; one reading of the definitions.

    Raises:
        NotFounded, NotPermitted.
    """
    scope.require_to(Act.IMPORT_VALUES)
    definitions = known_definitions()
    readable = units_in_sight(definitions, scope)
    measures = [each for each in definitions.measures if each.units.unit in readable]
    units = [each for each in definitions.units if scope.may(Act.IMPORT_VALUES, unit=each.key)]
    return Choices(
        root=definitions.units[0].key,
        units=tuple((each.key, _indented(each, definitions)) for each in units),
        levels=tuple(dict.fromkeys(each.level for each in definitions.units)),
        measures=tuple(sorted(((each.key, each.name) for each in measures), key=_by_name)),
        objectives=_objectives(definitions, readable),
        perspectives=tuple((each.key, each.name) for each in definitions.perspectives),
        people=tuple(
            (person.key, person.name)
            for person in definitions.people
            if any(scope.sees(role.unit) for role in person.memberships)
        ),
        may_define_units=scope.may(Act.EDIT_UNITS),
        may_define_measures=scope.may(Act.EDIT_MEASURES),
        may_keep_mappings=scope.may(Act.EDIT_MAPPINGS),
    )


def _by_name(choice: Choice) -> str:
    return choice[1].casefold()


def _objectives(definitions: Definitions, readable: Collection[str]) -> tuple[Group, ...]:
    return tuple(
        (
            perspective.name,
            tuple(
                (each.key, each.name)
                for each in definitions.objectives
                if each.perspective == perspective.key and each.units.unit in readable
            ),
        )
        for perspective in definitions.perspectives
    )


def _indented(unit: Unit, definitions: Definitions) -> str:
    """Depth as dashes: an option of a list can show no tree."""
    parents = {each.key: each.parent for each in definitions.units}
    depth, here = 0, unit.parent
    while here is not None:
        depth, here = depth + 1, parents.get(here)
    return f"{'– ' * depth}{unit.name}"
