"""The door: accounts are opened by an administrator, never by whoever comes along."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from fourfold.platform.accounts.actions.set_password import PasswordSet
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.audit import actions as audit

__all__ = ["ClosedDoor", "ClosedSocialDoor"]


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        """A person's own new password, changed or reset, goes into the journal like one that was given."""
        super().set_password(user, password)
        audit.record(PasswordSet(f"person/{user.key}"), scope=scope_of(user), at=timezone.now())


class ClosedSocialDoor(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """No sign-up through another identity provider either: it only finds people who are already known."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False
