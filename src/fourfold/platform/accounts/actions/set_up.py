"""Open an installation to its first person: once, and never again."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.actions.grant_role import grant_founder_memberships
from fourfold.platform.accounts.actions.set_password import require_strong
from fourfold.platform.accounts.models import Person, SetUp
from fourfold.platform.accounts.queries import needs_set_up, scope_of
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import UnknownPage
from fourfold.platform.units.models import Unit

__all__ = [
    "FirstPerson",
    "InstallationSetUp",
    "KeyTaken",
    "SetUpCodeWrong",
    "require_open",
    "set_up",
    "set_up_code",
]

CODE_BYTES = 16  # 128 bits: nobody guesses it, so nobody needs to be throttled


class SetUpCodeWrong(Refusal):
    code, status = "SET_UP_CODE_WRONG", 403
    sentence = _("This is not the set-up code of this installation.")
    remedy = _("It stands where `fourfold serve` was started, and in the file `setup_code` in its home.")


class KeyTaken(Refusal):
    code, status = "PERSON_KEY_TAKEN", 409
    sentence = _("Somebody here already has this name to sign in with, or this address.")
    remedy = _("Choose another.")


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Who runs the installation."""

    key: str
    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class InstallationSetUp(Event):
    """Who came first."""


def require_open() -> None:
    """The set-up page exists only until the first person does.

    Raises:
        UnknownPage: the installation is open already.
    """
    if not needs_set_up():
        raise UnknownPage


def set_up(first: FirstPerson, *, code: str, at: datetime) -> Person:
    """Make the administrator. The database takes one such row ever, so of two at once the second is refused.

    Where units exist already (a folder was loaded), they hold the role at the root; else as founder, until
    `grant_founder_memberships`.

    Raises:
        UnknownPage: the installation is open already. SetUpCodeWrong, PasswordTooWeak, KeyTaken.
    """
    require_open()
    if not secrets.compare_digest(code.strip().encode(), set_up_code().encode()):
        raise SetUpCodeWrong
    person = _made(first, at=at)
    _code_file().unlink(missing_ok=True)
    return person


@transaction.atomic
def _made(first: FirstPerson, *, at: datetime) -> Person:
    require_open()  # asked again under the write lock
    try:
        person = Person.objects.create_user(first.key, name=first.name, email=first.email)
    except IntegrityError as taken:
        raise KeyTaken from taken
    require_strong(first.password, person)
    person.set_password(first.password)
    person.is_founder = True
    person.save(update_fields=["password", "is_founder"])
    SetUp.objects.create(pk=1, person=person, at=at)
    scope = scope_of(person)
    audit.record(InstallationSetUp(f"person/{first.key}"), scope=scope, at=at)
    if root := Unit.objects.filter(parent=None, is_live=True).first():
        grant_founder_memberships(root.key, scope=scope, at=at)
    return person


def set_up_code() -> str:
    """The code of this installation: made once, kept in its home for the owner's eyes only, gone after set-up."""
    file = _code_file()
    if not file.exists():
        aside = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as page:
            page.write(secrets.token_urlsafe(CODE_BYTES))
        try:
            os.link(aside, file)  # appears whole, and only the first of two
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return file.read_text().strip()


def _code_file() -> Path:
    return Path(settings.FOURFOLD_HOME) / "setup_code"
