"""What a person may see, as of now."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

from fourfold.engine import definitions
from fourfold.platform.accounts.models import Invitation, Membership, Person, SetUp, digest_of
from fourfold.platform.accounts.permissions import Act, roles_that_may
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import NOBODY, Scope
from fourfold.platform.units.models import Unit

__all__ = [
    "HeldPlace",
    "PersonDetails",
    "backed_invitations",
    "details_of",
    "invited_address",
    "known_invitation",
    "known_people",
    "known_people_who_may",
    "known_permits",
    "known_places_of",
    "needs_set_up",
    "opens_already",
    "person_ids_by_key",
    "scope_of",
    "scope_of_key",
]


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What somebody is called, and where mail reaches them."""

    name: str
    email: str

    @property
    def edition(self) -> str:
        """Another one as soon as either is another."""
        return hashlib.sha256(f"{self.name}\n{self.email}".encode()).hexdigest()[:16]


def details_of(person: Person) -> PersonDetails:
    """As they stand on the row that was read."""
    return PersonDetails(person.name, person.email)


def scope_of(person: Person) -> Scope:
    """Read the grants anew (two queries): a revoked role counts from the next request on."""
    if not person.is_active:
        return NOBODY
    memberships = list(person.memberships.select_related("unit").order_by("ordinal", "pk"))
    roles = frozenset(Role(membership.role) for membership in memberships)
    if person.is_founder:
        roles |= {Role.ADMINISTRATOR}
    seen = _units_of(memberships, everything=person.is_founder)
    keys = frozenset(key for _pk, key, _path in seen)
    return Scope(
        person_id=person.pk,
        person_key=person.key,
        roles=roles,
        unit_ids=frozenset(pk for pk, _key, _path in seen),
        unit_keys=keys,
        home=memberships[0].unit.key if memberships else None,
        sees_everything=person.is_founder,
        held=_held(memberships, seen=seen) | ({Role.ADMINISTRATOR: keys} if person.is_founder else {}),
        root=next((key for _pk, key, path in seen if path == f"{key}/"), ""),
    )


def scope_of_key(key: str) -> Scope:
    """The scope of the person with this key.

    Raises:
        PersonUnknown: there is nobody of that key.
    """
    return scope_of(Person.objects.get_or_refuse(key=key))


SeenUnit = tuple[int, str, str]
"""A unit's primary key, key and path."""


def _units_of(memberships: Sequence[Membership], *, everything: bool) -> list[SeenUnit]:
    units = Unit.objects.all() if everything else Unit.objects.at_or_below(*{row.unit for row in memberships})
    return list(units.values_list("pk", "key", "path"))


def _held(memberships: Sequence[Membership], *, seen: Sequence[SeenUnit]) -> dict[Role, frozenset[str]]:
    """For every role the units where it holds: its own and all below."""
    held: dict[Role, frozenset[str]] = {}
    for row in memberships:
        role = Role(row.role)
        inside = (key for _pk, key, path in seen if path.startswith(row.unit.path))
        held[role] = held.get(role, frozenset()).union(inside)
    return held


def known_people() -> tuple[definitions.Person, ...]:
    """The people as they are now, in listed order, with their roles; the founder only once they hold one."""
    people = (
        Person.objects.filter(is_active=True, is_founder=False)
        .prefetch_related("memberships__unit")
        .order_by("ordinal", "pk")
    )
    return tuple(
        definitions.Person(
            key=person.key,
            name=person.name,
            email=person.email,
            memberships=tuple(
                definitions.Membership(row.role, row.unit.key) for row in person.memberships.all()
            ),
        )
        for person in people
    )


def person_ids_by_key() -> dict[str, int]:
    """Everybody there ever was, for writing rows that refer to one."""
    return dict(Person.objects.values_list("key", "pk"))


def needs_set_up() -> bool:
    """Whether nobody can sign in yet and nobody ever set this installation up. One or two queries."""
    without_way_in = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if Person.objects.filter(is_active=True).exclude(without_way_in).exists():
        return False
    return not SetUp.objects.exists()


def known_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation that this link opens now; None where it opens nothing. Up to five queries."""
    found = Invitation.objects.open_at(at).select_related("unit", "invited_by", "person")
    found = found.prefetch_related("roles")
    invitation = found.filter(digest=digest_of(token)).first()
    return invitation if invitation and invitation.pk in backed_invitations([invitation]) else None


def backed_invitations(invitations: Collection[Invitation]) -> frozenset[int]:
    """The ids of those whose inviter may still invite there; the machine's own always stand. Up to three queries.

    For somebody who is here by name: to each unit where they hold a role by now, and as long as they have no other way
    in and the address they were invited at.
    """
    permits = known_permits(Act.MANAGE_PEOPLE, people={row.invited_by_id for row in invitations})
    held = _held_paths({row.person_id for row in invitations if row.person_id is not None})
    backed = set()
    for row in invitations:
        paths = {row.unit.path} if row.person is None else held.get(row.person.pk, set())
        managed = permits.get(row.invited_by_id or 0, ())
        is_managed = all(any(path.startswith(above) for above in managed) for path in paths)
        is_awaited = row.person is None or (row.person.is_awaited and row.person.email.lower() == row.email)
        if is_awaited and paths and (row.invited_by_id is None or is_managed):
            backed.add(row.pk)
    return frozenset(backed)


def _held_paths(people: Collection[int]) -> dict[int, set[str]]:
    """The paths of the units where each of these holds a role. One query; none for nobody."""
    found: dict[int, set[str]] = {}
    rows = (
        Membership.objects.filter(person__in=people).order_by("pk") if people else Membership.objects.none()
    )
    for person, path in rows.values_list("person", "unit__path"):
        found.setdefault(person, set()).add(path)
    return found


def known_permits(act: Act, *, people: Collection[int | None]) -> dict[int, frozenset[str]]:
    """For each of these people who is here the paths of the units where a role permits the act, with all below them.

    What was done in the name of a right is asked again before it has its effect (TRUST §2 row 3). Two queries.
    """
    roles = roles_that_may(act)
    here = Person.objects.filter(pk__in=people, is_active=True)
    found: dict[int, set[str]] = {}
    if Role.ADMINISTRATOR in roles:
        found = {pk: {""} for pk in here.filter(is_founder=True).values_list("pk", flat=True)}
    rows = Membership.objects.filter(person__in=here, role__in=roles).order_by("pk")
    for person, path in rows.values_list("person", "unit__path"):
        found.setdefault(person, set()).add(path)
    return {person: frozenset(paths) for person, paths in found.items()}


def known_people_who_may(act: Act, *, path: str) -> frozenset[str]:
    """The keys of those here whom a role permits it at the unit of this path. One query."""
    steps = path.removesuffix("/").split("/")
    above = ["/".join(steps[: count + 1]) + "/" for count in range(len(steps))]
    rows = Membership.objects.filter(
        role__in=roles_that_may(act), unit__path__in=above, person__is_active=True
    )
    return frozenset(rows.values_list("person__key", flat=True))


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A unit where somebody holds a role, and its place in the tree."""

    unit: str
    name: str
    path: str


def known_places_of(keys: Collection[str]) -> dict[str, tuple[HeldPlace, ...]]:
    """For each of these people who is here the topmost units that they hold a role at. One query."""
    rows = Membership.objects.filter(person__key__in=keys, person__is_active=True).order_by("unit__path")
    found: dict[str, dict[str, HeldPlace]] = {}
    for key, unit, name, path in rows.values_list("person__key", "unit__key", "unit__name", "unit__path"):
        places = found.setdefault(key, {})
        if not any(path.startswith(above) for above in places):
            places[path] = HeldPlace(unit, name, path)
    return {key: tuple(places.values()) for key, places in found.items()}


def opens_already(email: str, *, scope: Scope, at: datetime) -> bool:
    """Whether a link to this address, of an invitation in sight, still opens. One query."""
    waiting = Invitation.objects.visible_to(scope).filter(email=email.lower(), expires_at__gt=at)
    return waiting.filter(accepted_at=None, revoked_at=None).exists()


def invited_address(token: str, *, at: datetime) -> str:
    """The address that this open invitation is for; empty where it opens nothing."""
    invitation = known_invitation(token, at=at)
    return invitation.email if invitation else ""
