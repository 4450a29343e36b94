"""Who owes what by when: all of the last period that has ended, and what is still missing of those before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from fourfold.data.entry.models import ObservationNote
from fourfold.data.entry.pages.due import DueFilter, DueLine, DuePage, DueState, UnitCount
from fourfold.data.entry.queries.owing import Owing, natives_ended, owing, path_of
from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.definitions import MeasureVersion
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import Closing, known_closing, month_of
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["MOST_IN_A_FILE", "MOST_LINES", "PERIODS_BACK", "OwedValue", "owed_values", "read_due"]

MOST_LINES = 100
"""Lines at a time."""

MOST_IN_A_FILE = 1_000_000
"""Lines of a file: what a spreadsheet takes."""

MOST_UNITS = 200
"""Units in the overview by unit."""

PERIODS_BACK = 13
"""How many ended periods of a measure are looked through for what is missing: a year of months and the one before."""


@dataclass(frozen=True, slots=True)
class OwedValue:
    """One value of an ended period: whose, by when, and whether it is there."""

    measure: str
    measure_name: str
    unit: str
    unit_name: str
    period: Period
    version: MeasureVersion
    due: date
    is_entered: bool

    def state(self, *, today: date, is_explained: bool = False) -> DueState:
        """Late from the day after it was due; explained where a note stands on it."""
        if self.is_entered:
            return DueState.EXPLAINED if is_explained else DueState.ENTERED
        return DueState.LATE if today > self.due else DueState.DUE

    def is_of(self, person_key: str) -> bool:
        """Whether this person owns or stewards the measure."""
        return person_key != "" and person_key in {self.version.owner, self.version.steward}


def read_due(scope: Scope, asked: DueFilter, *, at: datetime, at_most: int = MOST_LINES) -> DuePage:
    """The list for one person: their own measures, or all of the units where they enter values. Constant queries.

    Raises:
        NotFounded.
    """
    with known(at) as cube:
        values = [value for value in owed_values(cube) if scope.sees(value.unit)]
        may_see_all = bool(scope.units_where(Act.ENTER_VALUES))
        asked = asked if asked.whose else replace(asked, whose=_whose(values, scope, may_see_all=may_see_all))
        chosen = [value for value in values if _fits(value, asked, scope=scope, may_see_all=may_see_all)]
        explained = _explained([value for value in chosen if value.is_entered], scope)
        told = [
            (value, value.state(today=cube.today, is_explained=_name(value) in explained)) for value in chosen
        ]
        counts = Counter(state for _value, state in told)
        listed = sorted(
            ((value, state) for value, state in told if asked.state in ("", state.value)),
            key=lambda each: (
                list(DueState).index(each[1]),
                each[0].due,
                each[0].unit_name,
                each[0].measure_name,
            ),
        )
        start = asked.start if asked.start < len(listed) else 0
        shown = listed[start : start + at_most]
        reader = _Lines(cube, scope, {person.key: person.name for person in cube.book.definitions.people})
        return DuePage(
            asked=asked,
            lines=tuple(reader.line(value, state) for value, state in shown),
            total=len(listed),
            counts=tuple((state, counts[state]) for state in DueState),
            units=_by_unit(told),
            may_see_all=may_see_all,
            today=cube.today,
            following=start + at_most if start + at_most < len(listed) else None,
            previous=max(0, start - at_most) if start else None,
        )


def owed_values(cube: KnownCube) -> Iterator[OwedValue]:
    """Every value of every measure's last ended period, and of the periods before it what is missing, oldest first.

    For all units: who may see which, the caller decides. What a final period lacks is owed no more. Two queries.
    """
    calendar = cube.cube.timeline.calendar
    choose = natives_ended(cube, count=PERIODS_BACK)
    months = {month_of(calendar, period) for frequency in Frequency for period in choose(frequency)}
    reader = _Owed(
        cube,
        {unit.key: unit.name for unit in cube.book.definitions.units},
        int(cube.book.policies.number("entry.grace_days")),
        known_closing(months),
    )
    for each in owing(cube, choose):
        yield from reader.values(each, is_last=each.period == choose(each.period.frequency)[-1])


@dataclass(frozen=True, slots=True)
class _Owed:
    """What all values that are owed share."""

    cube: KnownCube
    names: dict[str, str]
    grace: int
    closing: Closing
    closed: dict[tuple[int, int], bool] = field(default_factory=dict)

    def values(self, each: Owing, *, is_last: bool) -> Iterator[OwedValue]:
        """What one measure owes in one period; of a period before the last only what is missing."""
        places = (each.owed if is_last else each.owed & ~each.entered).nonzero()[0].tolist()
        if not places:
            return
        calendar, book = self.cube.cube.timeline.calendar, self.cube.book
        measure, month = book.definitions.measures[each.line.rule.measure], month_of(calendar, each.period)
        ended = calendar.last_day(each.period)
        version = book.version_on(measure.key, day=ended) or each.line.rule.version
        due = ended + timedelta(days=version.due_days + self.grace)
        for place in places:
            is_entered = bool(each.entered[place])
            if is_entered or not self._is_final(month, place):
                key = book.units.keys[place]
                yield OwedValue(
                    measure.key, measure.name, key, self.names[key], each.period, version, due, is_entered
                )

    def _is_final(self, month: int, place: int) -> bool:
        if self.closing.is_untouched:
            return False
        if (month, place) not in self.closed:
            state = self.closing.state(month, path=path_of(self.cube, place))
            self.closed[month, place] = state is PeriodState.FINAL
        return self.closed[month, place]


def _whose(values: Sequence[OwedValue], scope: Scope, *, may_see_all: bool) -> str:
    """One's own list, unless it is empty and there is another to look at."""
    has_own = any(value.is_of(scope.person_key) for value in values)
    return "mine" if has_own or not may_see_all else "all"


def _fits(value: OwedValue, asked: DueFilter, *, scope: Scope, may_see_all: bool) -> bool:
    if asked.unit and value.unit != asked.unit:
        return False
    if asked.whose == "all" and may_see_all:
        return scope.may(Act.ENTER_VALUES, unit=value.unit)
    return value.is_of(scope.person_key)


def _explained(values: Sequence[OwedValue], scope: Scope) -> set[tuple[str, str, Frequency, int]]:
    """The values with a note on one of their rows. One query."""
    periods = {value.period.ordinal for value in values}
    if not periods:
        return set()
    notes = ObservationNote.objects.visible_to(scope).filter(observation__period__in=periods)
    frequencies = {value.measure: value.period.frequency for value in values}
    rows = notes.values_list(
        "observation__measure__key", "observation__unit__key", "observation__period"
    ).distinct()
    return {
        (measure, unit, frequencies[measure], period)
        for measure, unit, period in rows
        if measure in frequencies
    }


def _name(value: OwedValue) -> tuple[str, str, Frequency, int]:
    return value.measure, value.unit, value.period.frequency, value.period.ordinal


def _by_unit(told: Iterable[tuple[OwedValue, DueState]]) -> tuple[UnitCount, ...]:
    owed: Counter[tuple[str, str]] = Counter()
    late: Counter[tuple[str, str]] = Counter()
    for value, state in told:
        unit = (value.unit, value.unit_name)
        owed[unit] += state in (DueState.LATE, DueState.DUE)
        late[unit] += state is DueState.LATE
    ordered = sorted(owed, key=lambda unit: (-late[unit], -owed[unit], unit[1]))
    return tuple(UnitCount(*unit, owed[unit], late[unit]) for unit in ordered)[:MOST_UNITS]


def _field(value: OwedValue, state: DueState, *, key: str) -> str:
    """Where the grid is to be entered: at the empty field, or at the note of what is in."""
    row = f"{value.measure}_{key}"
    if state in (DueState.ENTERED, DueState.EXPLAINED):
        return f"{row}_note"
    first = value.version.segments[0].key if value.version.segments else ""
    return f"{row}_{first}_a"


@dataclass(frozen=True, slots=True)
class _Lines:
    """What all lines of one page share."""

    cube: KnownCube
    scope: Scope
    names: dict[str, str]

    def line(self, value: OwedValue, state: DueState) -> DueLine:
        calendar = self.cube.cube.timeline.calendar
        month = Period(Frequency.MONTH, month_of(calendar, value.period))
        owner, steward = value.version.owner or "", value.version.steward or ""
        return DueLine(
            measure=value.measure,
            measure_name=value.measure_name,
            unit=value.unit,
            unit_name=value.unit_name,
            period=calendar.label(value.period),
            period_key=calendar.key(value.period),
            month_key=calendar.key(month),
            due=value.due,
            state=state,
            days=(self.cube.today - value.due).days,
            owner=self.names.get(owner, owner),
            steward=self.names.get(steward, steward),
            field=_field(value, state, key=calendar.key(value.period)),
            may_enter=self.scope.may(Act.ENTER_VALUES, unit=value.unit, assigned=(owner, steward)),
        )
