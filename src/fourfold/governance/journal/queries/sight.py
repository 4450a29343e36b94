"""Whose eyes an event is for.

An event is about the units that it names: in its details (`unit`, `units`) or as its object (`unit/north`). One about
an objective, a measure or an initiative that names none is about the unit that declares it. Everything else (people,
policies, imports, the organisation) is about the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit.canonical import Json
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["Happening", "Sight", "sight_of", "units_named"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as recorded."""

    seq: int
    at: datetime
    actor: str
    action: str
    object: str
    details: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person sees of the journal.

    `seen` and `watched` are the units whose values they see, and where a role lets them read the journal (None: all).
    `owned` are the objects they answer for; `declared` says which unit a definition belongs to.
    """

    person: str
    seen: frozenset[str] | None
    watched: frozenset[str] | None
    owned: frozenset[str]
    declared: Mapping[str, frozenset[str]]

    def shows(self, event: Happening) -> bool:
        """Never an event that names a unit out of sight; else what one did, owns, or may watch over."""
        named = units_named(event)
        if self.seen is not None and not named <= self.seen:
            return False
        if self.watched is None or event.object in self.owned:
            return True
        if self.person and event.actor == self.person:
            return True
        places = named or self.declared.get(event.object, frozenset())
        return bool(places) and places <= self.watched


def units_named(event: Happening) -> frozenset[str]:
    """The keys of the units that the event itself names."""
    found = [event.details.get("unit"), *_listed(event.details.get("units"))]
    kind, _slash, key = event.object.partition("/")
    if kind == "unit":
        found.append(key)
    return frozenset(name for name in found if isinstance(name, str) and name)


def sight_of(scope: Scope, *, at: datetime) -> Sight:
    """What this person may see. One query where the definitions are known already.

    Raises:
        NotFounded.
    """
    with known(at) as cube:
        definitions = cube.book.definitions
    roots = {unit.key for unit in definitions.units if unit.parent is None}
    watched = scope.units_where(Act.VIEW_JOURNAL)
    watches_all = scope.sees_everything or roots <= watched
    return Sight(
        person=scope.person_key,
        seen=None if scope.sees_everything or roots <= scope.unit_keys else scope.unit_keys,
        watched=None if watches_all else watched,
        owned=_owned(definitions, scope.person_key),
        declared=_declared(definitions),
    )


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list | tuple) else []


def _owned(definitions: Definitions, person: str) -> frozenset[str]:
    if not person:
        return frozenset()
    objectives = (f"objective/{each.key}" for each in definitions.objectives if each.owner == person)
    initiatives = (f"initiative/{each.key}" for each in definitions.initiatives if each.owner == person)
    measures = (
        f"measure/{each.key}"
        for each in definitions.measures
        if each.versions and person in (each.versions[-1].owner, each.versions[-1].steward)
    )
    return frozenset({f"person/{person}", *objectives, *initiatives, *measures})


def _declared(definitions: Definitions) -> dict[str, frozenset[str]]:
    homes = {each.key: frozenset({each.units.unit}) for each in definitions.objectives}
    found = {f"objective/{key}": units for key, units in homes.items()}
    found |= {f"measure/{each.key}": frozenset({each.units.unit}) for each in definitions.measures}
    for each in definitions.initiatives:
        served = (homes.get(key, frozenset()) for key in each.objectives)
        found[f"initiative/{each.key}"] = frozenset[str]().union(*served)
    return found
