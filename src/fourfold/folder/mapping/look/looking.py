"""Look at a file: everything guessed at once, and a whole mapping made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import Definitions
from fourfold.folder.mapping.files import PlainFile, plain_file
from fourfold.folder.mapping.look.columns import KnownNames, looked_at_columns
from fourfold.folder.mapping.look.formats import MISSING_WORDS, frequency_of_keys, guessed_numbers
from fourfold.folder.mapping.look.marks import guessed_marks, listed_marks
from fourfold.folder.mapping.look.naming import (
    key_of,
    normalised,
    split_part,
)
from fourfold.folder.mapping.look.proposing import proposed_measure, read_samples
from fourfold.folder.mapping.look.sampling import Sample, sampled
from fourfold.folder.mapping.look.values import (
    ColumnLook,
    FileFormat,
    FileLook,
    Guess,
    MappingDraft,
    ProposedMeasure,
    ProposedUnit,
    WideColumn,
)
from fourfold.folder.mapping.numbers import NumberFormat
from fourfold.folder.mapping.table import Table

__all__ = ["look_at_file"]

ROWS_SHOWN = 20
SAMPLES_OF_A_MEASURE = 40
"""Values from which its decimals and its unit of measure are guessed."""


def look_at_file(
    path: Path,
    *,
    name: str,
    into: Path,
    definitions: Definitions,
    sheet: str = "",
    header: int = 0,
    chosen: MappingDraft | None = None,
) -> FileLook:
    """Guess formats, layout and roles; propose what the definitions lack. Reads the file once or twice, a chunk a time.

    `into` keeps what was unpacked; `header` 0: guessed. With a `chosen` mapping the proposals follow its columns
    instead of the guessed ones.

    Raises:
        FileRefused.
    """
    plain = plain_file(path, into=into, sheet=sheet)
    sample = sampled(plain.path, is_unpacked=plain.is_unpacked, header_line=header)
    names = KnownNames.of(definitions)
    columns = list(zip(*sample.rows, strict=True))
    marks, negative = guessed_marks(columns)
    beside = NumberFormat(marks=listed_marks(marks.value), brackets=negative.value == "brackets")
    decimal, thousands = guessed_numbers(columns, is_semicolon=sample.delimiter.value == ";", beside=beside)
    if plain.is_unpacked:
        decimal = Guess(".", "Its numbers are stored as numbers.")
    form = replace(beside, decimal=decimal.value, thousands=thousands.value)
    looks, period = looked_at_columns(sample, form=form, definitions=definitions, names=names)
    written = FileFormat(
        encoding=sample.encoding,
        delimiter=sample.delimiter,
        decimal=decimal,
        thousands=thousands,
        date=Guess(period.pattern, period.evidence) if period else Guess("key"),
        sheet=plain.sheet,
        header=sample.header_line,
        marks=marks,
        negative=negative,
    )
    is_quarterly = any(look.role == "quarter" for look in looks)
    frequency = period.frequency if period else Frequency.QUARTER if is_quarterly else Frequency.MONTH
    found = _Found(name, written, names, definitions, frequency, form)
    look = _looked(plain, sample, looks, found)
    if chosen is None:
        return look
    found.form = chosen.numbers
    return _as_chosen(look, plain, sample, found, chosen)


class _Found:
    """What the parts of one look share."""

    __slots__ = ("definitions", "form", "frequency", "name", "names", "written")

    def __init__(
        self,
        name: str,
        written: FileFormat,
        names: KnownNames,
        definitions: Definitions,
        frequency: Frequency,
        form: NumberFormat,
    ) -> None:
        self.name, self.written, self.names = name, written, names
        self.definitions, self.frequency, self.form = definitions, frequency, form


def _looked(plain: PlainFile, sample: Sample, looks: tuple[ColumnLook, ...], found: _Found) -> FileLook:
    layout = _layout(looks)
    wide: tuple[WideColumn, ...] = ()
    measures: tuple[ProposedMeasure, ...] = ()
    if layout.value == "wide":
        looks, wide, measures = _wide(looks, sample, found)
    roles = {look.role: look.name for look in looks if look.role and not look.measure}
    parts: dict[str, str] = {part: roles.pop(part) for part in ("year", "month", "quarter") if part in roles}
    texts = _distinct(plain, sample, roles)
    units, unit_table = _units(texts.units, found)
    measure_table: dict[str, str] = {}
    if layout.value == "long" and "measure" in roles:
        measures, measure_table = _measures(texts, found)
    tables = {"unit": unit_table, "measure": measure_table}
    draft = replace(
        _draft_of_format(found.written, is_unpacked=plain.is_unpacked),
        layout=layout.value,
        columns=roles,
        period_parts=parts,
        wide=wide,
        translate={role: table for role, table in tables.items() if table},
        missing=("", *sorted(_missing(sample))),
    )
    draft = replace(draft, date="key") if parts else draft
    return FileLook(
        name=found.name,
        kind=plain.kind.value,
        sheets=plain.sheets,
        format=found.written,
        header=sample.header,
        rows=sample.rows[:ROWS_SHOWN],
        row_count=texts.rows,
        layout=layout,
        columns=looks,
        draft=draft,
        units=units,
        measures=measures,
        missing_roles=_missing_roles(draft),
    )


def _as_chosen(
    look: FileLook, plain: PlainFile, sample: Sample, found: _Found, chosen: MappingDraft
) -> FileLook:
    """What the chosen columns name and nobody has defined, and the chosen mapping with their texts translated."""
    roles = chosen.columns
    texts = _distinct(plain, sample, roles)
    units, unit_table = _units(texts.units, found)
    measures: tuple[ProposedMeasure, ...] = ()
    measure_table: dict[str, str] = {}
    if chosen.layout == "wide":
        measures = _of_wide(sample, found, chosen)
    elif "measure" in roles:
        measures, measure_table = _measures(texts, found)
    tables = {"unit": unit_table, "measure": measure_table}
    translate = {role: {**chosen.translate.get(role, {}), **table} for role, table in tables.items() if table}
    return replace(
        look,
        draft=replace(chosen, translate={**chosen.translate, **translate}),
        units=units,
        measures=measures,
    )


def _of_wide(sample: Sample, found: _Found, chosen: MappingDraft) -> tuple[ProposedMeasure, ...]:
    """One for each measure that the chosen columns name and nobody has defined; its value column describes it."""
    known = {measure.key for measure in found.definitions.measures}
    proposed: dict[str, ProposedMeasure] = {}
    for entry in sorted(chosen.wide, key=lambda each: each.role != "value"):
        if entry.measure not in known and entry.measure not in proposed:
            proposed[entry.measure] = _proposed(
                entry.measure,
                entry.column,
                text=entry.column,
                samples=_cells(sample, entry.column),
                found=found,
            )
    return tuple(_with_parts(each, chosen.wide) for each in proposed.values())


def _draft_of_format(written: FileFormat, *, is_unpacked: bool) -> MappingDraft:
    return MappingDraft(
        layout="long",
        encoding=written.encoding.value,
        delimiter=written.delimiter.value,
        decimal=written.decimal.value,
        thousands=written.thousands.value,
        date=written.date.value,
        marks=listed_marks(written.marks.value),
        negative=written.negative.value,
        sheet=written.sheet if is_unpacked else "",
        header=written.header,
    )


def _layout(looks: Sequence[ColumnLook]) -> Guess:
    named = next((look.name for look in looks if look.role == "measure"), "")
    if named:
        return Guess("long", f"“{named}” says which measure each row speaks of.")
    numbers = [look.name for look in looks if look.holds == "number"]
    return Guess("wide", f"No column names the measure; {len(numbers)} columns hold numbers.")


def _wide(
    looks: Sequence[ColumnLook], sample: Sample, found: _Found
) -> tuple[tuple[ColumnLook, ...], tuple[WideColumn, ...], tuple[ProposedMeasure, ...]]:
    """Each number column belongs to a measure: a known one by its name, otherwise one to be created."""
    kinds = {measure.key: measure.versions[-1].kind for measure in found.definitions.measures}
    proposed: dict[str, ProposedMeasure] = {}
    seen: list[ColumnLook] = []
    wide: list[WideColumn] = []
    taken: set[tuple[str, str]] = set()
    for look in looks:
        if look.holds != "number" or look.role in ("unit", "period"):
            seen.append(look)
            continue
        subject, part = (found.name.rpartition(".")[0], look.role) if look.role else split_part(look.name)
        key = found.names.measures.get(normalised(look.name)) or found.names.measures.get(normalised(subject))
        is_new = key is None
        if key is None:
            key = key_of(subject, otherwise="measure")
            title = look.name if part == "value" and not look.role else subject
            if key not in proposed or part == "value":
                proposed[key] = _proposed(
                    key, title, text=look.name, samples=_cells(sample, look.name), found=found
                )
        elif part == "value" and look.name not in found.names.measures and kinds[key].has_denominator:
            part = "numerator" if kinds[key].value in ("ratio", "rate") else part
        if (key, part) in taken:
            seen.append(look)
            continue
        taken.add((key, part))
        wide.append(WideColumn(look.name, key, part))
        seen.append(replace(look, role=part, measure=key, is_new=is_new))
    return tuple(seen), tuple(wide), tuple(_with_parts(each, wide) for each in proposed.values())


def _with_parts(proposed: ProposedMeasure, wide: Sequence[WideColumn]) -> ProposedMeasure:
    """What the file gives decides the kind: a numerator needs a denominator, a value with its n is a mean."""
    parts = {each.role for each in wide if each.measure == proposed.key}
    if {"numerator", "denominator"} <= parts:
        return replace(proposed, kind="ratio", decimals=max(proposed.decimals, 1), sample="")
    return replace(proposed, kind="mean") if {"value", "n"} <= parts else proposed


def _proposed(key: str, title: str, *, text: str, samples: Sequence[str], found: _Found) -> ProposedMeasure:
    return proposed_measure(
        key,
        title,
        text=text,
        samples=read_samples(samples, found.form),
        frequency=found.frequency.value,
        currency=found.definitions.organisation.currency,
    )


def _measures(texts: _Texts, found: _Found) -> tuple[tuple[ProposedMeasure, ...], dict[str, str]]:
    """Of a long file: the texts of its measure column, with some values of each and how often it has one."""
    proposed, table = [], {}
    taken = set(found.names.measures.values())
    calendar = found.definitions.organisation.calendar
    for text in texts.measures:
        key = found.names.measures.get(normalised(text))
        if key is None:
            key = key_of(text, taken, otherwise="measure")
            taken.add(key)
            new = _proposed(key, text, text=text, samples=texts.samples.get(text, ()), found=found)
            own = frequency_of_keys(texts.periods.get(text, ()), calendar)
            proposed.append(replace(new, frequency=own.value) if own else new)
        if key != text:
            table[text] = key
    return tuple(proposed), table


def _units(texts: Sequence[str], found: _Found) -> tuple[tuple[ProposedUnit, ...], dict[str, str]]:
    proposed, table = [], {}
    taken = set(found.names.units.values())
    root = found.definitions.units[0].key if found.definitions.units else ""
    level = next((unit.level for unit in found.definitions.units if unit.parent == root), "unit")
    for text in texts:
        key = found.names.units.get(normalised(text))
        if key is None:
            key = key_of(text, taken, otherwise="unit")
            taken.add(key)
            proposed.append(ProposedUnit(key, text.strip(), root, level, text))
        if key != text:
            table[text] = key
    return tuple(proposed), table


def _cells(sample: Sample, column: str) -> list[str]:
    place = sample.header.index(column)
    return [row[place] for row in sample.rows[:SAMPLES_OF_A_MEASURE] if row[place].strip()]


@dataclass(frozen=True, slots=True)
class _Texts:
    """Every unit and measure in the order of the file, first values and periods of each measure, and the rows."""

    units: list[str]
    measures: list[str]
    samples: Mapping[str, Sequence[str]]
    periods: Mapping[str, Sequence[str]]
    rows: int


def _distinct(plain: PlainFile, sample: Sample, roles: Mapping[str, str]) -> _Texts:
    table = Table(
        plain.path,
        plain.path.name,
        encoding=sample.encoding.value,
        delimiter=sample.delimiter.value,
        header_line=sample.header_line,
    )
    named = {role: roles.get(role, "") for role in ("unit", "measure", "value", "period")}
    wanted = list(dict.fromkeys(name for name in named.values() if sample.header.count(name) == 1))
    found: dict[str, dict[str, None]] = {name: {} for name in wanted}
    samples: dict[str, dict[str, list[str]]] = {"value": {}, "period": {}}
    rows = 0
    for chunk in table.chunks(wanted):
        rows += len(chunk)
        for role in ("unit", "measure"):
            if named[role] in found:
                found[named[role]].update(dict.fromkeys(chunk.columns[named[role]]))
        for role, kept in samples.items():
            if named["measure"] in found and named[role] in found:
                _sample(kept, chunk.columns[named["measure"]], values=chunk.columns[named[role]])
    texts = {name: [text for text in each if text.strip()] for name, each in found.items()}
    units, measures = (texts.get(named[role], []) for role in ("unit", "measure"))
    return _Texts(units, measures, samples["value"], samples["period"], rows)


def _sample(samples: dict[str, list[str]], measures: Sequence[str], *, values: Sequence[str]) -> None:
    """The first values of each measure: a file may be sorted by measure, so its first rows would tell of one only."""
    for measure, value in zip(measures, values, strict=True):
        kept = samples.setdefault(measure, [])
        if len(kept) < SAMPLES_OF_A_MEASURE and value.strip():
            kept.append(value)


def _missing(sample: Sample) -> set[str]:
    return {text.strip() for row in sample.rows for text in row} & MISSING_WORDS


def _missing_roles(draft: MappingDraft) -> tuple[str, ...]:
    needed = ["unit", *(["measure", "value"] if draft.layout == "long" else [])]
    lacking = [role for role in needed if role not in draft.columns]
    if "period" not in draft.columns and not draft.period_parts:
        lacking.append("period")
    if draft.layout == "wide" and not draft.wide:
        lacking.append("value")
    return tuple(lacking)
