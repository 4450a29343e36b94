"""Files made to exhaust whoever opens them: refused, in little memory, with a code that says why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from fourfold.data.imports.actions import keep_upload
from fourfold.data.imports.actions.keep_upload import UploadTooLarge
from fourfold.data.imports.models import Upload
from fourfold.data.imports.queries.opening import FileNotTaken
from fourfold.folder.mapping.files import unpack_workbook
from fourfold.folder.mapping.files.unpack_workbook import MOST_CELLS, MOST_ROWS, Refused, refuse_large
from fourfold.platform.accounts.scope import INSTALLATION
from tests.data.imports.conftest import MORNING

ROOT = Path(__file__).parents[3]
LATER = MORNING + timedelta(hours=1)
MEMORY = 512 << 20  # TRUST §4

WORKBOOK = (
    b"""<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>"""
)
RELATIONS = (
    b'<?xml version="1.0"?><Relationships>'
    b'<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
)
ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def zipped(file: Path, **members: bytes) -> None:
    """A workbook of these members, with the others that one needs."""
    whole = {
        "workbook.xml": WORKBOOK,
        "_rels/workbook.xml.rels": RELATIONS,
        "worksheets/sheet1.xml": b"<worksheet/>",
    }
    whole |= {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in members.items()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(f"xl/{name}", text)


def zeros(file: Path) -> None:
    zipped(file, worksheets__sheet1_xml=b"0" * (300 << 20))


def too_much_in_all(file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number in range(6_000):
            archive.writestr(f"xl/{number}", b"")


def entities_in_the_workbook(file: Path) -> None:
    zipped(file, workbook_xml=WORKBOOK.replace(b"?>", b"?>" + ENTITIES + b"]>").replace(b'"S"', b'"&j;"'))


def entities_in_the_sheet(file: Path) -> None:
    zipped(file, worksheets__sheet1_xml=ENTITIES + b"]><worksheet><c r='A1'><v>&j;</v></c></worksheet>")


def a_cell_in_the_last_corner(file: Path) -> None:
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)


def a_corner_the_check_cannot_read(file: Path) -> None:
    """The reference stands so far back in its element that the check overlooks it: the child's own limit is left."""
    a_cell_in_the_last_corner(file)
    with zipfile.ZipFile(file) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    whole[sheet] = (
        whole[sheet].replace(b"<c r=", b"<c x='%s' r=" % (b"y" * 200)).replace(b"<row r=", b"<row x=")
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(name, text)


def another_kind_of_zip(file: Path) -> None:
    """An OpenDocument sheet that repeats one row a thousand million times."""
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<table:table-row table:number-rows-repeated="1000000000"/>')


def a_header_that_lies(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" + b"this is no archive" * 100)


def half_a_workbook(file: Path) -> None:
    a_cell_in_the_last_corner(file)
    file.write_bytes(file.read_bytes()[:-200])


def parquet_in_name_only(file: Path) -> None:
    file.write_bytes(b"PAR1" + b"\0" * 1000 + b"PAR1")


def an_old_workbook(file: Path) -> None:
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000)


def parquet_of_endless_cells(file: Path) -> None:
    """Seven hundred million bytes in a few ten thousand."""
    duckdb.sql("SELECT repeat('a', 1000000 + i::INT) AS shop FROM range(700) t(i)").write_parquet(
        str(file), compression="zstd"
    )


def parquet_of_one_word_again_and_again(file: Path) -> None:
    """Six hundred million bytes in some thousand: a dictionary says the word once."""
    duckdb.sql("SELECT repeat('a', 10000) AS shop FROM range(60000)").write_parquet(str(file))


def parquet_of_endless_rows(file: Path) -> None:
    duckdb.sql("SELECT 7 AS a, 7 AS b, 7 AS c FROM range(20000000)").write_parquet(
        str(file), compression="zstd"
    )


BOMBS: list[tuple[Callable[[Path], None], str]] = [
    (zeros, "ARCHIVE_BOMB"),
    (too_much_in_all, "ARCHIVE_BOMB"),
    (entities_in_the_workbook, "FILE_NOT_READABLE"),
    (entities_in_the_sheet, "FILE_NOT_READABLE"),
    (a_cell_in_the_last_corner, "SHEET_TOO_LARGE"),
    (a_corner_the_check_cannot_read, "SHEET_TOO_LARGE"),
    (another_kind_of_zip, "FILE_NOT_READABLE"),
    (a_header_that_lies, "FILE_NOT_READABLE"),
    (half_a_workbook, "FILE_NOT_READABLE"),
    (parquet_in_name_only, "FILE_NOT_READABLE"),
    (parquet_of_endless_cells, "FILE_TOO_LARGE"),
    (parquet_of_one_word_again_and_again, "FILE_TOO_LARGE"),
    (parquet_of_endless_rows, "FILE_TOO_LARGE"),
    (an_old_workbook, "FILE_NOT_READABLE"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("bomb", "code"), BOMBS, ids=lambda value: getattr(value, "__name__", value))
def test_a_bomb_is_refused_by_its_code_and_leaves_nothing(
    tmp_path: Path, bomb: Callable[[Path], None], code: str
) -> None:
    bomb(tmp_path / "bomb.xlsx")

    with (tmp_path / "bomb.xlsx").open("rb") as stream, pytest.raises(FileNotTaken) as refused:
        keep_upload(iter(lambda: stream.read(1 << 20), b""), name="bomb.xlsx", scope=INSTALLATION, at=LATER)

    assert refused.value.code == code
    assert refused.value.told_remedy
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_two_hundred_megabytes_are_refused_before_they_are_all_there() -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(200):
            taken += 1
            yield b"a,b\n" * (1 << 18)

    with pytest.raises(UploadTooLarge) as refused:
        keep_upload(endless(), name="big.csv", scope=INSTALLATION, at=LATER)

    assert (refused.value.code, refused.value.status, taken) == ("UPLOAD_TOO_LARGE", 413, 101)


LOOKED_AT = """
import json, resource, sys
from pathlib import Path
from fourfold.folder import read_folder
from fourfold.folder.mapping.files import FileRefused
from fourfold.folder.mapping.look import look_at_file
definitions = read_folder(Path("examples/four-objectives")).definitions
file = Path(sys.argv[1])
try:
    found = look_at_file(file, name=file.name, into=file.parent, definitions=definitions).row_count
except FileRefused as refused:
    found = refused.code
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
own = int(status["VmHWM"].split()[0])  # rusage would count what the test's own process held before this one began
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"found": found, "memory": max(own, child) * 1024}))
"""


def looked_at(file: Path) -> dict[str, object]:
    """What a process of its own finds, and the most memory it or a child of it took."""
    answer = subprocess.run(
        [sys.executable, "-c", LOOKED_AT, str(file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(json.loads(answer.stdout))


def test_a_line_of_two_hundred_million_columns_is_refused_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    with file.open("wb") as stream:
        for _ in range(200):
            stream.write(b"," * (1 << 20))

    seen = looked_at(file)

    assert seen["found"] == "FILE_NOT_READABLE"
    assert seen["memory"] < MEMORY  # type: ignore[operator]


def test_two_hundred_megabytes_are_looked_at_in_little_memory(tmp_path: Path) -> None:
    file, rows = tmp_path / "long.csv", 370_000
    block = b"old-town,2026-09,12345.67," + b"a remark " * 60 + b"\n"
    with file.open("wb") as stream:
        stream.write(b"shop,month,sales,remark\n")
        stream.write(block * rows)

    seen = looked_at(file)

    assert seen["found"] == rows
    assert seen["memory"] < MEMORY  # type: ignore[operator]


@pytest.mark.parametrize(
    "bomb",
    [
        a_cell_in_the_last_corner,
        a_corner_the_check_cannot_read,
        zeros,
        parquet_of_endless_cells,
        parquet_of_one_word_again_and_again,
    ],
)
def test_a_bomb_takes_little_memory(tmp_path: Path, bomb: Callable[[Path], None]) -> None:
    bomb(tmp_path / "bomb.xlsx")

    assert looked_at(tmp_path / "bomb.xlsx")["memory"] < MEMORY  # type: ignore[operator]


def test_a_workbook_of_a_million_rows_and_five_columns_is_within_the_limits() -> None:
    """With its header; and one full to its last row with six. What the limit lets in, memory holds: see below."""
    refuse_large(1_000_001, 5, cells=5_000_005)
    refuse_large(MOST_ROWS, 6, cells=6 * MOST_ROWS)

    with pytest.raises(Refused, match="SHEET_TOO_LARGE"):
        refuse_large(MOST_ROWS, 7, cells=1)
    with pytest.raises(Refused, match="SHEET_TOO_LARGE"):
        refuse_large(1, 1, cells=MOST_CELLS + 1)


UNPACKED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-I", *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def test_a_sheet_takes_so_little_memory_a_cell_that_the_largest_fits(tmp_path: Path) -> None:
    """Every cell a percentage, which is the dearest: what a tenth takes, ten times over, stays below the limit."""
    rows = MOST_ROWS // 10
    with xlsxwriter.Workbook(tmp_path / "book.xlsx", {"constant_memory": True}) as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "0.0%"})
        for row in range(rows):
            for column in range(MOST_CELLS // MOST_ROWS):
                sheet.write_number(row, column, row / 7, form)

    empty, full = (
        memory_of_unpacking(tmp_path / name, tmp_path) for name in (small_workbook(tmp_path), "book.xlsx")
    )

    assert full > empty, "the sheet was read"
    assert empty + 10 * (full - empty) < MEMORY


def small_workbook(folder: Path) -> str:
    with xlsxwriter.Workbook(folder / "small.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["shop", "sales"])
    return "small.xlsx"


def memory_of_unpacking(file: Path, folder: Path) -> int:
    script = Path(unpack_workbook.__file__)
    asked = [str(script), str(file), str(folder / "out.csv"), "", "."]
    answer = subprocess.run(
        [sys.executable, "-c", UNPACKED, *asked], capture_output=True, text=True, check=True
    )
    return int(answer.stdout)


IMPORTED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from fourfold.cli.database import brought_up_to_date
brought_up_to_date()
from fourfold.data.imports.actions import load_strategy_folder
from fourfold.data.imports.actions.import_file import import_source
from fourfold.data.imports.queries.mappings import mapping_in_text
from fourfold.data.imports.queries.prepared_import import ImportSource
from fourfold.data.imports.queries.preview import preview_of
from fourfold.folder.mapping.look import ProposedMeasure
from fourfold.platform.accounts.scope import INSTALLATION
at, file = datetime(2026, 10, 8, 6, tzinfo=UTC), Path(sys.argv[1])
load_strategy_folder(Path("examples/four-objectives"), data=None, scope=INSTALLATION, at=at)
named = mapping_in_text("long", sys.argv[2])
source = ImportSource(file, file.name, named, measures=(ProposedMeasure("footfall", "Footfall", frequency="day"),))
seen = preview_of(source, scope=INSTALLATION, at=at)
run = import_source(source, scope=INSTALLATION, at=at)
assert seen.new == run.values_written == run.rows_read, (seen, run)
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(run.rows_read, int(status["VmHWM"].split()[0]) * 1024)
"""
LONG_MAPPING = """
key: long
file: long.csv
layout: long
format: {date: "%Y-%m-%d"}
columns: {unit: shop, period: day, value: visitors}
constants: {measure: footfall}
"""


def test_sixty_megabytes_are_previewed_and_taken_in_within_little_memory(tmp_path: Path) -> None:
    """Text is held a chunk at a time, and only a few numbers a row for long: a file is never held whole."""
    few, many = (imported(tmp_path, days=days, remark=remark) for days, remark in ((4, 4), (17_000, 1_800)))

    assert (few[0], many[0]) == (8, 34_000)
    assert (tmp_path / "17000" / "long.csv").stat().st_size > 60_000_000
    assert many[1] < MEMORY
    assert many[1] - few[1] < 120 << 20, "less than twice the file beyond what Fourfold takes anyway"


def imported(folder: Path, *, days: int, remark: int) -> tuple[int, int]:
    """Rows read and the most memory of a process that previews and imports a file of so many days of two shops."""
    home = folder / str(days)
    home.mkdir()
    with (home / "long.csv").open("w", encoding="utf-8") as stream:
        stream.write("shop,day,visitors,remark\n")
        for place in range(2 * days):
            day = date(1980, 1, 1) + timedelta(days=place // 2)
            stream.write(f"{('old-town', 'riverside')[place % 2]},{day},{place},{'x' * remark}\n")
    answer = subprocess.run(
        [sys.executable, "-c", IMPORTED, str(home / "long.csv"), LONG_MAPPING],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "FOURFOLD_HOME": str(home)},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    rows, memory = answer.stdout.split()[-2:]
    return int(rows), int(memory)


@pytest.mark.django_db
def test_a_csv_of_too_many_columns_is_refused_when_it_is_handed_in() -> None:
    text = ",".join(f"c{place}" for place in range(6_000)) + "\n"

    with pytest.raises(FileNotTaken, match="FILE_NOT_READABLE"):
        keep_upload([text.encode()], name="wide.csv", scope=INSTALLATION, at=LATER)

    assert not Upload.objects.exists()
