"""What one takes away says what the page says: tables, pictures, documents."""

import csv
import io
import json
import re
import struct

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from fourfold.platform.ui.documents import pdf_of, png_of
from fourfold.platform.ui.documents.picture import RemoteDrawing

SCORECARD = "/scorecards/bakery/2026-09/"
MAP = "/maps/bakery/2026-09/"
PNG_START = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def take(client, ana):
    client.force_login(ana)

    def taking(address):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Content-Disposition"].startswith("attachment")
        return answer.content

    return taking


def rows_of(workbook: bytes) -> list[dict]:
    heading, *rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    return [dict(zip(heading, row, strict=True)) for row in rows]


def words_of(document: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)


def test_the_workbook_has_the_rows_of_the_page(take, read, ana):
    page = read(ana, SCORECARD)
    shown = [name.text for name in page.select("#measures .row-name")]

    assert [row["Measure"] for row in rows_of(take(f"{SCORECARD}scorecard.xlsx"))] == shown


def measures_in(node):
    """The measures of an answer of the API, as often as they stand there."""
    return (
        [node]
        if node["kind"] == "measure"
        else [one for each in node["children"] for one in measures_in(each)]
    )


def test_csv_workbook_and_api_have_the_same_digits(take, client):
    told = measures_in(json.loads(client.get("/api/v1/scorecards/bakery/2026-09").content)["scorecard"])
    plain = csv.DictReader(io.StringIO(take(f"{SCORECARD}scorecard.csv").decode("utf-8-sig")))

    digits = {(each["key"], name): each[name] for each in told for name in ("value", "target", "score")}
    for row, typed in zip(plain, rows_of(take(f"{SCORECARD}scorecard.xlsx")), strict=True):
        for name in ("value", "target", "score"):
            number = digits[row["Measure key"], name]
            assert row[name.title()] == ("" if number is None else repr(number))
            assert typed[name.title()] == ("" if number is None else pytest.approx(number, rel=1e-15))
    assert any(number is not None and number != round(number, 3) for number in digits.values())


def test_a_filter_of_the_page_narrows_the_file(take, read, ana):
    page = read(ana, SCORECARD, status="red")
    shown = [name.text for name in page.select("#measures .row-name")]

    assert [row["Measure"] for row in rows_of(take(f"{SCORECARD}scorecard.xlsx?status=red"))] == shown


def test_the_document_of_a_scorecard_names_every_measure_and_the_scale(take, read, ana):
    words = re.sub(r"\s+", " ", words_of(take(f"{SCORECARD}scorecard.pdf")))

    for name in (row.text for row in read(ana, SCORECARD).select("#measures .row-name")):
        assert name in words
    assert "As known on" in words


def test_the_document_of_the_map_is_one_sheet(take):
    assert len(PdfReader(io.BytesIO(take(f"{MAP}map.pdf"))).pages) == 1


@pytest.mark.parametrize("address", [f"{SCORECARD}history.png", f"{MAP}map.png"])
def test_drawings_leave_as_pixels_too(take, address):
    assert take(address).startswith(PNG_START)


@pytest.mark.parametrize(
    ("page", "file", "named"),
    [
        ("/objectives/serve-on-time/bakery/2026-09/", "history", "Deliver every order on time"),
        ("/initiatives/bakery/2026-09/", "timeline", "Initiatives"),
        (SCORECARD, "history", "Score by perspective"),
    ],
)
def test_a_chart_leaves_beside_itself_with_title_unit_and_legend(take, read, ana, page, file, named):
    links = [link["href"] for link in read(ana, page).select("section.card .card-downloads a")]
    assert links == [f"{page}{file}.svg", f"{page}{file}.png"]

    svg = BeautifulSoup(take(links[0]), "xml")
    words = [text.text for text in svg.select("svg > text")]
    assert words[0] == named
    assert "Harbour Bakery" in words[1]
    assert len(svg.select("svg > g > text")) >= 1, "a legend"
    assert take(links[1]).startswith(PNG_START)


def test_the_picture_of_a_timeline_explains_what_is_in_it(take):
    svg = BeautifulSoup(take("/initiatives/bakery/2026-09/timeline.svg"), "xml")

    assert "Today" in [text.text for text in svg.select("svg > g > text")]
    assert "Milestone to come" in [text.text for text in svg.select("svg > g > text")]
    assert "Friday baking school" in [text.text for text in svg.select(".timeline-name")]


def test_a_very_large_drawing_becomes_coarser_instead_of_too_large():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="90000"><rect width="9" height="9"/></svg>'
    width, height = struct.unpack(">II", png_of(drawing)[16:24])

    assert width * height <= 41e6
    assert height / width == pytest.approx(90, rel=0.01)


def test_drawings_that_leave_bring_their_colours(take):
    assert b"<style>" in take(f"{SCORECARD}history.svg")


@pytest.mark.parametrize(
    "name", ["scorecard.csv", "scorecard.xlsx", "scorecard.pdf", "history.svg", "history.png"]
)
def test_nobody_takes_what_they_may_not_see(client, olga, name):
    client.force_login(olga)

    assert client.get(f"{SCORECARD}{name}").status_code in (403, 404)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.png",
        "file:///etc/passwd",
        "font:../../../etc/passwd",
        "data:image/png;base64,AAAA",
        "https://evil.example/x.css",
    ],
)
def test_a_document_fetches_nothing(address):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        pdf_of(f'<p>here<img src="{address}"></p>')


def test_the_same_page_gives_the_same_document():
    page = "<html lang=en><title>T</title><p>Once</p>"

    assert pdf_of(page) == pdf_of(page)


@pytest.mark.parametrize(
    "part",
    [
        '<image href="http://127.0.0.1:1/x.png"/>',
        '<use href="http://127.0.0.1:1/x.svg#a"/>',
        "<style>@import 'http://127.0.0.1:1/x.css';</style>",
        '<rect fill="url(http://127.0.0.1:1/x.svg#a)"/>',
    ],
)
def test_a_picture_that_names_something_outside_is_not_drawn(part):
    with pytest.raises(RemoteDrawing):
        png_of(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{part}</svg>')
