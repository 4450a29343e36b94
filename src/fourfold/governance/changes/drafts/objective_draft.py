"""An objective: its words, its place on the map and in the cascade, its weight over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import (
    ContributionMode,
    Definitions,
    Objective,
    RollupMethod,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.quantities import Weight
from fourfold.governance.changes.drafts.kind import (
    Building,
    Dependant,
    Facts,
    FieldRefused,
    NamedKind,
    Noun,
    root_of,
)
from fourfold.platform.accounts.permissions import Act

__all__ = ["OBJECTIVES", "ObjectiveDraft", "weights_from", "weights_typed"]


@dataclass(frozen=True, slots=True)
class ObjectiveDraft:
    """As typed. `weights`: (weight, since when); `contributes_to`: (objective, mode)."""

    name: str = ""
    description: str = ""
    perspective: str = ""
    themes: tuple[str, ...] = ()
    owner: str = ""
    unit: str = ""
    levels: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    weights: tuple[tuple[float, date | None], ...] = ((1.0, None),)
    contributes_to: tuple[tuple[str, str], ...] = ()
    rollup: str = RollupMethod.ARITHMETIC.value


class _ObjectiveKind(NamedKind[Objective, ObjectiveDraft]):
    name = "objective"
    noun = Noun(_("Objective"), _("Objectives"), _("Add an objective"))
    act = Act.EDIT_OBJECTIVES
    part = "objectives"
    is_ordered = True

    def drafted(self, thing: Objective) -> ObjectiveDraft:
        return ObjectiveDraft(
            name=thing.name,
            description=thing.description,
            perspective=thing.perspective,
            themes=thing.themes,
            owner=thing.owner or "",
            unit=thing.units.unit,
            levels=thing.units.levels,
            keys=thing.units.keys,
            weights=weights_typed(thing.weights),
            contributes_to=tuple((key, mode.value) for key, mode in thing.contributes_to),
            rollup=thing.rollup.value,
        )

    def blank(self, whole: Definitions) -> ObjectiveDraft:
        return ObjectiveDraft(unit=root_of(whole))

    def build(self, draft: ObjectiveDraft, into: Building[Objective]) -> Objective:
        _refuse_self(draft, into.key)
        return Objective(
            key=into.key,
            name=draft.name,
            description=draft.description,
            perspective=draft.perspective,
            themes=draft.themes,
            owner=draft.owner or None,
            units=UnitSelector(draft.unit, draft.levels, draft.keys),
            weights=weights_from(draft.weights),
            contributes_to=tuple((key, ContributionMode(mode)) for key, mode in draft.contributes_to),
            rollup=RollupMethod(draft.rollup),
        )

    def belongs_to(self, thing: Objective, whole: Definitions) -> tuple[str, ...]:
        return (thing.units.unit,)

    def group_of(self, thing: Objective) -> str:
        return thing.perspective

    def described(self, thing: Objective, whole: Definitions) -> str:
        unit = next((each.name for each in whole.units if each.key == thing.units.unit), thing.units.unit)
        owner = next((each.name for each in whole.people if each.key == thing.owner), "")
        return " · ".join(filter(None, (unit, owner)))

    def retired(self, whole: Definitions, thing: Objective) -> Definitions:
        """Its links go with it; initiatives that serve it stay and name it no more."""
        key = thing.key
        initiatives = tuple(
            replace(each, objectives=tuple(served for served in each.objectives if served != key))
            for each in whole.initiatives
        )
        kept = replace(
            whole,
            initiatives=initiatives,
            causal_links=tuple(each for each in whole.causal_links if key not in (each.source, each.target)),
            identity_links=tuple(
                each for each in whole.identity_links if key not in (each.source, each.target)
            ),
        )
        return self.without(kept, thing)

    def needed_by(self, thing: Objective, *, whole: Definitions, facts: Facts) -> tuple[Dependant, ...]:
        return (*_blocking(thing, whole), *_going_along(thing, whole))


def weights_typed(weights: tuple[WeightFrom, ...]) -> tuple[tuple[float, date | None], ...]:
    """Weights as rows of a form."""
    return tuple((float(each.weight), each.valid_from) for each in weights)


def weights_from(rows: tuple[tuple[float, date | None], ...]) -> tuple[WeightFrom, ...]:
    """Rows of a form as weights, oldest first.

    Raises:
        FieldRefused: none, a negative one, or two of one day.
    """
    if not rows:
        raise FieldRefused("weights", _("Say at least one weight; 1 is as much as any other."))
    days = [day for _weight, day in rows]
    if len(set(days)) < len(days):
        raise FieldRefused("weights", _("Two weights begin on one day; only one may have no day."))
    if any(weight < 0 for weight, _day in rows):
        raise FieldRefused("weights", _("A weight is not negative."), remedy=_("0 informs only."))
    listed = sorted(rows, key=lambda row: row[1] or date.min)
    return tuple(WeightFrom(Weight(weight), day) for weight, day in listed)


def _refuse_self(draft: ObjectiveDraft, key: str) -> None:
    higher = [each for each, _mode in draft.contributes_to]
    if key in higher:
        raise FieldRefused("contributes_to", _("An objective does not contribute to itself."))
    if len(set(higher)) < len(higher):
        raise FieldRefused("contributes_to", _("An objective is named twice."))


def _blocking(thing: Objective, whole: Definitions) -> Iterator[Dependant]:
    for measure in whole.measures:
        if any(share.objective == thing.key for share in measure.objectives):
            yield Dependant("measure", measure.key, measure.name)
    for lower in whole.objectives:
        if any(key == thing.key for key, _mode in lower.contributes_to):
            yield Dependant("objective", lower.key, lower.name)


def _going_along(thing: Objective, whole: Definitions) -> Iterator[Dependant]:
    names = {each.key: each.name for each in whole.objectives}
    for kind, links in (("causal-link", whole.causal_links), ("identity-link", whole.identity_links)):
        for link in links:
            if thing.key in (link.source, link.target):
                said = f"{names.get(link.source, link.source)} → {names.get(link.target, link.target)}"
                yield Dependant(kind, f"{link.source}.{link.target}", said, blocks=False)
    for initiative in whole.initiatives:
        if thing.key in initiative.objectives:
            yield Dependant("initiative", initiative.key, initiative.name, blocks=False)


OBJECTIVES = _ObjectiveKind()
