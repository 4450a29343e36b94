"""Move a thing one place up or down in its listed order, which is meant: perspectives run from the top of the map."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.drafts.kind import ListedKind
from fourfold.governance.changes.drafts.sight import told_consequences
from fourfold.governance.changes.queries.opening import editable_thing
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions

__all__ = ["move_thing"]


def move_thing(kind: ListedKind[Any, Any], key: str, *, by: int, scope: Scope, at: datetime) -> None:
    """Change places with the neighbour; at an end nothing happens. Two who move at once both move.

    Raises:
        NotPermitted, NothingToEdit, RulesBroken (a link would run down the map), and what `change_definitions` raises.
    """

    def change(whole: Definitions) -> Definitions:
        thing = editable_thing(kind, key, whole=whole, scope=scope)
        after = kind.moved(whole, thing, by=by)
        told_consequences(whole, after, keys=(), scope=scope).refuse()
        return after

    unit = min(scope.units_where(kind.act), default="")
    change_definitions(change, act=kind.act, unit=unit, scope=scope, at=at)
