"""Price, volume and mix on the page of a variance: worked out by hand, from page, files and API alike."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.practices.finance.pages.variance_reading import read_variance
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.practices.conftest import AT, SEGMENTS, measure

pytestmark = pytest.mark.django_db

PRODUCTS = ("counter", "phone", "web")
MATERIAL = {
    "pieces": measure("pieces", "Pieces", unit_of_measure="piece", goal="informational", more=SEGMENTS),
    "earned": measure("earned", "Earned", more=SEGMENTS),
    "tag": measure(
        "tag", "Price tag", kind="ratio", unit_of_measure="EUR/piece", more="formula: earned / pieces\n"
    ),
    "paid": measure(
        "paid", "Paid a piece", kind="ratio", unit_of_measure="EUR/piece", more="counts_cases: true\n" + SEGMENTS
    ),
    "turned": measure("turned", "Turned over", more="formula: paid * pieces\n"),
}  # fmt: skip
AUGUST, SEPTEMBER = ((400, 4), (300, 1), (300, 2)), ((700, 3), (100, 2), (300, 1))
"""METHOD M4.4: quantities and prices of three products; price −900, quantity +250, mix +750."""


def sold(month, lines, *, unit="old-town", also=()):
    """The rows of one month: pieces, what they earned, and the price as a ratio of its own."""
    period = int(month[:4]) * 12 + int(month[5:]) - 1
    rows = []
    for product, (quantity, price) in zip(PRODUCTS, lines, strict=True):
        rows += [
            NewObservation("pieces", unit, period, value=float(quantity), segment=product),
            NewObservation("earned", unit, period, value=float(quantity * price), segment=product),
            NewObservation(
                "paid",
                unit,
                period,
                numerator=float(quantity * price),
                denominator=float(quantity),
                segment=product,
            ),
        ]
    return [*rows, *also]


@pytest.fixture
def shop(found):
    """The old town's shop sells three products: `shop(august, september)`."""

    def founding(before=AUGUST, after=SEPTEMBER, *, targets="", also=()):
        found(measures=MATERIAL, targets=targets)
        rows = [*sold("2026-08", before), *sold("2026-09", after), *also]
        append_observations(rows, scope=INSTALLATION, at=AT)

    return founding


def card(scope, key="earned", *, unit="old-town", against=Against.BEFORE):
    asked = AskedAgainst(key, Place(unit, "2026-09"), Against.PLAN)
    return read_variance(asked, prices=against, scope=scope, at=AT).prices


def sizes(shown):
    return {part.kind.value: round(part.part, 6) for part in shown.parts}


@pytest.mark.method("M4.5")
@pytest.mark.parametrize("key", ["earned", "turned"])
def test_the_published_parts_stand_on_the_page_whether_divided_or_multiplied(shop, scope, key):
    shop()
    shown = card(scope(), key)

    assert sizes(shown) == {"price": -900, "volume": 250, "mix": 750}
    assert (shown.start, shown.end, shown.dimension) == (2500, 2600, "channel")
    by_line = {row.name: row.parts[2] for row in shown.rows}
    assert {name: round(size, 6) for name, size in by_line.items()} == {
        "Counter": 390,
        "Phone": 345,
        "Web shop": 15,
    }
    assert (
        shown.sentences[1]
        == "Price made the largest part, −900.00 €; mix made +750.00 €; volume made +250.00 €."
    )


def test_what_no_line_tells_stands_by_itself_and_the_parts_leave_nothing_out(shop, scope):
    """The price by the web is known of twice as many pieces as were sold there: the mean price weighs it twice."""
    often = NewObservation("paid", "old-town", 2026 * 12 + 8, numerator=600, denominator=600, segment="web")
    shop(also=[often])
    shown = card(scope(), "turned")

    assert sizes(shown) == {
        "price": -900,
        "volume": 250,
        "mix": 750,
        "rest": round(2900 / 1400 * 1100 - 2600, 6),
    }
    assert sum(part.part for part in shown.parts) == pytest.approx(shown.end - shown.start, abs=1e-9)
    assert "is told by no channel" in shown.sentences[3]


def test_a_new_and_an_ended_line_have_no_price_effect(shop, scope):
    shop(((10, 2), (5, 3), (0, 0)), ((10, 3), (0, 0), (4, 5)))

    assert sizes(card(scope())) == {"price": 10, "volume": 0, "mix": 0, "new": 20, "gone": -15}


def test_without_segments_in_both_the_units_below_are_the_lines(found, scope):
    """The shops sell for 45,000 with 1,110 orders each, after 40,000: only the price moved."""
    found()
    shown = card(scope(), "sales", unit="bakery")

    assert sizes(shown) == {"price": 10000, "volume": 0, "mix": 0}
    assert ({row.unit for row in shown.rows}, shown.price) == ({"old-town", "riverside"}, "basket")
    assert {(row.price_before, row.price_after) for row in shown.rows} == {(40000 / 1110, 45000 / 1110)}


def test_the_plan_is_the_lines_targets_and_comes_first(found, scope):
    targets = "sales,old-town,,2024-01,50000,step,,,\nsales,riverside,,2024-01,44000,step,,,\n"
    found(targets=targets + "guests,old-town,,2024-01,1250,step,,,\nguests,riverside,,2024-01,1100,step,,,\n")
    shown = card(scope(), "sales", unit="bakery", against=None)

    # Planned: 2,350 orders at 40 each; came: 2,000 at 45. No mix: both shops were planned at one price.
    assert (shown.against, shown.start, shown.end) == ("plan", 94000, 90000)
    assert sizes(shown) == {"price": 10000, "volume": -14000, "mix": 0}


def test_without_a_plan_the_year_before_is_told_and_the_plan_says_what_it_lacks(found, scope):
    found(targets="sales,bakery,,2024-01,120000,step,,,\n")

    assert card(scope(), "sales", unit="bakery", against=None).against == "last-year"
    assert card(scope(), "sales", unit="bakery", against=Against.PLAN).reason == (
        "There is no plan of price and volume: these lack a target of one of them: Old Town shop, Riverside shop."
    )


def test_a_measure_that_is_no_price_times_a_volume_says_so(found, ana, read, scope):
    found()
    shown = card(scope(), "margin", unit="bakery")

    assert not shown.is_apt
    assert shown.reason.startswith("Margin is not split into price, volume and mix")
    assert "is not split into price" in read(ana(), "/variance/margin/bakery/2026-09/").get_text()


def test_lines_of_few_cases_stand_together(shop, scope):
    shop(((400, 4), (300, 1), (3, 2)), ((700, 3), (100, 2), (3, 1)))
    shown = card(scope(), "turned")

    assert {row.name for row in shown.rows} == {"Counter", "Small ones together"}
    assert "Small ones together" not in {row.name for row in card(scope(), "earned").rows}


@pytest.mark.method("M4.5")
def test_page_picture_table_and_api_have_the_same_digits(shop, ana, client):
    shop(((401, 4.25), (300, 1), (300, 2)), ((700, 3), (100, 2.125), (301, 1)))
    client.force_login(ana())
    page = BeautifulSoup(client.get("/variance/earned/old-town/2026-09/?against=before").content, "lxml")
    told = client.get("/api/v1/variance/earned/old-town/2026-09?against=before").json()["prices"]
    files = [each["href"] for each in page.select("#prices a[download]")]
    text = client.get(next(each for each in files if ".csv" in each)).content.decode("utf-8-sig")
    rows = {row["line"]: row for row in csv.DictReader(io.StringIO(text))}

    assert len(files) == 4
    assert all(client.get(each).status_code == 200 for each in files)
    whole = rows.pop("All lines")
    for part in told["parts"]:
        assert f"{float(whole[part['kind'] + '_effect']):.9g}" == f"{part['part']:.9g}"
    assert sum(part["part"] for part in told["parts"]) == pytest.approx(
        told["after"] - told["before"], abs=1e-9
    )
    assert [line["name"] for line in told["lines"]] == list(rows)
    shown = [each.get_text(strip=True) for each in page.select("#prices tbody tr:last-child td b")]
    assert len(shown) == 3
    picture = client.get(
        "/variance/earned/old-town/2026-09/prices.svg?against=before&size=narrow"
    ).content.decode()
    assert all(size in picture for size in shown)


def test_the_split_costs_no_query_and_none_by_line(shop, ana, client):
    shop()
    client.force_login(ana())
    counts = []
    for address in ("/variance/earned/old-town/2026-09/", "/variance/kept/old-town/2026-09/"):
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))

    assert len(set(counts)) == 1


def test_a_unit_without_units_or_segments_is_a_line_of_its_own(found, ana, read, scope):
    found()
    shown = card(scope(), "sales", unit="old-town")

    assert (len(shown.rows), sizes(shown)["mix"]) == (1, 0)
    assert "of the unit as a whole" in shown.sentences[-1]
    assert len(read(ana(), "/variance/sales/old-town/2026-09/").select("#prices tbody tr")) == 1
