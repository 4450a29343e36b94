"""Approve or refuse a restatement: two approvers, neither of them the proposer (METHOD M4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.entry.actions.telling_restatements import tell_proposer
from fourfold.data.entry.models import RestatedValue, Restatement, RestatementState, RestatementVerdict
from fourfold.data.entry.models.restatement import APPROVERS_NEEDED
from fourfold.data.entry.queries.reading import person_of
from fourfold.data.entry.queries.restating import reopened_values, standing_approvals
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.actions.open_entry import take_turn
from fourfold.scorecard.measures.models import Observation, ObservationKind
from fourfold.scorecard.measures.observation import NewObservation

__all__ = [
    "AlreadyDecided",
    "OwnRestatement",
    "PeriodReopened",
    "RestatementDecided",
    "RestatementOutdated",
    "SaidAlready",
    "Verdict",
    "decide_restatement",
    "withdraw_restatement",
]


class OwnRestatement(Refusal):
    code, status = "OWN_RESTATEMENT", 403
    sentence = _("Nobody approves a restatement of their own.")
    remedy = _("Ask two approvers of this unit.")


class SaidAlready(Refusal):
    code, status = "APPROVED_ALREADY", 409
    sentence = _("You have decided on this restatement already.")
    remedy = _("A second approver is needed: somebody else.")


class AlreadyDecided(Refusal):
    code, status = "RESTATEMENT_DECIDED", 409
    sentence = _("This restatement is {state} already.")
    remedy = _("Propose a new one if something should still change.")


class RestatementOutdated(Refusal):
    code, status = "RESTATEMENT_OUTDATED", 409
    sentence = _("A value it would replace has changed since it was proposed ({measure}, {period}).")
    remedy = _("Refuse it, and propose it anew against what stands there now.")


class PeriodReopened(Refusal):
    code, status = "RESTATEMENT_PERIOD_REOPENED", 409
    sentence = _(
        "{period} was reopened since this was proposed: its values can be changed in the grid again."
    )
    remedy = _("Refuse or withdraw this restatement, or approve it once the period is final again.")


@dataclass(frozen=True, slots=True)
class RestatementDecided(Event):
    """What an approver said, and what the restatement became by it."""

    is_approval: bool
    state: str
    comment: str


@dataclass(frozen=True, slots=True)
class RestatementWithdrawn(Event):
    """Its proposer took it back."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody says about a restatement."""

    is_approval: bool
    comment: str = ""


@transaction.atomic
def decide_restatement(pk: int, verdict: Verdict, *, scope: Scope, at: datetime) -> RestatementState:
    """Record one approver's word; the second approval writes the values, in the same transaction.

    An approval whose giver may not approve there any more has ceased to count: another is then needed.

    Raises:
        RestatementUnknown, NotPermitted, OwnRestatement, SaidAlready, AlreadyDecided, PeriodReopened,
        RestatementOutdated.
    """
    take_turn()
    row = _pending(pk, scope)
    scope.require_to(Act.APPROVE_RESTATEMENT, unit=row.unit.key)
    if row.proposer_id == scope.person_id:
        raise OwnRestatement
    if row.verdicts.filter(person_id=person_of(scope)).exists():
        raise SaidAlready
    if verdict.is_approval:
        _refuse_if_reopened(row)
    comment = verdict.comment.strip()
    RestatementVerdict.objects.create(
        restatement=row, person_id=person_of(scope), is_approval=verdict.is_approval, comment=comment, at=at
    )
    state = _reached(row, verdict)
    if state is RestatementState.APPROVED:
        _write(row, scope=scope, at=at)
    if state is not RestatementState.PENDING:
        row.state, row.decided_at = state.value, at
        row.save(update_fields=["state", "decided_at"])
    event = RestatementDecided(f"restatement/{pk}", verdict.is_approval, state.value, comment)
    audit.record(event, scope=scope, at=at)
    tell_proposer(row, state, at=at)
    return state


@transaction.atomic
def withdraw_restatement(pk: int, *, scope: Scope, at: datetime) -> None:
    """Its proposer takes it back while it waits.

    Raises:
        RestatementUnknown, AlreadyDecided, NotPermitted.
    """
    row = _pending(pk, scope)
    if row.proposer_id != scope.person_id:
        raise NotPermitted(act=Act.RESTATE_VALUES.value, unit=row.unit.key)
    row.state, row.decided_at = RestatementState.WITHDRAWN.value, at
    row.save(update_fields=["state", "decided_at"])
    audit.record(RestatementWithdrawn(f"restatement/{pk}"), scope=scope, at=at)


def _pending(pk: int, scope: Scope) -> Restatement:
    row = Restatement.objects.visible_to(scope).select_related("unit", "proposer").get_or_refuse(pk=pk)
    if row.state != RestatementState.PENDING.value:
        raise AlreadyDecided(state=row.get_state_display().lower())
    return row


def _reached(row: Restatement, verdict: Verdict) -> RestatementState:
    if not verdict.is_approval:
        return RestatementState.REFUSED
    approvals = len(standing_approvals([row])[row.pk])
    return RestatementState.APPROVED if approvals >= APPROVERS_NEEDED else RestatementState.PENDING


def _refuse_if_reopened(row: Restatement) -> None:
    """Only a final value is restated: an open one is simply entered, by whoever enters it."""
    if reopened := reopened_values([row]).get(row.pk):
        raise PeriodReopened(period=reopened.period_label)


def _write(row: Restatement, *, scope: Scope, at: datetime) -> None:
    """Append the restated rows; parents, totals and comparatives follow by themselves, since no score is stored."""
    values = list(row.values_wanted.select_related("measure"))
    for value in values:
        _refuse_if_outdated(value, row, scope=scope)
    rows = [_observation(value, unit=row.unit.key) for value in values]
    append_observations(rows, scope=scope, at=at, run=f"restatement/{row.pk}", restating=True)


def _refuse_if_outdated(value: RestatedValue, row: Restatement, *, scope: Scope) -> None:
    standing = (
        Observation.objects.visible_to(scope)
        .filter(
            measure=value.measure,
            unit=row.unit,
            series=value.series,
            segment=value.segment,
            period=value.period,
        )
        .order_by("-seq")
        .values_list("seq", flat=True)
        .first()
    )
    if (standing or 0) != value.replaces:
        raise RestatementOutdated(measure=value.measure.key, period=value.period_label)


def _observation(value: RestatedValue, *, unit: str) -> NewObservation:
    is_nothing = value.value is None and value.numerator is None
    kind = ObservationKind.WITHDRAWN if is_nothing else ObservationKind.VALUE
    return NewObservation(
        measure=value.measure.key,
        unit=unit,
        period=value.period,
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        n=value.n,
        segment=value.segment_key or None,
        series=value.series,
        kind=kind.value,
    )
