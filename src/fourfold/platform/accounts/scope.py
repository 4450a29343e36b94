"""What somebody may see and do: the value that every query starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import HttpRequest

from fourfold.platform.accounts.roles import Role
from fourfold.platform.refusals.refusal import OutOfScope

__all__ = ["INSTALLATION", "NOBODY", "Scope", "ScopedRequest", "scoped"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One person's sight. `unit_ids` and `unit_keys` hold whole subtrees; `home` is where their first role lies."""

    person_id: int | None
    person_key: str
    roles: frozenset[Role]
    unit_ids: frozenset[int]
    unit_keys: frozenset[str]
    home: str | None = None
    sees_everything: bool = False

    def sees(self, unit_key: str) -> bool:
        """Whether the values of this unit are theirs to see."""
        return self.sees_everything or unit_key in self.unit_keys

    def require(self, unit_key: str) -> None:
        """Refuse what lies outside (OUT_OF_SCOPE)."""
        if not self.sees(unit_key):
            raise OutOfScope(unit=unit_key)


NOBODY = Scope(None, "", frozenset(), frozenset(), frozenset())
"""Not signed in: sees nothing."""

INSTALLATION = Scope(
    None, "", frozenset({Role.ADMINISTRATOR}), frozenset(), frozenset(), sees_everything=True
)
"""Whoever holds the machine: the command line acts in this name."""


class ScopedRequest(HttpRequest):
    """A request after ScopeMiddleware."""

    scope: Scope
    received_at: datetime


def scoped(request: HttpRequest) -> ScopedRequest:
    """The request as ScopeMiddleware left it, for callers whose framework names the plain type."""
    return cast("ScopedRequest", request)
