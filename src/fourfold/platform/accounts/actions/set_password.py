"""Give a person a way in."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.actions.leaving import managed_person
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal

__all__ = ["PasswordSet", "PasswordTooWeak", "require_strong", "set_password"]


class PasswordTooWeak(Refusal):
    code, status = "PASSWORD_TOO_WEAK", 422
    sentence = _("This password is too easy to guess. {reasons}")


@dataclass(frozen=True, slots=True)
class PasswordSet(Event):
    """Who got a new password; never which."""


@transaction.atomic
def set_password(key: str, password: str, *, scope: Scope, at: datetime) -> None:
    """Set another person's password (whoever manages them); their other sessions end with it.

    Raises:
        NotPermitted, PersonUnknown, PasswordTooWeak.
    """
    person = managed_person(key, scope=scope)
    require_strong(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(PasswordSet(f"person/{key}"), scope=scope, at=at)


def require_strong(password: str, person: Person) -> None:
    """Refuse what a guesser tries first: short, common, or like the person's own name.

    Raises:
        PasswordTooWeak: with every reason.
    """
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PasswordTooWeak(reasons=" ".join(error.messages)) from error
