"""The grid of one unit and period: what is owed, what was typed, and what it would score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from fourfold.data.entry.pages.grid import EarlierValue, EntryCell, EntryPlace, EntryRow, Told
from fourfold.data.entry.queries.owing import natives_in, natives_until, owing, path_of
from fourfold.data.entry.queries.standing import CellKey, Standing, standing_in
from fourfold.data.entry.queries.trial import TrialCell, TrialRow, trial, trial_cell
from fourfold.data.entry.queries.typed import Numbers, labels_of, read_typed
from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import GrainPeriod, Period
from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import AggregationKind, GoalType, Status, Why
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import Closing, known_closing, month_of
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.ui.region import region_now
from fourfold.platform.ui.stepper import short_label
from fourfold.platform.ui.typed_numbers import spelt
from fourfold.scorecard.evaluation.pages.value_format import format_of
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["MOST_ROWS", "Sheet", "Slip", "read_sheet"]

MOST_ROWS = 250
"""Rows of one grid: three fields each stay below what a form may send; a longer list is entered measure by measure."""

EARLIER = 2
"""Periods shown before the one to be entered."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One cell in the ledger's terms beside its numbers as typed: what saving writes."""

    row: EntryRow
    cell: EntryCell
    version: MeasureVersion
    segment: str | None
    key: CellKey
    numbers: Numbers
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a grid with the slips behind them; `more` rows were left out."""

    rows: tuple[EntryRow, ...]
    slips: tuple[Slip, ...]
    more: int

    @property
    def changed(self) -> tuple[Slip, ...]:
        """What was typed and the ledger does not say, of rows that are the person's to enter."""
        return tuple(slip for slip in self.slips if slip.cell.is_changed and slip.row.is_editable)


@dataclass(frozen=True, slots=True)
class _Owed:
    line: Line
    period: Period
    version: MeasureVersion
    key: str


def read_sheet(
    cube: KnownCube, place: EntryPlace, *, shown: GrainPeriod, texts: Mapping[str, str], scope: Scope
) -> Sheet:
    """Lay out the grid with these texts typed into it. The caller holds the cube; six queries, whatever the rows."""
    owed = _owed(cube, place, shown)
    more, owed = max(0, len(owed) - MOST_ROWS), owed[:MOST_ROWS]
    standing = standing_in(
        place.unit, [(each.key, each.period.frequency, each.period.ordinal) for each in owed], scope=scope
    )
    path = path_of(cube, cube.book.units.index(place.unit))
    reader = _Reader(cube, place, texts, scope, standing, known_closing(), path)
    read = [reader.slips(each) for each in owed]
    evaluation = trial(
        cube,
        place.unit,
        measures={each.key for each in owed},
        typed=[
            _trial_row(slip)
            for slips in read
            for slip in slips
            if slip.cell.is_changed and not slip.cell.told
        ],
    )
    rows, slips = [], []
    for each, of_row in zip(owed, read, strict=True):
        row = reader.row(each, of_row, evaluation=evaluation)
        rows.append(row)
        slips += [replace(slip, row=row) for slip in of_row]
    return Sheet(tuple(rows), tuple(slips), more)


def _owed(cube: KnownCube, place: EntryPlace, shown: GrainPeriod) -> list[_Owed]:
    calendar, at = cube.cube.timeline.calendar, cube.book.units.index(place.unit)
    choose = (
        natives_until(calendar, shown, count=place.count) if place.measure else natives_in(calendar, shown)
    )
    found = []
    for each in owing(cube, choose):
        key = cube.book.definitions.measures[each.line.rule.measure].key
        if not each.owed[at] or place.measure not in ("", key):
            continue
        version = cube.book.version_on(key, day=calendar.last_day(each.period)) or each.line.rule.version
        found.append(_Owed(each.line, each.period, version, key))
    return found


def _trial_row(slip: Slip) -> TrialRow:
    measure, series, segment, period = slip.key
    why = Why.MISSING_DUE if slip.numbers.is_nothing else Why.PRESENT
    return TrialRow(measure, series, segment, period, slip.numbers.above, slip.numbers.below, why)


_NO_ROW = EntryRow(
    key="", name="", period="", period_key="", owner="", format=ValueFormat(), first_label="", second_label="",
    earlier=(), cells=(), value=None, target=None, score=None, mark=StatusMark(Status.GREY), note="", kept_note="",
    due="", is_editable=False, is_final=False, is_own=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reader:
    """What all rows of one grid share."""

    cube: KnownCube
    place: EntryPlace
    texts: Mapping[str, str]
    scope: Scope
    standing: Mapping[CellKey, Standing]
    closing: Closing
    path: str

    def slips(self, owed: _Owed) -> list[Slip]:
        """A row's cells as typed, or as the ledger says where nothing was typed."""
        segments = owed.version.segments
        if not segments:
            return [self._slip(owed, 0, segment=None, name="")]
        return [
            self._slip(owed, place, segment=segment.key, name=segment.name)
            for place, segment in enumerate(segments, start=1)
        ]

    def _slip(self, owed: _Owed, place: int, *, segment: str | None, name: str) -> Slip:
        key = (owed.key, owed.version.series, place, owed.period.ordinal)
        standing = self.standing.get(key)
        was = _spelt(standing.numbers if standing else Numbers(), version=owed.version)
        field = f"{owed.key}.{self._key(owed.period)}.{segment or ''}"
        first, second = self.texts.get(f"{field}.a", was[0]), self.texts.get(f"{field}.b", was[1])
        numbers, told = read_typed(first, second, version=owed.version)
        if (first.strip(), second.strip()) == was and standing is not None:
            numbers, told = standing.numbers, ()
        cell = EntryCell(field, name, first, second, was, told)
        return Slip(_NO_ROW, cell, owed.version, segment, key, numbers, standing)

    def row(self, owed: _Owed, slips: Sequence[Slip], *, evaluation: Evaluation) -> EntryRow:
        """The row around its cells, with what it would score."""
        calendar, book, version = self.cube.cube.timeline.calendar, self.cube.book, owed.version
        cell = trial_cell(evaluation, owed.key, period=owed.period)
        read = (
            None if any(slip.cell.told for slip in slips) else cell
        )  # never the old value's score beside a wrong one
        first, second = labels_of(version)
        is_final = self._state(owed.period) is PeriodState.FINAL
        row = EntryRow(
            key=owed.key,
            name=book.measure(owed.key).name,
            period=calendar.label(owed.period),
            period_key=self._key(owed.period),
            owner=self._name(version.owner),
            format=format_of(version),
            first_label=first,
            second_label=second,
            earlier=self._earlier(owed, evaluation),
            cells=tuple(slip.cell for slip in slips),
            value=read.value if read else None,
            target=cell.target if cell else None,
            score=read.score if read else None,
            mark=_mark(read),
            note=self.texts.get(f"{owed.key}.{self._key(owed.period)}.note", ""),
            kept_note=next(
                (slip.standing.note for slip in slips if slip.standing and slip.standing.note), ""
            ),
            due=_day(self._due(owed)),
            is_editable=self._may(version, is_final=is_final),
            is_final=is_final,
            is_own=self.scope.person_key in (version.owner, version.steward),
        )
        return replace(row, told=_owes_a_note(row))

    def _key(self, period: Period) -> str:
        return self.cube.cube.timeline.calendar.key(period)

    def _name(self, person: str | None) -> str:
        names = (each.name for each in self.cube.book.definitions.people if each.key == person)
        return next(names, person or "")

    def _state(self, period: Period) -> PeriodState:
        return self.closing.state(month_of(self.cube.cube.timeline.calendar, period), path=self.path)

    def _may(self, version: MeasureVersion, *, is_final: bool) -> bool:
        if is_final:
            return self.scope.may(Act.RESTATE_VALUES, unit=self.place.unit)
        named = (version.owner, version.steward)
        return self.scope.may(Act.ENTER_VALUES, unit=self.place.unit, assigned=named)

    def _due(self, owed: _Owed) -> date:
        grace = self.cube.book.policies.number("entry.grace_days")
        last = self.cube.cube.timeline.calendar.last_day(owed.period)
        return last + timedelta(days=owed.version.due_days + int(grace))

    def _earlier(self, owed: _Owed, evaluation: Evaluation) -> tuple[EarlierValue, ...]:
        calendar = self.cube.cube.timeline.calendar
        found = []
        for place in range(-EARLIER, 0):
            period = owed.period.shifted(place)
            cell = trial_cell(evaluation, owed.key, period=period)
            page = calendar.parse_grain(calendar.key(period))
            found.append(EarlierValue(short_label(calendar, page), cell.value if cell else None))
        return tuple(found)


def _spelt(numbers: Numbers, *, version: MeasureVersion) -> tuple[str, str]:
    """A standing row's numbers in the fields of its kind; a boolean's as Yes and No."""
    if numbers.is_nothing:
        return "", ""
    if not labels_of(version)[1]:
        return _yes_no(numbers.value) if version.goal is GoalType.BOOLEAN else spelt(numbers.value), ""
    above = numbers.value if numbers.value is not None else numbers.numerator
    below = numbers.denominator if numbers.denominator is not None else numbers.n
    if above is not None and below and numbers.value is None and version.kind in _TYPED_AS_QUOTIENT:
        # Files keep a mean as its sum; a person types the mean itself. An untouched field changes no digit.
        above = float(f"{above / below:.10g}")
    return spelt(above), spelt(below)


_TYPED_AS_QUOTIENT = frozenset({AggregationKind.MEAN, AggregationKind.INDEX})


def _yes_no(value: float | None) -> str:
    return "" if value is None else "Yes" if value else "No"


def _mark(cell: TrialCell | None) -> StatusMark:
    return StatusMark(cell.status, cell.why) if cell else StatusMark(Status.GREY)


def _day(day: date) -> str:
    return region_now().day(day)


def _owes_a_note(row: EntryRow) -> tuple[Told, ...]:

    if not row.needs_note or row.note.strip():
        return ()
    return (Told("NOTE_REQUIRED", _("Off target: say why, in a sentence.")),)
