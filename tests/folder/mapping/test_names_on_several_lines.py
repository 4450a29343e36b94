"""A year above its months, months above “Actual | Plan”: names of columns on two or three lines."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from fourfold.folder.document import read_document
from fourfold.folder.mapping import MappedRows, read_mapped_file, read_mapping
from fourfold.folder.mapping.look import FileLook, draft_of_document, draft_text
from tests.folder.test_looking_at_files import BAKERY, looked, roles

YEARS = """Figures of the bakery

;;2026;;;2027;
Measure;Branch;Nov;Dec;Total;Jan;Comment
Shop sales;Old Town shop;100;200;300;5;late
Shop sales;Riverside shop;110;210;320;6;
"""


def seen(tmp_path: Path, text: str, **said: object) -> FileLook:
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    return looked(file, **said)


def read_again(look: FileLook, file: Path, *, unpacked: Path | None = None) -> MappedRows:
    """Through the mapping that was kept of the look, as any later file is read."""
    path = file.parent / "kept.mapping.yaml"
    path.write_text(draft_text(look.draft, key="kept", file=file.name), encoding="utf-8")
    document, _ = read_document(path, path.name)
    assert document is not None
    assert draft_of_document(document.value) == look.draft  # type: ignore[arg-type]
    mapping, found = read_mapping(document, file.parent)
    assert mapping is not None, found
    return read_mapped_file(mapping, file, definitions=BAKERY, into=unpacked or file.parent)


def values(mapped: MappedRows) -> list[tuple[str, str, float]]:
    calendar, rows = BAKERY.organisation.calendar, mapped.rows
    assert not mapped.is_refused, mapped.findings
    return [
        (BAKERY.units[unit].key, f"{period // 12}-{period % 12 + 1:02d}", value)
        for unit, period, value in zip(rows.unit, rows.period, rows.numerator, strict=True)
        if calendar
    ]


def test_a_year_above_its_months_names_them(tmp_path: Path) -> None:
    look = seen(tmp_path, YEARS)

    assert (look.layout.value, look.format.header, look.format.header_lines) == ("periods", 4, 2)
    assert roles(look) == {
        "Measure": "measure", "Branch": "unit", "2026 Nov": "value", "2026 Dec": "value", "Total": "",
        "2027 Jan": "value", "Comment": "",
    }  # fmt: skip
    assert sorted(values(read_again(look, tmp_path / "file.csv"))) == [
        ("old-town", "2026-11", 100.0),
        ("old-town", "2026-12", 200.0),
        ("old-town", "2027-01", 5.0),
        ("riverside", "2026-11", 110.0),
        ("riverside", "2026-12", 210.0),
        ("riverside", "2027-01", 6.0),
    ]


def test_next_month_s_column_below_the_same_year_is_read_without_a_word(tmp_path: Path) -> None:
    look = seen(tmp_path, YEARS)
    later = tmp_path / "later.csv"
    later.write_text(
        ";;2026;;;2027;;\nMeasure;Branch;Nov;Dec;Total;Jan;Feb;Comment\n".join(("Any title\n\n", ""))
        + "Shop sales;Old Town shop;100;200;300;5;7;\n"
    )

    assert ("old-town", "2027-02", 7.0) in values(read_again(look, later))


@pytest.mark.parametrize(
    "lines",
    [
        "Measure;Branch;Oct 2026;;Nov 2026;\n;;Actual;Plan;Actual;Plan",
        ";;Actual;;Plan;\nMeasure;Branch;Oct 2026;Nov 2026;Oct 2026;Nov 2026",
        ";;2026;;;\n;;Oct;;Nov;\nMeasure;Branch;Ist;Soll;Ist;Soll",
    ],
)
def test_actual_and_plan_stand_above_or_below_the_months(tmp_path: Path, lines: str) -> None:
    look = seen(tmp_path, f"{lines}\nShop sales;Old Town shop;1;2;3;4\nShop sales;Riverside shop;5;6;7;8\n")

    columns = {(each.period, each.role) for each in look.columns[2:]}
    assert columns == {(month, role) for month in ("2026-10", "2026-11") for role in ("value", "target")}
    mapped = read_again(look, tmp_path / "file.csv")
    assert (mapped.counts.loaded, mapped.counts.targets) == (4, 4)


def test_forecasts_beside_actuals_are_left_out_and_say_why(tmp_path: Path) -> None:
    text = ";;Actual;;Forecast;\nMeasure;Branch;Sep 2026;Oct 2026;Nov 2026;Dec 2026\nShop sales;Old Town shop;1;2;3;4\n"
    look = seen(tmp_path, text)

    assert [each.role for each in look.columns] == ["measure", "unit", "value", "value", "", ""]
    assert "Neither a value nor a target" in look.columns[4].evidence
    assert [value for _unit, _period, value in values(read_again(look, tmp_path / "file.csv"))] == [1.0, 2.0]


def test_of_merged_cells_of_a_workbook_only_the_first_holds_the_text(tmp_path: Path) -> None:
    file = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet("Zahlen")
        sheet.write(0, 0, "Zahlen der Bäckerei")
        sheet.merge_range(2, 0, 4, 0, "Kennzahl")
        sheet.merge_range(2, 1, 4, 1, "Filiale")
        sheet.merge_range(2, 2, 2, 5, 2026)
        sheet.merge_range(3, 2, 3, 3, "Okt")
        sheet.merge_range(3, 4, 3, 5, "Nov")
        sheet.write_row(4, 2, ["Ist", "Soll", "Ist", "Soll"])
        sheet.write_row(5, 0, ["Shop sales", "Old Town shop", 100.5, 110, 120, 130])

    look = looked(file)

    assert (look.format.header, look.format.header_lines) == (5, 3)
    assert look.header == (
        "Kennzahl",
        "Filiale",
        "2026 Okt Ist",
        "2026 Okt Soll",
        "2026 Nov Ist",
        "2026 Nov Soll",
    )
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    mapped = read_again(look, file, unpacked=unpacked)
    assert values(mapped) == [("old-town", "2026-10", 100.5), ("old-town", "2026-11", 120.0)]
    assert [[point.value for point in each.points] for each in mapped.targets] == [[110.0, 130.0]]


def test_measures_above_actual_and_plan_are_one_measure_each(tmp_path: Path) -> None:
    text = "Month;Shop sales;;Returns;\n;Actual;Plan;Actual;Plan\n2026-10;1;2;3;4\n2026-11;5;6;7;8\n"
    look = seen(tmp_path, text)

    assert look.layout.value == "wide"
    assert [(each.measure, each.role) for each in look.draft.wide] == [
        ("sales", "value"),
        ("sales", "target"),
        ("returns", "value"),
        ("returns", "target"),
    ]
    assert [each.name for each in look.measures] == ["Returns"]


def test_a_title_right_above_the_names_is_none_of_them(tmp_path: Path) -> None:
    look = seen(
        tmp_path,
        "Figures 2026;;\nMeasure;Branch;Oct\nShop sales;Old Town shop;1\nShop sales;Riverside shop;2\n",
    )

    assert (look.format.header, look.format.header_lines) == (2, 1)
    assert look.header == ("Measure", "Branch", "Oct")


def test_a_first_row_of_data_is_no_second_line_of_names(tmp_path: Path) -> None:
    look = seen(
        tmp_path,
        "Measure;Branch;Oct 2026;Nov 2026\nShop sales;Old Town shop;;\nShop sales;Riverside shop;1;2\n",
    )

    assert (look.format.header, look.format.header_lines, look.row_count) == (1, 1, 2)


def test_how_many_lines_may_be_said(tmp_path: Path) -> None:
    look = seen(tmp_path, YEARS, header=4, header_lines=1)

    assert look.header == ("Measure", "Branch", "Nov", "Dec", "Total", "Jan", "Comment")
