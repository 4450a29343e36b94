"""Close the months that were over long before anybody worked with this installation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fourfold.data.entry.queries.board import gaps_of
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.actions.move_period import Move, move_period
from fourfold.platform.periods.models import PeriodState
from fourfold.scorecard.evaluation.queries import root_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube
from fourfold.scorecard.measures.actions.open_entry import take_turn

__all__ = ["ClosedHistory", "close_history"]


@dataclass(frozen=True, slots=True)
class ClosedHistory:
    """How many months are final now, and the one month after them that is provisional."""

    final: int
    provisional: int


@transaction.atomic
def close_history(*, scope: Scope, at: datetime) -> ClosedHistory:
    """Close the whole organisation's past: the last ended month stays open, the one before is provisional.

    Nobody is told: what is closed was never theirs to enter here. What is missing is counted and kept with the step.

    Raises:
        NotFounded, OutOfScope, NotPermitted, StepImpossible: some month was moved before.
    """
    turn, unit = take_turn(), root_unit()
    with known(at) as cube:
        moves = tuple(_moves(cube, unit))
    for move in moves:
        move_period(move, seq=turn.seq, scope=scope, at=at)
    final = sum(move.state is PeriodState.FINAL for move in moves)
    return ClosedHistory(final, len(moves) - final)


def _moves(cube: KnownCube, unit: str) -> Iterator[Move]:
    """Oldest first; a month that owes nothing is left as it is."""
    calendar = cube.cube.timeline.calendar
    running = calendar.page_of(Grain.MONTH, cube.today)
    first = cube.cube.timeline.ordinals(Frequency.MONTH).start
    for ordinal in range(first, running.ordinal - 1):
        month = GrainPeriod(Grain.MONTH, ordinal)
        gaps = gaps_of(cube, unit, month=month, at_most=0)
        if not gaps.due:
            continue
        missing = gaps.due - gaps.entered
        is_last = ordinal == running.ordinal - 2
        state = PeriodState.PROVISIONAL if is_last else PeriodState.FINAL
        reason = _("Closed with what was there when Fourfold was begun with.") if missing else ""
        yield Move(unit, ordinal, calendar.key_of(month), state, reason, missing)
