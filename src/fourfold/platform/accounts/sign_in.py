"""The door: accounts are opened by an administrator, never by whoever comes along."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

__all__ = ["ClosedDoor", "ClosedSocialDoor"]


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class ClosedSocialDoor(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """No sign-up through another identity provider either: it only finds people who are already known."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False
