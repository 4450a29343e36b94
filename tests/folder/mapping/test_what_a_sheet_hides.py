"""What somebody who looks at a sheet sees otherwise than it is read: told, and never silently."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from fourfold.folder.mapping import MappedRows
from tests.folder.mapping.test_names_on_several_lines import read_again
from tests.folder.test_looking_at_files import looked

HEADER = ("Site", "KPI", "Oct 2026", "Nov 2026")


@pytest.fixture
def read(tmp_path: Path):
    """A workbook as `fill` writes it, read as it was guessed."""

    def reading(fill) -> MappedRows:
        file = tmp_path / "figures.xlsx"
        with xlsxwriter.Workbook(file) as workbook:
            sheet = workbook.add_worksheet("A")
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, ("Old Town shop", "Shop sales", 5, 6))
            sheet.write_row(2, 0, ("Riverside shop", "Shop sales", 7))
            fill(workbook, sheet)
        (tmp_path / "unpacked").mkdir(exist_ok=True)
        return read_again(looked(file), file, unpacked=tmp_path / "unpacked")

    return reading


def told(mapped: MappedRows) -> list[tuple[str, str]]:
    return [(each.code, str(each.level)) for each in mapped.findings]


@pytest.mark.parametrize(
    ("formula", "result", "code"),
    [
        ("=1+1", "", "FORMULA_UNVALUED"),
        ("=1/0", "#DIV/0!", "CELL_IN_ERROR"),
        ("=NA()", "#N/A", "CELL_IN_ERROR"),
    ],
)
def test_a_formula_without_a_result_and_one_in_error_are_told(
    read, formula: str, result: str, code: str
) -> None:
    mapped = read(lambda _workbook, sheet: sheet.write_formula(2, 3, formula, None, result))

    assert told(mapped) == [(code, "warning")]
    assert mapped.rows.numerator.tolist() == [5.0, 6.0, 7.0]


def test_a_formula_with_its_result_is_a_number_like_others(read) -> None:
    mapped = read(lambda _workbook, sheet: sheet.write_formula(2, 3, "=1+1.5", None, 2.5))

    assert told(mapped) == []
    assert mapped.rows.numerator.tolist() == [5.0, 6.0, 7.0, 2.5]


def test_hidden_rows_are_read_and_told(read) -> None:
    mapped = read(lambda _workbook, sheet: sheet.set_row(2, None, None, {"hidden": True}))

    assert told(mapped) == [("ROWS_HIDDEN", "warning")]
    assert mapped.rows.numerator.tolist() == [5.0, 6.0, 7.0]


def test_a_hidden_sheet_is_not_the_first_that_is_read(tmp_path: Path) -> None:
    file = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        hidden, shown = workbook.add_worksheet("Old"), workbook.add_worksheet("New")
        for sheet in (hidden, shown):
            sheet.write_row(0, 0, HEADER)
        hidden.hide()
        shown.activate()
        shown.set_first_sheet()

    assert looked(file).format.sheet == "New"
    assert looked(file, sheet="Old").format.sheet == "Old"
