"""Invite somebody who is not here yet, and take an invitation back."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import Invitation, InvitedRole, Person, digest_of
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import backed_invitations
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit

__all__ = [
    "AlreadyHere",
    "Guest",
    "InvitationRevoked",
    "InvitedElsewhere",
    "NoRoleNamed",
    "PersonInvited",
    "invite",
    "revoke_invitation",
]

TOKEN_BYTES = 32  # 256 bits


class AlreadyHere(Refusal):
    code, status = "PERSON_ALREADY_HERE", 409
    sentence = _("Somebody with the address {email} has an account already.")
    remedy = _("Give them the role on their own page, or ask an administrator above to do it.")


class InvitedElsewhere(Refusal):
    code, status = "INVITED_ELSEWHERE", 409
    sentence = _("{email} is invited already, to a unit that is not yours to manage.")
    remedy = _("Give them the role once they are here, or ask an administrator above to invite them to both.")


class NoRoleNamed(Refusal):
    code, status = "ROLE_MISSING", 422
    sentence = _("An invitation names at least one role.")


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom to invite."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PersonInvited(Event):
    """Who was invited to which roles where; never the link."""

    name: str
    roles: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class InvitationRevoked(Event):
    """Whose invitation was taken back."""


@transaction.atomic
def invite(guest: Guest, roles: Collection[Role], *, unit: str, scope: Scope, at: datetime) -> str:
    """Answer the secret of the link, which is kept nowhere: only its digest is. An older invitation ends with it.

    Raises:
        NotPermitted: the unit is not the actor's to manage. AlreadyHere, InvitedElsewhere, NoRoleNamed, UnitUnknown.
    """
    scope.require_to(Act.MANAGE_PEOPLE, unit=unit)
    if not roles:
        raise NoRoleNamed
    email = guest.email.lower()
    if Person.objects.filter(email__iexact=email).exists():
        raise AlreadyHere(email=email)
    place = Unit.objects.visible_to(scope).get_or_refuse(key=unit, is_live=True)
    _replace_open(email, scope=scope, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        digest=digest_of(token),
        name=guest.name,
        email=email,
        unit=place,
        invited_by_id=scope.person_id,
        invited_at=at,
        expires_at=at + timedelta(days=settings.FOURFOLD_INVITATION_DAYS),
    )
    named = tuple(role for role in Role if role in set(roles))
    InvitedRole.objects.bulk_create(InvitedRole(invitation=invitation, role=role.value) for role in named)
    invited = PersonInvited(f"invitation/{invitation.pk}", guest.name, tuple(map(str, named)), unit)
    audit.record(invited, scope=scope, at=at)
    return token


def _replace_open(email: str, *, scope: Scope, at: datetime) -> None:
    """Of two links to one address the newer opens; the journal says what became of the older.

    Raises:
        InvitedElsewhere: the older one still opens, and is not this person's to end.
    """
    waiting = Invitation.objects.select_for_update().filter(email=email, accepted_at=None, revoked_at=None)
    opening = backed_invitations([each for each in waiting.select_related("unit") if each.expires_at > at])
    mine = set(Invitation.objects.visible_to(scope).filter(email=email).values_list("pk", flat=True))
    for earlier in waiting:
        if earlier.pk in opening and earlier.pk not in mine:
            raise InvitedElsewhere(email=email)
        earlier.revoked_at = at
        earlier.save(update_fields=["revoked_at"])
        audit.record(InvitationRevoked(f"invitation/{earlier.pk}"), scope=scope, at=at)


@transaction.atomic
def revoke_invitation(invitation_id: int, *, scope: Scope, at: datetime) -> None:
    """The link opens nothing from now on.

    Raises:
        InvitationVoid: not known, not in scope, used or revoked already.
    """
    scope.require_to(Act.MANAGE_PEOPLE)
    found = Invitation.objects.visible_to(scope).select_for_update()
    invitation = found.get_or_refuse(pk=invitation_id, accepted_at=None, revoked_at=None)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    audit.record(InvitationRevoked(f"invitation/{invitation_id}"), scope=scope, at=at)
