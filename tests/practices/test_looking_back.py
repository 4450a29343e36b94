"""Drivers, variance and segments as known on a day: pages, pictures, files and the API say what was known then."""

import csv
import io

import pytest

from fourfold.practices.finance.actions.choose_market import MarketWanted, choose_market
from fourfold.practices.finance.models import MarketKind
from fourfold.scorecard.measures.observation import NewObservation
from tests.practices.conftest import AT

pytestmark = pytest.mark.django_db
SEPTEMBER = 2026 * 12 + 8
THEN = {"as_of": f"{AT:%Y-%m-%d}"}
TARGET = "sales,bakery,,2024-01,120000,step,,,\n"
CHEAPER = NewObservation("cost", "old-town", SEPTEMBER, value=30000.0)
SOLD = NewObservation("sales", "old-town", SEPTEMBER, value=90000.0)
KEPT = NewObservation("kept", "old-town", SEPTEMBER, segment="web", numerator=40.0, denominator=50.0)
ADDRESSES = {
    "drivers": "/drivers/margin/bakery/2026-09/",
    "variance": "/variance/sales/bakery/2026-09/",
    "segments": "/segments/kept/bakery/2026-09/",
}


@pytest.fixture
def tells(corrected, ana, client):
    """The bakery as corrected, looked at after that: the API's documents."""
    corrected(CHEAPER, SOLD, KEPT, targets=TARGET)
    client.force_login(ana())
    return lambda what, **asked: client.get(f"/api/v1{ADDRESSES[what].rstrip('/')}", asked).json()


def rows(client, what, **asked):
    text = client.get(f"{ADDRESSES[what]}{what}.csv", asked).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.method("M4.6")
@pytest.mark.parametrize(
    ("what", "number", "then", "now"),
    [
        ("drivers", "after", 20.0, 100 * (135000 - 66000) / 135000),
        ("variance", "value", 90000.0, 135000.0),
        ("segments", "after", 100 * 1984 / 2220, 100 * 2017 / 2260),
    ],
)
def test_each_tells_what_was_known_on_a_day(tells, what, number, then, now):
    past, present = tells(what, **THEN), tells(what)

    assert (past["known_on"], present["known_on"]) == (THEN["as_of"], None)
    assert (round(past[number], 6), round(present[number], 6)) == (round(then, 6), round(now, 6))
    assert tells(what, as_of="2001-01-01")["code"] == "NOTHING_KNOWN_YET"
    assert tells(what, as_of="soon")["code"] == "AS_OF_MALFORMED"


@pytest.mark.parametrize("what", ADDRESSES)
def test_the_table_of_a_past_page_holds_its_digits(tells, client, what):
    told = tells(what, **THEN)
    found = rows(client, what, **THEN)
    parts = {row.get("driver") or row.get("question_or_driver") or row.get("segment"): row for row in found}

    assert found
    assert found != rows(client, what)
    for part in told["parts"]:
        if part["name"] in parts:
            name = "rate" if what == "segments" else "part"
            cell = parts[part["name"]]["rate_effect" if what == "segments" else "part"]
            assert f"{float(cell):.9g}" == f"{part[name]:.9g}"


@pytest.mark.parametrize("what", ADDRESSES)
def test_everything_on_a_past_page_is_of_the_same_day(tells, read, ana, what):
    page = read(ana(), ADDRESSES[what], **THEN)
    asked = f"as_of={THEN['as_of']}"

    assert page.select_one(".known-title").get_text(" ", strip=True).startswith("As known on")
    assert page.select_one("#known-day")["value"] == THEN["as_of"]
    pictures = [each["src"] for each in page.select(".chart-picture")]
    files = [each["href"] for each in page.select("a[download]")]
    ways = [each["href"] for each in page.select("main a[href^='/measures/']")]
    assert ways
    assert all(asked in each for each in (*pictures, *files, *ways))
    assert not read(ana(), ADDRESSES[what]).select(".known-banner")


def test_another_day_keeps_what_the_page_is_compared_with(tells, read, ana):
    page = read(ana(), ADDRESSES["drivers"], against="last-year", leaf="cost")
    kept = {each["name"]: each["value"] for each in page.select(".known-form input[type=hidden]")}

    assert kept == {"against": "last-year", "leaf": "cost"}


def test_a_choice_of_the_market_counts_from_the_day_on_which_it_was_made(tells, scope, ana, read):
    later = AT.replace(day=AT.day + 2)
    wanted = MarketWanted(MarketKind.NOTHING, "2024-01", "Prices are fixed by the year.")
    choose_market("sales", wanted=wanted, scope=scope(), at=later)

    assert tells("variance")["is_market_known"]
    assert not tells("variance", **THEN)["is_market_known"]
    assert not read(ana(), ADDRESSES["variance"], **THEN).select("a[href*='/market/']")


def test_a_measure_s_past_page_leads_to_the_past_of_all_three_and_shows_rate_and_mix(tells, read, ana):
    asked = f"?as_of={THEN['as_of']}"
    kept = read(ana(), "/measures/kept/bakery/2026-09/", **THEN)
    margin = {each["href"] for each in read(ana(), "/measures/margin/bakery/2026-09/", **THEN).select("a")}

    assert ADDRESSES["drivers"] + asked in margin
    panel = kept.select_one("section[aria-labelledby=mix-title]")
    assert panel.a["href"] == f"{ADDRESSES['segments']}?against=last-year&as_of={THEN['as_of']}"
