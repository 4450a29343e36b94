"""Set targets; what was wanted of periods that have ended stays as it was (METHOD §2.7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Measure, Target, Trajectory
from fourfold.engine.trajectory import TrajectoryRefused, check_trajectory
from fourfold.governance.changes.pages.target_draft import TargetDraft, with_past
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions, edition
from fourfold.scorecard.evaluation.queries.target_past import refuse_rewriting
from fourfold.scorecard.evaluation.queries.wanted_targets import last_ended, target_of
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = [
    "TargetWithoutPoints",
    "TargetsSet",
    "TrajectoryImpossible",
    "clear_target",
    "set_target",
    "set_targets",
]


class TrajectoryImpossible(Refusal):
    """What the engine refuses of a trajectory keeps the engine's own code."""

    status = 422
    sentence = _("{message}.")
    remedy = _("Change the points, or give the reason.")

    def __init__(self, refused: TrajectoryRefused) -> None:
        super().__init__(message=str(refused)[:1].upper() + str(refused)[1:])
        self.code = refused.code


class TargetWithoutPoints(Refusal):
    code, status = "TARGET_WITHOUT_POINTS", 422
    sentence = _("A target needs at least one period with its value.")


@dataclass(frozen=True, slots=True)
class TargetsSet(Event):
    """For which units, and at which seq they are known."""

    units: tuple[str, ...]
    seq: int


def set_target(draft: TargetDraft, *, edition_seen: str, scope: Scope, at: datetime) -> int:
    """Set one unit's target.

    Raises:
        ChangedMeanwhile, and what `set_targets` refuses.
    """
    return set_targets([draft], editions={draft.unit: edition_seen}, scope=scope, at=at)


@transaction.atomic
def set_targets(
    drafts: Sequence[TargetDraft],
    *,
    scope: Scope,
    at: datetime,
    editions: dict[str, str] | None = None,
    may_clear: bool = False,
) -> int:
    """Set the targets of one measure for some units at once, or none of them; answers how many things changed.

    With `may_clear` a draft without points takes the unit's own target away.

    Raises:
        NotPermitted, MeasureUnknown, TrajectoryImpossible (TRAJECTORY_…), TargetPastRewritten,
        InFinalPeriod, TargetWithoutPoints, DefinitionsRefused.
    """
    for draft in drafts:
        scope.require_to(Act.EDIT_TARGETS, unit=draft.unit)
        if not draft.points and not may_clear:
            raise TargetWithoutPoints

    def with_them(known: Definitions) -> Definitions:
        day = today(known.organisation, at=at)
        wanted = known
        for draft in drafts:
            before = target_of(known, draft.measure, unit=draft.unit)
            if editions and editions[draft.unit] != edition(before):
                raise ChangedMeanwhile
            wanted = _with(wanted, before, draft, day=day)
        refuse_rewriting(known, wanted, measure=drafts[0].measure, scope=scope, today=day)
        return wanted

    return _written(drafts, with_them, scope=scope, at=at)


@transaction.atomic
def clear_target(measure: str, unit: str, *, edition_seen: str, scope: Scope, at: datetime) -> int:
    """Take a unit's own target away, as long as no ended period was judged by it.

    Raises:
        NotPermitted, ChangedMeanwhile, TargetPastRewritten.
    """

    def without(known: Definitions) -> Definitions:
        before = target_of(known, measure, unit=unit)
        if edition(before) != edition_seen:
            raise ChangedMeanwhile
        wanted = replace(known, targets=tuple(each for each in known.targets if each is not before))
        day = today(known.organisation, at=at)
        refuse_rewriting(known, wanted, measure=measure, scope=scope, today=day)
        return wanted

    return _written([TargetDraft(measure, unit, Trajectory.STEP, ())], without, scope=scope, at=at)


def _written(
    drafts: Sequence[TargetDraft], change: Callable[[Definitions], Definitions], *, scope: Scope, at: datetime
) -> int:
    written = change_definitions(
        change,
        act=Act.EDIT_TARGETS,
        unit=drafts[0].unit,
        scope=scope,
        at=at,
    )
    if written.changed:
        units = tuple(draft.unit for draft in drafts)
        audit.record(TargetsSet(f"measure/{drafts[0].measure}", units, written.seq), scope=scope, at=at)
    return written.changed


def _with(known: Definitions, before: Target | None, draft: TargetDraft, *, day: date) -> Definitions:
    if not draft.points:
        return replace(known, targets=tuple(each for each in known.targets if each is not before))
    measure = _measure(known, draft.measure)
    ended = last_ended(known, measure.versions[-1].frequency, today=day)
    try:
        target = with_past(before, draft, ended=ended, calendar=known.organisation.calendar)
        _check(target, draft, measure, known=known, ended=ended)
    except TrajectoryRefused as refused:
        raise TrajectoryImpossible(refused) from refused
    if before is None:
        return replace(known, targets=(*known.targets, target))
    return replace(known, targets=tuple(target if each is before else each for each in known.targets))


def _measure(known: Definitions, key: str) -> Measure:
    found = next((each for each in known.measures if each.key == key), None)
    if found is None:
        raise MeasureUnknown(key=key)
    return found


def _check(target: Target, draft: TargetDraft, measure: Measure, *, known: Definitions, ended: int) -> None:
    """Only what is new is held against the polarity: the past is as it is."""
    judged = target
    if target.trajectory is not Trajectory.STEP:
        judged = replace(
            target, points=tuple(point for point in target.points if point.period.ordinal >= ended)
        )
    check_trajectory(
        judged,
        polarity=measure.versions[-1].goal.polarity,
        calendar=known.organisation.calendar,
        horizon_to=known.strategy.horizon_to,
        reason=draft.reason,
    )
