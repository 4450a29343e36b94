"""Take a thing away, if nothing needs it any more. What was known of it stays readable as of then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.actions.saving import Overtaken
from fourfold.governance.changes.drafts.kind import Dependant, Kind
from fourfold.governance.changes.drafts.sight import told_consequences
from fourfold.governance.changes.queries.ledger_facts import LedgerFacts
from fourfold.governance.changes.queries.opening import dependants_told, editable_thing
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions, edition

__all__ = ["DefinitionRetired", "StillNeeded", "retire_thing"]


class StillNeeded(Refusal):
    code, status = "STILL_NEEDED", 409
    sentence = _("“{name}” is still needed by {needed_by}.")
    remedy = _("Change or retire those first.")

    def __init__(self, name: str, *, needed_by: tuple[Dependant, ...]) -> None:
        super().__init__(name=name, needed_by=", ".join(f"“{each.name}”" for each in needed_by))


@dataclass(frozen=True, slots=True)
class DefinitionRetired(Event):
    """A thing that is no longer written down from this seq on."""

    name: str
    seq: int


@transaction.atomic
def retire_thing(kind: Kind[Any, Any], key: str, *, carried: str, scope: Scope, at: datetime) -> str:
    """Take it away and answer its name.

    Raises:
        NotPermitted, NothingToEdit, Overtaken, NotRetired, StillNeeded, FinalValuesChange, RulesBroken, and what
        `change_definitions` raises.
    """
    told = {"name": key}

    def change(whole: Definitions) -> Definitions:
        thing = editable_thing(kind, key, whole=whole, scope=scope)
        if carried != edition(thing):
            raise Overtaken(kind.drafted(thing), edition=edition(thing))
        told["name"] = kind.called(thing, whole)
        needed_by = dependants_told(kind, thing, whole=whole, scope=scope)
        if blocking := tuple(each for each in needed_by if each.blocks):
            raise StillNeeded(told["name"], needed_by=blocking)
        kind.refuse_retirement(thing, whole=whole, facts=LedgerFacts())
        after = kind.retired(whole, thing)
        told_consequences(whole, after, keys=(), scope=scope).refuse()
        return after

    unit = min(scope.units_where(kind.act), default="")
    written = change_definitions(change, act=kind.act, unit=unit, scope=scope, at=at)
    audit.record(DefinitionRetired(f"{kind.name}/{key}", told["name"], written.seq), scope=scope, at=at)
    return told["name"]
