"""One chunk of a file: select rows, resolve what they speak of, read numbers, compose values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.quantities import Why
from fourfold.folder.mapping.chunk_columns import ChunkColumns, Flags, Texts
from fourfold.folder.mapping.doubts import Doubts
from fourfold.folder.mapping.file_mapping import FileMapping, Reading
from fourfold.folder.mapping.names_of_rows import NamesOfRows
from fourfold.folder.mapping.number_marks import MARKS_KNOWN
from fourfold.folder.mapping.numbers import NumberProblem, Numbers, untyped
from fourfold.folder.mapping.parts import Composition, Parts, compose, composition, needed_parts
from fourfold.folder.mapping.resolving import RELEASE_STATUSES, Resolver, obs_status, release_status
from fourfold.folder.mapping.row_findings import RowFindings, Said
from fourfold.folder.mapping.selection import selected_rows
from fourfold.folder.mapping.table import Chunk
from fourfold.folder.mapping.timestamps import read_timestamp

__all__ = ["ChunkReader", "Taken"]

Columns = dict[str, NDArray[Any]]
NumbersByRole = dict[str, NDArray[np.float64]]

LAST_SERIES = 32_000
"""What the int16 column holds, rounded down."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one reading of a chunk yields: parallel columns, shape (n,), and the targets beside them."""

    columns: Columns
    targets: Columns


@dataclass(slots=True)
class ChunkReader:
    """Reads the chunks of one file with one mapping; findings and counts grow as it goes."""

    mapping: FileMapping
    resolver: Resolver
    findings: RowFindings
    doubts: Doubts | None = None
    ignored: Counter[str] = field(default_factory=Counter)
    blank: int = 0

    def read(self, chunk: Chunk) -> list[Taken]:
        """Every reading of the chunk's rows, in the order of the mapping."""
        columns = ChunkColumns(chunk, self.mapping)
        alive = selected_rows(columns, ignored=self.ignored, findings=self.findings)
        told: dict[str, Flags] = {}
        if self.doubts is not None:
            named = (name for reading in self.mapping.readings for name in reading.columns.values())
            self.doubts.look_at(chunk, dict.fromkeys(named))
        parts = columns.parts
        return [
            _told_apart(
                self._take(columns, reading, alive=_of_part(reading, parts, alive), told=told), reading, at=at
            )
            for at, reading in enumerate(self.mapping.readings)
        ]

    def _take(
        self, columns: ChunkColumns, reading: Reading, *, alive: Flags, told: dict[str, Flags]
    ) -> Taken:
        if not _says_why(self.mapping):
            self._drop_blank(columns, reading, alive)
        names = NamesOfRows(columns, reading, self.resolver, self.findings, alive, told)
        if reading.part == "target" and "target" not in reading.columns:
            _refuse_targets_of_parts(names)
            return Taken({}, {})
        numbers = _numbers(names)
        targets = _targets(names, numbers.pop("target", None))
        observed = _observations(names, numbers) if numbers else {}
        self.blank += int(names.alive.sum()) - observed["line"].size if observed else 0
        return Taken(observed, targets)

    def _drop_blank(self, columns: ChunkColumns, reading: Reading, alive: Flags) -> None:
        """An empty cell says nothing: neither a value nor that its unit exists or its period fits the measure."""
        blank = alive & columns.blank(reading.columns.values())
        alive &= ~blank
        if set(reading.columns) - {"target"}:
            self.blank += int(blank.sum())


def _says_why(mapping: FileMapping) -> bool:
    """Whether a row without a number may still say something: that its value is withdrawn, or not yet known."""
    gives = {role for lookup in mapping.lookups for role in lookup.gives}
    return "obs_status" in {*mapping.columns, *mapping.constants, *gives}


def _of_part(reading: Reading, parts: Texts | None, alive: Flags) -> Flags:
    """A copy: of the rows that hold this part, where a column says so."""
    if parts is None:
        return alive.copy()
    return alive & parts.among(frozenset((reading.part,)))


def _refuse_targets_of_parts(names: NamesOfRows) -> None:
    """A target is one number: of a numerator and a denominator nobody knows which."""
    said = (
        f"The row holds a target, but in {names.reading.heading}, none of which is its value.",
        "Give targets as one number, in a column with the role `value`.",
    )
    filled = ~names.columns.blank(names.reading.columns.values())
    names.refuse("TARGET_OF_PARTS", names.alive & filled, say=lambda _row: said)


def _told_apart(taken: Taken, reading: Reading, *, at: int) -> Taken:
    """With the place of the reading, where several columns of a row may speak of one period."""
    if reading.period:
        for columns in (taken.columns, taken.targets):
            if columns:
                columns["reading"] = np.full(columns["line"].size, at, dtype=np.int16)
    return taken


# --- numbers ----------------------------------------------------------------------------------------------------------


def _numbers(names: NamesOfRows) -> NumbersByRole:
    """Role → scaled numbers, NaN where blank."""
    factors = names.columns.factors()
    found: NumbersByRole = {}
    for role, name in names.reading.columns.items():
        numbers = names.columns.numbers(name)
        _refuse_numbers(names, numbers, name)
        names.refuse_other_marks(numbers.mark, role=role, column=name)
        scale = np.broadcast_to(names.reading.scale.get(role, 1.0), numbers.values.shape)
        if factors is not None and role in ("value", "target"):
            scale = scale * factors
        _refuse_scaled_percentages(names, numbers, scale, name)
        found[role] = numbers.values * scale
    return found


def _refuse_scaled_percentages(
    names: NamesOfRows, numbers: Numbers, scale: NDArray[np.float64], name: str
) -> None:
    """A cell that says 12 % means 12 of a hundred; a mapping made for 0.12 would make 1,200 of it."""
    marks = names.columns.mapping.numbers.marks
    if "%" not in marks:
        return

    def say(row: int) -> Said:
        text = untyped(names.columns.chunk.columns[name][row])
        return (
            f'"{text}" in column "{name}" is a percentage already, and is multiplied by {scale[row]:g} once more.',
            "Take the `scale` of the column away: a cell is read as it is shown.",
        )

    is_percentage = numbers.mark == marks.index("%") + 1
    names.refuse("PERCENTAGE_SCALED", is_percentage & (scale != 1.0), say=say)


_NUMBER_PROBLEMS = {
    NumberProblem.NOT_A_NUMBER: (
        '"{text}" in column "{column}" is not a number.',
        "Mend it, or say how numbers are written (`format`) or that this text means: no value (`missing`).",
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


def _refuse_numbers(names: NamesOfRows, numbers: Numbers, name: str) -> None:
    if not (numbers.problem > NumberProblem.BLANK).any():
        return
    for problem, (message, remedy) in _NUMBER_PROBLEMS.items():

        def say(row: int, message: str = message, remedy: str = remedy) -> Said:
            text = untyped(names.columns.chunk.columns[name][row])
            return message.format(text=text, column=name), _unlisted_mark(text, names) or remedy

        names.refuse(problem.name, numbers.problem == problem, say=say)


def _unlisted_mark(text: str, names: NamesOfRows) -> str:
    """What to do where all that is wrong is the sign beside the number, as in 12%."""
    form = names.columns.mapping.numbers
    for mark in MARKS_KNOWN:
        if mark in text and mark not in form.marks:
            with_it = replace(form, marks=(*form.marks, mark))
            if with_it.read(text)[1] is NumberProblem.NONE:
                listed = ", ".join(f'"{each}"' for each in with_it.marks)
                return f"Say which signs stand beside numbers: `format: {{marks: [{listed}]}}`."
    return ""


# --- observations -----------------------------------------------------------------------------------------------------


def _observations(names: NamesOfRows, numbers: NumbersByRole) -> Columns:
    versions = names.resolver.versions
    how = _of_versions(names, lambda version: composition(version.kind), otherwise=Composition.VALUE)
    _drop_zeros(names, numbers, plain=how == Composition.VALUE)
    parts = compose(numbers, how.astype(np.int8))
    why = _coded(names, "obs_status", obs_status)
    release = _coded(names, "release_status", release_status)
    recorded = _coded(names, "recorded_at", read_timestamp)
    series = _series(names)
    says = ~parts.blank | (why > Why.PRESENT)
    names.refuse_closed(says)
    _refuse_derived(names, says)
    _refuse_incomplete(names, says & (why == Why.PRESENT) & parts.incomplete, versions)
    there = names.alive & says
    names.warn_of_early(there)
    return {
        "line": names.columns.chunk.lines[there],
        "measure": names.measure[there],
        "series": series[there].astype(np.int16),
        "segment": names.segment[there].astype(np.int16),
        "unit": names.unit[there],
        "period": names.period[there],
        "why": why[there].astype(np.uint8),
        "recorded_at": recorded[there],
        "release_status": release[there].astype(np.uint8),
        **_settled(parts, there),
    }


def _settled(parts: Parts, there: Flags) -> Columns:
    """Numerators and denominators; where one of the two is missing there is neither."""
    lacks = np.isnan(parts.numerator) | np.isnan(parts.denominator)
    return {
        "numerator": np.where(lacks, np.nan, parts.numerator)[there],
        "denominator": np.where(lacks, np.nan, parts.denominator)[there],
    }


def _drop_zeros(names: NamesOfRows, numbers: NumbersByRole, *, plain: Flags) -> None:
    """Zero stands for missing: of the value where that is all, of the denominator where there is one."""
    concerned = _is_among(names, names.columns.mapping.zero_is_missing)
    if not concerned.any():
        return
    for role in ("value", "denominator", "n"):
        if role in numbers:
            zero = (numbers[role] == 0) & concerned & (plain if role == "value" else ~plain)
            for values in numbers.values():
                values[zero] = np.nan


def _refuse_derived(names: NamesOfRows, says: Flags) -> None:
    derived = _of_versions(names, lambda version: version.formula is not None, otherwise=0)
    measures = names.resolver.definitions.measures
    names.refuse(
        "MEASURE_DERIVED",
        says & (derived == 1),
        say=lambda row: (
            f'"{measures[names.measure[row]].key}" is computed by its formula.',
            "Remove the rows, or the formula.",
        ),
    )


def _refuse_incomplete(names: NamesOfRows, wrong: Flags, versions: list[MeasureVersion]) -> None:
    def say(row: int) -> Said:
        kind = versions[names.version[row]].kind
        remedy = "Give every part or none. A share without its counts has the kind `precomputed`."
        return f"A {kind} needs {needed_parts(kind)}; the row gives only a part.", remedy

    names.refuse("VALUE_INCOMPLETE", wrong, say=say)


def _series(names: NamesOfRows) -> NDArray[np.int64]:
    """The series a row states, otherwise that of its version."""
    stated = _coded(names, "series", _series_number)
    return np.where(stated > 0, stated, _of_versions(names, lambda version: version.series, otherwise=1))


def _series_number(text: str) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= LAST_SERIES else -1


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


def _coded(names: NamesOfRows, role: str, read: Callable[[str], int]) -> NDArray[np.int64]:
    """A role whose texts have codes; unreadable ones are refused; 0 where the file says nothing."""
    texts = names.columns.texts(role)
    if texts is None:
        return np.zeros(len(names.columns.chunk), dtype=np.int64)
    codes = texts.map(lambda text: read(text.strip()))
    code, remedy = _CODED[role]
    names.refuse(code, codes < 0, say=lambda row: (f'"{texts.at(row)}" is no {role}.', remedy))
    return np.maximum(codes, 0)


# --- targets ----------------------------------------------------------------------------------------------------------


def _targets(names: NamesOfRows, wanted: NDArray[np.float64] | None) -> Columns:
    if wanted is None:
        return {}
    zero = (wanted == 0) & _is_among(names, names.columns.mapping.zero_target_is_missing)
    says = ~np.isnan(wanted) & ~zero
    names.refuse_closed(says)
    there = names.alive & says
    return {
        "line": names.columns.chunk.lines[there],
        "measure": names.measure[there],
        "unit": names.unit[there],
        "version": names.version[there],
        "segment": names.segment[there],
        "period": names.period[there],
        "value": wanted[there],
    }


# --- what the definitions say about each row --------------------------------------------------------------------------


def _of_versions(
    names: NamesOfRows, say: Callable[[MeasureVersion], int], *, otherwise: int
) -> NDArray[np.int64]:
    found = [say(version) for version in names.resolver.versions] or [otherwise]
    return np.array(found, dtype=np.int64)[names.version]


def _is_among(names: NamesOfRows, keys: frozenset[str] | None) -> Flags:
    """Rows whose measure is one of these; None means all."""
    measures = names.resolver.definitions.measures
    flags = np.array([keys is None or measure.key in keys for measure in measures] or [False], dtype=np.bool_)
    return flags[names.measure]
