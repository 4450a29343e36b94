"""The part of the definitions that a person may see: their units, the ways up, and what is declared there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fourfold.engine.definitions import Definitions, Person
from fourfold.governance.changes.drafts.consequences import Consequences, consequences
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.sight import units_in_sight

__all__ = ["in_sight", "told_consequences"]


def in_sight(whole: Definitions, scope: Scope) -> Definitions:
    """The definitions with everything taken out that is declared where this person may not look."""
    units = units_in_sight(whole, scope)
    if len(units) == len(whole.units):
        return whole
    return _Cut(whole, units).made()


def told_consequences(
    before: Definitions, after: Definitions, *, keys: Iterable[str], scope: Scope
) -> Consequences:
    """What a change does to the rules: refused by the whole, told as far as this person sees."""
    own = tuple(keys)
    found = consequences(before, after, keys=own)
    seen, wanted = in_sight(before, scope), in_sight(after, scope)
    return found if seen is before else found.as_told(consequences(seen, wanted, keys=own))


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
