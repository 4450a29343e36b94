"""Save a draft: under one lock, against the edition it was made from, with what it does to the rules of the map."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from fourfold.engine.definitions import Definitions
from fourfold.engine.finding import Finding
from fourfold.governance.changes.drafts.consequences import Consequences
from fourfold.governance.changes.drafts.kind import Building, Kind
from fourfold.governance.changes.drafts.sight import told_consequences
from fourfold.governance.changes.queries.ledger_facts import LedgerFacts
from fourfold.governance.changes.queries.opening import editable_thing, require_all
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals.refusal import ChangedMeanwhile
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions, edition
from fourfold.scorecard.evaluation.queries.definitions import read_definitions

__all__ = ["DefinitionSaved", "Overtaken", "Saved", "preview_draft", "save_draft"]

D = TypeVar("D")


class Overtaken(ChangedMeanwhile):
    """Carries what the other person wrote and its edition, so that the form can show both and save knowingly."""

    def __init__(self, theirs: object, *, edition: str) -> None:
        super().__init__()
        self.theirs = theirs
        self.edition = edition


@dataclass(frozen=True, slots=True)
class DefinitionSaved(Event):
    """One thing as somebody wrote it: which of its fields changed, and from which seq on it is known."""

    name: str
    fields: tuple[str, ...]
    is_new: bool
    seq: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What now holds. `changed` 0: it said the same before, and nothing was written."""

    key: str
    name: str
    is_new: bool
    changed: int
    seq: int
    findings: tuple[Finding, ...]


@transaction.atomic
def save_draft(
    kind: Kind[Any, D], draft: D, *, key: str | None, carried: str, scope: Scope, at: datetime
) -> Saved:
    """Write one thing anew, or change the one of this key if it is still of the edition that was `carried`.

    Raises:
        NotPermitted, NothingToEdit, Overtaken, FieldRefused, RulesBroken, and what `change_definitions` raises.
    """
    change = _Change(kind, draft, key=key, carried=carried, scope=scope)
    written = change_definitions(change, act=kind.act, unit=_somewhere(kind, scope), scope=scope, at=at)
    name = change.called
    if written.changed:
        event = DefinitionSaved(
            f"{kind.name}/{change.key}",
            name,
            change.changed_fields(),
            key is None,
            written.seq,
            str(getattr(draft, "reason", "")),
        )
        audit.record(event, scope=scope, at=at)
    found = change.consequences
    return Saved(change.key, name, key is None, written.changed, written.seq, (*found.own, *found.elsewhere))


def preview_draft(kind: Kind[Any, D], draft: D, *, key: str | None, scope: Scope) -> Consequences:
    """What saving would do to the findings; writes nothing.

    Raises:
        as `save_draft`, but for Overtaken.
    """
    scope.require_to(kind.act)
    change = _Change(kind, draft, key=key, carried=None, scope=scope)
    change.applied_to(read_definitions())
    return change.consequences


def _somewhere(kind: Kind[Any, D], scope: Scope) -> str:
    """A unit where the act is permitted at all; the units that the thing belongs to are checked under the lock."""
    return min(scope.units_where(kind.act), default="")


class _Change:
    """The draft applied to what holds now; remembers what came of it."""

    thing: Any
    before: Any
    key: str
    consequences: Consequences
    called: str

    def __init__(
        self, kind: Kind[Any, Any], draft: object, *, key: str | None, carried: str | None, scope: Scope
    ) -> None:
        self.kind, self.draft, self.carried, self.scope = kind, draft, carried, scope
        self.known_key = key

    def __call__(self, whole: Definitions) -> Definitions:
        after = self.applied_to(whole)
        self.consequences.refuse()
        return after

    def applied_to(self, whole: Definitions) -> Definitions:
        kind = self.kind
        self.before = self._found(whole)
        self.key = self.known_key or kind.new_key(self.draft, whole)
        self.thing = kind.build(self.draft, Building(self.key, self.before, whole, LedgerFacts()))
        require_all(kind, self.thing, whole=whole, scope=self.scope)
        self.called = kind.called(self.thing, whole)
        after = kind.put(whole, self.thing)
        self.consequences = told_consequences(
            whole, after, keys=kind.names_in_findings(self.thing), scope=self.scope
        )
        return after

    def _found(self, whole: Definitions) -> Any:
        if self.known_key is None:
            return None
        before = editable_thing(self.kind, self.known_key, whole=whole, scope=self.scope)
        if self.carried is not None and self.carried != edition(before):
            raise Overtaken(self.kind.drafted(before), edition=edition(before))
        return before

    def changed_fields(self) -> tuple[str, ...]:
        """The fields of the draft that now say something else."""
        if self.before is None:
            return ()
        old, new = self.kind.drafted(self.before), self.kind.drafted(self.thing)
        return tuple(each.name for each in fields(new) if getattr(old, each.name) != getattr(new, each.name))
