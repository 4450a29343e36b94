"""Where something is to be said: checked against the definitions, with who answers for the thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fourfold.engine.book import Book
from fourfold.engine.calendar import GrainPeriod
from fourfold.governance.annotations.models import Subject
from fourfold.governance.annotations.queries.owning import Owner
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.evaluation.queries import PeriodUnknownHere, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.sight import units_in_sight

__all__ = ["Anchor", "Place", "SubjectUnknown", "above", "owners_of", "place_of"]


class SubjectUnknown(Refusal):
    code, status = "SUBJECT_UNKNOWN", 404
    sentence = _("This unit has no {subject} “{key}”.")
    remedy = _("Open it from the scorecard or the strategy map of a unit that it belongs to.")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A thing in a unit and period, by their keys."""

    subject: Subject
    key: str
    unit: str
    period: str

    @property
    def object(self) -> str:
        """How the journal names the thing."""
        return f"{self.subject.value}/{self.key}"


@dataclass(frozen=True, slots=True)
class Place:
    """An anchor that exists and is in sight. `steward` is a person's key, empty where nobody is named.

    `above` holds the unit and all units over it: whoever holds a role at one of them sees what is said here.
    """

    anchor: Anchor
    unit_id: int
    unit_name: str
    period_label: str
    name: str
    owner: Owner
    steward: str
    version: int | None
    definitions_seq: int
    above: tuple[str, ...]


def place_of(anchor: Anchor, *, scope: Scope, at: datetime) -> Place:
    """Look the anchor up in the definitions as known now. Two queries.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, SubjectUnknown.
    """
    with known(at) as cube:
        book, seq = cube.book, cube.definitions_seq
        unit = visible_unit(book, anchor.unit, scope=scope)
        shown = begun_period(book, anchor.period)
    calendar = book.timeline.calendar
    if anchor.subject is Subject.MEASURE and not _is_readable(book, anchor.key, scope=scope):
        raise SubjectUnknown(subject=anchor.subject.label, key=anchor.key)
    thing = _Thing.of(book, anchor, day=calendar.last_day(shown))
    names = {each.key: each.name for each in book.definitions.units}
    return Place(
        anchor=Anchor(anchor.subject, anchor.key, unit, calendar.key_of(shown)),
        unit_id=unit_ids_by_key()[unit],
        unit_name=names[unit],
        period_label=calendar.label(shown),
        name=thing.name,
        owner=_people(book)(thing.owner),
        steward=thing.steward,
        version=thing.version,
        definitions_seq=seq,
        above=units_above(book, unit),
    )


def owners_of(subject: Subject, *, period: str, at: datetime) -> dict[str, Owner]:
    """The owner of every thing of that sort, as its definition says for the period. One query."""
    with known(at) as cube:
        book = cube.book
    named = _people(book)
    if subject is Subject.OBJECTIVE:
        return {each.key: named(each.owner) for each in book.definitions.objectives}
    if subject is Subject.INITIATIVE:
        return {each.key: named(each.owner) for each in book.definitions.initiatives}
    day = book.timeline.calendar.last_day(grain_period(book, period))
    versions = {each.key: book.version_on(each.key, day=day) for each in book.definitions.measures}
    return {key: named(version.owner if version else None) for key, version in versions.items()}


def _people(book: Book) -> Callable[[str | None], Owner]:
    """Who it is that a definition names."""
    names = {person.key: person.name for person in book.definitions.people}
    return lambda key: Owner(key or "", names.get(key or "", ""))


def begun_period(book: Book, text: str) -> GrainPeriod:
    """The period an address names, once it has begun.

    Raises:
        PeriodUnknownHere.
    """
    shown = grain_period(book, text)
    if book.timeline.calendar.first_day(shown) > book.today:
        raise PeriodUnknownHere(period=text, reason=gettext("It has not begun."))
    return shown


def above(unit: str, *, at: datetime) -> tuple[str, ...]:
    """The unit and every unit over it, as known now. One query."""
    with known(at) as cube:
        return units_above(cube.book, unit)


def units_above(book: Book, unit: str) -> tuple[str, ...]:
    """The unit and every unit over it, from below upwards."""
    parents = {each.key: each.parent for each in book.definitions.units}
    path: list[str] = []
    step: str | None = unit
    while step is not None:
        path.append(step)
        step = parents[step]
    return tuple(path)


@dataclass(frozen=True, slots=True)
class _Thing:
    name: str
    owner: str
    steward: str = ""
    version: int | None = None

    @classmethod
    def of(cls, book: Book, anchor: Anchor, *, day: date) -> _Thing:
        match anchor.subject:
            case Subject.OBJECTIVE:
                found: _Thing | None = cls._objective(book, anchor)
            case Subject.MEASURE:
                found = cls._measure(book, anchor, day=day)
            case _:
                found = cls._initiative(book, anchor)
        if found is None:
            raise SubjectUnknown(subject=anchor.subject.label, key=anchor.key)
        return found

    @classmethod
    def _objective(cls, book: Book, anchor: Anchor) -> _Thing | None:
        named = {each.key: each for each in book.definitions.objectives}
        if anchor.key not in named or not _is_of(book, anchor.key, unit=anchor.unit):
            return None
        return cls(named[anchor.key].name, named[anchor.key].owner or "")

    @classmethod
    def _measure(cls, book: Book, anchor: Anchor, *, day: date) -> _Thing | None:
        named = {each.key: each.name for each in book.definitions.measures}
        if anchor.key not in named:
            return None
        version = book.version_on(anchor.key, day=day)
        if version is None:
            return cls(named[anchor.key], "")
        return cls(named[anchor.key], version.owner or "", version.steward or "", version.number)

    @classmethod
    def _initiative(cls, book: Book, anchor: Anchor) -> _Thing | None:
        named = {each.key: each for each in book.definitions.initiatives}
        found = named.get(anchor.key)
        if found is None or not any(_is_of(book, key, unit=anchor.unit) for key in found.objectives):
            return None
        return cls(found.name, found.owner or "")


def _is_readable(book: Book, measure: str, *, scope: Scope) -> bool:
    """Whether the measure is declared where this person may read: one of other units is not known to be there."""
    readable = units_in_sight(book.definitions, scope)
    return any(each.key == measure and each.units.unit in readable for each in book.definitions.measures)


def _is_of(book: Book, objective: str, *, unit: str) -> bool:
    """Whether the objective belongs to the unit's scorecard."""
    places = book.objective_index(objective), book.units.positions[unit]
    return bool(book.selected_objectives[places])
