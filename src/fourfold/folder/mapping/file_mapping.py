"""How one CSV file is to be read: a mapping document as a frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fourfold.engine.definitions import Trajectory
from fourfold.folder.belonging import Fields
from fourfold.folder.mapping.by_period import PeriodColumn, PeriodHeadings
from fourfold.folder.mapping.dates import PeriodFormat
from fourfold.folder.mapping.lookups import Lookup
from fourfold.folder.mapping.numbers import NumberFormat
from fourfold.folder.schema.mapping_schema import KEY_ROLES, NUMBER_ROLES

__all__ = ["FileMapping", "Ignored", "Reading"]

Conditions = Mapping[str, frozenset[str]]
"""Column → the texts that meet the condition; all columns must."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rows refused on purpose, and why."""

    when: Conditions
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One value a row: which column holds which of its parts. A wide row holds several readings.

    `period` is set where the columns themselves name it; `heading` is then what to call them. `part` is set where a
    column says it of each row: the reading is of those rows alone.
    """

    columns: Mapping[str, str]
    scale: Mapping[str, float]
    measure: str | None = None
    segment: str | None = None
    period: str = ""
    part: str = ""

    @property
    def heading(self) -> str:
        """The names of its columns."""
        return ", ".join(f'"{name}"' for name in dict.fromkeys(self.columns.values()))


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A checked mapping document. `file` is relative to the mapping, or to the data directory where `is_outside`.

    With `headings` the file has a column for each period: its readings are known once its header is (`with_columns`).
    """

    key: str
    file: str
    is_outside: bool
    encoding: str
    delimiter: str
    numbers: NumberFormat
    periods: PeriodFormat
    period_columns: tuple[str, ...]
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    translate: Mapping[str, Mapping[str, str]]
    lookups: tuple[Lookup, ...]
    readings: tuple[Reading, ...]
    filters: Conditions
    ignored: tuple[Ignored, ...]
    zero_is_missing: frozenset[str] | None
    zero_target_is_missing: frozenset[str] | None
    trajectory: Trajectory = Trajectory.STEP
    origin: str = ""
    recorded_at: str | None = None
    sheet: str = ""
    header: int = 1
    header_lines: int = 1
    headings: PeriodHeadings | None = None
    scale: Mapping[str, float] = field(default_factory=dict)
    wanted: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, said: Fields, *, lookups: Sequence[Lookup] = ()) -> FileMapping:
        """From a document the schema has confirmed, and its lookup tables already read."""
        columns = {role: name for role, name in said.get("columns", {}).items() if isinstance(name, str)}
        periods, period_columns = _periods(said)
        mapping = cls(
            key=said["key"],
            file=said["file"],
            is_outside=said.get("from") == "data",
            encoding=said.get("format", {}).get("encoding", "utf-8"),
            delimiter=said.get("format", {}).get("delimiter", ","),
            numbers=_number_format(said),
            periods=periods,
            period_columns=period_columns,
            columns={role: name for role, name in columns.items() if role in KEY_ROLES},
            constants={role: str(text) for role, text in said.get("constants", {}).items()},
            translate={
                role: {text: str(key) for text, key in table.items()}
                for role, table in said.get("translate", {}).items()
            },
            lookups=tuple(lookups),
            readings=tuple(_of_each_part(_readings(said, columns), columns)),
            filters=_conditions(said.get("filters", {})),
            ignored=tuple(
                Ignored(_conditions(each["when"]), each["reason"]) for each in said.get("ignore", ())
            ),
            zero_is_missing=_all_or_keys(said.get("zero_is_missing")),
            zero_target_is_missing=_all_or_keys(
                said.get("zero_target_is_missing", said.get("zero_is_missing"))
            ),
            trajectory=Trajectory(said.get("targets", {}).get("trajectory", Trajectory.STEP)),
            origin=said.get("targets", {}).get("origin", ""),
            recorded_at=columns.get("recorded_at"),
            sheet=said.get("format", {}).get("sheet", ""),
            header=int(said.get("format", {}).get("header", 1)),
            header_lines=int(said.get("format", {}).get("header_lines", 1)),
            headings=PeriodHeadings.of(said.get("periods", {})) if said["layout"] == "periods" else None,
            scale={role: float(factor) for role, factor in said.get("scale", {}).items()},
        )
        return replace(mapping, wanted=tuple(dict.fromkeys(_wanted(mapping))))

    def with_columns(self, columns: Sequence[PeriodColumn]) -> FileMapping:
        """The same for a file in which these columns hold the values: one reading for each period."""
        grouped: dict[str, dict[str, str]] = {}
        for each in columns:
            grouped.setdefault(each.period, {})[each.role] = each.column
        readings = (Reading(parts, self.scale, period=period) for period, parts in grouped.items())
        bound = replace(self, readings=tuple(_of_each_part(readings, self.columns)))
        return replace(bound, wanted=tuple(dict.fromkeys(_wanted(bound))))

    @property
    def column_names(self) -> tuple[str, ...]:
        """What to call the columns of each reading, where those name the period; otherwise nothing."""
        return tuple(reading.heading for reading in self.readings) if self.headings is not None else ()

    def unpacked(self) -> FileMapping:
        """The same for a file that was unpacked: UTF-8 with commas, every digit of a double, dates as dates."""
        return replace(
            self,
            encoding="utf-8",
            delimiter=",",
            numbers=replace(self.numbers, keeps_doubles=True, has_stored=True),
            periods=replace(self.periods, has_dates=True),
        )


def lookup_documents(said: Fields) -> list[Fields]:
    """The lookups of a mapping document: none, one or several."""
    said_lookup = said.get("lookup", [])
    return said_lookup if isinstance(said_lookup, list) else [said_lookup]


def _wanted(mapping: FileMapping) -> Iterator[str]:
    """Every column the mapping speaks of, in a stable order."""
    yield from mapping.columns.values()
    yield from mapping.period_columns
    for reading in mapping.readings:
        yield from reading.columns.values()
    yield from mapping.filters
    for each in mapping.ignored:
        yield from each.when
    for lookup in mapping.lookups:
        yield from lookup.on
    if mapping.recorded_at:
        yield mapping.recorded_at


def _number_format(said: Fields) -> NumberFormat:
    written = said.get("format", {})
    return NumberFormat(
        decimal=written.get("decimal", "."),
        thousands=written.get("thousands", ""),
        missing=frozenset(said.get("missing", [""])),
        keeps_doubles=written.get("digits") == "float64",
        marks=tuple(written.get("marks", ())),
        brackets=written.get("negative") == "brackets",
    )


def _periods(said: Fields) -> tuple[PeriodFormat, tuple[str, ...]]:
    column = said.get("columns", {}).get("period")
    if said["layout"] == "periods":
        return PeriodFormat(has_dates=True, takes_finer=True), ()
    if isinstance(column, dict):
        return PeriodFormat(parts=tuple(column)), tuple(column.values())
    return PeriodFormat(said.get("format", {}).get("date", "key")), (column,) if column else ()


def _readings(said: Fields, columns: Mapping[str, str]) -> Iterator[Reading]:
    numbers = {role: name for role, name in columns.items() if role in NUMBER_ROLES}
    scale = {role: float(factor) for role, factor in said.get("scale", {}).items()}
    if said["layout"] == "periods":
        return
    if said["layout"] == "long":
        yield Reading(numbers, scale)
        return
    grouped: dict[tuple[str, str | None], list[Fields]] = {}
    for entry in wide_entries(said):
        grouped.setdefault((entry["measure"], entry.get("segment")), []).append(entry)
    for (measure, segment), entries in grouped.items():
        yield Reading(
            columns={entry["role"]: entry["column"] for entry in entries},
            scale={
                entry["role"]: float(entry.get("scale", scale.get(entry["role"], 1.0))) for entry in entries
            },
            measure=measure,
            segment=segment,
        )


def _of_each_part(readings: Iterable[Reading], columns: Mapping[str, str]) -> Iterator[Reading]:
    """Where a column says what each row holds: what is a value in one row is a target in another."""
    for reading in readings:
        if "part" not in columns:
            yield reading
            continue
        yield replace(reading, part="value")
        scale = {**reading.scale, "target": reading.scale.get("value", 1.0)}
        of_target = {"target": reading.columns["value"]} if "value" in reading.columns else reading.columns
        yield replace(reading, part="target", columns=of_target, scale=scale)


def wide_entries(said: Fields) -> list[Fields]:
    """The value columns of a wide file; written as a list, or as a mapping from column to entry or entries."""
    wide = said.get("wide", [])
    if isinstance(wide, list):
        return wide
    return [
        {"column": column, **entry}
        for column, entries in wide.items()
        for entry in (entries if isinstance(entries, list) else [entries])
    ]


def _conditions(said: Fields) -> Conditions:
    return {
        column: frozenset(condition_text(each) for each in (wanted if isinstance(wanted, list) else [wanted]))
        for column, wanted in said.items()
    }


def condition_text(value: object) -> str:
    """What a value in a mapping looks like in a file: `2009`, not `2009.0`; `true`, not `True`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _all_or_keys(said: str | list[str] | None) -> frozenset[str] | None:
    """None stands for all measures; nothing said, for none of them."""
    return None if said == "all" else frozenset(said or ())
