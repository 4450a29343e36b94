"""Numbers of a workbook are stored as numbers: how its texts are written changes none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from fourfold.folder.document import read_document
from fourfold.folder.mapping import read_mapping
from tests.folder.mapping.test_names_on_several_lines import read_again
from tests.folder.test_looking_at_files import looked, roles

HEADER = ("Site", "KPI", "Jan 2026", "Feb 2026")


@pytest.fixture
def book(tmp_path: Path):
    """Write rows below the header as a workbook, look at it and read it as it was guessed."""

    def reading(*rows: tuple[object, ...]):
        file = tmp_path / "figures.xlsx"
        with xlsxwriter.Workbook(file) as workbook:
            for at, row in enumerate((HEADER, *rows)):
                workbook.get_worksheet_by_name("A") or workbook.add_worksheet("A")
                workbook.get_worksheet_by_name("A").write_row(at, 0, row)  # type: ignore[union-attr]
        look = looked(file)
        (tmp_path / "unpacked").mkdir(exist_ok=True)
        return look, read_again(look, file, unpacked=tmp_path / "unpacked")

    return reading


@pytest.mark.parametrize(
    ("text", "value"), [("1.234.567", 1234567.0), ("1.000,5", 1000.5), ("1,234,567.8", 1234567.8)]
)
def test_one_text_among_numbers_tells_of_texts_alone(book, text: str, value: float) -> None:
    look, mapped = book(
        ("Old Town shop", "Shop sales", 1.234, 2.345),
        ("Riverside shop", "Shop sales", 0.83, text),
    )

    assert not mapped.findings
    assert sorted(mapped.rows.numerator.tolist()) == sorted([1.234, 2.345, 0.83, value])
    assert look.draft.decimal != look.draft.thousands
    assert look.rows[1][3] == text  # as it stands, without what tells texts from numbers


def test_without_texts_no_sign_is_needed(book) -> None:
    look, mapped = book(("Old Town shop", "Shop sales", 1.234, 12.345))

    assert (look.draft.decimal, look.draft.thousands) == (".", "")
    assert look.format.decimal.evidence == "Its numbers are stored as numbers."
    assert mapped.rows.numerator.tolist() == [1.234, 12.345]


def test_a_text_that_looks_like_a_number_may_be_a_name_or_a_day(tmp_path: Path) -> None:
    file = tmp_path / "days.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate((("Shop", "Day", "KPI", "Value"), ("1.2", "01.10.2026", "Shop sales", 5.5))):
            sheet.write_row(at, 0, row)

    look = looked(file)

    assert roles(look)["Day"] == "period"
    assert look.rows == (("1.2", "01.10.2026", "Shop sales", "5.5"),)


def test_the_same_sign_before_decimals_and_between_thousands_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.mapping.yaml"
    path.write_text(
        "key: bad\nfile: bad.csv\nlayout: periods\ncolumns: {measure: a, unit: b}\nformat: {thousands: '.'}\n"
    )
    document, _ = read_document(path, path.name)
    assert document is not None

    mapping, found = read_mapping(document, tmp_path)

    assert mapping is None
    assert [each.code for each in found] == ["FIELD_WRONG"]


def test_a_footnote_names_no_unit_and_is_counted_as_a_row_without_a_value(book) -> None:
    look, mapped = book(
        ("Old Town shop", "Shop sales", 5, 6),
        ("", "", "", ""),
        ("Source: SAP BW, unaudited", "", "", ""),
    )

    assert look.units == ()
    assert not mapped.findings
    assert (mapped.counts.loaded, mapped.counts.blank) == (2, 4)


def test_a_column_of_texts_under_a_month_says_why_it_is_left_out_and_the_preview_tells(book) -> None:
    look, mapped = book(
        ("Old Town shop", "Shop sales", 5, "open"),
        ("Riverside shop", "Shop sales", 6, "open"),
    )

    assert "names a period, but most of its cells are no numbers, such as “open”" in look.columns[3].evidence
    assert [(each.code, str(each.level)) for each in mapped.findings] == [("HEADING_LEFT_OUT", "warning")]
