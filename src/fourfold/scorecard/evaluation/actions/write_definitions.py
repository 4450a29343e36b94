"""Write a whole set of definitions: found an organisation, or bring it in line with what is now written down."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.alignment import check_alignment
from fourfold.engine.book import DefinitionRefused, compile_book
from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.actions.write_people import write_people
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.changes import Changes, changes
from fourfold.platform.audit.events import Event
from fourfold.platform.periods.actions.write_organisation import write_organisation
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import today
from fourfold.platform.policies.actions.write_policies import policy_name, write_policies
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import OutOfScope
from fourfold.platform.units.actions.write_units import refuse_broken_tree, write_units
from fourfold.scorecard.evaluation.actions.merging import link_ends, merged
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.initiatives.actions.write_initiatives import write_initiatives
from fourfold.scorecard.measures.actions.open_entry import HistoryNotAllowed, take_turn
from fourfold.scorecard.measures.actions.write_measures import write_measures
from fourfold.scorecard.measures.actions.write_targets import target_name, write_targets
from fourfold.scorecard.strategy.actions.write_links import (
    MeasurePlace,
    ServedObjective,
    write_causal_links,
    write_identity_links,
    write_measure_places,
    write_served_objectives,
)
from fourfold.scorecard.strategy.actions.write_objectives import write_objectives
from fourfold.scorecard.strategy.actions.write_strategy import (
    write_perspectives,
    write_strategy,
    write_themes,
)

__all__ = [
    "AlignCycle",
    "AnotherOrganisation",
    "DefinitionsContradict",
    "DefinitionsRefused",
    "DefinitionsWritten",
    "Written",
    "write_definitions",
]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class AnotherOrganisation(Refusal):
    code, status = "ANOTHER_ORGANISATION", 409
    sentence = _("This installation belongs to “{here}”, not to “{offered}”.")
    remedy = _("One installation holds one organisation: give the other its own FOURFOLD_HOME.")


class AlignCycle(Refusal):
    code, status = "ALIGN_CYCLE", 422
    sentence = "{message}"
    remedy = _("Remove one contributes_to of the loop.")


class DefinitionsRefused(Refusal):
    """What the engine refuses keeps the engine's own code."""

    sentence = "{message}"

    def __init__(self, refused: DefinitionRefused) -> None:
        super().__init__(message=str(refused), kind=refused.kind, key=refused.key)
        self.code = refused.code  # one class for the engine's many codes


class DefinitionsContradict(Refusal):
    code, status = "DEFINITIONS_CONTRADICT", 422
    sentence = _("The database does not take these definitions: {reason}.")
    remedy = _("The constraint is named after what must hold; mend the definition that breaks it.")


@dataclass(frozen=True, slots=True)
class Written:
    """At which seq the definitions are known, and how many things were new or differed; 0: nothing was written."""

    seq: int
    changed: int


@dataclass(frozen=True, slots=True)
class DefinitionsWritten(Event):
    """How much changed, and from which seq on it is known."""

    seq: int
    changed: int
    is_founding: bool


@transaction.atomic
def write_definitions(
    offered: Definitions,
    *,
    scope: Scope,
    at: datetime,
    replaces: bool = False,
    known_since: datetime | None = None,
    act: Act = Act.LOAD_FOLDER,
) -> Written:
    """Make the database say what `offered` says, in one transaction, and record it.

    An empty installation is founded. Otherwise what differs is written anew at the next seq (what was known before
    stays readable as of then) and what `offered` does not name stays, unless it `replaces` everything.
    `act` is what the writer must be permitted to do at some unit; at which one is for the caller to check. Whole sets
    (`LOAD_FOLDER`) are for the topmost unit alone.
    `known_since` dates a founding back, so that observations with a history of their own can follow it.

    Raises:
        OutOfScope, AnotherOrganisation, VersionImmutable, UnitCycle, AlignCycle, DefinitionsRefused,
        HistoryNotAllowed, and the unknown keys by name.
    """
    turn = take_turn()
    known = _known()
    is_whole = act is Act.LOAD_FOLDER and known is not None
    if not (scope.may_for_the_whole(act) if is_whole else scope.may(act)):
        raise OutOfScope(organisation=offered.organisation.key)
    if known is not None and known_since is not None:
        raise HistoryNotAllowed
    wanted = merged(known, offered) if known is not None and not replaces else offered
    _refuse_what_cannot_be(known, wanted, at=at)
    try:
        changed = _write(known, wanted, seq=turn.seq + 1)
    except IntegrityError as broken:
        raise DefinitionsContradict(reason=str(broken)) from broken
    if not changed:
        return Written(turn.seq, 0)
    moment = (known_since or at).astimezone(UTC)
    entry = turn.open_entry(
        1, at=moment, actor=scope.person_key, is_definition=True, is_history=known_since is not None
    )
    subject = f"organisation/{wanted.organisation.key}"
    audit.record(DefinitionsWritten(subject, entry.last_seq, changed, known is None), scope=scope, at=at)
    return Written(entry.last_seq, changed)


def _known() -> Definitions | None:
    try:
        return read_definitions()
    except NotFounded:
        return None


def _refuse_what_cannot_be(known: Definitions | None, wanted: Definitions, *, at: datetime) -> None:
    if known is not None and known.organisation.key != wanted.organisation.key:
        raise AnotherOrganisation(here=known.organisation.key, offered=wanted.organisation.key)
    refuse_broken_tree(wanted.units)
    for finding in check_alignment(wanted):
        if finding.rule == AlignCycle.code:
            raise AlignCycle(message=finding.message)
    try:
        compile_book(wanted, today=today(wanted.organisation, at=at))
    except DefinitionRefused as refused:
        raise DefinitionsRefused(refused) from refused


def _write(known: Definitions | None, wanted: Definitions, *, seq: int) -> int:
    """What others name is written before them. Answers how many things changed."""
    counted = 0
    if known is None or known.organisation != wanted.organisation:
        write_organisation(wanted.organisation, seq=seq)
        counted += 1
    if known is None or known.strategy != wanted.strategy:
        write_strategy(wanted.strategy, seq=seq)
        counted += 1
    for step in _STEPS:
        counted += step(known, wanted, seq)
    return counted


Step = Callable[[Definitions | None, Definitions, int], int]


def _step(
    listing: Callable[[Definitions], Sequence[T]],
    key: Callable[[T], K],
    write: Callable[..., None],
    *,
    dated: bool = True,
) -> Step:
    """One kind of thing: compare, and write what differs. `dated`: its rows know since when they are known."""

    def step(known: Definitions | None, wanted: Definitions, seq: int) -> int:
        changed: Changes[K, T] = changes(listing(known) if known else (), listing(wanted), key=key)
        if changed:
            write(changed, seq=seq) if dated else write(changed)
        return len(changed.put) + len(changed.gone)

    return step


def _by_key(thing: Any) -> str:
    key: str = thing.key
    return key


def _measure_places(whole: Definitions) -> list[MeasurePlace]:
    return [
        MeasurePlace(measure.key, place, share)
        for measure in whole.measures
        for place, share in enumerate(measure.objectives)
    ]


def _served_objectives(whole: Definitions) -> list[ServedObjective]:
    return [
        ServedObjective(initiative.key, place, objective)
        for initiative in whole.initiatives
        for place, objective in enumerate(initiative.objectives)
    ]


_STEPS: tuple[Step, ...] = (
    _step(lambda whole: whole.units, _by_key, write_units),
    _step(lambda whole: whole.people, _by_key, write_people, dated=False),
    _step(lambda whole: whole.policies, policy_name, write_policies),
    _step(lambda whole: whole.perspectives, _by_key, write_perspectives),
    _step(lambda whole: whole.themes, _by_key, write_themes),
    _step(lambda whole: whole.objectives, _by_key, write_objectives),
    _step(lambda whole: whole.causal_links, link_ends, write_causal_links),
    _step(lambda whole: whole.identity_links, link_ends, write_identity_links),
    _step(lambda whole: [replace(each, objectives=()) for each in whole.measures], _by_key, write_measures),
    _step(_measure_places, lambda each: (each.measure, each.share.objective), write_measure_places),
    _step(lambda whole: whole.targets, target_name, write_targets),
    _step(
        lambda whole: [replace(each, objectives=()) for each in whole.initiatives], _by_key, write_initiatives
    ),
    _step(_served_objectives, lambda each: (each.initiative, each.objective), write_served_objectives),
)
