"""Tables that leave the house stay typed, and no text of them is ever computed (TRUST §2 row 11)."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from python_calamine import CalamineWorkbook

from fourfold.platform.ui.tables import Column, ColumnKind, Figure, Table, table_as_csv, table_as_xlsx

AT = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
COLUMNS = (
    Column("Measure"),
    Column("Value", ColumnKind.NUMBER, decimals=1),
    Column("Closed", ColumnKind.DATE),
    Column("Spent", ColumnKind.NUMBER, decimals=2),
)
ROWS = [
    ("On time in full", 0.1 + 0.2, date(2026, 9, 30), Decimal("1204.50")),
    ("Not measured yet", None, None, None),
]
TABLE = Table("Scorecard: North/South [2026]", COLUMNS, ROWS, (("Unit", "North"), ("As of", "=now()")))

DANGEROUS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\n=1",
    "  =1",
    "=HYPERLINK(A1)",
    "\N{FULLWIDTH PLUS SIGN}1",
    "\N{FULLWIDTH HYPHEN-MINUS}1",
    "\N{FULLWIDTH COMMERCIAL AT}SUM(A1)",
    "\N{NO-BREAK SPACE}=1",
    "=1",
]


def sheet_xml(workbook: bytes) -> list[ElementTree]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return [ElementTree.fromstring(parts.read(name)) for name in names]


def test_numbers_leave_with_every_digit_they_have_and_none_left_by_adding_up():
    rows = list(csv.reader(io.StringIO(table_as_csv(TABLE))))

    assert rows[1] == ["On time in full", "0.3", "2026-09-30", "1204.50"]
    assert rows[2] == ["Not measured yet", "", "", ""]


def test_a_workbook_keeps_numbers_and_days_as_what_they_are():
    book = CalamineWorkbook.from_filelike(io.BytesIO(table_as_xlsx(TABLE, at=AT)))
    rows = book.get_sheet_by_index(0).to_python()

    assert book.sheet_names == ["Scorecard North South 2026", "About"]
    assert rows[0] == ["Measure", "Value", "Closed", "Spent"]
    # 16 significant digits: one more than any spreadsheet computes with.
    assert rows[1] == ["On time in full", 0.3, date(2026, 9, 30), 1204.5]
    assert rows[2] == ["Not measured yet", "", "", ""]


def test_the_same_table_gives_the_same_bytes():
    assert table_as_xlsx(TABLE, at=AT) == table_as_xlsx(TABLE, at=AT)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_begins_as_a_formula_in_csv(text):
    table = Table(text, (Column(text),), [(text,)])

    for (cell,) in csv.reader(io.StringIO(table_as_csv(table), newline="")):
        assert cell == f"'{text}"


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text):
    table = Table(text, (Column(text),), [(text,), ("https://evil.example",)], ((text, text),))

    for sheet in sheet_xml(table_as_xlsx(table, at=AT)):
        kinds = {element.tag.rpartition("}")[2] for element in sheet.iter()}
        assert "f" not in kinds
        assert "hyperlink" not in kinds


def test_a_figure_shows_the_digits_of_its_own_row_and_keeps_all_of_them():
    """Measures under one heading differ in their decimals, as they do on the page."""
    rows = [("Revenue", Figure(1204.567, 0)), ("On time", Figure(94.456, 1)), ("Not yet", Figure(None, 2))]
    table = Table("Mixed", (Column("Measure"), Column("Value", ColumnKind.NUMBER)), rows)

    assert [row[1] for row in csv.reader(io.StringIO(table_as_csv(table)))] == [
        "Value",
        "1204.567",
        "94.456",
        "",
    ]
    book = table_as_xlsx(table, at=AT)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        formats = parts.read("xl/styles.xml").decode()
    assert 'formatCode="#,##0.0"' in formats
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    assert [row[1] for row in sheet.to_python()] == ["Value", 1204.567, 94.456, ""]
