"""What a first look at a file finds: rows as they stand, what they seem to mean, and why it seems so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fourfold.folder.mapping.by_period import PeriodHeadings
from fourfold.folder.mapping.numbers import NumberFormat

__all__ = [
    "ColumnLook",
    "FileFormat",
    "FileLook",
    "Guess",
    "LeftOutRows",
    "MappingDraft",
    "PartText",
    "ProposedMeasure",
    "ProposedUnit",
    "WideColumn",
]


@dataclass(frozen=True, slots=True)
class Guess:
    """A value and the evidence for it, in words that can be shown: `,` because of “1,5” in “rate”."""

    value: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How the file is written. `sheet` is empty except in a workbook; `header` counts lines from 1.

    `header_lines`: on how many lines the names stand, of which `header` is the last. `is_settled`: some
    number tells which sign stands before decimals.
    """

    encoding: Guess
    delimiter: Guess
    decimal: Guess
    thousands: Guess
    date: Guess
    sheet: str = ""
    header: int = 1
    header_lines: int = 1
    marks: Guess = Guess("")
    negative: Guess = Guess("minus")
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column: what it holds (`number`, `period`, `text`, `blank`) and the role it seems to play (or none).

    In a wide file a number column names the `measure` it belongs to, which `is_new` where no definition has it; in a
    file with a column for each period it names the `period`, as a key. `texts` are all its texts, where they are few.
    """

    name: str
    place: int
    holds: str
    role: str = ""
    evidence: str = ""
    measure: str = ""
    segment: str = ""
    is_new: bool = False
    distinct: int = 0
    blank: int = 0
    samples: tuple[str, ...] = ()
    period: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartText:
    """A word of the column that says what rows hold: `value`, `target` or `leave_out`; nothing where nobody knows."""

    text: str
    part: str


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A number column of a wide file: of which measure (and segment) it is which part."""

    column: str
    measure: str
    role: str = "value"
    segment: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutRows:
    """Rows that are not read: those in which this column says exactly this."""

    column: str
    value: str

    @property
    def reason(self) -> str:
        """What a preview says of them."""
        return f"{self.column} is “{self.value}”"


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """A mapping as a form edits it. `columns` is role → column; `period_parts` year/month/quarter → column.

    `periods` says how columns name periods, where the layout is `periods`. `ignored` rows are left out.

    `translate` is role → text in the file → key; `constants` role → text. `missing` lists texts that mean no value.
    `marks` stand beside numbers and are taken off; `negative` is `brackets` where (5) is a number below zero.
    """

    layout: str
    columns: Mapping[str, str] = field(default_factory=dict)
    period_parts: Mapping[str, str] = field(default_factory=dict)
    wide: tuple[WideColumn, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    translate: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: tuple[str, ...] = ("",)
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    date: str = "key"
    sheet: str = ""
    header: int = 1
    header_lines: int = 1
    marks: tuple[str, ...] = ()
    negative: str = "minus"
    periods: PeriodHeadings = field(default_factory=PeriodHeadings)
    ignored: tuple[LeftOutRows, ...] = ()

    @property
    def numbers(self) -> NumberFormat:
        """How the file writes numbers, and which texts mean that there is none."""
        return NumberFormat(
            decimal=self.decimal,
            thousands=self.thousands,
            missing=frozenset(self.missing),
            marks=self.marks,
            brackets=self.negative == "brackets",
        )


@dataclass(frozen=True, slots=True)
class ProposedUnit:
    """A unit the file speaks of that nobody has defined; `text` is how the file calls it.

    `since` is the day it opens, as 2026-09-01; empty: it was always there.
    """

    key: str
    name: str
    parent: str
    level: str = ""
    text: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class ProposedMeasure:
    """A measure the file speaks of that nobody has defined; every field may be changed before it is created.

    `objective` may stay empty: the measure then belongs to none yet, or to a new objective, `objective_name` in
    `perspective`. `unit` declares it: empty for the root. `target`, where it is a number, is wanted in every period
    from the file's first on: by each unit with rows where the kind adds up, otherwise by the root, whence it is
    inherited. `sample` is a value of the file as a plain number, to show what the decimals do to it. `owner` and
    `steward` are keys of people: whoever imports, until somebody else is chosen. `since` as of a unit.
    """

    key: str
    name: str
    kind: str = "flow"
    unit_of_measure: str = "1"
    goal: str = "maximise"
    frequency: str = "month"
    objective: str = ""
    unit: str = ""
    decimals: int = 1
    text: str = ""
    evidence: str = ""
    objective_name: str = ""
    perspective: str = ""
    target: str = ""
    org_values: str = "aggregated"
    operational_definition: str = ""
    sample: str = ""
    owner: str = ""
    steward: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file seen for the first time. `rows` are its first twenty below the header, as text.

    `kind` is `csv`, `xlsx` or `parquet`. `draft` is a whole mapping made of the guesses; what it lacks is in
    `missing_roles`. `units` and `measures` are what the file names and nobody has defined; `totals` the rows that seem
    to sum up others; `parts` what the words of the column `part` mean. New things stand `below`
    a unit (empty: the root); `new_measure` is the key of one to which the whole file may belong, called as the file.
    """

    name: str
    kind: str
    sheets: tuple[str, ...]
    format: FileFormat
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    layout: Guess
    columns: tuple[ColumnLook, ...]
    draft: MappingDraft
    units: tuple[ProposedUnit, ...] = ()
    measures: tuple[ProposedMeasure, ...] = ()
    missing_roles: tuple[str, ...] = ()
    totals: tuple[LeftOutRows, ...] = ()
    parts: tuple[PartText, ...] = ()
    below: str = ""
    new_measure: str = ""
