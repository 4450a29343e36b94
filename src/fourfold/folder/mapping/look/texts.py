"""Every text that names something in a file, with some values of each measure: one pass over all rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fourfold.folder.mapping.by_period import PeriodColumn
from fourfold.folder.mapping.files import PlainFile
from fourfold.folder.mapping.look.sampling import Sample
from fourfold.folder.mapping.look.values import LeftOutRows
from fourfold.folder.mapping.numbers import untyped_column
from fourfold.folder.mapping.part_words import LEAVE_OUT, part_said
from fourfold.folder.mapping.table import Chunk, Table

__all__ = ["SAMPLES_OF_A_MEASURE", "Texts", "distinct_texts"]

SAMPLES_OF_A_MEASURE = 40
"""Values from which its decimals and its unit of measure are guessed."""

Kept = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Texts:
    """Every unit and measure in the order of the file, first values and periods of each measure, and the rows.

    `beside` is what stands in the column of units of measure, `parts` in the one that says value or target. A file
    without a column of measures has all its values under an empty text.
    """

    units: list[str]
    measures: list[str]
    samples: Mapping[str, Sequence[str]]
    periods: Mapping[str, Sequence[str]]
    beside: Mapping[str, str]
    rows: int
    parts: Sequence[str] = ()


@dataclass(slots=True)
class _Gathering:
    """What was met so far."""

    named: Mapping[str, str]
    by_period: Sequence[PeriodColumn]
    valued: Sequence[str] = ()
    units: dict[str, None] = field(default_factory=dict)
    measures: dict[str, None] = field(default_factory=dict)
    samples: Kept = field(default_factory=dict)
    periods: Kept = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    parts: dict[str, None] = field(default_factory=dict)
    rows: int = 0

    def take(self, chunk: Chunk, *, left_out: Collection[int]) -> None:
        """Add a chunk; rows that are left out name nothing, and a footnote without any value does neither."""
        self.rows += len(chunk)
        left_out = {*left_out, *self._without_value(chunk)}
        self.parts.update(dict.fromkeys(chunk.columns.get(self.named["part"], ())))
        places = [place for place in range(len(chunk)) if place not in left_out] if left_out else None
        columns = {
            name: texts if places is None else [texts[place] for place in places]
            for name, texts in chunk.columns.items()
        }
        for name in (self.named[role] for role in ("unit", "measure", "period")):
            if name in columns:
                columns[name] = untyped_column(columns[name])
        measures = columns.get(self.named["measure"])
        self.units.update(dict.fromkeys(columns.get(self.named["unit"], ())))
        self.measures.update(dict.fromkeys(measures or ()))
        rows = next((len(texts) for texts in columns.values()), 0)
        self._take_samples(measures if measures is not None else [""] * rows, columns)
        self._take_by_period(measures, columns)

    def _without_value(self, chunk: Chunk) -> Iterator[int]:
        columns = [chunk.columns[name] for name in self.valued if name in chunk.columns]
        if columns:
            rows = enumerate(zip(*columns, strict=True))
            yield from (place for place, cells in rows if not any(cell.strip() for cell in cells))

    def _take_samples(self, measures: Sequence[str], columns: Mapping[str, Sequence[str]]) -> None:
        for role, kept in (("value", self.samples), ("period", self.periods)):
            if self.named[role] in columns:
                _sample(kept, measures, values=columns[self.named[role]])
        for measure, text in zip(measures, columns.get(self.named["beside"], ()), strict=False):
            self.beside.setdefault(measure, text.strip())

    def _take_by_period(self, measures: Sequence[str] | None, columns: Mapping[str, Sequence[str]]) -> None:
        for each in self.by_period:
            if each.column not in columns:  # the header names it twice: the preview says so
                continue
            values = columns[each.column]
            owners = measures if measures is not None else [""] * len(values)
            if each.role != "target":
                _sample(self.samples, owners, values=values)
            filled = dict.fromkeys(owner for owner, text in zip(owners, values, strict=True) if text.strip())
            for owner in filled:
                self.periods.setdefault(owner, []).append(each.period)


def distinct_texts(
    plain: PlainFile,
    sample: Sample,
    *,
    roles: Mapping[str, str],
    by_period: Sequence[PeriodColumn] = (),
    ignored: Sequence[LeftOutRows] = (),
    beside: str = "",
    parts: Mapping[str, str] | None = None,
    values: Sequence[str] = (),
) -> Texts:
    """Read the columns of these roles, and those that name periods; `beside` is the column of units of measure.

    `values` are the columns of numbers: a row that has none in them names nothing. `parts` says what words of the
    column `part` mean, where they do not say it themselves.
    """
    table = Table(
        plain.path,
        plain.path.name,
        encoding=sample.encoding.value,
        delimiter=sample.delimiter.value,
        header_line=sample.header_line,
        header_lines=sample.header_lines,
    )
    named = {role: roles.get(role, "") for role in ("unit", "measure", "value", "period", "part")} | {
        "beside": beside
    }
    valued = tuple(dict.fromkeys((*(each.column for each in by_period), *values)))
    asked = (
        *named.values(),
        *valued,
        *(each.column for each in by_period),
        *(each.column for each in ignored),
    )
    wanted = [name for name in dict.fromkeys(asked) if sample.header.count(name) == 1]
    rules = [each for each in ignored if each.column in wanted]
    met = _Gathering(named, by_period, valued)
    for chunk in table.chunks(wanted):
        met.take(chunk, left_out=_left_out(chunk, rules) | _of_no_part(chunk, named["part"], parts or {}))
    units, measures = ([text for text in each if text.strip()] for each in (met.units, met.measures))
    return Texts(units, measures, met.samples, met.periods, met.beside, met.rows, tuple(met.parts))


def _left_out(chunk: Chunk, rules: Sequence[LeftOutRows]) -> set[int]:
    columns = [(rule.value, untyped_column(chunk.columns[rule.column])) for rule in rules]
    return {place for value, texts in columns for place, text in enumerate(texts) if text == value}


def _of_no_part(chunk: Chunk, column: str, said: Mapping[str, str]) -> set[int]:
    """Rows such as forecasts name nothing either."""
    texts = chunk.columns.get(column, ())
    out = {text for text in set(texts) if (said.get(text) or part_said(text)) == LEAVE_OUT}
    return {place for place, text in enumerate(texts) if text in out} if out else set()


def _sample(samples: Kept, measures: Sequence[str], *, values: Sequence[str]) -> None:
    """The first values of each measure: a file may be sorted by measure, so its first rows would tell of one only."""
    for measure, value in zip(measures, values, strict=False):
        kept = samples.setdefault(measure, [])
        if len(kept) < SAMPLES_OF_A_MEASURE and value.strip():
            kept.append(value)
