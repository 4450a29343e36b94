"""Which units' wording somebody may read, and the definitions as far as it reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fourfold.engine.definitions import Definitions, Measure, Person
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["in_sight", "measure_in_sight", "units_in_sight"]


def units_in_sight(whole: Definitions, scope: Scope) -> frozenset[str]:
    """The units whose values are seen and, for their wording alone, those above them (DESIGN §5, visibility)."""
    parents = {unit.key: unit.parent for unit in whole.units}
    seen = {unit.key for unit in whole.units if scope.sees(unit.key)}
    for key in tuple(seen):
        above = parents[key]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
    return frozenset(seen)


def measure_in_sight(whole: Definitions, key: str, *, scope: Scope) -> Measure:
    """The measure, if its wording may be read: one that others declare is not even known to be there.

    Raises:
        MeasureUnknown: 404.
    """
    readable = units_in_sight(whole, scope)
    for measure in whole.measures:
        if measure.key == key and measure.units.unit in readable:
            return measure
    raise MeasureUnknown(key=key)


def in_sight(whole: Definitions, scope: Scope) -> Definitions:
    """The definitions with everything taken out that is declared where this person may not look."""
    units = units_in_sight(whole, scope)
    if len(units) == len(whole.units):
        return whole
    return _Cut(whole, units).made()


@dataclass(frozen=True, slots=True)
class _Cut:
    whole: Definitions
    units: frozenset[str]

    def made(self) -> Definitions:
        whole = self.whole
        objectives = tuple(each for each in whole.objectives if each.units.unit in self.units)
        known = {each.key for each in objectives}
        measures = tuple(each for each in whole.measures if each.units.unit in self.units)
        measured = {each.key for each in measures}
        return replace(
            whole,
            units=tuple(unit for unit in whole.units if unit.key in self.units),
            objectives=objectives,
            causal_links=tuple(each for each in whole.causal_links if {each.source, each.target} <= known),
            identity_links=tuple(
                each for each in whole.identity_links if {each.source, each.target} <= known
            ),
            measures=measures,
            targets=tuple(
                each for each in whole.targets if each.measure in measured and each.unit in self.units
            ),
            initiatives=tuple(
                each
                for each in whole.initiatives
                if not each.objectives or known.intersection(each.objectives)
            ),
            people=tuple(person for person in whole.people if self.is_near(person)),
        )

    def is_near(self, person: Person) -> bool:
        """Somebody with a role at a unit in sight."""
        return any(membership.unit in self.units for membership in person.memberships)
