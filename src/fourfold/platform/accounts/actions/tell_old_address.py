"""Change somebody's details, and tell whoever reads mail at the address that was theirs."""

from __future__ import annotations

import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from fourfold.platform.accounts.actions.change_person import AddressChanged, change_person
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import PersonDetails, scope_of
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit

__all__ = ["change_person_and_tell", "record_own_address"]


def change_person_and_tell(
    key: str, details: PersonDetails, *, edition_seen: str, scope: Scope, at: datetime
) -> bool:
    """Answers whether a mail went to the old address: after the change is written, and only where mail is on.

    The mail does not say the new address: whoever reads the old one may be somebody else by now.

    Raises:
        what `change_person` raises.
    """
    before = change_person(key, details, edition_seen=edition_seen, scope=scope, at=at)
    is_told = bool(before.email) and before.email != details.email.lower()
    return is_told and settings.FOURFOLD_HAS_MAIL_SERVER and _sent(before)


def record_own_address(person: Person, *, before: str, at: datetime) -> None:
    """A person confirmed another address of their own: it goes into the journal, and the old one is told likewise."""
    audit.record(AddressChanged(f"person/{person.key}"), scope=scope_of(person), at=at)
    if before and settings.FOURFOLD_HAS_MAIL_SERVER:
        _sent(PersonDetails(person.name, before))


def _sent(before: PersonDetails) -> bool:
    text = render_to_string("people/address_changed_mail.txt", {"name": before.name})
    try:
        send_mail(_("Your address in Fourfold was changed"), text, None, [before.email])
    except (OSError, smtplib.SMTPException):  # the change stands; the page says that nobody was told
        return False
    return True
