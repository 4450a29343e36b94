"""Take a role at a unit away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fourfold.platform.accounts.actions.administrators import has_administrator, keep_an_administrator
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event

__all__ = ["RoleRevoked", "revoke_role"]


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    """Who no longer holds which role where."""

    role: str
    unit: str


@transaction.atomic
def revoke_role(key: str, role: Role, *, unit: str, scope: Scope, at: datetime) -> None:
    """From the person's next request on the role no longer counts; revoked again nothing changes.

    Raises:
        NotPermitted, PersonUnknown, LastAdministrator.
    """
    scope.require_to(Act.MANAGE_PEOPLE, unit=unit)
    person = Person.objects.visible_to(scope).select_for_update().get_or_refuse(key=key)
    had_administrator = has_administrator()
    deleted, _kinds = person.memberships.filter(role=role.value, unit__key=unit).delete()
    if not deleted:
        return
    if role is Role.ADMINISTRATOR and had_administrator:
        keep_an_administrator()
    audit.record(RoleRevoked(f"person/{key}", role.value, unit), scope=scope, at=at)
