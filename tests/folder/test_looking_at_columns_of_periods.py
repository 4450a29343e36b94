"""A sheet with a column for each period is recognised, with what its headings leave open and what only sums up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from fourfold.folder.document import read_document
from fourfold.folder.mapping import PeriodColumn, PeriodHeadings, read_mapped_file, read_mapping
from fourfold.folder.mapping.look import FileLook, LeftOutRows, MappingDraft, draft_of_document, draft_text
from fourfold.folder.schema import MAPPING, structure_findings
from tests.folder.test_looking_at_files import BAKERY, looked, roles

SHEET = """Bakery, monthly

Measure;Branch;Unit;Jan 2026;Feb 2026;Mar 2026;Q1 2026;YTD
Shop sales;Old Town shop;EUR;1.200,5;1.300;;2.500,5;2.500,5
Absences;Old Town shop;h;3;4;5;12;12
Shop sales;Total;EUR;1.200,5;1.300;;2.500,5;2.500,5
"""


def seen(tmp_path: Path, text: str, *, name: str = "file.csv", **said: object) -> FileLook:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return looked(file, **said)


def test_a_column_for_each_period_is_recognised_below_a_title(tmp_path: Path) -> None:
    look = seen(tmp_path, SHEET)

    assert (look.layout.value, look.format.header) == ("periods", 3)
    assert look.layout.evidence == "3 columns name periods, from “Jan 2026” to “Mar 2026”."
    assert roles(look) == {
        "Measure": "measure", "Branch": "unit", "Unit": "", "Jan 2026": "value", "Feb 2026": "value",
        "Mar 2026": "value", "Q1 2026": "", "YTD": "",
    }  # fmt: skip
    assert [column.period for column in look.columns[3:6]] == ["2026-01", "2026-02", "2026-03"]
    assert look.missing_roles == ()


def test_columns_and_rows_that_sum_up_others_are_left_out_and_say_so(tmp_path: Path) -> None:
    look = seen(tmp_path, SHEET)

    assert look.draft.periods.leave_out == ("Unit", "Q1 2026", "YTD")
    said = {column.name: column.evidence for column in look.columns}
    assert ("sums them up" in said["Q1 2026"], "Sums up other columns" in said["YTD"]) == (True, True)
    assert look.totals == look.draft.ignored == (LeftOutRows("Branch", "Total"),)
    assert look.units == ()


def test_a_new_measure_is_proposed_in_the_unit_of_measure_beside_it(tmp_path: Path) -> None:
    (absences,) = seen(tmp_path, SHEET).measures

    assert (absences.key, absences.unit_of_measure, absences.frequency) == ("absences", "h", "month")


def test_the_guessed_mapping_is_text_that_says_the_same_again_and_reads_the_file(tmp_path: Path) -> None:
    look = seen(
        tmp_path, SHEET.replace("Absences", "Shop sales").replace("3;4;5;12;12", "1.200,5;1.300;7;8;9")
    )
    path = tmp_path / "in.mapping.yaml"
    path.write_text(draft_text(look.draft, key="in", file="file.csv"), encoding="utf-8")
    document, found = read_document(path, path.name)
    assert document is not None

    assert not found
    assert not structure_findings(document, MAPPING)
    assert draft_of_document(document.value) == look.draft  # type: ignore[arg-type]
    mapping, _ = read_mapping(document, tmp_path)
    assert mapping is not None
    mapped = read_mapped_file(mapping, tmp_path / "file.csv", definitions=BAKERY, into=tmp_path)
    assert mapped.findings == ()
    assert mapped.rows.numerator.tolist() == [1200.5, 1300.0, 7.0]
    assert mapped.counts.ignored == (("Branch is “Total”", 1),)


def test_everything_a_form_can_say_of_periods_survives_being_written(tmp_path: Path) -> None:
    draft = MappingDraft(
        layout="periods",
        columns={"measure": "Measure"},
        constants={"unit": "bakery"},
        periods=PeriodHeadings(
            "target", "month-first", 2025, ("Total",), (PeriodColumn("Start", "2025-01", "value"),)
        ),
        ignored=(LeftOutRows("Measure", "Sum"), LeftOutRows("Measure", "")),
    )
    path = tmp_path / "in.mapping.yaml"
    path.write_text(draft_text(draft, key="in", file="file.csv"), encoding="utf-8")
    document, _ = read_document(path, path.name)

    assert document is not None
    assert not structure_findings(document, MAPPING)
    assert draft_of_document(document.value) == draft  # type: ignore[arg-type]


def test_true_dates_of_a_workbook_stand_for_their_months(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, months = book.add_worksheet(), book.add_format({"num_format": "mmm yy"})
        sheet.write_row(0, 0, ["Measure", "Shop"])
        for month in range(1, 4):
            sheet.write_datetime(0, month + 1, date(2026, month, 1), months)
        sheet.write_row(1, 0, ["Shop sales", "Old Town shop", 1, 2, 3])

    look = looked(path)

    assert look.layout.value == "periods"
    assert [column.period for column in look.columns[2:]] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert look.columns[2].evidence == "Read as January 2026."


@pytest.mark.parametrize(
    ("name", "year"), [("sales 2025.csv", 2025), ("sales.csv", 0), ("2025 to 2026.csv", 0)]
)
def test_months_without_a_year_take_the_one_that_the_name_of_the_file_says(
    tmp_path: Path, name: str, year: int
) -> None:
    look = seen(tmp_path, "Measure,Jan,Feb\nShop sales,1,2\n", name=name)

    assert (look.layout.value, look.draft.periods.year) == ("periods", year)
    assert bool(look.columns[1].period) is bool(year)


def test_dates_that_go_month_by_month_tell_their_order(tmp_path: Path) -> None:
    look = seen(tmp_path, "Measure,01/01/2026,01/02/2026,01/03/2026\nShop sales,1,2,3\n")

    assert look.draft.periods.order == "day-first"
    assert "please check" in look.layout.evidence


def test_a_file_called_budget_holds_targets(tmp_path: Path) -> None:
    look = seen(tmp_path, "Measure,Jan 2026,Feb 2026\nShop sales,1,2\n", name="Budget.csv")

    assert [column.role for column in look.columns] == ["measure", "target", "target"]


def test_rows_of_units_alone_are_one_measure_called_as_the_file(tmp_path: Path) -> None:
    look = seen(
        tmp_path, "Shop,2026-01,2026-02\nOld Town shop,1,2\nRiverside shop,3,4\n", name="Visitors.csv"
    )

    assert look.draft.columns == {"unit": "Shop"}
    assert look.draft.constants == {"measure": "visitors"}
    assert [(each.key, each.name) for each in look.measures] == [("visitors", "Visitors")]


def test_a_heading_that_stands_there_twice_is_looked_at_all_the_same(tmp_path: Path) -> None:
    look = seen(tmp_path, "Measure,Jan 2026,Jan 2026\nShop sales,1,2\n")

    assert (look.layout.value, look.header) == ("periods", ("Measure", "Jan 2026", "Jan 2026"))


def test_a_column_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    look = seen(tmp_path, ",Jan 2026,Feb 2026\nShop sales,1,2\nLoaves,3,\n")

    assert look.header[0] == "Column 1"
    assert look.draft.columns == {"measure": "Column 1"}


@pytest.mark.parametrize(
    "text",
    [
        "shop,measure,month,value\nOld Town shop,Shop sales,2026-10,1\n",
        "shop,month,sales,costs\nOld Town shop,2026-10,1,2\n",
        "shop,month,2026\nOld Town shop,2026-10,1\n",
    ],
)
def test_other_files_are_laid_out_as_before(tmp_path: Path, text: str) -> None:
    assert seen(tmp_path, text).layout.value in ("long", "wide")


@pytest.mark.parametrize(
    "word", ["Total", "Grand total", "Gesamtsumme", "Summe", "Total général", "Zwischensumme"]
)
def test_rows_called_a_total_are_seen_in_three_languages(tmp_path: Path, word: str) -> None:
    look = seen(
        tmp_path,
        f"shop,measure,month,value\nOld Town shop,Shop sales,2026-10,1\n{word},Shop sales,2026-10,1\n",
    )

    assert look.totals == (LeftOutRows("shop", word),)
    assert look.units == ()


def test_a_measure_that_only_begins_with_the_word_is_no_total(tmp_path: Path) -> None:
    look = seen(tmp_path, "shop,measure,month,value\nOld Town shop,Total cost,2026-10,1\n")

    assert look.totals == ()
    assert [each.name for each in look.measures] == ["Total cost"]


def test_a_wide_column_called_total_is_left_out(tmp_path: Path) -> None:
    look = seen(tmp_path, "shop,month,costs,rent,Total\nOld Town shop,2026-10,1,2,3\n")

    assert [each.column for each in look.draft.wide] == ["costs", "rent"]
    assert look.columns[-1].evidence == "Sums up other columns, so it is left out."


def test_chosen_columns_of_periods_decide_what_is_new(tmp_path: Path) -> None:
    chosen = MappingDraft(
        layout="periods",
        columns={"unit": "Branch", "measure": "Measure"},
        decimal=",",
        thousands=".",
        delimiter=";",
        header=3,
        periods=PeriodHeadings(leave_out=("Unit", "Q1 2026", "YTD")),
    )

    look = seen(tmp_path, SHEET, chosen=chosen)

    assert [each.name for each in look.units] == ["Total"]
    assert [each.name for each in look.measures] == ["Absences"]
