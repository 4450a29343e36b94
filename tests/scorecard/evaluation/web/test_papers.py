"""What paper says and how it is set: the state of the period, no page for one line, nothing cut in two."""

import io
import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.periods.actions.move_period import Move, move_period
from fourfold.platform.periods.models import PeriodState
from fourfold.scorecard.measures.models import LedgerHead

SCORECARD = "/scorecards/bakery/2026-09/scorecard.pdf"
FEWEST_LINES = 4  # of a page that is worth turning to


@pytest.fixture
def pages(client, ana):
    """The text of each page, as somebody who may see everything gets it."""

    def reading(address=SCORECARD):
        client.force_login(ana)
        return [page.extract_text() for page in PdfReader(io.BytesIO(client.get(address).content)).pages]

    return reading


def test_no_page_of_a_scorecard_holds_a_line_or_two(pages):
    for text in pages():
        assert len([line for line in text.splitlines() if line.strip()]) >= FEWEST_LINES


def test_the_first_page_says_how_final_the_numbers_are_when_they_were_known_and_for_whom(pages):
    first = re.sub(r"\s+", " ", pages()[0])

    assert "Open. Scale: anchored 0 / 33⅓ / 66⅔ / 100" in first
    assert "As known on" in first
    assert "Made for" in first


def test_every_page_says_at_its_foot_what_it_belongs_to_and_how_final_it_is(pages):
    for text in pages():
        assert re.search(r"September 2026 · Open · as known on .* UTC", text), text


def test_needs_attention_stands_on_one_page(pages):
    (holding,) = (text for text in pages() if "Needs attention" in text)
    part = holding.split("Needs attention")[1].split("Objectives")[0]

    assert part.count("target") >= 1


def test_objectives_have_no_column_for_analyses_where_nobody_wrote_one(pages):
    assert "Analysis" not in "".join(pages())


def test_the_map_says_the_same_of_itself(pages):
    (text,) = pages("/maps/bakery/2026-09/map.pdf")

    assert "September 2026 · Open" in text


def test_the_document_of_a_closed_period_says_final(pages):
    for state in (PeriodState.PROVISIONAL, PeriodState.FINAL):
        move = Move("bakery", 2026 * 12 + 8, "2026-09", state, reason="It is how it is.")
        seq, at = LedgerHead.objects.get().seq, datetime(2026, 10, 9, tzinfo=UTC)
        move_period(move, seq=seq, scope=INSTALLATION, at=at)

    assert "Final. Scale:" in re.sub(r"\s+", " ", pages()[0])


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "/measures/punctuality/bakery/2026-09/chart.svg?download",
            [
                "Orders on time",
                "Harbour Bakery",
                "to September 2026",
                "in %",
                "Open",
                "Value",
                "Target",
                "At risk",
            ],
        ),
        (
            "/maps/bakery/2026-09/map.svg",
            ["Strategy map", "Harbour Bakery · September 2026 · Open", "On target"],
        ),
    ],
)
def test_a_drawing_that_leaves_says_what_it_shows(client, ana, address, said):
    client.force_login(ana)
    drawing = BeautifulSoup(client.get(address).content, "xml")
    words = " | ".join(each.text for each in drawing.select("text"))

    for each in said:
        assert each in words
