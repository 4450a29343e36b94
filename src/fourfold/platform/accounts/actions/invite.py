"""Invite somebody who is not here yet, and take an invitation back."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.actions.leaving import managed_person
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
    "PersonWithoutRole",
    "WayInKnown",
    "invite",
    "invite_person",
    "revoke_invitation",
]

TOKEN_BYTES = 32  # 256 bits


class AlreadyHere(Refusal):
    code, status = "PERSON_ALREADY_HERE", 409
    sentence = _("Somebody with the address {email} has an account already.")
    remedy = _(
        "Give them the role on their own page, and invite them there if they have no password yet; "
        "or ask an administrator above to do it."
    )


class WayInKnown(Refusal):
    code, status = "PERSON_HAS_A_WAY_IN", 409
    sentence = _("{name} has a way in already, or has left.")
    remedy = _("Whoever forgot the password asks for a new one on the sign-in page.")


class InvitedElsewhere(Refusal):
    code, status = "INVITED_ELSEWHERE", 409
    sentence = _("{email} is invited already, to a unit that is not yours to manage.")
    remedy = _("Give them the role once they are here, or ask an administrator above to invite them to both.")


class NoRoleNamed(Refusal):
    code, status = "ROLE_MISSING", 422
    sentence = _("An invitation names at least one role.")


class PersonWithoutRole(Refusal):
    code, status = "PERSON_WITHOUT_ROLE", 409
    sentence = _("{name} holds no role yet, and would see nothing.")
    remedy = _("Give them a role first, then invite them.")


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom to invite; without an address the link is brought by hand."""

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
    _replace_open(Q(email=email), name=email, scope=scope, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = _written(token, Guest(guest.name, email), unit=place, scope=scope, at=at)
    named = tuple(role for role in Role if role in set(roles))
    InvitedRole.objects.bulk_create(InvitedRole(invitation=invitation, role=role.value) for role in named)
    invited = PersonInvited(f"invitation/{invitation.pk}", guest.name, tuple(map(str, named)), unit)
    audit.record(invited, scope=scope, at=at)
    return token


@transaction.atomic
def invite_person(key: str, *, scope: Scope, at: datetime) -> tuple[Guest, str]:
    """Give somebody who is here by name alone a link to choose a password; answers whom, and the secret.

    Their roles stay as they are. An older invitation ends with it.

    Raises:
        NotPermitted: a role of theirs lies outside what the actor manages. PersonUnknown, WayInKnown,
            PersonWithoutRole, InvitedElsewhere.
    """
    person = managed_person(key, scope=scope)
    if not person.is_awaited:
        raise WayInKnown(name=person.name)
    first = person.memberships.select_related("unit").order_by("ordinal", "pk").first()
    if first is None:
        raise PersonWithoutRole(name=person.name)
    guest = Guest(person.name, person.email.lower())
    same = Q(person=person) | Q(email=guest.email) if guest.email else Q(person=person)
    _replace_open(same, name=guest.email or person.name, scope=scope, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = _written(token, guest, unit=first.unit, person=person, scope=scope, at=at)
    roles = tuple(dict.fromkeys(person.memberships.order_by("ordinal", "pk").values_list("role", flat=True)))
    invited = PersonInvited(f"invitation/{invitation.pk}", guest.name, roles, first.unit.key)
    audit.record(invited, scope=scope, at=at)
    return guest, token


def _written(
    token: str, guest: Guest, *, unit: Unit, scope: Scope, at: datetime, person: Person | None = None
) -> Invitation:
    return Invitation.objects.create(
        digest=digest_of(token),
        name=guest.name,
        email=guest.email,
        person=person,
        unit=unit,
        invited_by_id=scope.person_id,
        invited_at=at,
        expires_at=at + timedelta(days=settings.FOURFOLD_INVITATION_DAYS),
    )


def _replace_open(same: Q, *, name: str, scope: Scope, at: datetime) -> None:
    """Of two links to one address or person the newer opens; the journal says what became of the older.

    Raises:
        InvitedElsewhere: the older one still opens, and is not this person's to end.
    """
    waiting = Invitation.objects.select_for_update().filter(same, accepted_at=None, revoked_at=None)
    read = waiting.select_related("unit", "person")
    opening = backed_invitations([each for each in read if each.expires_at > at])
    mine = set(Invitation.objects.visible_to(scope).filter(same).values_list("pk", flat=True))
    for earlier in waiting:
        if earlier.pk in opening and earlier.pk not in mine:
            raise InvitedElsewhere(email=name)
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
