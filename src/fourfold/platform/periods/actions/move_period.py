"""Move a month one step on its way from open to final, or reopen it with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.periods.models import PeriodState, PeriodStep
from fourfold.platform.periods.queries.closing import known_closing
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit

__all__ = [
    "GapsNeedAReason",
    "Move",
    "PeriodMoved",
    "PeriodReopened",
    "ReasonMissing",
    "StepImpossible",
    "move_period",
]


class StepImpossible(Refusal):
    code, status = "PERIOD_STEP_IMPOSSIBLE", 409
    sentence = _("The period is {state}; from there it cannot become {wanted}.")
    remedy = _("A period goes from open to flash, provisional and final; a final one can be reopened.")


class ReasonMissing(Refusal):
    code, status = "REASON_MISSING", 422
    sentence = _("Reopening a period needs a reason.")
    remedy = _("Say why, in a sentence that the next reader understands.")


class GapsNeedAReason(Refusal):
    code, status = "CLOSING_WITH_GAPS", 422
    sentence = _("{missing} values are still missing.")
    remedy = _("Enter them, or say why the period may be closed without them.")


@dataclass(frozen=True, slots=True)
class PeriodMoved(Event):
    """Which month of which unit, from where to where, with how many values missing."""

    month: str
    before: str
    state: str
    missing: int
    reason: str


@dataclass(frozen=True, slots=True)
class PeriodReopened(Event):
    """A final month is provisional again."""

    month: str
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """What is wanted: a month of a unit (its key for the journal) into a state, with `missing` values owed then."""

    unit: str
    month: int
    month_key: str
    state: PeriodState
    reason: str = ""
    missing: int = 0


@transaction.atomic
def move_period(move: Move, *, seq: int, scope: Scope, at: datetime) -> PeriodStep:
    """Take the step and record it. `seq` is the ledger's head, locked by the caller: no value comes in between.

    Raises:
        OutOfScope, NotPermitted, UnitUnknown, StepImpossible, ReasonMissing, GapsNeedAReason.
    """
    unit = Unit.objects.visible_to(scope).get_or_refuse(key=move.unit)
    before = known_closing([move.month]).state(move.month, path=unit.path)
    is_reopening = before is PeriodState.FINAL
    scope.require_to(Act.REOPEN_PERIOD if is_reopening else Act.CLOSE_PERIOD, unit=move.unit)
    _check(move, before)
    step = PeriodStep.objects.create(
        month=move.month,
        unit=unit,
        state=move.state.value,
        is_reopening=is_reopening,
        reason=move.reason.strip(),
        missing=move.missing,
        seq=seq,
        at=at,
        actor=scope.person_key,
    )
    audit.record(_event(move, before), scope=scope, at=at)
    return step


def _check(move: Move, before: PeriodState) -> None:
    is_allowed = move.state.rank > before.rank
    if before is PeriodState.FINAL:
        is_allowed = move.state is PeriodState.PROVISIONAL
    if not is_allowed:
        raise StepImpossible(state=before.label, wanted=move.state.label)
    if before is PeriodState.FINAL and not move.reason.strip():
        raise ReasonMissing
    if move.state is PeriodState.FINAL and move.missing and not move.reason.strip():
        raise GapsNeedAReason(missing=move.missing)


def _event(move: Move, before: PeriodState) -> Event:
    subject = f"period/{move.month_key}/{move.unit}"
    if before is PeriodState.FINAL:
        return PeriodReopened(subject, month=move.month_key, reason=move.reason.strip())
    return PeriodMoved(
        subject,
        month=move.month_key,
        before=before.value,
        state=move.state.value,
        missing=move.missing,
        reason=move.reason.strip(),
    )
