"""Come in by an invitation, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from fourfold.platform.accounts.actions.grant_role import RoleGranted, give
from fourfold.platform.accounts.actions.set_password import require_strong
from fourfold.platform.accounts.models import Invitation, InvitationVoid, Person, digest_of
from fourfold.platform.accounts.queries import known_invitation, scope_of
from fourfold.platform.accounts.roles import Role
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event

__all__ = ["InvitationAccepted", "accept_invitation"]


@dataclass(frozen=True, slots=True)
class InvitationAccepted(Event):
    """Who came in by which invitation."""

    invitation: int


@transaction.atomic
def accept_invitation(token: str, *, password: str | None, at: datetime) -> Person:
    """Open the account with the roles that were offered. Of two at once, one comes in.

    Whoever was here by name alone gets a way in, and keeps the roles they hold.

    Without a password another identity provider has vouched for the invited address.

    Raises:
        InvitationVoid: unknown, expired, used and revoked alike, and where its inviter's right is gone (TRUST §2
            row 3). PasswordTooWeak.
    """
    Invitation.objects.open_at(at).select_for_update().filter(digest=digest_of(token)).first()
    invitation = known_invitation(token, at=at)
    if invitation is None:
        raise InvitationVoid
    person = _opened(invitation) if invitation.person is None else invitation.person
    if password is not None:
        require_strong(password, person)
        person.set_password(password)
        person.save(update_fields=["password"])
    roles = [Role(row.role) for row in invitation.roles.all()]
    for role in roles:
        give(person, role, unit=invitation.unit.key)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    _record(person, roles, invitation=invitation, at=at)
    return person


def _opened(invitation: Invitation) -> Person:
    last = Person.objects.order_by("ordinal").values_list("ordinal", flat=True).last()
    try:
        return Person.objects.create_user(
            _free_key(invitation.name),
            name=invitation.name,
            email=invitation.email,
            ordinal=0 if last is None else last + 1,
        )
    except IntegrityError as taken:  # the address got an account in the meantime
        raise InvitationVoid from taken


def _free_key(name: str) -> str:
    """A key from the name; where it is taken, with a number."""
    stem = slugify(name)[:56].strip("-") or "person"
    taken = set(Person.objects.filter(key__startswith=stem).values_list("key", flat=True))
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


def _record(person: Person, roles: list[Role], *, invitation: Invitation, at: datetime) -> None:
    scope = scope_of(person)
    audit.record(InvitationAccepted(f"person/{person.key}", invitation.pk), scope=scope, at=at)
    for role in roles:
        granted = RoleGranted(f"person/{person.key}", role.value, invitation.unit.key)
        audit.record(granted, scope=scope, at=at)
