"""A thing opened for editing, as far as this person may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.drafts.choices import Choices
from fourfold.governance.changes.drafts.kind import Dependant, Kind
from fourfold.governance.changes.drafts.sight import in_sight
from fourfold.governance.changes.queries.ledger_facts import LedgerFacts
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import month_begun
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.change_definitions import edition
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.measures.queries.ledger import definitions_seq, head_seq

__all__ = [
    "NothingToEdit",
    "Opened",
    "dependants_told",
    "draft_as_opened",
    "editable_thing",
    "open_thing",
    "require_all",
]

D = TypeVar("D")
T = TypeVar("T")

LONGEST_SEQ = 18  # digits: what the ledger can count to


class NothingToEdit(Refusal):
    code, status = "NOTHING_TO_EDIT", 404
    sentence = _("There is no {kind} “{key}”; it may have been removed.")
    remedy = _("Look for it in the list of everything that can be edited.")


@dataclass(frozen=True, slots=True)
class Opened(Generic[D]):
    """A draft of what stands now with its edition, and what it may name. A new thing has no key and no edition.

    `since`: the seq that the draft is known from, by which `draft_as_opened` finds it again.
    """

    kind: Kind[Any, D]
    key: str | None
    title: str
    draft: D
    edition: str
    choices: Choices
    dependants: tuple[Dependant, ...] = ()
    since: int = 0

    @property
    def blocking(self) -> tuple[Dependant, ...]:
        """What must let go before it can be retired."""
        return tuple(each for each in self.dependants if each.blocks)

    @property
    def going_along(self) -> tuple[Dependant, ...]:
        """What goes, or is mended, with it."""
        return tuple(each for each in self.dependants if not each.blocks)


def open_thing(
    kind: Kind[Any, D], key: str | None, *, scope: Scope, at: datetime, to_retire: bool = False
) -> Opened[D]:
    """What the form of this thing starts from; about thirty queries, whatever the size.

    Raises:
        NotPermitted: not here. NothingToEdit: no such key. NotFounded.
    """
    scope.require_to(kind.act)
    since = head_seq()
    whole = known_definitions()
    seen = in_sight(whole, scope)
    choices = Choices.of(seen)
    if key is None:
        blank = kind.begun(
            kind.blank(seen), month=month_begun(whole.organisation, at=at), facts=LedgerFacts()
        )
        return Opened(kind, None, "", blank, "", choices, since=since)
    thing = editable_thing(kind, key, whole=whole, scope=scope)
    dependants = dependants_told(kind, thing, whole=whole, scope=scope) if to_retire else ()
    draft = kind.drafted(thing)
    return Opened(kind, key, kind.called(thing, whole), draft, edition(thing), choices, dependants, since)


def dependants_told(
    kind: Kind[Any, Any], thing: object, *, whole: Definitions, scope: Scope
) -> tuple[Dependant, ...]:
    """Everything that names the thing; what lies out of sight is told as that, once."""
    seen, facts = in_sight(whole, scope), LedgerFacts()
    found = kind.needed_by(thing, whole=whole, facts=facts)
    if seen is whole:
        return found
    named = {(each.kind, each.key) for each in kind.needed_by(thing, whole=seen, facts=facts)}
    told = (each if (each.kind, each.key) in named else _unnamed(each) for each in found)
    return tuple(dict.fromkeys(told))


def _unnamed(dependant: Dependant) -> Dependant:
    return Dependant("elsewhere", "", str(now("something in a unit out of your sight")), dependant.blocks)


def draft_as_opened(kind: Kind[Any, D], key: str, *, carried: str, since: str) -> D | None:
    """What a form of the edition it `carried` started from; None where the address it names leads nowhere."""
    if not since.isdecimal() or len(since) > LONGEST_SEQ or (seq := definitions_seq(int(since))) == 0:
        return None
    thing = kind.find(read_definitions(seq), key)
    return kind.drafted(thing) if thing is not None and edition(thing) == carried else None


def editable_thing(kind: Kind[T, Any], key: str, *, whole: Definitions, scope: Scope) -> T:
    """The thing of this key, once it is this person's to edit everywhere it belongs.

    Raises:
        NothingToEdit: there is none, or none in sight. NotPermitted.
    """
    thing = kind.find(whole, key)
    if thing is None or kind.find(in_sight(whole, scope), key) is None:
        raise NothingToEdit(kind=str(kind.noun.one), key=key)
    require_all(kind, thing, whole=whole, scope=scope)
    return thing


def require_all(kind: Kind[Any, Any], thing: object, *, whole: Definitions, scope: Scope) -> None:
    """Refuse where the act is not permitted at every unit the thing belongs to (NOT_PERMITTED)."""
    for unit in kind.belongs_to(thing, whole):
        scope.require_to(kind.act, unit=unit)
