"""The door: accounts are opened by an administrator, never by whoever comes along."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.actions.accept_invitation import accept_invitation
from fourfold.platform.accounts.actions.set_password import PasswordSet
from fourfold.platform.accounts.actions.tell_old_address import record_own_address
from fourfold.platform.accounts.models import InvitationVoid, Person
from fourfold.platform.accounts.queries import invited_address, scope_of
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.pages import refusal_response

__all__ = [
    "INVITATION_IN_SESSION",
    "ClosedDoor",
    "ClosedSocialDoor",
    "OneCheck",
    "SecondFactorUnreadable",
    "SecondFactors",
    "StrangerRefused",
    "hear_of_own_address",
    "vouch_for_address",
]

LONGEST_LOGIN = 254  # letters; of an address, and a key has fewer
INVITATION_IN_SESSION = "invitation"
"""Where a visitor's session keeps the invitation they mean to accept through another identity provider."""


class StrangerRefused(Refusal):
    """One answer whether the address is unknown, unconfirmed, or bound to another account over there."""

    code, status = "STRANGER_REFUSED", 403
    sentence = _("No account here belongs to whom you signed in as.")
    remedy = _("Ask an administrator to invite you, with the address that you use there.")


def named_by(login: str) -> Person | None:
    """Whom somebody means who types this: a key or an address, in any letters. One query either way."""
    if len(login) > LONGEST_LOGIN:  # nobody's; and SQLite compares no text of any length
        return None
    typed = login.lower()
    meant: Person | None = Person.objects.filter(Q(key__iexact=typed) | Q(email=typed)).order_by("pk").first()
    return meant


class OneCheck(AuthenticationBackend):  # type: ignore[misc]  # its base has no types
    """Exactly one hash for every attempt: a known address, a known key and a stranger take the same time."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        login = credentials.get("email") or credentials.get("username") or ""
        checked: Person | None = self._check_password(named_by(login), credentials.get("password") or "")
        return checked


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # its base has no types
    """No sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        """A person's own new password, changed or reset, goes into the journal like one that was given."""
        super().set_password(user, password)
        audit.record(PasswordSet(f"person/{user.key}"), scope=scope_of(user), at=timezone.now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Guesses are counted per account: by key, by address and in other letters it is the same one."""
        login = credentials.get("email") or credentials.get("username") or ""
        meant = named_by(login)
        return f"person:{meant.key if meant else login.lower()}"


class ClosedSocialDoor(DefaultSocialAccountAdapter):  # type: ignore[misc]  # its base has no types
    """No sign-up through another identity provider either: it only finds people who are already known."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Bind the account over there to the person of its confirmed address, once; later its subject is enough.

        An address that over there passed on to somebody else does not open the account of its earlier holder.
        """
        if sociallogin.is_existing:
            return
        person = self._vouched_for(request, sociallogin)
        if person is None or self._is_bound(person, provider=sociallogin.account.provider):
            raise ImmediateHttpResponse(refusal_response(request, StrangerRefused()))
        sociallogin.user = person
        sociallogin.save(request, connect=True)

    def _vouched_for(self, request: HttpRequest, sociallogin: SocialLogin) -> Person | None:
        for address in sociallogin.email_addresses:
            if not (address.verified is True and address.email):
                continue
            known: Person | None = Person.objects.filter(email=address.email.lower(), is_active=True).first()
            if known is not None:
                return known
            if invited := self._invited(request, email=address.email.lower()):
                return invited
        return None

    @staticmethod
    def _invited(request: HttpRequest, *, email: str) -> Person | None:
        token = request.session.pop(INVITATION_IN_SESSION, "")
        at = timezone.now()
        if not token or invited_address(token, at=at) != email:
            return None
        try:
            return accept_invitation(token, password=None, at=at)
        except InvitationVoid:
            return None

    @staticmethod
    def _is_bound(person: Person, *, provider: str) -> bool:
        return bool(SocialAccount.objects.filter(user=person, provider=provider).exists())


def vouch_for_address(sender: object, user: Person, **_signal: object) -> None:
    """At every sign-in: the address that an administrator gave is a confirmed one, and no earlier one still is."""
    addresses = EmailAddress.objects.filter(user=user)
    addresses.filter(verified=True).exclude(email=user.email).delete()
    if user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def hear_of_own_address(
    sender: object, user: Person, *, from_email_address: EmailAddress | None = None, **_signal: object
) -> None:
    """Somebody confirmed another address of theirs, as allauth tells."""
    before = from_email_address.email if from_email_address else ""
    record_own_address(user, before=before, at=timezone.now())


class SecondFactorUnreadable(Refusal):
    code, status = "SECOND_FACTOR_UNREADABLE", 409
    sentence = _(
        "Your second factor was made under another secret key of this installation and cannot be read."
    )
    remedy = _("Ask an administrator to remove it on your page, and add it anew.")


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # its base has no types
    """How passkeys and authenticator apps call the account, and how their secrets are kept: not in plain text."""

    def get_totp_label(self, user: Person) -> str:
        return user.key

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Fourfold"}

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise SecondFactorUnreadable from error


def _box() -> Fernet:
    """Opened by the installation's secret key: a copied database alone gives no second factor away."""
    key = hashlib.sha256(f"fourfold.second-factors:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
