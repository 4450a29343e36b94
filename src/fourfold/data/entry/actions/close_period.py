"""Move a unit's month on its way to final, or reopen it: counted against the ledger under its lock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.entry.pages.board import PeriodBoard
from fourfold.data.entry.queries.board import concerned, gaps_of, read_board
from fourfold.engine.calendar import Grain
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.notifications.actions.notify import notify
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.periods.actions.move_period import (
    GapsNeedAReason,
    Move,
    ReasonMissing,
    StepImpossible,
    move_period,
)
from fourfold.platform.periods.models import PeriodState, PeriodStep
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.queries import PeriodUnknownHere, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.measures.actions.open_entry import take_turn

__all__ = ["PeriodRuns", "StateUnknown", "Step", "close_period", "step_or_board"]


class PeriodRuns(Refusal):
    code, status = "PERIOD_RUNS", 409
    sentence = _("{period} is not over yet.")
    remedy = _("Until its last day it can be published as flash, no further.")


class StateUnknown(Refusal):
    code, status = "PERIOD_STATE_UNKNOWN", 422
    sentence = _("“{state}” is not a state of a period.")
    remedy = _("Use flash, provisional or final.")


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody asks for: a unit's month into a state, with a reason where one is needed."""

    unit: str
    month: str
    state: str
    reason: str = ""


def step_or_board(step: Step, *, scope: Scope, at: datetime) -> PeriodBoard | None:
    """Take the step; where it cannot be taken as asked, the board says why and keeps the reason typed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, NotPermitted, PeriodUnknownHere.
    """
    try:
        close_period(step, scope=scope, at=at)
    except (PeriodRuns, StateUnknown, StepImpossible, ReasonMissing, GapsNeedAReason) as refusal:
        board = read_board(scope, step.unit, at=at, shown=step.month)
        problem = f"{refusal.told_sentence} {refusal.told_remedy}"
        return replace(board, problem=problem, problem_code=refusal.code, reason=step.reason)
    return None


@transaction.atomic
def close_period(step: Step, *, scope: Scope, at: datetime) -> PeriodState:
    """Take one step for a unit and all below it. What is still missing is counted and kept with the step.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, NotPermitted, PeriodUnknownHere, PeriodRuns, StateUnknown, StepImpossible,
        ReasonMissing, GapsNeedAReason.
    """
    if step.state not in PeriodState.values:
        raise StateUnknown(state=step.state[:20])
    wanted = PeriodState(step.state)
    turn = take_turn()
    with known(at) as cube:
        visible_unit(cube.book, step.unit, scope=scope)
        page = grain_period(cube.book, step.month)
        if page.grain is not Grain.MONTH:
            raise PeriodUnknownHere(period=step.month, reason=str(_("Periods are closed month by month.")))
        calendar = cube.cube.timeline.calendar
        if wanted.rank > PeriodState.FLASH.rank and calendar.last_day(page) > cube.today:
            raise PeriodRuns(period=calendar.label(page))
        gaps = gaps_of(cube, step.unit, month=page, at_most=0)
        people = concerned(cube, step.unit, month=page)
        move = Move(
            step.unit, page.ordinal, calendar.key_of(page), wanted, step.reason, gaps.due - gaps.entered
        )
    taken = move_period(move, seq=turn.seq, scope=scope, at=at)
    if wanted is PeriodState.FINAL or taken.is_reopening:
        _tell(taken, step, people=people, label=calendar.label(page), at=at)
    return wanted


def _tell(taken: PeriodStep, step: Step, *, people: frozenset[str], label: str, at: datetime) -> None:
    """Owners and stewards of what the period holds hear that it is closed or open again; not who did it."""
    words = (
        _("{period} was reopened for “{unit}”: values can be entered again.")
        if taken.is_reopening
        else _("{period} is final for “{unit}”.")
    )
    notify(
        people - {taken.actor},
        NoticeKind.REOPENED,
        subject_text=str(words).format(period=label, unit=taken.unit.name),
        address=f"/periods/{step.unit}/?month={step.month}",
        key=f"period/{taken.pk}",
        at=at,
        unit=step.unit,
    )
