"""Write objectives as a definition names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine import definitions
from fourfold.platform.accounts.models import PersonUnknown
from fourfold.platform.accounts.queries import person_ids_by_key
from fourfold.platform.audit.changes import Changes, Placed
from fourfold.platform.audit.known import identities
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import UnitUnknown
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.strategy.models import (
    Contribution,
    Objective,
    ObjectiveTheme,
    ObjectiveVersion,
    ObjectiveWeight,
    Perspective,
    Theme,
)
from fourfold.scorecard.strategy.models.objective import ObjectiveUnknown

__all__ = ["PerspectiveUnknown", "ThemeUnknown", "write_objectives"]


class PerspectiveUnknown(Refusal):
    code, status = "PERSPECTIVE_UNKNOWN", 422
    sentence = _("There is no perspective “{key}”.")


class ThemeUnknown(Refusal):
    code, status = "THEME_UNKNOWN", 422
    sentence = _("There is no theme “{key}”.")


@dataclass(frozen=True, slots=True)
class NameBook:
    """The ids of everything an objective may name."""

    objectives: Mapping[str, int]
    perspectives: Mapping[str, int]
    themes: Mapping[str, int]
    people: Mapping[str, int]
    units: Mapping[str, int]

    @classmethod
    def read(cls, objectives: Mapping[str, int]) -> Self:
        """Four queries."""
        return cls(
            objectives,
            dict(Perspective.objects.values_list("key", "pk")),
            dict(Theme.objects.values_list("key", "pk")),
            person_ids_by_key(),
            unit_ids_by_key(),
        )


@transaction.atomic
def write_objectives(changed: Changes[str, definitions.Objective], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    names = NameBook.read(identities(Objective, [placed.thing.key for placed in changed.put]))
    ObjectiveVersion.objects.filter(objective__key__in=changed.superseded).known_at(None).close(seq=seq)
    for placed in changed.put:
        _write_parts(_write(placed, names=names, seq=seq), placed.thing, names=names)


def _write(placed: Placed[definitions.Objective], *, names: NameBook, seq: int) -> ObjectiveVersion:
    objective = placed.thing
    return ObjectiveVersion.objects.create(
        objective_id=names.objectives[objective.key],
        seq=seq,
        ordinal=placed.ordinal,
        name=objective.name,
        description=objective.description,
        perspective_id=_id(objective.perspective, names.perspectives, PerspectiveUnknown),
        owner_id=_id(objective.owner, names.people, PersonUnknown) if objective.owner else None,
        unit_id=_id(objective.units.unit, names.units, UnitUnknown),
        unit_levels=list(objective.units.levels),
        unit_keys=list(objective.units.keys),
        rollup=objective.rollup.value,
    )


def _write_parts(row: ObjectiveVersion, objective: definitions.Objective, *, names: NameBook) -> None:
    ObjectiveTheme.objects.bulk_create(
        ObjectiveTheme(version=row, place=place, theme_id=_id(theme, names.themes, ThemeUnknown))
        for place, theme in enumerate(objective.themes)
    )
    ObjectiveWeight.objects.bulk_create(
        ObjectiveWeight(version=row, place=place, weight=weight.weight, valid_from=weight.valid_from)
        for place, weight in enumerate(objective.weights)
    )
    Contribution.objects.bulk_create(
        Contribution(
            version=row,
            place=place,
            contributes_to_id=_id(higher, names.objectives, ObjectiveUnknown),
            mode=mode.value,
        )
        for place, (higher, mode) in enumerate(objective.contributes_to)
    )


def _id(key: str, ids: Mapping[str, int], unknown: type[Refusal]) -> int:
    if key not in ids:
        raise unknown(key=key)
    return ids[key]
