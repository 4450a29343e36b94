"""How far each month is closed for each unit: the fold of the steps taken there and above."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fourfold.engine.calendar import FiscalCalendar, Frequency, Grain, Period
from fourfold.platform.periods.models import PeriodState, PeriodStep
from fourfold.platform.units.models import Unit

__all__ = ["Closing", "PeriodStanding", "known_closing", "month_of"]


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """The state of one month for one unit, and the step that brought it there; open ones were never moved."""

    state: PeriodState = PeriodState.OPEN
    since: datetime | None = None
    actor: str = ""
    reason: str = ""
    missing: int = 0


OPEN = PeriodStanding()


@dataclass(frozen=True, slots=True)
class Closing:
    """All steps of some months, oldest first, and where their units stand in the tree."""

    steps: Mapping[int, Sequence[PeriodStep]] = field(default_factory=dict)
    paths: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_untouched(self) -> bool:
        """Whether no period was ever moved: everything is open."""
        return not self.steps

    @property
    def has_final(self) -> bool:
        """Whether anything was ever closed."""
        return any(step.state == PeriodState.FINAL for steps in self.steps.values() for step in steps)

    def standing(self, month: int, *, path: str) -> PeriodStanding:
        """The state for the unit at this path of the tree. Steps of units above it count for it too."""
        found = OPEN
        for step in self.steps.get(month, ()):
            if path.startswith(self.paths[step.unit_id]):
                found = _after(found, step)
        return found

    def state(self, month: int, *, path: str) -> PeriodState:
        """The state alone."""
        return self.standing(month, path=path).state


def known_closing(months: Collection[int] | None = None, *, upto_seq: int | None = None) -> Closing:
    """The steps of these months (None: all of them). Two queries; one where no period was ever moved."""
    rows = PeriodStep.objects.order_by("pk")
    if months is not None:
        rows = rows.filter(month__in=list(months))
    if upto_seq is not None:
        rows = rows.filter(seq__lte=upto_seq)
    steps: dict[int, list[PeriodStep]] = {}
    for step in rows:
        steps.setdefault(step.month, []).append(step)
    if not steps:
        return Closing()
    units = {step.unit_id for of_month in steps.values() for step in of_month}
    return Closing(steps, dict(Unit.objects.filter(pk__in=units).values_list("pk", "path")))


def month_of(calendar: FiscalCalendar, period: Period) -> int:
    """The month that closes a period: the one that holds it (a week its Thursday), a longer one's last.

    >>> calendar = FiscalCalendar()
    >>> month_of(calendar, calendar.parse("2026-Q3")) == calendar.parse("2026-09").ordinal
    True
    """
    if period.frequency is Frequency.MONTH:
        return period.ordinal
    if period.frequency.is_coarser_than(Frequency.MONTH):
        return calendar.page_of(Grain.MONTH, calendar.last_day(period)).ordinal
    return calendar.containing(period, Frequency.MONTH).ordinal


def _after(before: PeriodStanding, step: PeriodStep) -> PeriodStanding:
    reached = PeriodState(step.state)
    goes_on = step.is_reopening and before.state is PeriodState.FINAL
    if not goes_on and reached.rank <= before.state.rank:
        return before
    return PeriodStanding(reached, step.at, step.actor, step.reason, step.missing)
