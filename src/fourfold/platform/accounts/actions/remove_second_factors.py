"""Help somebody in who lost their telephone or key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from fourfold.platform.accounts.actions.leaving import managed_person
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event

__all__ = ["SecondFactorsRemoved", "remove_second_factors"]


@dataclass(frozen=True, slots=True)
class SecondFactorsRemoved(Event):
    """Whose authenticator app, recovery codes and passkeys were removed."""


@transaction.atomic
def remove_second_factors(key: str, *, scope: Scope, at: datetime) -> None:
    """Remove them all and sign the person out everywhere; the password stays.

    Raises:
        NotPermitted, PersonUnknown.
    """
    person = managed_person(key, scope=scope)
    Authenticator.objects.filter(user=person).delete()
    person.end_sessions()
    person.save(update_fields=["session_epoch"])
    audit.record(SecondFactorsRemoved(f"person/{key}"), scope=scope, at=at)
