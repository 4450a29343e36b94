"""Invite, and bring the link to the invited."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from fourfold.platform.accounts.actions.invite import Guest, invite, invite_person
from fourfold.platform.accounts.queries import opens_already
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope

__all__ = ["Brought", "invite_and_tell", "invite_person_and_tell"]


@dataclass(frozen=True, slots=True)
class Brought:
    """How an invitation goes: `link` is empty where a mail brings it; `ends_earlier`: another link opened until now."""

    link: str
    ends_earlier: bool


def invite_and_tell(
    guest: Guest,
    roles: Collection[Role],
    *,
    unit: str,
    address: Callable[[str], str],
    scope: Scope,
    at: datetime,
) -> Brought:
    """Send the link by mail; where no mail can be sent, answer it, to be shown once.

    `address` makes the link from its secret. The mail goes out after the invitation is written.

    Raises:
        what `invite` raises.
    """
    earlier = opens_already(guest.email, scope=scope, at=at)
    link = address(invite(guest, roles, unit=unit, scope=scope, at=at))
    return Brought(_brought(guest, link), earlier)


def invite_person_and_tell(
    key: str, *, address: Callable[[str], str], scope: Scope, at: datetime
) -> tuple[Guest, str]:
    """The same for somebody who is here by name alone; answers whom, and the link where it goes by hand.

    Raises:
        what `invite_person` raises.
    """
    guest, token = invite_person(key, scope=scope, at=at)
    return guest, _brought(guest, address(token))


def _brought(guest: Guest, link: str) -> str:
    """Nothing where a mail brings the link; else the link."""
    if not settings.FOURFOLD_HAS_MAIL_SERVER or not guest.email:
        return link
    text = render_to_string(
        "people/invitation_mail.txt",
        {"guest": guest, "link": link, "days": settings.FOURFOLD_INVITATION_DAYS},
    )
    try:
        send_mail(_("You are invited to Fourfold"), text, None, [guest.email])
    except (OSError, smtplib.SMTPException):  # the invitation stands; its link goes by hand
        return link
    return ""
