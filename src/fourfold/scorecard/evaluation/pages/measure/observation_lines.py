"""The observations behind a measure's number: which units and periods they are of, and each row as one reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.book import Book
from fourfold.engine.calendar import FiscalCalendar, Period
from fourfold.engine.definitions import MeasureVersion, OrgValues
from fourfold.engine.quantities import Why
from fourfold.platform.periods.queries import Closing, month_of
from fourfold.platform.ui.numbers import display_number
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.scorecard.evaluation.pages.measure.numbers import MeasureNumbers
from fourfold.scorecard.evaluation.queries.hidden_segments import HiddenSegments, hidden_segments
from fourfold.scorecard.measures.models import ReleaseStatus
from fourfold.scorecard.measures.queries.observation_pages import LedgerLine, LedgerPage, LedgerPlace

__all__ = [
    "PAGE_LENGTH",
    "ObservationLine",
    "ObservationList",
    "Operand",
    "ledger_place",
    "observation_list",
    "operands",
]

PAGE_LENGTH = 15
"""Rows at a time."""


@dataclass(frozen=True, slots=True)
class ObservationLine:
    """One row of the ledger in words. `superseded_at` is None while the row counts."""

    unit: str
    unit_name: str
    segment: str
    period: str
    number: str
    detail: str
    release: str
    obs_status: str
    recorded_at: datetime
    superseded_at: datetime | None
    actor: str
    source: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Operand:
    """A measure that a formula reads."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ObservationList:
    """A page of rows with the ways to the next; `operands` stands instead where the number is computed."""

    lines: tuple[ObservationLine, ...]
    first: int
    last: int
    total: int
    previous: int | None
    following: int | None
    has_segments: bool
    operands: tuple[Operand, ...] = ()


def ledger_place(numbers: MeasureNumbers, *, as_of_seq: int | None) -> LedgerPlace:
    """The units and native periods whose rows the shown number is made of."""
    seen, version = numbers.seen, numbers.version
    tree = seen.evaluation.units
    is_own = version.org_values is OrgValues.ENTERED or not version.kind.is_aggregable
    own = tree.keys[seen.unit]
    units = (own,) if is_own else tree.below(own).keys
    return LedgerPlace(numbers.key, units, _periods(numbers), as_of_seq)


def operands(numbers: MeasureNumbers) -> tuple[Operand, ...]:
    """What a formula reads directly, in listed order; empty for an observed measure."""
    book = numbers.seen.evaluation.book
    rules = book.rules[book.measure_index(numbers.key)]
    read = sorted({measure for rule in rules for measure in rule.reads})
    measures = (book.definitions.measures[measure] for measure in read)
    return tuple(Operand(measure.key, measure.name) for measure in measures)


def observation_list(
    page: LedgerPage,
    *,
    numbers: MeasureNumbers,
    closing: Closing | None = None,
    operands: tuple[Operand, ...] = (),
) -> ObservationList:
    """Put the rows into words. A value is as final as its period (`closing`) lets it be, whatever its file said."""
    book = numbers.seen.evaluation.book
    words = _Words(
        numbers.version,
        book.timeline.calendar,
        {unit.key: unit.name for unit in book.definitions.units},
        {person.key: person.name for person in book.definitions.people},
        {
            key: unit_path(book, key)
            for key in dict.fromkeys(row.unit for row in page.lines)
            if key in book.units.positions
        },
        closing,
        hidden_segments(book, numbers.seen.evaluation.cube, measure=numbers.key),
    )
    stop = page.start + len(page.lines)
    return ObservationList(
        lines=tuple(words.line(row) for row in page.lines),
        first=page.start + 1 if page.lines else 0,
        last=stop,
        total=page.total,
        previous=max(0, page.start - PAGE_LENGTH) if page.start else None,
        following=stop if stop < page.total else None,
        has_segments=bool(numbers.version.segments),
        operands=operands,
    )


def unit_path(book: Book, unit: str) -> str:
    """The unit's place in the tree, spelt as the database spells it."""
    return (
        "/".join(book.units.keys[place] for place in reversed(list(book.units.path(book.units.index(unit)))))
        + "/"
    )


def _periods(numbers: MeasureNumbers) -> range:
    seen = numbers.seen
    shown = seen.results.shown.get(numbers.node)
    if shown is not None and shown[seen.at, seen.unit] >= 0:
        carried = int(shown[seen.at, seen.unit])
        return range(carried, carried + 1)
    timeline = seen.evaluation.cube.timeline
    pages = seen.evaluation.book.timetable(timeline).pages((seen.shown.grain,))
    native = pages.native(numbers.version.frequency)
    start, stop = int(native.start[seen.at]), int(native.stop[seen.at])
    return range(native.ordinals.start + max(start, 0), native.ordinals.start + max(stop, 0))


@dataclass(frozen=True, slots=True)
class _Words:
    version: MeasureVersion
    calendar: FiscalCalendar
    units: Mapping[str, str]
    people: Mapping[str, str]
    paths: Mapping[str, str]
    closing: Closing | None
    hidden: HiddenSegments

    def line(self, row: LedgerLine) -> ObservationLine:
        is_hidden = self._is_hidden(row)
        return ObservationLine(
            unit=row.unit,
            unit_name=self.units.get(row.unit, row.unit),
            segment=self._segment(row.segment),
            period=self.calendar.label(Period(self.version.frequency, row.period)),
            number="" if is_hidden else self._number(row),
            detail=reason_sentence(Why.SUPPRESSED) if is_hidden else _counts(row),
            release=self._release(row),
            obs_status="" if row.obs_status == "normal" else row.obs_status.replace("_", " "),
            recorded_at=row.recorded_at,
            superseded_at=row.superseded_at,
            actor=self.people.get(row.actor, row.actor) or "The installation",
            source=_source(row),
            is_withdrawn=row.kind == "withdrawn",
        )

    def _release(self, row: LedgerLine) -> str:
        if (
            self.closing is None
            or row.release_status != ReleaseStatus.FINAL.label
            or row.unit not in self.paths
        ):
            return row.release_status
        month = month_of(self.calendar, Period(self.version.frequency, row.period))
        return str(self.closing.state(month, path=self.paths[row.unit]).label)

    def _is_hidden(self, row: LedgerLine) -> bool:
        """Also of rows that count no more: what stood before tells as much."""
        segments = self.version.segments
        if not 0 < row.segment <= len(segments):
            return False
        return self.hidden.hides(segments[row.segment - 1].key, unit=row.unit, ordinal=row.period)

    def _segment(self, place: int) -> str:
        segments = self.version.segments
        return segments[place - 1].name if 0 < place <= len(segments) else ""

    def _number(self, row: LedgerLine) -> str:
        """The value where the row says one; otherwise its quotient, as the measure shows it."""
        form = {"decimals": self.version.decimals, "unit_of_measure": self.version.unit_of_measure}
        if row.value is not None:
            scale = self.version.multiplier if not self.version.kind.has_denominator else 1.0
            return str(display_number(row.value * scale, **form))  # type: ignore[arg-type]
        if row.numerator is None:
            return ""
        if not row.denominator:
            return _plain(row.numerator)
        return str(display_number(self.version.multiplier * row.numerator / row.denominator, **form))  # type: ignore[arg-type]


def _counts(row: LedgerLine) -> str:
    if row.numerator is not None and row.denominator is not None:
        return f"{_plain(row.numerator)} ÷ {_plain(row.denominator)}"
    return f"n = {_plain(row.n)}" if row.n is not None else ""


def _plain(number: float) -> str:
    """A count with the digits it has, at most two decimals."""
    return display_number(number, decimals=0 if float(number).is_integer() else 2).text


def _source(row: LedgerLine) -> str:
    if row.source_file is None:
        return ""
    return f"{row.source_file}, line {row.source_row}" if row.source_row else row.source_file
