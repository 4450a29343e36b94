"""Give a person a role at a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.units.models import Unit

__all__ = ["RoleGranted", "give", "grant_founder_memberships", "grant_role"]


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """Who holds which role where, from now on."""

    role: str
    unit: str


@transaction.atomic
def grant_role(key: str, role: Role, *, unit: str, scope: Scope, at: datetime) -> None:
    """The role holds at this unit and below from the person's next request on; granted again nothing changes.

    Raises:
        NotPermitted: the unit is not the granter's to manage. PersonUnknown, UnitUnknown.
    """
    scope.require_to(Act.MANAGE_PEOPLE, unit=unit)
    person = Person.objects.visible_to(scope).select_for_update().get_or_refuse(key=key)
    if give(person, role, unit=unit):
        audit.record(RoleGranted(f"person/{key}", role.value, unit), scope=scope, at=at)


def give(person: Person, role: Role, *, unit: str) -> bool:
    """Add the row behind the others; False where it is there already. The caller checks and audits."""
    place = Unit.objects.get_or_refuse(key=unit, is_live=True)
    last = person.memberships.aggregate(last=Max("ordinal"))["last"]
    _row, is_new = Membership.objects.get_or_create(
        person=person, role=role.value, unit=place, defaults={"ordinal": 0 if last is None else last + 1}
    )
    return is_new


@transaction.atomic
def grant_founder_memberships(root: str, *, scope: Scope, at: datetime) -> None:
    """Once the first organisation stands: whoever set the installation up becomes administrator at its root.

    Call it in the transaction that founds; without a founder it does nothing.
    """
    for founder in Person.objects.select_for_update().filter(is_founder=True):
        give(founder, Role.ADMINISTRATOR, unit=root)
        founder.is_founder = False
        founder.save(update_fields=["is_founder"])
        granted = RoleGranted(f"person/{founder.key}", Role.ADMINISTRATOR.value, root)
        audit.record(granted, scope=scope, at=at)
