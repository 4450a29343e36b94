"""What people wrote, and who they are, as far as one's units reach."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from fourfold.data.entry.models import ObservationNote
from fourfold.governance.annotations.models import Analysis, Remark, StatusOverride, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.platform.accounts.models import Membership
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import ROLE_NAMES, Role
from fourfold.platform.accounts.scope import Scope

__all__ = ["Colleague", "Saying", "Texts", "ValueNote", "known_colleagues", "texts_in_sight"]

MOST_TEXTS = 4000
"""Texts of each sort that one search reads, the newest first: letters are compared without accents, which no index of
the database does, and four thousand take a few hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A text about a thing in a unit and period. `subject_name` comes from the definitions, not from here."""

    anchor: Anchor
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ValueNote:
    """What somebody said when they entered a value. `series` and `ordinal` name its period together."""

    measure: str
    series: int
    unit: str
    ordinal: int
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What people wrote, each sort the newest first."""

    analyses: tuple[Saying, ...]
    remarks: tuple[Saying, ...]
    overrides: tuple[Saying, ...]
    notes: tuple[ValueNote, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role where one may look, or above it; only those roles are named. `is_managed`: one may open
    their page."""

    key: str
    name: str
    roles: tuple[str, ...] = ()
    is_managed: bool = False


def texts_in_sight(scope: Scope) -> Texts:
    """Analyses and remarks, each in its latest wording, reasons of overrides, notes on values. Four queries."""
    analyses = (
        Analysis.objects.visible_to(scope).select_related("unit", "author").order_by("-pk")[:MOST_TEXTS]
    )
    remarks = (
        Remark.objects.visible_to(scope)
        .select_related("annotation__unit", "author")
        .order_by("-annotation_id", "-number", "-edition")[:MOST_TEXTS]
    )
    overrides = (
        StatusOverride.objects.visible_to(scope).select_related("unit", "author").order_by("-pk")[:MOST_TEXTS]
    )
    notes = (
        ObservationNote.objects.visible_to(scope)
        .select_related("observation__unit", "observation__measure")
        .order_by("-pk")[:MOST_TEXTS]
    )
    return Texts(
        tuple(_analyses(analyses)),
        tuple(_remarks(remarks)),
        tuple(map(_override, overrides)),
        tuple(map(_note, notes)),
    )


def _override(row: StatusOverride) -> Saying:
    anchor = Anchor(Subject(row.subject), row.key, row.unit.key, row.period)
    return Saying(anchor, row.author.name, row.reason)


def _note(row: ObservationNote) -> ValueNote:
    value = row.observation
    return ValueNote(
        measure=value.measure.key,
        series=value.series,
        unit=value.unit.key,
        ordinal=value.period,
        person=row.person_key,
        text=row.text,
    )


def _analyses(rows: Collection[Analysis]) -> Iterator[Saying]:
    told: set[Anchor] = set()
    for row in rows:
        anchor = Anchor(Subject(row.subject), row.key, row.unit.key, row.period)
        if anchor not in told:  # the newest edition comes first
            told.add(anchor)
            texts = (row.happened, row.why, row.next)
            yield Saying(anchor, row.author.name, "\n".join(text for text in texts if text))


def _remarks(rows: Collection[Remark]) -> Iterator[Saying]:
    told: set[tuple[int, int]] = set()
    for row in rows:
        if (row.annotation_id, row.number) not in told:
            told.add((row.annotation_id, row.number))
            about = row.annotation
            anchor = Anchor(Subject(about.subject), about.key, about.unit.key, about.period)
            yield Saying(anchor, row.author.name, row.text)


def known_colleagues(scope: Scope, *, above: Collection[str]) -> tuple[Colleague, ...]:
    """Everybody with a role at a unit in sight or above one, by name. One query.

    The same people that one may mention there; nobody else is named, so that a search does not tell who works
    elsewhere.
    """
    units = Q() if scope.sees_everything else Q(unit_id__in=scope.unit_ids) | Q(unit__key__in=list(above))
    rows = (
        Membership.objects.filter(units, person__is_active=True)
        .select_related("person", "unit")
        .order_by("person__name", "person__key", "ordinal", "pk")
    )
    found: dict[str, Colleague] = {}
    for row in rows:
        known = found.get(row.person.key, Colleague(row.person.key, row.person.name))
        role = f"{ROLE_NAMES[Role(row.role)]}, {row.unit.name}"
        is_managed = known.is_managed or scope.may(Act.MANAGE_PEOPLE, unit=row.unit.key)
        found[row.person.key] = Colleague(known.key, known.name, (*known.roles, role), is_managed)
    return tuple(found.values())
