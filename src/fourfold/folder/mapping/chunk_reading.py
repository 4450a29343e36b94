"""One chunk of a file, column by column: select rows, resolve names and periods, read numbers, compose values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.folder.mapping.file_mapping import FileMapping, Reading
from fourfold.folder.mapping.numbers import NumberProblem, Numbers
from fourfold.folder.mapping.parts import compose, composition, needed_parts
from fourfold.folder.mapping.resolving import RELEASE_STATUSES, Resolver, obs_status, release_status
from fourfold.folder.mapping.row_findings import RowFindings, Said
from fourfold.folder.mapping.table import Chunk
from fourfold.folder.mapping.timestamps import read_timestamp

__all__ = ["ChunkReader", "Taken"]

Flags = NDArray[np.bool_]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one reading of a chunk yields: parallel columns, shape (n,), and the targets beside them."""

    columns: Mapping[str, NDArray[np.generic]]
    targets: Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class _Texts:
    """A column of text as codes into its distinct texts."""

    codes: Places
    distinct: Sequence[str]

    def at(self, row: int) -> str:
        return self.distinct[self.codes[row]]

    def map(self, read: Callable[[str], int]) -> Places:
        """Read each distinct text once."""
        return np.fromiter((read(text) for text in self.distinct), dtype=np.int32, count=len(self.distinct))[
            self.codes
        ]


@dataclass(slots=True)
class ChunkReader:
    """Reads the chunks of one file with one mapping; findings and counts grow as it goes."""

    mapping: FileMapping
    resolver: Resolver
    findings: RowFindings
    ignored: Counter[str] = field(default_factory=Counter)
    blank: int = 0
    _texts: dict[str, _Texts] = field(default_factory=dict)
    _numbers: dict[str, Numbers] = field(default_factory=dict)
    _lookups: list[Places] = field(default_factory=list)

    def read(self, chunk: Chunk) -> list[Taken]:
        """Every reading of the chunk's rows, in the order of the mapping."""
        self._texts, self._numbers = {}, {}
        self._lookups = [lookup.places(chunk.columns) for lookup in self.mapping.lookups]
        alive = self._selected(chunk)
        return [
            _ReadingOfChunk(self, chunk, reading, alive.copy()).take() for reading in self.mapping.readings
        ]

    # --- which rows ------------------------------------------------------------------------------------------------

    def _selected(self, chunk: Chunk) -> Flags:
        """Rows that pass the filters and are not ignored for a stated reason."""
        alive = np.ones(len(chunk), dtype=np.bool_)
        for column, wanted in self.mapping.filters.items():
            passes = (
                self._column(chunk, column).map(lambda text, wanted=wanted: text in wanted).astype(np.bool_)
            )
            self._drop(alive, ~passes, reason=f"filtered out by {column}")
        for rule in self.mapping.ignored:
            meets = np.ones(len(chunk), dtype=np.bool_)
            for column, wanted in rule.when.items():
                meets &= (
                    self._column(chunk, column)
                    .map(lambda text, wanted=wanted: text in wanted)
                    .astype(np.bool_)
                )
            self._drop(alive, meets, reason=rule.reason)
        for places, lookup in zip(self._lookups, self.mapping.lookups, strict=True):
            reasons = lookup.gives.get("ignore", ())
            for place in (place for place, reason in enumerate(reasons) if reason):
                self._drop(alive, places == place, reason=reasons[place])
            self._refuse_unlisted(chunk, alive, places=places, on=lookup.on)
        return alive

    def _drop(self, alive: Flags, dropped: Flags, *, reason: str) -> None:
        hit = alive & dropped
        if hit.any():
            self.ignored[reason] += int(hit.sum())
            alive &= ~dropped

    def _refuse_unlisted(self, chunk: Chunk, alive: Flags, *, places: Places, on: tuple[str, ...]) -> None:
        rows = np.flatnonzero(alive & (places < 0))

        def say(position: int) -> Said:
            shown = ", ".join(chunk.columns[name][rows[position]] for name in on)
            return f'The lookup has no entry for "{shown}".', "Add one, or ignore the rows with a reason."

        self.findings.refuse("LOOKUP_UNKNOWN", chunk.lines[rows], say=say)
        alive[rows] = False

    # --- columns read once a chunk ---------------------------------------------------------------------------------

    def _column(self, chunk: Chunk, name: str) -> _Texts:
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = _factorised(chunk.columns[name])
        return found

    def texts(self, chunk: Chunk, role: str) -> _Texts | None:
        """What the rows say in a role: a column's texts, a lookup's, a constant's; None where nothing is said."""
        texts = self._untranslated(chunk, role)
        table = self.mapping.translate.get(role)
        if texts is None or table is None:
            return texts
        return _Texts(texts.codes, [table.get(text, text) for text in texts.distinct])

    def _untranslated(self, chunk: Chunk, role: str) -> _Texts | None:
        if role in self.mapping.columns:
            return self._column(chunk, self.mapping.columns[role])
        for places, lookup in zip(self._lookups, self.mapping.lookups, strict=True):
            if role in lookup.gives:
                # rows without an entry are refused already; place 0 only keeps the column whole
                return _Texts(np.maximum(places, 0), lookup.gives[role] or [""])
        if role in self.mapping.constants:
            return _constant(self.mapping.constants[role], len(chunk))
        return None

    def period_texts(self, chunk: Chunk) -> tuple[Places, list[tuple[str, ...]]]:
        """Codes into the distinct period texts."""
        columns = [chunk.columns[name] for name in self.mapping.period_columns]
        if not columns:
            columns = [[self.mapping.constants.get("period", "")] * len(chunk)]
        places: dict[tuple[str, ...], int] = {}
        codes = np.fromiter(
            (places.setdefault(texts, len(places)) for texts in zip(*columns, strict=True)),
            dtype=np.int32,
            count=len(chunk),
        )
        return codes, list(places)

    def numbers(self, chunk: Chunk, name: str) -> Numbers:
        """A column of numbers."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self.mapping.numbers.read_all(chunk.columns[name])
        return found


@dataclass(slots=True)
class _ReadingOfChunk:
    """One reading of one chunk. `alive` marks the rows that are still usable; every refusal takes some away."""

    reader: ChunkReader
    chunk: Chunk
    reading: Reading
    alive: Flags
    measure: Places = field(init=False)
    unit: Places = field(init=False)
    version: Places = field(init=False)
    period: Places = field(init=False)
    segment: Places = field(init=False)

    def take(self) -> Taken:
        """Resolve, check, compose."""
        self._resolve_measure()
        self._resolve_unit()
        self._resolve_period()
        self._resolve_segment()
        self._refuse_other_units_of_measure()
        numbers = self._numbers()
        return Taken(self._observations(numbers), self._targets(numbers))

    # --- names -----------------------------------------------------------------------------------------------------

    def _resolve_measure(self) -> None:
        resolver = self.reader.resolver
        key = self.reading.measure
        texts = _constant(key, len(self.chunk)) if key else self.reader.texts(self.chunk, "measure")
        texts = texts or _constant("", len(self.chunk))
        self.measure = texts.map(resolver.measure)
        self._refuse(
            "MEASURE_UNKNOWN",
            self.measure < 0,
            say=lambda row: (
                f'There is no measure "{texts.at(row)}".',
                resolver.advice("measure", texts.at(row)),
            ),
        )

    def _resolve_unit(self) -> None:
        resolver = self.reader.resolver
        texts = self.reader.texts(self.chunk, "unit") or _constant("", len(self.chunk))
        self.unit = texts.map(resolver.unit)
        self._refuse(
            "UNIT_UNKNOWN",
            self.unit < 0,
            say=lambda row: (f'There is no unit "{texts.at(row)}".', resolver.advice("unit", texts.at(row))),
        )

    def _resolve_period(self) -> None:
        resolver = self.reader.resolver
        codes, distinct = self.reader.period_texts(self.chunk)
        pairs, place = self._distinct_pairs(self.measure, codes)
        dated = [resolver.dated(int(measure), distinct[code]) for measure, code in pairs]
        self.version = _spread([each.version for each in dated], place)
        self.period = _spread([each.ordinal for each in dated], place)
        first, last = (
            _spread([getattr(each, name) for each in dated], place) for name in ("first_day", "last_day")
        )
        self._refuse(
            "PERIOD_UNKNOWN",
            self.version < 0,
            say=lambda row: (
                f"{_sentence(dated[place[row]].problem)}",
                "Mend the period, or state under `format: date` how the file writes periods.",
            ),
        )
        opened, closed = resolver.unit_lives()
        self._refuse(
            "UNIT_CLOSED",
            (opened[self.unit] > last) | (closed[self.unit] < first),
            say=lambda row: (
                f'The unit "{resolver.definitions.units[self.unit[row]].key}" did not exist in '
                f"{' '.join(distinct[codes[row]])}.",
                "Mend its valid_from and valid_to, or ignore the row with a reason.",
            ),
        )

    def _resolve_segment(self) -> None:
        resolver = self.reader.resolver
        key = self.reading.segment
        texts = _constant(key, len(self.chunk)) if key else self.reader.texts(self.chunk, "segment")
        texts = texts or _constant("", len(self.chunk))
        pairs, place = self._distinct_pairs(self.version, texts.codes)
        self.segment = _spread(
            [resolver.segment(int(version), texts.distinct[code]) for version, code in pairs], place
        )
        self._refuse(
            "SEGMENT_UNKNOWN", self.segment < 0, say=lambda row: self._about_segment(row, texts.at(row))
        )

    def _about_segment(self, row: int, text: str) -> Said:
        known = self.reader.resolver.segment_keys(int(self.version[row]))
        if not known:
            return (
                f'The measure has no segments, the row names "{text}".',
                "Declare them, or leave the segment blank.",
            )
        if not text:
            return "The measure is segmented, the row names no segment.", f"Name one of: {', '.join(known)}."
        return f'The measure has no segment "{text}".', f"Name one of: {', '.join(known)}."

    def _refuse_other_units_of_measure(self) -> None:
        resolver = self.reader.resolver
        if texts := self.reader.texts(self.chunk, "unit_of_measure"):
            pairs, place = self._distinct_pairs(self.version, texts.codes)
            same = [
                resolver.is_same_unit_of_measure(int(version), texts.distinct[code])
                for version, code in pairs
            ]
            self._refuse(
                "UNIT_MISMATCH",
                _spread(same, place) == 0,
                say=lambda row: (
                    f'The row is in "{texts.at(row)}", the measure in '
                    f'"{resolver.versions[self.version[row]].unit_of_measure}".',
                    "Convert with `scale` and translate the unit of measure, or mend the measure.",
                ),
            )
        if texts := self.reader.texts(self.chunk, "currency"):
            currency = resolver.definitions.organisation.currency
            self._refuse(
                "CURRENCY_MISMATCH",
                texts.map(lambda text: text in ("", currency)) == 0,
                say=lambda row: (
                    f"The row is in {texts.at(row)}, the organisation reports in {currency}.",
                    "Convert it.",
                ),
            )

    # --- numbers ---------------------------------------------------------------------------------------------------

    def _numbers(self) -> dict[str, NDArray[np.float64]]:
        """Role → scaled numbers, NaN where blank."""
        factor = self._row_scale()
        columns = {}
        for role, name in self.reading.columns.items():
            numbers = self.reader.numbers(self.chunk, name)
            self._refuse_numbers(numbers, name)
            values = numbers.values * self.reading.scale.get(role, 1.0)
            columns[role] = values * factor if factor is not None and role in ("value", "target") else values
        return columns

    def _row_scale(self) -> NDArray[np.float64] | None:
        """The factor a lookup states for each row."""
        for places, lookup in zip(self.reader._lookups, self.reader.mapping.lookups, strict=True):
            if "scale" in lookup.gives:
                factors = self.reader.mapping.numbers.read_all(
                    [text or "1" for text in lookup.gives["scale"]]
                )
                return factors.values[np.maximum(places, 0)]
        return None

    def _refuse_numbers(self, numbers: Numbers, name: str) -> None:
        for problem, (message, remedy) in _NUMBER_PROBLEMS.items():
            self._refuse(
                problem.name,
                numbers.problem == problem,
                say=lambda row, message=message, remedy=remedy: (
                    message.format(text=self.chunk.columns[name][row], column=name),
                    remedy,
                ),
            )

    def _observations(self, numbers: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.generic]]:
        versions = self.reader.resolver.versions
        how = np.array([composition(version.kind) for version in versions] or [0], dtype=np.int8)[
            self.version
        ]
        observed = {role: values for role, values in numbers.items() if role != "target"}
        self._drop_zeros(observed, plain=how == 0, among=self.reader.mapping.zero_is_missing)
        parts = compose(observed, how)
        why = self._why()
        there = (
            self.alive & (why >= 0) & (~parts.blank | (why > Why.PRESENT))
            if observed
            else np.zeros_like(self.alive)
        )
        self._refuse_derived(there)
        self._refuse(
            "VALUE_INCOMPLETE",
            there & (why == Why.PRESENT) & parts.incomplete,
            say=lambda row: (
                f"A {versions[self.version[row]].kind} needs {needed_parts(versions[self.version[row]].kind)}; "
                "the row gives only a part.",
                "Give every part or none. A share without its counts has the kind `precomputed`.",
            ),
        )
        there &= self.alive
        self.reader.blank += int((self.alive & ~there).sum()) if observed else 0
        series = self._series()
        recorded = self._coded("recorded_at", read_timestamp)
        there &= self.alive
        return {
            "line": self.chunk.lines[there],
            "measure": self.measure[there],
            "series": series[there].astype(np.int16),
            "segment": self.segment[there].astype(np.int16),
            "unit": self.unit[there],
            "period": self.period[there],
            "numerator": parts.numerator[there],
            "denominator": parts.denominator[there],
            "why": why[there].astype(np.uint8),
            "recorded_at": recorded[there],
            "release_status": self._release()[there],
        }

    def _drop_zeros(
        self, numbers: dict[str, NDArray[np.float64]], *, plain: Flags, among: frozenset[str] | None
    ) -> None:
        """Zero stands for missing: of the value where that is all, of the denominator where there is one."""
        concerned = self._is_among(among)
        if not concerned.any():
            return
        for role, values in numbers.items():
            zero = (values == 0) & concerned
            if role == "value":
                values[zero & plain] = np.nan
            if role in ("denominator", "n"):
                for other in numbers.values():
                    other[zero & ~plain] = np.nan

    def _is_among(self, keys: frozenset[str] | None) -> Flags:
        """Rows whose measure is one of these; None means all."""
        measures = self.reader.resolver.definitions.measures
        flags = np.array(
            [keys is None or measure.key in keys for measure in measures] or [False], dtype=np.bool_
        )
        return flags[self.measure]

    def _refuse_derived(self, there: Flags) -> None:
        versions = self.reader.resolver.versions
        derived = np.array([version.formula is not None for version in versions] or [False], dtype=np.bool_)
        self._refuse(
            "MEASURE_DERIVED",
            there & derived[self.version],
            say=lambda row: (
                f'"{self.reader.resolver.definitions.measures[self.measure[row]].key}" is computed by its formula.',
                "Remove the rows, or the formula.",
            ),
        )

    def _why(self) -> NDArray[np.int32]:
        codes = self._coded("obs_status", obs_status)
        return np.where(codes < 0, 0, codes).astype(np.int32)

    def _release(self) -> NDArray[np.uint8]:
        codes = self._coded("release_status", release_status)
        return np.where(codes < 0, 0, codes).astype(np.uint8)

    def _coded(self, role: str, read: Callable[[str], int]) -> NDArray[np.int64]:
        """A role whose texts have codes; -1 refuses; 0 where the file says nothing."""
        mapping = self.reader.mapping
        texts = (
            self.reader._column(self.chunk, mapping.recorded_at)
            if role == "recorded_at" and mapping.recorded_at
            else self.reader.texts(self.chunk, role)
        )
        if texts is None:
            return np.zeros(len(self.chunk), dtype=np.int64)
        codes = np.array([read(text.strip()) for text in texts.distinct] or [0], dtype=np.int64)[texts.codes]
        code, remedy = _CODED[role]
        self._refuse(code, codes < 0, say=lambda row: (f'"{texts.at(row)}" is no {role}.', remedy))
        return codes

    def _series(self) -> NDArray[np.int64]:
        """The series a row states, otherwise that of its version."""
        versions = self.reader.resolver.versions
        own = np.array([version.series for version in versions] or [1], dtype=np.int64)[self.version]
        stated = self._coded("series", _series_number)
        return np.where(stated > 0, stated, own)

    def _targets(self, numbers: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.generic]]:
        wanted = numbers.get("target")
        if wanted is None:
            return {}
        zero = (wanted == 0) & self._is_among(self.reader.mapping.zero_target_is_missing)
        there = self.alive & ~np.isnan(wanted) & ~zero
        return {
            "line": self.chunk.lines[there],
            "measure": self.measure[there],
            "unit": self.unit[there],
            "version": self.version[there],
            "segment": self.segment[there],
            "period": self.period[there],
            "value": wanted[there],
        }

    # --- the two tools all of the above use ------------------------------------------------------------------------

    def _refuse(self, code: str, wrong: NDArray[np.generic], *, say: Callable[[int], Said]) -> None:
        """Report the living rows that are wrong, and count them out."""
        rows = np.flatnonzero(self.alive & wrong)
        if rows.size:
            self.reader.findings.refuse(
                code, self.chunk.lines[rows], say=lambda position: say(int(rows[position]))
            )
            self.alive[rows] = False

    def _distinct_pairs(self, left: Places, right: Places) -> tuple[list[tuple[int, int]], Places]:
        """The distinct pairs of the living rows, and for each row the place of its pair (0 for rows not alive)."""
        place = np.zeros(len(self.chunk), dtype=np.int32)
        if not self.alive.any():
            return [], place
        width = int(right.max()) + 1
        joint = left[self.alive].astype(np.int64) * width + right[self.alive]
        distinct, inverse = np.unique(joint, return_inverse=True)
        place[self.alive] = inverse
        return [divmod(int(each), width) for each in distinct], place


def _series_number(text: str) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= LAST_SERIES else -1


LAST_SERIES = 32_000
"""What the int16 column holds, rounded down."""

_NUMBER_PROBLEMS = {
    NumberProblem.NOT_A_NUMBER: (
        '"{text}" in column "{column}" is not a number.',
        "Mend it, list it under `missing`, or state decimal and thousands marks under `format`.",
    ),
    NumberProblem.NOT_FINITE: (
        '"{text}" in column "{column}" is not a finite number.',
        "Leave the field blank.",
    ),
    NumberProblem.VALUE_TOO_PRECISE: (
        '"{text}" in column "{column}" has more than 15 significant digits.',
        "Round it; double precision cannot keep the rest.",
    ),
}
_CODED = {
    "obs_status": (
        "OBS_STATUS_UNKNOWN",
        "Use SDMX codes (A, M, Q, …) or words like withdrawn; `translate` others.",
    ),
    "release_status": (
        "RELEASE_STATUS_UNKNOWN",
        f"Use one of: {', '.join(RELEASE_STATUSES[1:])}; `translate` others.",
    ),
    "recorded_at": ("TIMESTAMP_WRONG", "Write ISO 8601 with a zone: 2026-10-05T08:00:00Z."),
    "series": ("FIELD_WRONG", "Write the number of the series, from 1."),
}


def _factorised(column: Sequence[str]) -> _Texts:
    places = {text: place for place, text in enumerate(dict.fromkeys(column))}
    codes = np.fromiter(map(places.__getitem__, column), dtype=np.int32, count=len(column))
    return _Texts(codes, list(places))


def _constant(text: str, rows: int) -> _Texts:
    return _Texts(np.zeros(rows, dtype=np.int32), [text])


def _spread(found: Sequence[int], place: Places) -> Places:
    """What was found for each distinct pair, row by row."""
    return np.array(found or [0], dtype=np.int32)[place]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else "No period is stated."
