"""From a form that says what each column means to a mapping's draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.pages.columns_page import PARTS, PERIOD_PARTS, ColumnsPage
from fourfold.data.imports.pages.left_out_rows import said_left_out
from fourfold.data.imports.pages.period_columns import said_headings
from fourfold.data.imports.pages.rows_of_parts import said_parts
from fourfold.folder.mapping import PeriodHeadings
from fourfold.folder.mapping.look import FileLook, MappingDraft, WideColumn, listed_marks
from fourfold.platform.refusals import Refusal

__all__ = ["ColumnsSaid", "said_columns"]

PART_NAMES = frozenset(name for name, _label in PARTS)
KEY_LENGTH = 64


class ColumnTwice(Refusal):
    code, status = "COLUMN_ROLE_TWICE", 422
    sentence = _("“{first}” and “{second}” are both taken for {role}.")
    remedy = _("Only one column can be that: leave the other one out.")


class PeriodMissing(Refusal):
    code, status = "PERIOD_COLUMN_MISSING", 422
    sentence = _("No column says of which period the values are.")
    remedy = _("Say which column holds the period, or the year with its month or quarter.")


class ValueMissing(Refusal):
    code, status = "VALUE_COLUMN_MISSING", 422
    sentence = _("No column holds values.")
    remedy = _("Say which column holds the value, or the numerator and denominator.")


class MeasureMissing(Refusal):
    code, status = "MEASURE_COLUMN_MISSING", 422
    sentence = _("Nothing says which measure the values belong to.")
    remedy = _("Choose the column that names it, or the one measure of the whole file.")


class SignsAlike(Refusal):
    code, status = "NUMBER_SIGNS_ALIKE", 422
    sentence = _("The same sign stands before decimals and between thousands.")
    remedy = _("Say which of the two it is, under “How numbers and dates are written”.")


@dataclass(frozen=True, slots=True)
class ColumnsSaid:
    """The draft, the name under which the mapping is kept, and the edition of the one of that name it replaces."""

    draft: MappingDraft
    mapping: str
    keeps_mapping: bool
    replaces: str = ""


def said_columns(form: Mapping[str, str], page: ColumnsPage) -> ColumnsSaid:
    """Read the form against the file it is about.

    Raises:
        ColumnTwice, PeriodMissing, ValueMissing, MeasureMissing, SignsAlike, and what `said_headings` raises.
    """
    look, guessed = page.look, page.look.draft
    layout = page.layout
    roles = [(name, form.get(f"role-{place}", "")) for place, name in enumerate(look.header)]
    columns = _columns(roles, layout=layout)
    parts = {role: columns.pop(role) for role in PERIOD_PARTS & columns.keys()}
    wide = tuple(_wide(form, roles, look=look)) if layout == "wide" else ()
    constants = _constants(form, columns, layout=layout)
    periods = PeriodHeadings()
    if layout == "periods":
        used = set(columns.values())
        periods = said_headings(form, look.header, used=used, parts=PART_NAMES, calendar=page.calendar)
    parts_of_rows = said_parts(form)
    _require(columns, parts, wide=wide, constants=constants, layout=layout, roles=roles)
    draft = replace(
        _written(form, guessed),
        layout=layout,
        columns=columns,
        period_parts=parts,
        wide=wide,
        constants=constants,
        translate={"part": parts_of_rows} if parts_of_rows and "part" in columns else {},
        periods=periods,
        ignored=said_left_out(form, look.header),
    )
    return ColumnsSaid(
        draft,
        _key(form.get("mapping", ""), file=look.name),
        bool(form.get("keeps_mapping")),
        form.get("replaces", ""),
    )


def _written(form: Mapping[str, str], guessed: MappingDraft) -> MappingDraft:
    """How the file is written, and where its names stand."""
    decimal, thousands = form.get("decimal", guessed.decimal), form.get("thousands", guessed.thousands)
    if decimal == thousands:
        raise SignsAlike
    return MappingDraft(
        layout=guessed.layout,
        missing=("", *(text.strip() for text in form.get("missing", "").split(",") if text.strip())),
        encoding=guessed.encoding,
        delimiter=guessed.delimiter,
        decimal=decimal,
        thousands=thousands,
        marks=listed_marks(form["marks"]) if "marks" in form else guessed.marks,
        negative="brackets" if form.get("negative", guessed.negative) == "brackets" else "minus",
        date=form.get("date", guessed.date),
        sheet=guessed.sheet,
        header=guessed.header,
        header_lines=guessed.header_lines,
    )


def _columns(roles: list[tuple[str, str]], *, layout: str) -> dict[str, str]:
    """Role → column; where several columns hold numbers, they are told apart by their measures or periods instead."""
    columns: dict[str, str] = {}
    for name, role in roles:
        if not role or (layout != "long" and role in PART_NAMES) or (layout == "wide" and role == "measure"):
            continue
        if role in columns:
            raise ColumnTwice(first=columns[role], second=name, role=role)
        columns[role] = name
    return columns


def _wide(form: Mapping[str, str], roles: list[tuple[str, str]], *, look: FileLook) -> Iterator[WideColumn]:
    """A new measure has the key it was guessed under, so that its value and its target stay together."""
    keys = {each.column: each.measure for each in look.draft.wide}
    for place, (name, role) in enumerate(roles):
        if role in PART_NAMES:
            measure = (
                form.get(f"measure-{place}", "")
                or keys.get(name)
                or _key(f"{look.below} {name}", file="measure")
            )
            yield WideColumn(column=name, measure=measure, role=role)


def _constants(form: Mapping[str, str], columns: Mapping[str, str], *, layout: str) -> dict[str, str]:
    """What holds for the whole file; only where no column says it."""
    said = {}
    for role in ("unit", "measure"):
        chosen = form.get(f"constant-{role}", "")
        if chosen and role not in columns and not (role == "measure" and layout == "wide"):
            said[role] = chosen
    return said


def _require(
    columns: Mapping[str, str],
    parts: Mapping[str, str],
    *,
    wide: tuple[WideColumn, ...],
    constants: Mapping[str, str],
    layout: str,
    roles: list[tuple[str, str]],
) -> None:
    if layout != "periods" and "period" not in columns and "year" not in parts:
        raise PeriodMissing
    if not PART_NAMES & {role for _name, role in roles}:
        raise ValueMissing
    if layout != "wide" and "measure" not in columns and "measure" not in constants:
        raise MeasureMissing


def _key(text: str, *, file: str) -> str:
    """A slug that begins with a letter (DESIGN §5, Keys)."""
    key = slugify(text)[:KEY_LENGTH].strip("-") or slugify(file.rsplit(".", 1)[0])[:KEY_LENGTH].strip("-")
    key = key.replace("_", "-") or "file"
    return key if key[0].isalpha() else f"f-{key}"[:KEY_LENGTH]
