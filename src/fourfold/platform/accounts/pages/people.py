"""The people a person manages, one of them, and an invitation as its guest sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import is_password_usable
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet

from fourfold.platform.accounts.models import (
    Invitation,
    InvitationVoid,
    Membership,
    Person,
    PersonQuerySet,
)
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import (
    PersonDetails,
    backed_invitations,
    details_of,
    known_invitation,
)
from fourfold.platform.accounts.roles import ROLE_NAMES, ROLE_PURPOSES, Role
from fourfold.platform.accounts.scope import Scope

__all__ = [
    "GuestPage",
    "HeldRole",
    "InvitationLine",
    "PeoplePage",
    "PersonLine",
    "PersonPage",
    "read_details",
    "read_invitation",
    "read_own_details",
    "read_people",
    "read_person",
]

PAGE = 50  # people


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role at a unit."""

    role: str
    name: str
    purpose: str
    unit: str
    unit_name: str
    is_managed: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in the list, with the roles that the reader may know of; `has_others`: there are more, elsewhere."""

    key: str
    name: str
    email: str
    is_active: bool
    can_sign_in: bool
    last_login: datetime | None
    roles: tuple[HeldRole, ...]
    has_others: bool = False


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """Somebody who is expected; `is_backed`: whoever invited them may still do so."""

    pk: int
    name: str
    email: str
    unit_name: str
    roles: tuple[str, ...]
    expires_at: datetime
    is_expired: bool
    is_backed: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`previous` and `following` are page numbers; None at either end."""

    people: tuple[PersonLine, ...]
    total: int
    wanted: str
    invitations: tuple[InvitationLine, ...]
    previous: int | None
    following: int | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person; `may_send_away` where every unit of theirs is managed by the reader, `may_invite` where they
    hold a role there and have no way in yet."""

    line: PersonLine
    is_oneself: bool
    may_send_away: bool
    may_invite: bool


@dataclass(frozen=True, slots=True)
class GuestPage:
    """What an invited person reads before they come in."""

    name: str
    login: str
    unit_name: str
    roles: tuple[str, ...]
    invited_by: str


def read_people(scope: Scope, *, wanted: str, number: int, at: datetime, at_most: int = PAGE) -> PeoplePage:
    """One page of the people in scope, in the order of their names; constant queries.

    Raises:
        NotPermitted: the reader manages nobody.
    """
    scope.require_to(Act.MANAGE_PEOPLE)
    found = _with_roles(Person.objects.visible_to(scope)).order_by("-is_active", "name", "pk")
    if wanted:
        found = found.filter(
            Q(name__icontains=wanted) | Q(email__icontains=wanted) | Q(key__icontains=wanted)
        )
    pages = Paginator(found, at_most)
    page = pages.get_page(number)
    return PeoplePage(
        people=tuple(_line(person, scope=scope) for person in page),
        total=pages.count,
        wanted=wanted,
        invitations=tuple(_expected(scope, at=at)),
        previous=page.previous_page_number() if page.has_previous() else None,
        following=page.next_page_number() if page.has_next() else None,
    )


def read_person(scope: Scope, key: str) -> PersonPage:
    """One person in scope.

    Raises:
        NotPermitted, PersonUnknown.
    """
    scope.require_to(Act.MANAGE_PEOPLE)
    person: Person = _with_roles(Person.objects.visible_to(scope)).get_or_refuse(key=key)
    line = _line(person, scope=scope)
    is_managed = not line.has_others and all(role.is_managed for role in line.roles)
    may_invite = is_managed and bool(line.roles) and person.is_awaited
    return PersonPage(line, line.key == scope.person_key, is_managed, may_invite)


def read_details(scope: Scope, key: str) -> PersonDetails:
    """Name and address of somebody whom the reader manages whole.

    Raises:
        NotPermitted: a role of theirs lies outside what the reader manages. PersonUnknown.
    """
    scope.require_to(Act.MANAGE_PEOPLE)
    person: Person = Person.objects.visible_to(scope).get_or_refuse(key=key)
    for unit in person.memberships.values_list("unit__key", flat=True):
        scope.require_to(Act.MANAGE_PEOPLE, unit=unit)
    return details_of(person)


def read_own_details(scope: Scope) -> PersonDetails:
    """The reader's own."""
    return details_of(Person.objects.get(key=scope.person_key))


def read_invitation(token: str, *, at: datetime) -> GuestPage:
    """What an open invitation offers.

    Raises:
        InvitationVoid: unknown, expired, used and revoked alike.
    """
    invitation = known_invitation(token, at=at)
    if invitation is None:
        raise InvitationVoid
    person = invitation.person
    rows = invitation.roles.all() if person is None else person.memberships.order_by("ordinal", "pk")
    return GuestPage(
        name=invitation.name,
        login=invitation.email or (person.key if person else ""),
        unit_name=invitation.unit.name,
        roles=tuple(dict.fromkeys(_role_names(row.role for row in rows))),
        invited_by=invitation.invited_by.name if invitation.invited_by else "",
    )


def _expected(scope: Scope, *, at: datetime) -> Iterable[InvitationLine]:
    rows = Invitation.objects.visible_to(scope).filter(accepted_at=None, revoked_at=None)
    with_roles = Prefetch("person__memberships", queryset=_memberships())
    waiting = list(rows.select_related("unit", "person").prefetch_related("roles", with_roles))
    backed = backed_invitations(waiting)
    for row in waiting:
        held = row.person.memberships.all() if row.person else ()
        said = [each.role for each in held if scope.sees(each.unit.key)]
        said += [each.role for each in row.roles.all()]
        roles = tuple(dict.fromkeys(_role_names(said)))
        yield InvitationLine(
            row.pk,
            row.name,
            row.email,
            row.unit.name,
            roles,
            row.expires_at,
            row.expires_at <= at,
            row.pk in backed,
        )


def _with_roles(people: PersonQuerySet) -> PersonQuerySet:
    return people.prefetch_related(Prefetch("memberships", queryset=_memberships()))


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("unit").order_by("ordinal", "pk")


def _line(person: Person, *, scope: Scope) -> PersonLine:
    held = list(person.memberships.all())
    known = [row for row in held if scope.sees(row.unit.key)]
    return PersonLine(
        key=person.key,
        name=person.name,
        email=person.email,
        is_active=person.is_active,
        can_sign_in=bool(person.password) and is_password_usable(person.password),
        last_login=person.last_login,
        roles=tuple(_held(row, scope=scope) for row in known),
        has_others=len(known) < len(held),
    )


def _held(row: Membership, *, scope: Scope) -> HeldRole:
    role = Role(row.role)
    is_managed = scope.may(Act.MANAGE_PEOPLE, unit=row.unit.key)
    return HeldRole(
        role.value, str(ROLE_NAMES[role]), str(ROLE_PURPOSES[role]), row.unit.key, row.unit.name, is_managed
    )


def _role_names(roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(ROLE_NAMES[Role(role)]) for role in roles)
