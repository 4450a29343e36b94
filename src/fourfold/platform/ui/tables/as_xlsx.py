"""A table as a workbook: typed cells, no formula, a second sheet that says where the numbers come from."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from textwrap import shorten

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fourfold.engine.canonical import without_remainder
from fourfold.platform.ui.tables.table import Cell, Column, ColumnKind, Figure, Table

__all__ = ["table_as_xlsx"]

# The texts of a workbook are never read as formulas or links, whatever they begin with.
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": True,
}
_WIDEST = 60  # characters: a longer text is read in its cell
_SHEET_NAME_LENGTH = 31  # Excel's limit
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def table_as_xlsx(table: Table, *, at: datetime) -> bytes:
    """The workbook's bytes; the same table at the same time gives the same bytes."""
    file = io.BytesIO()
    with Workbook(file, _PLAIN) as book:
        book.set_properties({"title": table.name, "created": at.astimezone(UTC).replace(tzinfo=None)})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _write_rows(book, book.add_worksheet(_sheet_name(table.name)), table=table, heading=heading)
        if table.notes:
            _write_notes(book.add_worksheet("About"), table.notes, heading=heading)
    return file.getvalue()


def _write_rows(book: Workbook, sheet: Worksheet, *, table: Table, heading: Format) -> None:
    formats = [book.add_format({"num_format": _number_format(column)}) for column in table.columns]
    own = _formats_of_figures(book, table)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.heading, heading)
        sheet.set_column(at, at, _width(table, at))
    for line, row in enumerate(table.rows, start=1):
        for at, cell in enumerate(row):
            shown_as = own[cell.decimals] if isinstance(cell, Figure) else formats[at]
            _write_cell(sheet, (line, at), cell=cell, shown_as=shown_as)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write_cell(sheet: Worksheet, place: tuple[int, int], *, cell: Cell, shown_as: Format) -> None:
    match cell:
        case None:
            sheet.write_blank(*place, None, shown_as)
        case str():
            sheet.write_string(*place, cell)
        case Figure():
            _write_cell(sheet, place, cell=cell.value, shown_as=shown_as)
        case date():
            sheet.write_datetime(*place, cell, shown_as)
        case int() | float() | Decimal():
            sheet.write_number(*place, without_remainder(float(cell)), shown_as)


def _write_notes(sheet: Worksheet, notes: tuple[tuple[str, str], ...], *, heading: Format) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for line, (name, words) in enumerate(notes):
        sheet.write_string(line, 0, name, heading)
        sheet.write_string(line, 1, words)


def _number_format(column: Column) -> str:
    if column.kind is ColumnKind.DATE:
        return "yyyy-mm-dd"
    if column.kind is ColumnKind.NUMBER and column.decimals is not None:
        return _digits(column.decimals)
    return "General"


def _formats_of_figures(book: Workbook, table: Table) -> dict[int, Format]:
    """One format for each number of decimals that some figure has."""
    wanted = {cell.decimals for row in table.rows for cell in row if isinstance(cell, Figure)}
    return {decimals: book.add_format({"num_format": _digits(decimals)}) for decimals in sorted(wanted)}


def _digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _width(table: Table, at: int) -> int:
    texts = (str(row[at]) for row in table.rows[:200] if isinstance(row[at], str))
    longest = max(map(len, texts), default=0)
    return min(max(longest, len(table.columns[at].heading), 9) + 2, _WIDEST)


def _sheet_name(name: str) -> str:
    """The name without signs Excel forbids, cut between words where it is too long."""
    allowed = name.translate(_FORBIDDEN_IN_NAMES)
    return shorten(allowed, _SHEET_NAME_LENGTH, placeholder="…") or "Table"
