"""Who decides about limits: whoever keeps the method, and the measure's own owner and steward."""

from __future__ import annotations

from fourfold.engine.definitions import MeasureVersion
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals.refusal import NotPermitted

__all__ = ["may_decide", "require_to_decide"]


def may_decide(version: MeasureVersion, *, unit: str, scope: Scope) -> bool:
    """Whether this person decides about the measure's limits there."""
    return scope.may(Act.DECIDE_LIMITS, unit=unit, assigned=(version.owner, version.steward))


def require_to_decide(version: MeasureVersion, *, unit: str, scope: Scope) -> None:
    """Refuse whoever does not.

    Raises:
        NotPermitted.
    """
    if not may_decide(version, unit=unit, scope=scope):
        raise NotPermitted(act=Act.DECIDE_LIMITS.value, unit=unit)
