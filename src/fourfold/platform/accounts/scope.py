"""What somebody may see and do: the value that every query starts from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from django.http import HttpRequest

from fourfold.platform.accounts.permissions import Act, roles_that_may
from fourfold.platform.accounts.roles import Role
from fourfold.platform.refusals.refusal import NotPermitted, OutOfScope

__all__ = ["INSTALLATION", "NOBODY", "Scope", "ScopedRequest", "scoped"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One person's sight. `unit_ids` and `unit_keys` hold whole subtrees; `home` is where their first role lies.

    `held` says for every role at which units (with all below them) it is held: a viewer of the whole who is steward
    of one unit may enter values there and nowhere else.
    """

    person_id: int | None
    person_key: str
    roles: frozenset[Role]
    unit_ids: frozenset[int]
    unit_keys: frozenset[str]
    home: str | None = None
    sees_everything: bool = False
    held: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    root: str = ""  # the key of the topmost unit, where a role is held at it

    @property
    def runs_the_installation(self) -> bool:
        """Whether they are administrator of the whole: what belongs to no unit is theirs."""
        return self.sees_everything or (
            bool(self.root) and self.root in self.held.get(Role.ADMINISTRATOR, frozenset())
        )

    def may_for_the_whole(self, act: Act) -> bool:
        """Whether a role held at the topmost unit permits the act."""
        return self.may(act, unit=self.root) if self.root or self.sees_everything else False

    def sees(self, unit_key: str) -> bool:
        """Whether the values of this unit are theirs to see."""
        return self.sees_everything or unit_key in self.unit_keys

    def require(self, unit_key: str) -> None:
        """Refuse what lies outside (OUT_OF_SCOPE)."""
        if not self.sees(unit_key):
            raise OutOfScope(unit=unit_key)

    def may(self, act: Act, *, unit: str | None = None, assigned: Collection[str | None] = ()) -> bool:
        """Whether a role held at this unit or above it permits the act; without a unit: at any unit.

        `assigned` are the keys of those who are named for the thing: some acts are theirs, given such a role.
        """
        is_assigned = bool(self.person_key) and self.person_key in assigned
        permitting = roles_that_may(act, is_assigned=is_assigned) & self.roles
        if self.sees_everything:
            return bool(permitting)
        if unit is None:
            return bool(permitting)
        return any(unit in self.held.get(role, frozenset()) for role in permitting)

    def require_to(self, act: Act, *, unit: str | None = None) -> None:
        """Refuse what no role of this person permits there (NOT_PERMITTED)."""
        if not self.may(act, unit=unit):
            raise NotPermitted(act=act.value, unit=unit or "")

    def units_where(self, act: Act, *, assigned: Collection[str | None] = ()) -> frozenset[str]:
        """Every unit key where this person may do it; `assigned` as in `may`."""
        is_assigned = bool(self.person_key) and self.person_key in assigned
        permitting = roles_that_may(act, is_assigned=is_assigned)
        return frozenset().union(*(self.held.get(role, frozenset()) for role in permitting))


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
