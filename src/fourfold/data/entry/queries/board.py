"""The board of periods for one unit and everything below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from fourfold.data.entry.models import Restatement, RestatementState
from fourfold.data.entry.pages.board import MissingValue, Move, PeriodBoard, PeriodCard
from fourfold.data.entry.queries.owing import natives_in, owing
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod, Period
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import Closing, known_closing
from fourfold.platform.ui.unit_picker import UnitPicker, unit_picker
from fourfold.scorecard.evaluation.queries import grain_period, root_unit, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["BADGES", "MONTHS", "Gaps", "concerned", "gaps_of", "read_board"]

MONTHS = 13
"""Months on the board: the running one and a year back."""

MOST_MISSING = 40
"""Missing values that a card lists by name."""

BADGES = {
    PeriodState.OPEN: "",
    PeriodState.FLASH: "F",
    PeriodState.PROVISIONAL: "P",
    PeriodState.FINAL: "✓",
}
"""The mark of a state beside a figure (METHOD M4.6)."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many values a month owes below a unit, how many are there, and the first of those that are not."""

    due: int
    entered: int
    missing: tuple[MissingValue, ...]


def read_board(scope: Scope, unit: str, *, at: datetime, shown: str = "") -> PeriodBoard:
    """The board; without a unit the person's own. Constant queries, whatever the number of months and units.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with known(at) as cube:
        place = visible_unit(cube.book, unit or scope.home or root_unit(), scope=scope)
        calendar = cube.cube.timeline.calendar
        running = calendar.page_of(Grain.MONTH, cube.today)
        months = [running.shifted(-back) for back in range(MONTHS)]
        opened = grain_period(cube.book, shown) if shown else months[1]
        if opened.grain is Grain.MONTH and opened not in months and opened.ordinal < running.ordinal:
            months.append(opened)
        picker = unit_picker(
            cube.book.definitions.units,
            current=place,
            visible=None if scope.sees_everything else scope.unit_keys,
        )
        closing = known_closing([month.ordinal for month in months])
        cards = _Cards(cube, scope, picker, closing, place)
        return PeriodBoard(
            unit=place,
            unit_name=picker.current.name,
            units=picker,
            cards=tuple(cards.card(month) for month in months),
            shown=calendar.key_of(opened),
            pending=_pending(scope, place),
        )


def gaps_of(cube: KnownCube, unit: str, *, month: GrainPeriod, at_most: int = MOST_MISSING) -> Gaps:
    """What one month owes for a unit and everything below it. No query."""
    calendar = cube.cube.timeline.calendar
    below = cube.book.units.below(unit).whole
    due = entered = 0
    missing: list[MissingValue] = []
    for each in owing(cube, natives_in(calendar, month)):
        owed = each.owed[below]
        there = owed & each.entered[below]
        due, entered = due + int(owed.sum()), entered + int(there.sum())
        for place in below[np.flatnonzero(owed & ~there)][: max(0, at_most - len(missing))].tolist():
            missing.append(_missing(cube, each.line.rule.measure, each.period, place=place))
    return Gaps(due, entered, tuple(missing))


def concerned(cube: KnownCube, unit: str, *, month: GrainPeriod) -> frozenset[str]:
    """Who owns or stewards a measure that a unit, or one below it, owes in this month."""
    below = cube.book.units.below(unit).whole
    choose = natives_in(cube.cube.timeline.calendar, month)
    versions = [each.line.rule.version for each in owing(cube, choose) if each.owed[below].any()]
    return frozenset(person for each in versions for person in (each.owner, each.steward) if person)


def _missing(cube: KnownCube, measure: int, period: Period, *, place: int) -> MissingValue:
    definitions, calendar = cube.book.definitions, cube.cube.timeline.calendar
    unit = definitions.units[int(cube.book.units.definition[place])]
    named = definitions.measures[measure]
    version = cube.book.version_on(named.key, day=calendar.last_day(period))
    owner = (version.owner if version else None) or ""
    name = next((person.name for person in definitions.people if person.key == owner), owner)
    return MissingValue(named.key, named.name, unit.key, unit.name, calendar.label(period), name)


def _pending(scope: Scope, unit: str) -> int:
    waiting = Restatement.objects.visible_to(scope).filter(state=RestatementState.PENDING.value)
    return waiting.filter(unit__path__contains=f"{unit}/").count()


@dataclass(frozen=True, slots=True)
class _Cards:
    """What all cards of one board share."""

    cube: KnownCube
    scope: Scope
    picker: UnitPicker
    closing: Closing
    unit: str

    def card(self, month: GrainPeriod) -> PeriodCard:
        calendar = self.cube.cube.timeline.calendar
        path = "".join(f"{branch.key}/" for branch in self.picker.path)
        standing = self.closing.standing(month.ordinal, path=path)
        gaps = gaps_of(self.cube, self.unit, month=month)
        names = {person.key: person.name for person in self.cube.book.definitions.people}
        is_running = calendar.last_day(month) > self.cube.today
        return PeriodCard(
            key=calendar.key(Period(Frequency.MONTH, month.ordinal)),
            label=calendar.label(month),
            state=standing.state.value,
            state_label=str(standing.state.label),
            badge=BADGES[standing.state],
            since=standing.since,
            actor=names.get(standing.actor, standing.actor),
            reason=standing.reason,
            gaps=standing.missing,
            due=gaps.due,
            entered=gaps.entered,
            missing=gaps.missing,
            moves=self._moves(standing.state, gaps, is_running=is_running),
            is_running=is_running,
            is_mixed=self._is_mixed(month.ordinal, path=path, state=standing.state),
        )

    def _moves(self, state: PeriodState, gaps: Gaps, *, is_running: bool) -> tuple[Move, ...]:
        """A running period may be published as flash, no further: it is not over."""
        if state is PeriodState.FINAL:
            allowed: Sequence[PeriodState] = (PeriodState.PROVISIONAL,)
            act = Act.REOPEN_PERIOD
        else:
            allowed = [each for each in PeriodState if each.rank > state.rank]
            act = Act.CLOSE_PERIOD
        if is_running:
            allowed = [each for each in allowed if each is PeriodState.FLASH]
        if not self.scope.may(act, unit=self.unit):
            return ()
        has_gaps = gaps.entered < gaps.due
        return tuple(
            Move(
                each.value,
                str(each.label),
                needs_reason=state is PeriodState.FINAL or (has_gaps and each is PeriodState.FINAL),
                is_reopening=state is PeriodState.FINAL,
            )
            for each in allowed
        )

    def _is_mixed(self, month: int, *, path: str, state: PeriodState) -> bool:
        """Whether some unit below stands elsewhere than the unit itself."""
        below = [place for place in self.closing.paths.values() if place.startswith(path) and place != path]
        return any(self.closing.state(month, path=place) is not state for place in below)
