"""A file nobody has described yet is looked at: what it seems to mean is said with its evidence."""

from __future__ import annotations

import errno
import re
import zipfile
from pathlib import Path
from types import ModuleType

import duckdb
import pytest
import xlsxwriter

from fourfold.folder import read_folder
from fourfold.folder.document import read_document
from fourfold.folder.mapping import read_mapped_file, read_mapping
from fourfold.folder.mapping.files import FileRefused, unpack_parquet, unpack_workbook
from fourfold.folder.mapping.files.plain import plain_file
from fourfold.folder.mapping.look import FileLook, draft_of_document, draft_text, look_at_file

BAKERY = read_folder(Path(__file__).parents[2] / "examples" / "four-objectives").definitions


def looked(path: Path, **said: object) -> FileLook:
    into = path.parent / f"{path.name}-unpacked"
    into.mkdir(exist_ok=True)
    return look_at_file(path, name=path.name, into=into, definitions=BAKERY, **said)  # type: ignore[arg-type]


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "file.csv"
    file.write_bytes(text.encode(encoding))
    return file


def roles(look: FileLook) -> dict[str, str]:
    return {column.name: column.role for column in look.columns}


def test_a_long_file_under_a_title_with_semicolons_and_commas(tmp_path: Path) -> None:
    look = looked(
        written(
            tmp_path,
            "Report 2026\n\nSite;Monat;Kennzahl;Wert;Soll\n"
            "Hamburg;01.09.2026;Umsatz (EUR);1.234,5;1.500,0\n"
            "Old town;13.10.2026;Absence rate;-;3,1\n",
        )
    )

    assert look.layout.value == "long"
    assert (look.format.delimiter.value, look.format.decimal.value, look.format.thousands.value) == (
        ";",
        ",",
        ".",
    )
    assert (look.format.date.value, look.format.header) == ("%d.%m.%Y", 3)
    assert list(roles(look).values()) == ["unit", "period", "measure", "value", "target"]
    assert [unit.key for unit in look.units] == ["hamburg"]
    assert [(each.key, each.unit_of_measure) for each in look.measures] == [
        ("umsatz-eur", "EUR"),
        ("absence-rate", "%"),
    ]
    assert look.draft.missing == ("", "-")
    assert look.missing_roles == ()
    assert "1.234,5" in look.format.decimal.evidence


def test_a_wide_file_names_its_measures_in_the_header(tmp_path: Path) -> None:
    look = looked(
        written(
            tmp_path,
            "year,month,department,Sales (EUR),Sales target,complaints\n"
            "2026,9,old-town,100,120,3\n2026,10,Harbour,1,2,3\n",
        )
    )

    assert look.layout.value == "wide"
    assert dict(look.draft.period_parts) == {"year": "year", "month": "month"}
    assert [(each.column, each.measure, each.role) for each in look.draft.wide] == [
        ("Sales (EUR)", "sales", "value"),
        ("Sales target", "sales", "target"),
        ("complaints", "complaints", "value"),
    ]
    assert [(each.key, each.goal) for each in look.measures] == [("complaints", "minimise")]


@pytest.mark.parametrize(
    ("texts", "pattern"),
    [
        (("2026-09", "2026-10"), "key"),
        (("2026-Q3", "2026-Q4"), "key"),
        (("2026-09", "2026-Q3", "2025"), "key"),
        (("13/09/2026", "01/10/2026"), "%d/%m/%Y"),
        (("09/13/2026", "10/01/2026"), "%m/%d/%Y"),
        (("Sep 2026", "Oct 2026"), "%b %Y"),
        (("202609", "202610"), "%Y%m"),
        (("2026-09-30", "2026-10-31"), "%Y-%m-%d"),
    ],
)
def test_periods_are_recognised_as_they_are_written(
    tmp_path: Path, texts: tuple[str, ...], pattern: str
) -> None:
    rows = "".join(f"old-town,{text},{place}.5\n" for place, text in enumerate(texts))

    look = looked(written(tmp_path, f"shop,month,sales\n{rows}"))

    assert look.format.date.value == pattern
    assert look.format.date.evidence


def test_each_new_measure_has_a_value_as_often_as_its_own_periods_say(tmp_path: Path) -> None:
    look = looked(
        written(
            tmp_path,
            "measure,unit,period,value\nSick days,old-town,2026-09,3\nSick days,old-town,2026-10,4\n"
            "Engagement,old-town,2026-Q3,71\nAudit marks,old-town,2025,8\n",
        )
    )

    assert [(each.key, each.frequency) for each in look.measures] == [
        ("sick-days", "month"),
        ("engagement", "quarter"),
        ("audit-marks", "year"),
    ]
    assert look.format.date.evidence == "“2026-09”, “2026-Q3”, “2025” are periods of the calendar."


def test_a_day_that_could_be_a_month_is_pointed_out(tmp_path: Path) -> None:
    look = looked(written(tmp_path, "shop,date,sales\nold-town,01/02/2026,1\nold-town,01/03/2026,2\n"))

    assert "Please check" in look.format.date.evidence


def test_letters_of_windows_are_read_as_such(tmp_path: Path) -> None:
    look = looked(written(tmp_path, "shop;month;sales\nMünchen;2026-09;1\n", encoding="cp1252"))

    assert look.format.encoding.value == "cp1252"
    assert look.units[0].name == "München"
    assert look.units[0].key == "munchen"


def test_what_is_looked_at_can_be_imported_with_the_draft_alone(tmp_path: Path) -> None:
    file = written(tmp_path, "Shop;Month;Sales\nOld town;09/2026;1.234,5\nRiverside;10/2026;-\n")
    look = looked(file)
    (tmp_path / "drafted.mapping.yaml").write_text(draft_text(look.draft, key="drafted", file=file.name))
    document, findings = read_document(tmp_path / "drafted.mapping.yaml", "drafted.mapping.yaml")
    assert document is not None, findings
    mapping, found = read_mapping(document, tmp_path)
    assert mapping is not None, found

    read = read_mapped_file(mapping, file, definitions=BAKERY, into=tmp_path)

    assert not read.findings
    assert read.rows.numerator.tolist() == [1234.5]
    assert draft_of_document(document.value) == look.draft  # type: ignore[arg-type]


def test_a_mapping_that_says_more_than_a_form_is_no_draft(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "key: m\nfile: f.csv\nlayout: long\nfilters: {a: b}\ncolumns: {unit: u}\n"
    )
    document, _ = read_document(tmp_path / "m.yaml", "m.yaml")

    assert document is not None
    assert draft_of_document(document.value) is None  # type: ignore[arg-type]


def test_a_workbook_is_looked_at_sheet_by_sheet(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        workbook.add_worksheet("Notes")
        for name, sales in (("Old", 1.5), ("New", 2.5)):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["shop", "month", "sales"])
            sheet.write_row(1, 0, ["old-town", "2026-09", sales])

    assert looked(file).sheets == ("Notes", "Old", "New")
    assert looked(file).format.sheet == "Old"
    assert looked(file, sheet="New").rows == (("old-town", "2026-09", "2.5"),)
    with pytest.raises(FileRefused, match="SHEET_UNKNOWN"):
        looked(file, sheet="Newer")


def test_a_workbooks_percentages_read_as_they_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet("Rates")
        whole, tenths = workbook.add_format({"num_format": 9}), workbook.add_format({"num_format": "0.0%"})
        quoted = workbook.add_format({"num_format": '0.0 "%"'})
        sheet.write_row(2, 1, ["returns", "load", "share", "rate", "late"])
        for column, (value, form) in enumerate(
            ((0.027, tenths), (0.9, whole), (0.3, None), (2.7, quoted), ("n/a", whole)), start=1
        ):
            sheet.write(3, column, value, form)
        sheet.write(4, 1, 0.02713893881274, tenths)

    rows = looked(file).rows

    assert rows[-2] == ("2.7%", "90%", "0.3", "2.7", "n/a"), "a per cent sign in quotes multiplies nothing"
    assert rows[-1][0] == "2.713893881274%"


def test_a_percentage_whose_style_stands_before_its_place_reads_as_it_is_seen(tmp_path: Path) -> None:
    """Attributes have no order: some programs write the style first."""
    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet, form = workbook.add_worksheet(), workbook.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["shop", "rate"])
        sheet.write(1, 0, "old-town")
        sheet.write(1, 1, 0.125, form)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet_name = "xl/worksheets/sheet1.xml"
    turned = re.sub(rb'<c r="(\w+)" s="(\d+)"', rb'<c s="\2" r="\1"', members[sheet_name])
    assert turned != members[sheet_name]
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in (members | {sheet_name: turned}).items():
            archive.writestr(name, text)

    assert looked(file).rows == (("old-town", "12.5%"),)


def test_a_long_sheet_of_percentages_keeps_every_one_in_its_row(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet, form = workbook.add_worksheet("Rates"), workbook.add_format({"num_format": "0.00%"})
        sheet.write_row(0, 0, ["shop", "rate"])
        for row in range(1, 40_001):
            sheet.write(row, 0, f"shop {row}")
            sheet.write(row, 1, row / 100, form if row % 2 else None)

    table = plain_file(file, into=tmp_path).path.read_text().splitlines()

    assert len(table) == 40_001
    assert all(line == f"shop {row},{row}%" for row, line in enumerate(table) if row % 2)
    assert all("%" not in line for line in table[2::2])


def test_parquet_is_looked_at_and_nested_columns_are_refused(tmp_path: Path) -> None:
    plain, nested = tmp_path / "plain.parquet", tmp_path / "nested.parquet"
    duckdb.sql(f"COPY (SELECT 'old-town' shop, DATE '2026-09-01' AS month, 0.1::DOUBLE sales) TO '{plain}'")
    duckdb.sql(f"COPY (SELECT [1, 2] AS shop) TO '{nested}'")

    assert looked(plain).rows == (("old-town", "2026-09-01", "0.1"),)
    with pytest.raises(FileRefused, match="COLUMN_UNSUPPORTED"):
        looked(nested)


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_no_room_to_unpack_a_sound_file_is_told_as_that(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"sound.{kind}"
    if kind == "xlsx":
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet().write_row(0, 0, ["shop", "sales"])
    else:
        duckdb.sql("SELECT 'old-town' AS shop, 3 AS sales").write_parquet(str(file))
    (tmp_path / "-typed.csv").symlink_to("/dev/full")

    with pytest.raises(OSError, match="No space left") as refused:
        plain_file(file, into=tmp_path)

    assert refused.value.errno == errno.ENOSPC
    assert plain_file(file, into=tmp_path).path.read_text().startswith("shop,sales")


@pytest.mark.parametrize(
    ("script", "code"), [(unpack_workbook, "SHEET_TOO_LARGE"), (unpack_parquet, "FILE_TOO_LARGE")]
)
def test_what_unpacks_to_more_than_is_kept_is_told_as_too_large(script: ModuleType, code: str) -> None:
    assert script.unwritten(OSError(errno.EFBIG, "File too large"))["code"] == code
    assert script.unwritten(ValueError("damaged")) is None
