"""Somebody leaves, comes back, or is signed out everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fourfold.platform.accounts.actions.administrators import has_administrator, keep_an_administrator
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event

__all__ = [
    "PersonDeactivated",
    "PersonReactivated",
    "SessionsEnded",
    "deactivate_person",
    "end_sessions",
    "managed_person",
    "reactivate_person",
]


@dataclass(frozen=True, slots=True)
class PersonDeactivated(Event):
    """Who left: nothing of theirs opens any more."""


@dataclass(frozen=True, slots=True)
class PersonReactivated(Event):
    """Who may sign in again."""


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    """Who was signed out everywhere."""


@transaction.atomic
def deactivate_person(key: str, *, scope: Scope, at: datetime) -> None:
    """Their sessions end with this transaction, and coming back does not revive them; roles and history stay.

    Raises:
        NotPermitted: they hold a role outside what the actor manages. PersonUnknown, LastAdministrator.
    """
    person = managed_person(key, scope=scope)
    if not person.is_active:
        return
    had_administrator = has_administrator()
    person.is_active = False
    person.end_sessions()
    person.save(update_fields=["is_active", "session_epoch"])
    if had_administrator:  # an installation that has none at its top does not lose one
        keep_an_administrator()
    audit.record(PersonDeactivated(f"person/{key}"), scope=scope, at=at)


@transaction.atomic
def reactivate_person(key: str, *, scope: Scope, at: datetime) -> None:
    """They sign in anew, with the roles they held.

    Raises:
        NotPermitted, PersonUnknown.
    """
    person = managed_person(key, scope=scope)
    if person.is_active:
        return
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record(PersonReactivated(f"person/{key}"), scope=scope, at=at)


@transaction.atomic
def end_sessions(key: str, *, scope: Scope, at: datetime) -> Person:
    """Sign somebody out everywhere: one's own sessions, or those of a person one manages.

    Raises:
        NotPermitted, PersonUnknown.
    """
    is_own = key == scope.person_key and bool(key)
    person = Person.objects.select_for_update().get(key=key) if is_own else managed_person(key, scope=scope)
    person.end_sessions()
    person.save(update_fields=["session_epoch"])
    audit.record(SessionsEnded(f"person/{key}"), scope=scope, at=at)
    return person


def managed_person(key: str, *, scope: Scope) -> Person:
    """Somebody with roles elsewhere is not ours alone to send away: every one of their units must be managed."""
    scope.require_to(Act.MANAGE_PEOPLE)
    person: Person = Person.objects.visible_to(scope).select_for_update().get_or_refuse(key=key)
    for unit in person.memberships.values_list("unit__key", flat=True):
        scope.require_to(Act.MANAGE_PEOPLE, unit=unit)
    return person
