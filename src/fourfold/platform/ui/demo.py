"""How a visitor signs in to a demonstration; shown only where FOURFOLD_DEMO is set."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from fourfold.platform.accounts.queries import known_people

__all__ = ["DEMO_PASSWORD", "SignInHint", "sign_in_hint"]

DEMO_PASSWORD = "four-tiles-on-a-page"  # noqa: S105  printed, published, and only ever set in a demo


@dataclass(frozen=True, slots=True)
class SignInHint:
    """Somebody of the demo organisation and the password they all have."""

    person: str
    password: str


def sign_in_hint() -> SignInHint | None:
    """What the sign-in page may tell a stranger; None outside a demo. Three queries inside one."""
    if not settings.FOURFOLD_DEMO:
        return None
    people = known_people()
    return SignInHint(people[0].key, DEMO_PASSWORD) if people else None
