"""Which measure, unit, period, version and segment each row of a chunk speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.mapping.chunk_columns import ChunkColumns, Flags, Places, Texts
from fourfold.folder.mapping.file_mapping import Reading
from fourfold.folder.mapping.numbers import untyped
from fourfold.folder.mapping.resolving import Resolver
from fourfold.folder.mapping.row_findings import RowFindings, Said

__all__ = ["NamesOfRows"]

OF_WHOLE_ROWS = frozenset({"MEASURE_UNKNOWN", "UNIT_UNKNOWN", "SEGMENT_UNKNOWN", "CURRENCY_MISMATCH"})
"""What is wrong with a row however many values it has."""


@dataclass(slots=True)
class NamesOfRows:
    """One reading of a chunk, resolved. `alive` marks rows still usable; every refusal takes some away.

    `closed` marks rows whose unit does not exist in their period, `early` those whose unit takes the measure only
    later: that matters only if they say something. Where columns name the periods a row is read once for each of
    them; `told` keeps which rows were reported for what concerns them whole, so that it is told once.
    """

    columns: ChunkColumns
    reading: Reading
    resolver: Resolver
    findings: RowFindings
    alive: Flags
    told: dict[str, Flags] = field(default_factory=dict)
    measure: Places = field(init=False)
    unit: Places = field(init=False)
    version: Places = field(init=False)
    period: Places = field(init=False)
    segment: Places = field(init=False)
    closed: Flags = field(init=False)
    early: Flags = field(init=False)

    def __post_init__(self) -> None:
        self._resolve_measure()
        self._resolve_unit()
        self._resolve_period()
        self._resolve_segment()
        self._refuse_other_units_of_measure()
        self._refuse_other_currencies()

    def refuse(self, code: str, wrong: NDArray[np.bool_], *, say: Callable[[int], Said]) -> None:
        """Report the living rows that are wrong, and count them out; `say` gets a row's place in the chunk."""
        rows = np.flatnonzero(self.alive & wrong)
        if rows.size:
            fresh = self._untold(code, rows)
            lines = self.columns.chunk.lines[fresh]
            self.findings.refuse(code, lines, say=lambda at: self._placed(code, say(int(fresh[at]))))
            self.alive[rows] = False

    def _untold(self, code: str, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        if not self.reading.period or code not in OF_WHOLE_ROWS:
            return rows
        told = self.told.setdefault(code, np.zeros(len(self.columns.chunk), dtype=np.bool_))
        fresh = rows[~told[rows]]
        told[fresh] = True
        return fresh

    def _placed(self, code: str, said: Said) -> Said:
        """With the column, where a row has several values and the sentence names none."""
        message, remedy = said
        names = self.reading.columns.values()
        if not self.reading.period or code in OF_WHOLE_ROWS or any(f'"{name}"' in message for name in names):
            return said
        return f"Column {self.reading.heading}: {message}", remedy

    def refuse_closed(self, there: Flags) -> None:
        """Refuse rows that say something about a unit which does not exist then."""
        self.refuse(
            "UNIT_CLOSED",
            there & self.closed,
            say=lambda row: (
                f'The unit "{self.resolver.definitions.units[self.unit[row]].key}" does not exist in this period.',
                "Mend its valid_from and valid_to, or ignore the row with a reason.",
            ),
        )

    def warn_of_early(self, there: Flags) -> None:
        """Values of periods before the unit takes the measure are kept, and count nowhere."""
        rows = np.flatnonzero(self.alive & there & self.early)

        def say(position: int) -> Said:
            row, definitions = int(rows[position]), self.resolver.definitions
            measure, unit = definitions.measures[self.measure[row]], definitions.units[self.unit[row]]
            day = dict(measure.units.since)[unit.key]
            return (
                f'The unit "{unit.key}" takes "{measure.key}" from {day} on: this value counts nowhere.',
                "Leave the row out, or let the unit take the measure from an earlier period on.",
            )

        self.findings.warn(
            "BEFORE_FIRST_PERIOD",
            self.columns.chunk.lines[rows],
            say=lambda at: self._placed("BEFORE_FIRST_PERIOD", say(at)),
        )

    def refuse_other_marks(self, marks: NDArray[np.uint8], *, role: str, column: str) -> None:
        """Refuse numbers that stand beside a mark of another unit of measure than their measure's."""
        if not marks.any():
            return
        known = self.columns.mapping.numbers.marks
        pairs, place = self._distinct_pairs(self.version, marks.astype(np.int32))
        fits = [
            not mark or self.resolver.fits_mark(version, known[mark - 1], role=role)
            for version, mark in pairs
        ]

        def say(row: int) -> Said:
            text, mark = untyped(self.columns.chunk.columns[column][row]), known[marks[row] - 1]
            own = self.resolver.versions[self.version[row]].unit_of_measure
            what = "measure" if role in ("value", "target") else f"{role} of a measure"
            remedy = "Mend the cell, or the unit of measure of the measure."
            return f'"{text}" in column "{column}" is in {mark}, the {what} in "{own}".', remedy

        self.refuse("UNIT_MISMATCH", _spread(fits, place) == 0, say=say)

    def _resolve_measure(self) -> None:
        texts = self.columns.texts_or("measure", self.reading.measure)
        self.measure = texts.map(self.resolver.measure).astype(np.int32)
        self._refuse_unknown("measure", self.measure, texts)

    def _resolve_unit(self) -> None:
        texts = self.columns.texts_or("unit", None)
        self.unit = texts.map(self.resolver.unit).astype(np.int32)
        self._refuse_unknown("unit", self.unit, texts)

    def _refuse_unknown(self, kind: str, found: Places, texts: Texts) -> None:
        if self.resolver.unseen:
            # What a mapping makes of a text that names nothing to this person would tell that it names something.
            texts = self.columns.in_file(kind) or texts
        self.refuse(
            f"{kind.upper()}_UNKNOWN",
            found < 0,
            say=lambda row: (
                f'There is no {kind} "{texts.at(row)}".',
                self.resolver.advice(kind, texts.at(row)),
            ),
        )

    def _resolve_period(self) -> None:
        codes, distinct = self.columns.periods(self.reading.period)
        pairs, place = self._distinct_pairs(self.measure, codes)
        dated = [self.resolver.dated(measure, distinct[code]) for measure, code in pairs]
        self.version = _spread([each.version for each in dated], place)
        self.period = _spread([each.ordinal for each in dated], place)
        opened, shut = self.resolver.unit_lives()
        last_day = _spread([each.last_day for each in dated], place)
        self.early = self._taken_after(last_day)
        self.closed = (opened[self.unit] > last_day) | (
            shut[self.unit] < _spread([each.first_day for each in dated], place)
        )
        self.refuse(
            "PERIOD_UNKNOWN",
            self.version < 0,
            say=lambda row: (
                _sentence(dated[place[row]].problem),
                "Mend the period, or state under `format: date` how the file writes periods.",
            ),
        )

    def _taken_after(self, last_day: Places) -> Flags:
        """Rows whose period ends before the day from which their unit takes their measure (decision 13)."""
        pairs, days = self.resolver.first_days
        if not pairs.size:
            return np.zeros(len(self.columns.chunk), dtype=np.bool_)
        own = self.measure.astype(np.int64) * len(self.resolver.definitions.units) + self.unit
        at = np.minimum(np.searchsorted(pairs, own), pairs.size - 1)
        early: Flags = (pairs[at] == own) & (last_day < days[at])
        return early

    def _resolve_segment(self) -> None:
        texts = self.columns.texts_or("segment", self.reading.segment)
        pairs, place = self._distinct_pairs(self.version, texts.codes)
        self.segment = _spread(
            [self.resolver.segment(version, texts.distinct[code]) for version, code in pairs], place
        )
        self.refuse(
            "SEGMENT_UNKNOWN", self.segment < 0, say=lambda row: self._about_segment(row, texts.at(row))
        )

    def _about_segment(self, row: int, text: str) -> Said:
        known = self.resolver.segment_keys(int(self.version[row]))
        if not known:
            return (
                f'The measure has no segments, the row names "{text}".',
                "Declare them, or leave the segment blank.",
            )
        if not text:
            return "The measure is segmented, the row names no segment.", f"Name one of: {', '.join(known)}."
        return f'The measure has no segment "{text}".', f"Name one of: {', '.join(known)}."

    def _refuse_other_units_of_measure(self) -> None:
        texts = self.columns.texts("unit_of_measure")
        if texts is None:
            return
        pairs, place = self._distinct_pairs(self.version, texts.codes)
        same = [
            self.resolver.is_same_unit_of_measure(version, texts.distinct[code]) for version, code in pairs
        ]

        def say(row: int) -> Said:
            own = self.resolver.versions[self.version[row]].unit_of_measure
            remedy = "Convert with `scale` and translate the unit of measure, or mend the measure."
            return f'The row is in "{texts.at(row)}", the measure in "{own}".', remedy

        self.refuse("UNIT_MISMATCH", _spread(same, place) == 0, say=say)

    def _refuse_other_currencies(self) -> None:
        texts = self.columns.texts("currency")
        if texts is None:
            return
        own = self.resolver.definitions.organisation.currency
        self.refuse(
            "CURRENCY_MISMATCH",
            ~texts.among(frozenset(("", own))),
            say=lambda row: (
                f"The row is in {texts.at(row)}, the organisation reports in {own}.",
                "Convert it before, or ignore the row with a reason.",
            ),
        )

    def _distinct_pairs(self, left: Places, right: Places) -> tuple[list[tuple[int, int]], Places]:
        """The distinct pairs of the living rows, and for each row the place of its pair (0 for rows not alive)."""
        place = np.zeros(len(self.columns.chunk), dtype=np.int32)
        if not self.alive.any():
            return [], place
        width = int(right.max()) + 1
        joint = left[self.alive].astype(np.int64) * width + right[self.alive]
        distinct, inverse = np.unique(joint, return_inverse=True)
        place[self.alive] = inverse
        return [divmod(int(each), width) for each in distinct], place


def _spread(found: Sequence[int], place: Places) -> Places:
    """What was found for each distinct pair, row by row."""
    return np.array(found or [0], dtype=np.int32)[place]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else "No period is stated."
