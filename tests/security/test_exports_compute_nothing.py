"""No file that leaves the house computes what somebody wrote (TRUST §2 row 11): every table is asked for and read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from lxml import etree

from fourfold.platform.ui.tables import Column, Table, table_as_csv, table_as_xlsx
from tests.house.guarded_bakery import AT, GuardedBakery, routes, undone
from tests.security.foreign import foreign_in_drawing
from tests.security.looking import look
from tests.security.planting import plant
from tests.security.saying import FORMULAS, Speaker

pytestmark = pytest.mark.django_db

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
ACTIVE = (
    "vba",
    "externalLink",
    "activeX",
    "embeddings",
    "connections",
    "customXml",
    "queryTable",
    "macrosheet",
)
LIVING = {"f", "hyperlink", "ddeLink", "oleLink", "externalReference"}
MORE = (
    "measures/sales/old-town/2026-09/table.csv",
    "scorecards/bakery/2026-09/scorecard.csv",
    "units/bakery/2026-09/units.csv",
    "initiatives/bakery/2026-09/initiatives.csv",
    "journal/journal.csv?object=measure/sales",
    "search/?q=HYPERLINK",
)


@pytest.fixture(scope="module")
def files(guarded: GuardedBakery) -> dict[str, bytes]:
    """Every table as text and as a workbook, out of a house where every text begins like a formula."""
    with undone():
        plant(Speaker(FORMULAS), remarks=12)
        answers = [look(guarded, address) for address in dict.fromkeys(table_addresses(guarded))]
    assert [answer.address for answer in answers if answer.status >= 500] == []
    return {each.address: each.content for each in answers if each.status == 200 and each.kind != "text/html"}


def table_addresses(house: GuardedBakery) -> Iterator[str]:
    plain = [house.address(route) for route in routes()]
    for address in [*plain, *(f"/{each}" for each in MORE)]:
        if ".csv" in address:
            yield address
            yield address.replace(".csv", ".xlsx")
        elif address.endswith((".xlsx", ".svg")):
            yield address


def test_no_cell_of_a_text_file_is_a_formula(files: dict[str, bytes]) -> None:
    tables = {address: content for address, content in files.items() if ".csv" in address}
    cells = {(address, cell) for address, content in tables.items() for cell in cells_of(content)}
    assert len(tables) > 10
    assert sum("~" in cell for _address, cell in cells) > 40
    assert [(address, cell) for address, cell in cells if computes(cell)] == []


def test_no_cell_of_a_workbook_is_a_formula_and_nothing_in_it_is_active(files: dict[str, bytes]) -> None:
    books = {address: content for address, content in files.items() if ".xlsx" in address}
    assert len(books) > 10
    assert sum("~" in said for content in books.values() for said in texts_of(content)) > 40
    assert {address: told for address, content in books.items() if (told := active_in(content))} == {}


def test_numbers_stay_numbers_in_both(files: dict[str, bytes]) -> None:
    """A sales value is typed in a workbook and stands bare in a text file, negative ones too."""
    text = next(
        content for address, content in files.items() if address.endswith("/sales/old-town/2026-09/table.csv")
    )
    book = next(
        content
        for address, content in files.items()
        if address.endswith("/sales/old-town/2026-09/table.xlsx")
    )
    assert "30000.0" in set(cells_of(text))
    assert "30000" in numbers_of(book)


def test_a_negative_number_is_no_formula() -> None:
    table = Table("Changes", (Column("Name"), Column("Change")), [("=1+1", -3.5)])
    assert list(cells_of(table_as_csv(table).encode())) == ["Name", "Change", "'=1+1", "-3.5"]
    assert "-3.5" in numbers_of(table_as_xlsx(table, at=AT))


def test_a_drawing_says_a_formula_as_words(files: dict[str, bytes]) -> None:
    drawings = {address: content for address, content in files.items() if address.endswith(".svg")}
    assert len(drawings) > 1
    assert {
        address: told for address, content in drawings.items() if (told := foreign_in_drawing(content))
    } == {}


def test_a_formula_that_slipped_through_would_be_seen() -> None:
    assert [text for text in FORMULAS if text.strip().startswith(STARTS) and not computes(text)] == []
    assert not computes("-3.5")
    assert not computes("1e-9")


def cells_of(content: bytes) -> Iterator[str]:
    """Of a text file, with the headings."""
    for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")):
        yield from row


def computes(cell: str) -> bool:
    """Whether a spreadsheet would compute it: it takes a number for one, and blanks before a sign for nothing."""
    return (cell.strip().startswith(STARTS) and not NUMBER.fullmatch(cell)) or cell.startswith(
        ("\t", "\r", "\n")
    )


def active_in(content: bytes) -> list[str]:
    """Formulas, links to elsewhere, and parts that run."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        found = [name for name in book.namelist() if any(part in name for part in ACTIVE)]
        for name in book.namelist():
            said = etree.fromstring(book.read(name))
            kinds = {etree.QName(node).localname for node in said.iter() if isinstance(node.tag, str)}
            found += [
                f"{name}: {kind}"
                for kind in kinds & {"f", "hyperlink", "ddeLink", "oleLink", "externalReference"}
            ]
            found += [
                f"{name}: {node.attrib}" for node in said.iter() if node.get("TargetMode") == "External"
            ]
    return found


def texts_of(content: bytes) -> list[str]:
    """The texts a workbook shows."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        if "xl/sharedStrings.xml" not in book.namelist():
            return []
        root = etree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(node.itertext()) for node in root]


def numbers_of(content: bytes) -> set[str]:
    """What stands in cells that are numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells = (
        node for node in sheet.iter() if etree.QName(node).localname == "c" and node.get("t") in (None, "n")
    )
    return {"".join(cell.itertext()) for cell in cells}
