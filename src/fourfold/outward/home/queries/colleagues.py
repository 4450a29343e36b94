"""Who can be found, as far as one's units reach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from fourfold.platform.accounts.models import Membership
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import ROLE_NAMES, Role
from fourfold.platform.accounts.scope import Scope

__all__ = ["Colleague", "known_colleagues"]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role where one may look, or above it; only those roles are named. `is_managed`: one may open
    their page."""

    key: str
    name: str
    roles: tuple[str, ...] = ()
    is_managed: bool = False


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
