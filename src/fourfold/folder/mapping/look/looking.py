"""Look at a file: everything guessed at once, and a whole mapping made of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import Definitions
from fourfold.folder.mapping.by_period import PeriodColumn, PeriodPlaces
from fourfold.folder.mapping.files import PlainFile, plain_file
from fourfold.folder.mapping.look.columns import KnownNames, looked_at_columns
from fourfold.folder.mapping.look.formats import (
    MISSING_WORDS,
    PeriodGuess,
    frequency_of_keys,
    guessed_numbers,
)
from fourfold.folder.mapping.look.found import Found
from fourfold.folder.mapping.look.marks import guessed_marks, listed_marks
from fourfold.folder.mapping.look.naming import (
    are_units_of_measure,
    key_of,
    normalised,
)
from fourfold.folder.mapping.look.parts_seen import guessed_parts, parts_seen
from fourfold.folder.mapping.look.periods_seen import PeriodsSeen, periods_seen
from fourfold.folder.mapping.look.proposing import with_unit_of_measure
from fourfold.folder.mapping.look.sampling import Sample, sampled
from fourfold.folder.mapping.look.texts import Texts, distinct_texts
from fourfold.folder.mapping.look.totals import is_total, is_total_of_units
from fourfold.folder.mapping.look.values import (
    ColumnLook,
    FileFormat,
    FileLook,
    Guess,
    LeftOutRows,
    MappingDraft,
    ProposedMeasure,
    ProposedUnit,
    WideColumn,
)
from fourfold.folder.mapping.look.wide_columns import measures_of_wide, wide_columns
from fourfold.folder.mapping.numbers import NumberFormat, untyped
from fourfold.folder.schema.mapping_schema import NUMBER_ROLES

__all__ = ["look_at_file"]

ROWS_SHOWN = 20


def look_at_file(
    path: Path,
    *,
    name: str,
    into: Path,
    definitions: Definitions,
    sheet: str = "",
    header: int = 0,
    header_lines: int = 0,
    chosen: MappingDraft | None = None,
    below: str = "",
    taken: Collection[str] = (),
) -> FileLook:
    """Guess formats, layout and roles; propose what the definitions lack. Reads the file once or twice, a chunk a time.

    `into` keeps what was unpacked; `header` and `header_lines` 0: guessed. With a `chosen` mapping the proposals follow
    its columns instead of the guessed ones. New things stand `below` a unit (empty: the root) and have its key
    before theirs; no key is one of those `taken`.

    Raises:
        FileRefused.
    """
    plain = plain_file(path, into=into, sheet=sheet)
    sample = sampled(plain.path, is_unpacked=plain.is_unpacked, header_line=header, header_lines=header_lines)
    names = KnownNames.of(definitions)
    columns = list(zip(*sample.rows, strict=True))
    written, form = _written(sample, columns, plain=plain)
    seen = periods_seen(sample, name=name, form=form, calendar=definitions.organisation.calendar)
    looks, period = looked_at_columns(sample, form=form, definitions=definitions, names=names, seen=seen)
    written = replace(written, date=Guess(period.pattern, period.evidence) if period else Guess("key"))
    frequency = seen.frequency if seen else _frequency(period, looks)
    found = Found(name, written, names, definitions, frequency, form, seen, below, frozenset(taken))
    look = _looked(plain, sample, looks, found)
    if chosen is None:
        return look
    return _as_chosen(look, plain, sample, replace(found, form=_stored_too(chosen.numbers, plain)), chosen)


def _written(
    sample: Sample, columns: Sequence[Sequence[str]], *, plain: PlainFile
) -> tuple[FileFormat, NumberFormat]:
    """How the file is written, its periods still to come; and its numbers read so."""
    marks, negative = guessed_marks(columns)
    beside = NumberFormat(marks=listed_marks(marks.value), brackets=negative.value == "brackets")
    beside = _stored_too(beside, plain)
    is_semicolon = sample.delimiter.value == ";"
    decimal, thousands, is_settled = guessed_numbers(columns, is_semicolon=is_semicolon, beside=beside)
    written = FileFormat(
        encoding=sample.encoding,
        delimiter=sample.delimiter,
        decimal=decimal,
        thousands=thousands,
        date=Guess("key"),
        sheet=plain.sheet,
        header=sample.header_line,
        header_lines=sample.header_lines,
        marks=marks,
        negative=negative,
        is_settled=is_settled,
    )
    return written, replace(beside, decimal=decimal.value, thousands=thousands.value)


def _stored_too(form: NumberFormat, plain: PlainFile) -> NumberFormat:
    return replace(form, has_stored=plain.is_unpacked, keeps_doubles=plain.is_unpacked)


def _frequency(period: PeriodGuess | None, looks: Sequence[ColumnLook]) -> Frequency:
    """How often there seems to be a value, where rows name their period."""
    if period is not None:
        return period.frequency
    return Frequency.QUARTER if any(look.role == "quarter" for look in looks) else Frequency.MONTH


def _looked(plain: PlainFile, sample: Sample, looks: tuple[ColumnLook, ...], found: Found) -> FileLook:
    layout = _layout(looks, found.seen)
    wide: tuple[WideColumn, ...] = ()
    measures: tuple[ProposedMeasure, ...] = ()
    if layout.value == "wide":
        looks, wide, measures = wide_columns(looks, sample, found=found)
    own = [look for look in looks if look.role and not look.measure and not _is_of_period(look, found)]
    roles = {look.role: look.name for look in own}
    parts: dict[str, str] = {part: roles.pop(part) for part in ("year", "month", "quarter") if part in roles}
    draft = replace(
        _draft_of_format(found.written, is_unpacked=plain.is_unpacked),
        layout=layout.value,
        columns=roles,
        period_parts=parts,
        wide=wide,
        missing=("", *sorted(_missing(sample))),
    )
    draft = replace(draft, date="key") if parts else draft
    if found.seen is not None:
        draft = _by_period(draft, looks, found)
    draft, texts = _without_sums(draft, plain, sample=sample, found=found)
    look = FileLook(
        name=found.name,
        kind=plain.kind.value,
        sheets=plain.sheets,
        format=found.written,
        header=sample.header,
        rows=_shown(sample),
        row_count=texts.rows,
        layout=layout,
        columns=looks,
        draft=draft,
        measures=measures,
        missing_roles=_missing_roles(draft),
        totals=draft.ignored,
        below=found.below,
        new_measure=found.key_of_file,
    )
    return _with_proposals(look, texts, sample, found)


def _without_sums(
    draft: MappingDraft, plain: PlainFile, *, sample: Sample, found: Found
) -> tuple[MappingDraft, Texts]:
    """With the rows left out that sum up others or are neither values nor targets, and what the others name."""
    texts = _texts(plain, sample, draft, found)
    if parts := guessed_parts(texts.parts):
        draft = replace(draft, translate={"part": parts})
    if totals := _totals(texts, draft, found):
        draft = replace(draft, ignored=totals)
    return (draft, _texts(plain, sample, draft, found)) if parts or totals else (draft, texts)


def _shown(sample: Sample) -> tuple[tuple[str, ...], ...]:
    """The first rows as their reader sees them."""
    return tuple(tuple(untyped(cell) for cell in row) for row in sample.rows[:ROWS_SHOWN])


def _is_of_period(look: ColumnLook, found: Found) -> bool:
    return found.seen is not None and look.name in found.seen.names


def _by_period(draft: MappingDraft, looks: Sequence[ColumnLook], found: Found) -> MappingDraft:
    """Columns without a meaning are left out on purpose; what no column says holds for the whole file."""
    if found.seen is None:
        return draft
    left_out = tuple(
        look.name
        for look in looks
        if not look.role and look.name not in {*found.seen.columns, *found.seen.open}
    )
    root = found.below or (found.definitions.units[0].key if found.definitions.units else "")
    constants = {} if "unit" in draft.columns or not root else {"unit": root}
    if "measure" not in draft.columns:
        constants["measure"] = found.key_of_file
    return replace(draft, periods=replace(found.seen.headings, leave_out=left_out), constants=constants)


def _texts(plain: PlainFile, sample: Sample, draft: MappingDraft, found: Found) -> Texts:
    by_period: tuple[PeriodColumn, ...] = ()
    if draft.layout == "periods":
        used = frozenset((*draft.columns.values(), *(each.column for each in draft.ignored)))
        places = PeriodPlaces(draft.periods, sample.header, used, found.definitions.organisation.calendar)
        by_period = tuple(places.columns)
    of_measures = [
        name
        for name, texts in zip(sample.header, zip(*sample.rows, strict=True), strict=False)
        if name not in draft.columns.values() and are_units_of_measure(texts)
    ]
    beside = of_measures[0] if of_measures and draft.layout == "periods" else ""
    return distinct_texts(
        plain,
        sample,
        roles=draft.columns,
        by_period=by_period,
        ignored=draft.ignored,
        beside=beside,
        parts=draft.translate.get("part", {}),
        values=_columns_of_numbers(draft),
    )


def _columns_of_numbers(draft: MappingDraft) -> tuple[str, ...]:
    of_rows = (name for role, name in draft.columns.items() if role in NUMBER_ROLES)
    return (*of_rows, *(each.column for each in draft.wide))


def _totals(texts: Texts, draft: MappingDraft, found: Found) -> tuple[LeftOutRows, ...]:
    """Rows whose unit or measure is called a total, and that nobody has defined as one."""
    told = (
        ("unit", texts.units, found.names.units, is_total_of_units),
        ("measure", texts.measures, found.names.measures, is_total),
    )
    return tuple(
        LeftOutRows(draft.columns[role], text)
        for role, listed, known, is_sum in told
        for text in listed
        if role in draft.columns and normalised(text) not in known and is_sum(text)
    )


def _with_proposals(look: FileLook, texts: Texts, sample: Sample, found: Found) -> FileLook:
    """What the columns of the draft name and nobody has defined, and the draft with their texts translated."""
    draft = look.draft
    units, unit_table = _units(texts.units, found)
    measures, measure_table = look.measures, dict[str, str]()
    if draft.layout == "wide":
        measures = measures or measures_of_wide(sample, found, chosen=draft)
    elif "measure" in draft.columns:
        measures, measure_table = _measures(texts, found)
    elif constant := draft.constants.get("measure", ""):
        measures = _of_whole_file(constant, texts, found)
    tables = {"unit": unit_table, "measure": measure_table}
    translate = {role: {**draft.translate.get(role, {}), **table} for role, table in tables.items() if table}
    return replace(
        look,
        draft=replace(draft, translate={**draft.translate, **translate}),
        units=units,
        measures=measures,
        parts=parts_seen(texts.parts, said=draft.translate.get("part", {})),
    )


def _as_chosen(
    look: FileLook, plain: PlainFile, sample: Sample, found: Found, chosen: MappingDraft
) -> FileLook:
    """The same of columns that somebody chose."""
    texts = _texts(plain, sample, chosen, found)
    return _with_proposals(replace(look, draft=chosen, measures=()), texts, sample, found)


def _of_whole_file(key: str, texts: Texts, found: Found) -> tuple[ProposedMeasure, ...]:
    """All values belong to one measure: where nobody has defined it, it is called as the file is."""
    if key in {measure.key for measure in found.definitions.measures}:
        return ()
    new = found.proposed(key, found.title, text=key, samples=texts.samples.get("", ()))
    own = frequency_of_keys(texts.periods.get("", ()), found.definitions.organisation.calendar)
    return (replace(new, frequency=own.value) if own else new,)


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
        header_lines=written.header_lines,
    )


def _layout(looks: Sequence[ColumnLook], seen: PeriodsSeen | None) -> Guess:
    if seen is not None:
        return Guess("periods", seen.evidence)
    named = next((look.name for look in looks if look.role == "measure"), "")
    if named:
        return Guess("long", f"“{named}” says which measure each row speaks of.")
    numbers = [look.name for look in looks if look.holds == "number"]
    return Guess("wide", f"No column names the measure; {len(numbers)} columns hold numbers.")


def _measures(texts: Texts, found: Found) -> tuple[tuple[ProposedMeasure, ...], dict[str, str]]:
    """Of a long file: the texts of its measure column, with some values of each and how often it has one."""
    proposed, table = [], {}
    taken = {*found.names.measures.values(), *found.taken}
    calendar = found.definitions.organisation.calendar
    for text in texts.measures:
        key = found.names.measures.get(normalised(text))
        if key is None:
            key = key_of(found.placed(text), taken, otherwise="measure")
            taken.add(key)
            new = found.proposed(key, text, text=text, samples=texts.samples.get(text, ()))
            own = frequency_of_keys(texts.periods.get(text, ()), calendar)
            new = replace(new, frequency=own.value) if own else new
            proposed.append(with_unit_of_measure(new, texts.beside.get(text, "")))
        if key != text:
            table[text] = key
    return tuple(proposed), table


def _units(texts: Sequence[str], found: Found) -> tuple[tuple[ProposedUnit, ...], dict[str, str]]:
    proposed, table = [], {}
    taken = {*found.names.units.values(), *found.taken}
    root = found.below or (found.definitions.units[0].key if found.definitions.units else "")
    level = next((unit.level for unit in found.definitions.units if unit.parent == root), "unit")
    for text in texts:
        key = found.names.units.get(normalised(text))
        if key is None:
            key = key_of(found.placed(text), taken, otherwise="unit")
            taken.add(key)
            proposed.append(ProposedUnit(key, text.strip(), root, level, text))
        if key != text:
            table[text] = key
    return tuple(proposed), table


def _missing(sample: Sample) -> set[str]:
    return {text.strip() for row in sample.rows for text in row} & MISSING_WORDS


def _missing_roles(draft: MappingDraft) -> tuple[str, ...]:
    of_layout = {"long": ["measure", "value"], "periods": ["measure"]}.get(draft.layout, [])
    given = {*draft.columns, *draft.constants}
    lacking = [role for role in ("unit", *of_layout) if role not in given]
    if draft.layout != "periods" and "period" not in draft.columns and not draft.period_parts:
        lacking.append("period")
    if draft.layout == "wide" and not draft.wide:
        lacking.append("value")
    return tuple(lacking)
