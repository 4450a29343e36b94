"""Looking through the definitions: what belongs to one's units, and the wording of what lies above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse
from django.utils.formats import date_format
from numpy.typing import NDArray

from fourfold.engine.book import Book
from fourfold.outward.home.pages.search_matching import Asked
from fourfold.outward.home.pages.search_page import Found, FoundKind
from fourfold.platform.accounts.scope import Scope

__all__ = ["Sight", "found_in_definitions"]


@dataclass(frozen=True)
class Sight:
    """What one person may look at. `unit` and `period` are where their links lead, as far as a thing belongs there."""

    book: Book
    scope: Scope
    unit: str
    unit_name: str
    period: str
    period_name: str

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """The units in sight, in the tree's order."""
        return np.array([self.scope.sees(key) for key in self.book.units.keys])

    @cached_property
    def above(self) -> frozenset[str]:
        """The units over those in sight: their wording may be read, their values not (DESIGN §5)."""
        units = self.book.units
        paths = (units.path(int(place)) for place in np.flatnonzero(self.seen))
        over = {place for path in paths for place in path}
        return frozenset(units.keys[place] for place in over if not self.seen[place])

    @cached_property
    def readable(self) -> NDArray[np.bool_]:
        """The units in sight and above."""
        return np.array([self.seen[at] or key in self.above for at, key in enumerate(self.book.units.keys)])

    @cached_property
    def names(self) -> dict[str, str]:
        """Units by key."""
        return {unit.key: unit.name for unit in self.book.definitions.units}

    def place_for(self, selected: NDArray[np.bool_]) -> str | None:
        """The unit where a thing is opened; "" where only its wording may be read, None where not even that."""
        if selected[self.book.units.index(self.unit)]:
            return self.unit
        within = np.flatnonzero(selected & self.seen)
        if within.size:
            return self.book.units.keys[int(within[0])]
        return "" if bool((selected & self.readable).any()) else None

    def where(self, unit: str) -> str:
        """What stands under a name: the place its link leads to."""
        return f"{self.names[unit]} · {self.period_name}" if unit else ""

    def address(self, page: str, *, unit: str, **named: str) -> str:
        """The page at a unit and the person's period; nothing without a unit."""
        return reverse(page, kwargs={**named, "unit": unit, "period": self.period}) if unit else ""


def found_in_definitions(asked: Asked, sight: Sight) -> Iterator[Found]:
    """What is defined and answers, each kind in listed order."""
    yield from _objectives(asked, sight)
    yield from _perspectives(asked, sight)
    yield from _themes(asked, sight)
    yield from _measures(asked, sight)
    yield from _initiatives(asked, sight)
    yield from _milestones(asked, sight)
    yield from _units(asked, sight)


def _objectives(asked: Asked, sight: Sight) -> Iterator[Found]:
    for at, each in enumerate(sight.book.definitions.objectives):
        unit = sight.place_for(sight.book.selected_objectives[at])
        page = _Page("scorecard:objective", named={"objective": each.key})
        thing = _Thing(FoundKind.OBJECTIVE, each.name, each.description, page)
        yield from _answer(thing, asked, sight=sight, unit=unit)


def _measures(asked: Asked, sight: Sight) -> Iterator[Found]:
    for at, each in enumerate(sight.book.definitions.measures):
        unit = None if each.retired_on else sight.place_for(sight.book.selected[at])
        definition = each.versions[-1].operational_definition if each.versions else ""
        page = _Page("scorecard:measure", named={"measure": each.key})
        thing = _Thing(FoundKind.MEASURE, each.name, definition, page)
        yield from _answer(thing, asked, sight=sight, unit=unit)


def _initiatives(asked: Asked, sight: Sight) -> Iterator[Found]:
    for each in sight.book.definitions.initiatives:
        unit = _place_of(sight, each.objectives)
        thing = _Thing(FoundKind.INITIATIVE, each.name, each.description, _Page("scorecard:initiatives"))
        yield from _answer(thing, asked, sight=sight, unit=unit)


def _milestones(asked: Asked, sight: Sight) -> Iterator[Found]:
    """Each leads to where its initiative stands."""
    for initiative in sight.book.definitions.initiatives:
        unit = _place_of(sight, initiative.objectives) if initiative.milestones else None
        for each in initiative.milestones if unit is not None else ():
            rank = asked.rank(each.name)
            if rank is not None:
                address = sight.address("scorecard:initiatives", unit=unit or "")
                where = f"{initiative.name} · {date_format(each.due)}"
                yield Found(FoundKind.MILESTONE, rank, each.name, asked.marked(each.name), address, where)


def _perspectives(asked: Asked, sight: Sight) -> Iterator[Found]:
    for each in sight.book.definitions.perspectives:
        inside = [one.key for one in sight.book.definitions.objectives if one.perspective == each.key]
        page = _Page("scorecard:scorecard", f"?{urlencode({'perspective': each.key})}#measures")
        thing = _Thing(FoundKind.PERSPECTIVE, each.name, each.question, page)
        yield from _answer(thing, asked, sight=sight, unit=_place_of(sight, inside))


def _themes(asked: Asked, sight: Sight) -> Iterator[Found]:
    for each in sight.book.definitions.themes:
        inside = [one.key for one in sight.book.definitions.objectives if each.key in one.themes]
        page = _Page("scorecard:map", f"?{urlencode({'theme': each.key})}")
        thing = _Thing(FoundKind.THEME, each.name, each.result, page)
        yield from _answer(thing, asked, sight=sight, unit=_place_of(sight, inside))


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a thing is opened: the route, what is added to its address, and what names the thing in it."""

    route: str
    added: str = ""
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Thing:
    """A definition as it is looked through: by its name, then by its words."""

    kind: FoundKind
    name: str
    words: str
    page: _Page


def _answer(thing: _Thing, asked: Asked, *, sight: Sight, unit: str | None) -> Iterator[Found]:
    """The thing if it answers; without a `unit` it has no place in sight."""
    rank = None if unit is None else asked.rank(thing.name, thing.words)
    if unit is not None and rank is not None:
        page = sight.address(thing.page.route, unit=unit, **thing.page.named)
        address, marked = f"{page}{thing.page.added}" if page else "", asked.marked(thing.name)
        excerpt = asked.excerpt(thing.words)
        yield Found(thing.kind, rank, thing.name, marked, address, sight.where(unit), excerpt)


def _place_of(sight: Sight, objectives: Sequence[str]) -> str | None:
    """Where any of these objectives stands; what has none belongs to the whole, and is told to who sees the whole."""
    if not objectives:
        root = sight.book.units.keys[0]
        return root if sight.scope.sees(root) else None
    rows = [sight.book.objective_index(key) for key in objectives]
    served = sight.book.selected_objectives[rows].any(axis=0)
    return sight.place_for(np.atleast_1d(served))


def _units(asked: Asked, sight: Sight) -> Iterator[Found]:
    for at, key in enumerate(sight.book.units.keys):
        rank = asked.rank(sight.names[key]) if sight.readable[at] else None
        if rank is not None:
            unit = key if sight.seen[at] else ""
            address, name = sight.address("scorecard:scorecard", unit=unit), sight.names[key]
            yield Found(
                FoundKind.UNIT, rank, name, asked.marked(name), address, sight.period_name if unit else ""
            )
