"""The step that says what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.pages.choices import Choice, Choices
from fourfold.data.imports.pages.left_out_rows import RowsChoice, rows_choices, said_left_out
from fourfold.data.imports.pages.period_columns import ORDERS, HeadingSaid, heading_said
from fourfold.data.imports.pages.rows_of_parts import PARTS_OF_ROWS, parts_shown
from fourfold.data.imports.queries.mapping_keepers import TakenKey
from fourfold.data.imports.queries.uploads import KeptFile
from fourfold.engine.calendar import FiscalCalendar
from fourfold.folder.mapping import PeriodHeadings
from fourfold.folder.mapping.look import FileLook, Guess, MappingDraft, PartText

__all__ = ["LONG_ROLES", "PARTS", "ColumnCard", "ColumnsPage", "FormatField", "columns_page", "with_typed"]

ROWS_SHOWN = 8
OUT = ""

PLACE_ROLES: tuple[tuple[str, str | Promise], ...] = (
    (OUT, _("leave out")),
    ("unit", _("Unit")),
    ("period", _("Period")),
    ("year", _("Year")),
    ("month", _("Month")),
    ("quarter", _("Quarter")),
    ("segment", _("Segment")),
    ("part", _("Value or target")),
)
PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("value", _("Value")),
    ("numerator", _("Numerator")),
    ("denominator", _("Denominator")),
    ("n", _("Number of answers")),
    ("promoters", _("Promoters")),
    ("detractors", _("Detractors")),
    ("target", _("Target")),
)
LONG_ROLES = (*PLACE_ROLES[:1], ("measure", _("Measure")), *PLACE_ROLES[1:], *PARTS)
WIDE_ROLES = (*PLACE_ROLES, *PARTS)
PERIODS_ROLES = (
    *PLACE_ROLES[:1],
    ("measure", _("Measure")),
    ("unit", _("Unit")),
    ("segment", _("Segment")),
    ("part", _("Value or target")),
    *PARTS,
)
ROLES = {"long": LONG_ROLES, "wide": WIDE_ROLES, "periods": PERIODS_ROLES}
PERIOD_PARTS = frozenset({"year", "month", "quarter"})

DATES: tuple[tuple[str, str | Promise], ...] = (
    ("key", _("2026-01, 2026-Q1 or 2026")),
    ("words", _("Q1-2026, Oktober 2026, KW 5 2026 or FY26 P3")),
    ("%Y-%m-%d", "2026-01-31"),
    ("%d.%m.%Y", "31.01.2026"),
    ("%d/%m/%Y", "31/01/2026"),
    ("%m/%d/%Y", "01/31/2026"),
    ("%Y/%m/%d", "2026/01/31"),
    ("%Y%m%d", "20260131"),
    ("%Y-%m", "2026-01"),
    ("%m/%Y", "01/2026"),
    ("%m.%Y", "01.2026"),
    ("%Y%m", "202601"),
    ("%b %Y", "Jan 2026"),
    ("%B %Y", "January 2026"),
    ("%b-%y", "Jan-26"),
    ("serial", _("46296, days as spreadsheets count them")),
)
LAYOUTS: tuple[tuple[str, str | Promise], ...] = (
    ("long", _("a row for each value")),
    ("wide", _("a column for each measure")),
    ("periods", _("a column for each period")),
)
DECIMALS = ((".", "1234.5"), (",", "1234,5"))
THOUSANDS = (
    ("", _("none")),
    (",", "1,234"),
    (".", "1.234"),
    (" ", "1 234"),
    ("\u00a0", _("1 234 (no-break space)")),
    ("\u202f", _("1 234 (narrow no-break space)")),
    ("'", "1'234"),
    ("_", "1_234"),
)
NEGATIVES: tuple[tuple[str, str | Promise], ...] = (
    ("minus", "-1200"),
    ("brackets", _("(1200) or -1200")),
)
HEADER_LINES = ((1, _("one row")), (2, _("two rows, such as a year above its months")), (3, _("three rows")))
DELIMITERS: Mapping[str, str | Promise] = {
    ",": _("commas"),
    ";": _("semicolons"),
    "\t": _("tabs"),
    "|": _("bars"),
}


@dataclass(frozen=True, slots=True)
class ColumnCard:
    """One column of the file: what it is taken for, and why. `measure`: a key, or empty for a new one.

    With a column for each period: its `period`, and what its heading `was` taken for before anybody said anything.
    """

    place: int
    name: str
    role: str
    measure: str
    evidence: str
    samples: tuple[str, ...]
    holds: str = ""
    period: str = ""
    was: str = ""

    @property
    def takes_period(self) -> bool:
        """Whether it may hold the values of a period."""
        return self.holds != "text" or self.is_number_of_measure

    @property
    def is_number_of_measure(self) -> bool:
        """Whether its role is a part of a measure's value."""
        return self.role in dict(PARTS)


@dataclass(frozen=True, slots=True)
class FormatField:
    """A detail of the format: what was recognised, from what, and what else it may be."""

    name: str
    label: str | Promise
    value: str
    evidence: str
    choices: tuple[tuple[str, str | Promise], ...]


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """Everything the form needs; `stored` is the key of a mapping that fits this file.

    `taken`: another mapping has the name under which this one was to be kept. `earlier` names the file for which the
    form was filled in before. `new_measure` is the key under which all values may become a new measure, called as the
    file. `left_out` are rows that are not read; `row_parts` say which rows hold values
    and which targets, by the words of `part_column`.
    """

    file: KeptFile
    look: FileLook
    layout: str
    columns: tuple[ColumnCard, ...]
    rows: tuple[tuple[str, ...], ...]
    roles: tuple[tuple[str, str | Promise], ...]
    formats: tuple[FormatField, ...]
    missing: str
    marks: str
    constants: Mapping[str, str]
    choices: Choices
    stored: str
    mapping: str
    keeps_mapping: bool
    calendar: FiscalCalendar
    headings: PeriodHeadings
    left_out: tuple[RowsChoice, ...]
    row_parts: tuple[PartText, ...] = ()
    part_column: str = ""
    new_measure: str = ""
    taken: TakenKey | None = None
    earlier: str = ""
    year: str = ""

    @property
    def is_wide(self) -> bool:
        """A column for each measure."""
        return self.layout == "wide"

    @property
    def is_by_period(self) -> bool:
        """A column for each period."""
        return self.layout == "periods"

    @property
    def layouts(self) -> tuple[tuple[str, str | Promise], ...]:
        """How a file may be laid out."""
        return LAYOUTS

    @property
    def header_lines(self) -> tuple[tuple[int, str | Promise], ...]:
        """On how many rows the names of the columns may stand."""
        return HEADER_LINES

    @property
    def parts(self) -> tuple[tuple[str, str | Promise], ...]:
        """What a column of numbers may hold."""
        return PARTS

    @property
    def parts_of_rows(self) -> tuple[tuple[str, str | Promise], ...]:
        """What a row may hold."""
        return PARTS_OF_ROWS

    @property
    def title(self) -> str:
        """The name of the file without its ending."""
        return self.file.name.rpartition(".")[0]

    @property
    def totals(self) -> tuple[RowsChoice, ...]:
        """Rows that seem to sum up others."""
        return tuple(each for each in self.left_out if each.is_total)

    @property
    def delimiter(self) -> str | Promise:
        """What separates columns, in words; empty where the file has cells of its own."""
        return DELIMITERS.get(self.look.format.delimiter.value, self.look.format.delimiter.value)

    @property
    def measures(self) -> tuple[Choice, ...]:
        """Those that exist."""
        return self.choices.measures


def columns_page(
    file: KeptFile,
    look: FileLook,
    *,
    draft: MappingDraft,
    layout: str,
    choices: Choices,
    stored: str,
    mapping: str,
    keeps_mapping: bool,
    calendar: FiscalCalendar,
    earlier: str = "",
) -> ColumnsPage:
    """`draft` fills the form: what was chosen before, or else what was guessed."""
    new_measure = look.new_measure
    return ColumnsPage(
        file=file,
        look=look,
        layout=layout,
        columns=_cards(look, draft, layout=layout, calendar=calendar),
        rows=look.rows[:ROWS_SHOWN],
        roles=ROLES[layout],
        formats=_formats(look, draft, layout=layout),
        missing=", ".join(text for text in draft.missing if text),
        marks=", ".join(draft.marks),
        constants=draft.constants,
        choices=choices,
        stored=stored,
        mapping=mapping,
        keeps_mapping=keeps_mapping,
        calendar=calendar,
        headings=draft.periods,
        left_out=rows_choices(draft.ignored, look.totals),
        row_parts=parts_shown(look, draft),
        part_column=draft.columns.get("part", ""),
        new_measure="" if new_measure in dict(choices.measures) else new_measure,
        earlier=earlier,
        year=str(draft.periods.year or ""),
    )


def with_typed(page: ColumnsPage, form: Mapping[str, str]) -> ColumnsPage:
    """The same page as somebody left it: what was refused is shown as it was typed."""
    return replace(
        page,
        columns=tuple(
            replace(
                card,
                role=form.get(f"role-{card.place}", card.role),
                measure=form.get(f"measure-{card.place}", card.measure),
                period=form.get(f"period-{card.place}", card.period),
            )
            for card in page.columns
        ),
        formats=tuple(replace(each, value=form.get(each.name, each.value)) for each in page.formats),
        missing=form.get("missing", page.missing),
        marks=form.get("marks", page.marks),
        constants={role: form.get(f"constant-{role}", "") for role in ("unit", "measure")},
        mapping=form.get("mapping", page.mapping),
        keeps_mapping="keeps_mapping" in form,
        headings=replace(page.headings, role=form.get("heading-role", page.headings.role)),
        year=form.get("heading-year", page.year),
        left_out=rows_choices(said_left_out(form, page.look.header), page.look.totals),
        row_parts=tuple(
            replace(each, part=form.get(f"part-{place}-is", each.part))
            for place, each in enumerate(page.row_parts)
        ),
    )


def _cards(
    look: FileLook, draft: MappingDraft, *, layout: str, calendar: FiscalCalendar
) -> tuple[ColumnCard, ...]:
    roles = {column: role for role, column in {**draft.columns, **draft.period_parts}.items()}
    roles = {column: role for column, role in roles.items() if role in dict(ROLES[layout])}
    wide = {each.column: each for each in draft.wide} if layout == "wide" else {}
    known = {column.name: column for column in look.columns}
    cards = []
    for place, name in enumerate(look.header):
        seen = known.get(name)
        entry = wide.get(name)
        heading = HeadingSaid()
        if layout == "periods" and name not in roles:
            heading = heading_said(name, draft.periods, calendar=calendar)
        cards.append(
            ColumnCard(
                place=place,
                name=name,
                role=entry.role if entry else roles.get(name, heading.role),
                measure=entry.measure if entry else "",
                evidence=seen.evidence if seen else "",
                samples=seen.samples if seen else (),
                holds=seen.holds if seen else "",
                period=heading.period,
                was=heading.was,
            )
        )
    return tuple(cards)


def _formats(look: FileLook, draft: MappingDraft, *, layout: str) -> tuple[FormatField, ...]:
    said = look.format
    dates = _format("date", _("Periods are written"), draft.date, guess=said.date, choices=DATES)
    if layout == "periods":
        label = _("Dates in headings")
        dates = _format("order", label, draft.periods.order, guess=Guess(draft.periods.order), choices=ORDERS)
    return (
        _format("decimal", _("Decimal sign"), draft.decimal, guess=said.decimal, choices=DECIMALS),
        _format("thousands", _("Thousands"), draft.thousands, guess=said.thousands, choices=THOUSANDS),
        _format("negative", _("Below zero"), draft.negative, guess=said.negative, choices=NEGATIVES),
        dates,
    )


def _format(
    name: str,
    label: str | Promise,
    value: str,
    *,
    guess: Guess,
    choices: tuple[tuple[str, str | Promise], ...],
) -> FormatField:
    """A spelling that is not in the list is offered as it was recognised."""
    known = dict(choices)
    more = tuple((each, each) for each in dict.fromkeys((value, guess.value)) if each not in known)
    return FormatField(name, label, value, guess.evidence, (*choices, *more))
