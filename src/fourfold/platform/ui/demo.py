"""How a visitor signs in to a demonstration; shown only where FOURFOLD_DEMO is set."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from fourfold.engine.definitions import Person
from fourfold.platform.accounts.queries import known_people
from fourfold.platform.accounts.roles import ROLE_NAMES, Role

__all__ = ["DEMO_PASSWORD", "SignInHint", "sign_in_hint"]

DEMO_PASSWORD = "four-tiles-on-a-page"  # noqa: S105  printed, published, and only ever set in a demo


@dataclass(frozen=True, slots=True)
class SignInHint:
    """Somebody of the demo organisation and the password they all have; `others` with what each may do where."""

    person: str
    password: str
    others: tuple[tuple[str, str], ...] = ()


def sign_in_hint() -> SignInHint | None:
    """What the sign-in page may tell a stranger; None outside a demo. Three queries inside one."""
    if not settings.FOURFOLD_DEMO:
        return None
    if not (people := known_people()):
        return None
    others = tuple((person.key, _roles_of(person)) for person in people[1:])
    return SignInHint(people[0].key, DEMO_PASSWORD, others)


def _roles_of(person: Person) -> str:
    named = ((ROLE_NAMES[Role(held.role)], held.unit) for held in person.memberships)
    return ", ".join(_("{role} of {unit}").format(role=role, unit=unit) for role, unit in named)
