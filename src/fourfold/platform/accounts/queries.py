"""What a person may see, as of now."""

from __future__ import annotations

from collections.abc import Sequence

from fourfold.engine import definitions
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import NOBODY, Scope
from fourfold.platform.units.models import Unit

__all__ = ["known_people", "person_ids_by_key", "scope_of", "scope_of_key"]


def scope_of(person: Person) -> Scope:
    """Read the grants anew (two queries): a revoked role counts from the next request on."""
    if not person.is_active:
        return NOBODY
    memberships = list(person.memberships.select_related("unit").order_by("ordinal", "pk"))
    roles = frozenset(Role(membership.role) for membership in memberships)
    seen = _units_of(memberships, everything=Role.ADMINISTRATOR in roles)
    return Scope(
        person_id=person.pk,
        person_key=person.key,
        roles=roles,
        unit_ids=frozenset(pk for pk, _key in seen),
        unit_keys=frozenset(key for _pk, key in seen),
        home=memberships[0].unit.key if memberships else None,
    )


def scope_of_key(key: str) -> Scope:
    """The scope of the person with this key.

    Raises:
        PersonUnknown: there is nobody of that key.
    """
    return scope_of(Person.objects.get_or_refuse(key=key))


def _units_of(memberships: Sequence[Membership], *, everything: bool) -> list[tuple[int, str]]:
    """An administrator sees all units, wherever the role was given."""
    units = Unit.objects.all() if everything else Unit.objects.at_or_below(*{row.unit for row in memberships})
    return list(units.values_list("pk", "key"))


def known_people() -> tuple[definitions.Person, ...]:
    """The people as they are now, in listed order, with their roles."""
    people = (
        Person.objects.filter(is_active=True).prefetch_related("memberships__unit").order_by("ordinal", "pk")
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
