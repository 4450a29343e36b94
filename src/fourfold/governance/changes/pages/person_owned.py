"""What somebody answers for, on their page: objectives, measures and initiatives, as far as the reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fourfold.engine.definitions import Definitions, InitiativeStatus
from fourfold.governance.changes.drafts.sight import in_sight
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.ui.slots import SlotContent, SlotPlace
from fourfold.scorecard.evaluation.pages.place import Place, home_of
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["OwnedThing", "owned_by"]

_OVER = frozenset({InitiativeStatus.DONE, InitiativeStatus.STOPPED})


@dataclass(frozen=True, slots=True)
class OwnedThing:
    """One thing with the way to its page; `part` is owner, steward, or both. `address` is empty where none is shown."""

    name: str
    part: str
    address: str


@dataclass(frozen=True, slots=True)
class OwnedThings:
    """All that one person answers for."""

    objectives: tuple[OwnedThing, ...]
    measures: tuple[OwnedThing, ...]
    initiatives: tuple[OwnedThing, ...]

    @property
    def kinds(self) -> tuple[tuple[str, tuple[OwnedThing, ...]], ...]:
        """Those kinds that there is something of, each under its heading."""
        found = (
            (_("Objectives"), self.objectives),
            (_("Measures"), self.measures),
            (_("Initiatives"), self.initiatives),
        )
        return tuple((heading, things) for heading, things in found if things)


def owned_by(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """For each of these people what they own or steward. Constant queries, whatever their number."""
    if place.at is None:
        return {}
    try:
        home = home_of(place.scope, at=place.at)
        with known(place.at) as cube:
            owned = _Owned.read(cube, place.scope, home=home)
    except NotFounded:
        return {}
    return {key: SlotContent("changes/_person_owned.html", {"owned": owned.of(key)}) for key in keys}


@dataclass(frozen=True, slots=True)
class _Owned:
    """What the reader may see of the definitions, and where each thing is shown."""

    cube: KnownCube
    seen: Definitions
    units: NDArray[np.intp]
    home: Place

    @classmethod
    def read(cls, cube: KnownCube, scope: Scope, *, home: Place) -> _Owned:
        units = [at for at, key in enumerate(cube.book.units.keys) if scope.sees(key)]
        return cls(cube, in_sight(cube.book.definitions, scope), np.array(units, dtype=np.intp), home)

    def of(self, person: str) -> OwnedThings:
        """Retired measures and finished initiatives are nobody's task any more."""
        return OwnedThings(
            tuple(
                OwnedThing(each.name, "", self._objective(each.key))
                for each in self.seen.objectives
                if each.owner == person
            ),
            tuple(
                OwnedThing(each.name, _part(person, last.owner, last.steward), self._measure(each.key))
                for each in self.seen.measures
                for last in each.versions[-1:]
                if each.retired_on is None and person in (last.owner, last.steward)
            ),
            tuple(
                OwnedThing(each.name, "", self._initiatives())
                for each in self.seen.initiatives
                if each.owner == person and each.status not in _OVER
            ),
        )

    def _objective(self, key: str) -> str:
        book = self.cube.book
        at = next(at for at, each in enumerate(book.definitions.objectives) if each.key == key)
        unit = self._first(book.selected_objectives[at])
        return reverse("scorecard:objective", args=[key, unit, self.home.period]) if unit else ""

    def _measure(self, key: str) -> str:
        book = self.cube.book
        at = next(at for at, each in enumerate(book.definitions.measures) if each.key == key)
        unit = self._first(book.selected[at])
        return reverse("scorecard:measure", args=[key, unit, self.home.period]) if unit else ""

    def _initiatives(self) -> str:
        return reverse("scorecard:initiatives", args=[self.home.unit, self.home.period])

    def _first(self, selected: NDArray[np.bool_]) -> str:
        """The highest unit in sight that has it."""
        having = self.units[selected[self.units]]
        return self.cube.book.units.keys[having[0]] if having.size else ""


def _part(person: str, owner: str | None, steward: str | None) -> str:
    if owner == steward:
        return _("owner and steward")
    return _("owner") if person == owner else _("steward")
