"""The scorecard's page, read as a person reads it."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.platform.ui.numbers import display_number, display_score
from fourfold.platform.ui.slots import SCORECARD_COLUMNS, SlotContent, slot

pytestmark = pytest.mark.django_db

ROOT = "/scorecards/bakery/2026-09/"


def said(part):
    return re.sub(r"\s+", " ", part.get_text(" ")).strip()


def rows(page):
    return {
        said(row.find(class_="row-name")): row
        for row in page.select("#measures-body tbody tr")
        if row.find(class_="row-name")
    }


def cell(row, label):
    return said(row.find("td", attrs={"data-label": label}))


def measures_of(document):
    if document["kind"] == "measure":
        return [document]
    return [measure for child in document.get("children", []) for measure in measures_of(child)]


def test_the_scorecards_door_leads_to_ones_own_unit_at_its_last_complete_month(client, ana, olga):
    client.force_login(ana)
    assert client.get("/scorecards/")["Location"] == ROOT

    client.force_login(olga)
    assert client.get("/scorecards/")["Location"] == "/scorecards/old-town/2026-09/"


def test_a_stranger_is_asked_to_sign_in(client, bakery):
    assert client.get(ROOT)["Location"].startswith("/accounts/login/")


def test_every_measure_has_its_row_with_the_numbers_of_the_interface(client, ana, read):
    shown = rows(read(ana, ROOT))
    told = measures_of(told_by_the_interface(client))

    assert set(shown) == {measure["name"] for measure in told}
    for measure in told:
        value = display_number(
            measure["value"], decimals=measure["decimals"], unit_of_measure=measure["unit_of_measure"]
        )
        assert cell(shown[measure["name"]], "Value") == str(value)


def told_by_the_interface(client):
    return json.loads(client.get("/api/v1/scorecards/bakery/2026-09").content)["scorecard"]


def test_perspectives_are_cards_with_score_status_coverage_and_reds(client, ana, read):
    cards = read(ana, ROOT).select(".perspective")

    for card, told in zip(cards, told_by_the_interface(client)["children"], strict=True):
        assert said(card.h2) == told["name"]
        assert said(card.find(class_="gauge-score")) == display_score(told["score"])
        assert card.find(class_=f"pill-{told['status']}")
        assert re.search(r"\d of \d scored", said(card))
        assert f"{told['red_children']} of {len(told['children'])} objectives off target" in said(card)


def test_what_needs_attention_is_listed_worst_first_and_never_on_target(client, ana, read):
    listed = [said(row.a) for row in read(ana, ROOT).select(".attention li")]
    told = [each for each in measures_of(told_by_the_interface(client)) if each["status"] in ("red", "amber")]
    worst_first = sorted(told, key=lambda measure: (measure["status"] != "red", measure["score"]))

    assert listed == [measure["name"] for measure in worst_first][:5]
    assert listed


def test_the_scale_in_use_is_printed(ana, read):
    assert "anchored 0 / 33⅓ / 66⅔ / 100" in said(read(ana, ROOT).footer)


def test_the_units_below_can_be_drilled_into(client, ana, read):
    table = read(ana, ROOT).find(class_="sub-units")
    ways = {said(way): way["href"] for way in table.select("a.row-name")}

    assert list(ways) == ["Old Town shop", "Riverside shop"]
    assert client.get(ways["Riverside shop"]).status_code == 200


@pytest.mark.parametrize("period", ["2026-09", "2026-Q3", "2026-09-ytd", "2026"])
def test_the_stepper_offers_every_length_and_each_opens(client, ana, read, period):
    page = read(ana, f"/scorecards/bakery/{period}/")

    assert [said(way) for way in page.select(".segmented [aria-current]")] == [
        {"2026-09": "Month", "2026-Q3": "Quarter", "2026-09-ytd": "Year to date", "2026": "Year"}[period]
    ]
    assert {
        client.get(way["href"]).status_code for way in page.select(".segmented a, .stepper-step[href]")
    } == {200}


def test_an_unfinished_period_says_how_far_it_has_come(ana, read):
    assert "% of the period has passed" in said(
        read(ana, "/scorecards/bakery/2026-10/").find(class_="page-heading")
    )


def test_filters_narrow_the_table_and_leave_the_cards(ana, read):
    page = read(ana, ROOT, perspective="customer")

    assert set(rows(page)) == {"Orders on time", "Guest rating"}
    assert len(page.select(".perspective")) == 4


def test_text_is_looked_for_whatever_its_case(ana, read):
    assert set(rows(read(ana, ROOT, q="BREAD"))) == {"Unsold bread"}


def test_filters_that_leave_nothing_say_so_and_offer_a_way_back(ana, read):
    page = read(ana, ROOT, q="no such thing")

    assert "No measure fits these filters." in said(page.find(id="measures-body"))
    assert page.find(id="measures-count").a["href"].startswith(ROOT)


def test_the_address_keeps_the_filters_when_the_period_or_unit_changes(ana, read):
    page = read(ana, ROOT, perspective="customer", q="rating")
    ways = [page.select_one(".stepper-step[rel=prev]"), page.select_one(".sub-units a.row-name")]

    assert all(way["href"].endswith("?perspective=customer&q=rating") for way in ways)


def test_the_number_of_queries_does_not_grow_with_the_rows(client, ana):
    client.force_login(ana)
    client.get(ROOT)

    def queries(address, **parameters):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address, parameters).status_code == 200
        return len(asked)

    assert queries(ROOT) == queries(ROOT, q="rating") == queries("/scorecards/riverside/2026-09/")
    assert queries(ROOT, q="no such thing") <= queries(ROOT)


def test_a_higher_app_marks_rows_through_the_slot_and_is_asked_once(ana, read):
    asked = []

    def signals(keys, place):
        asked.append((place.unit, place.period))
        return {"waste": SlotContent("ui/components/empty.html", {"sentence": "A signal on bread"})}

    slot(SCORECARD_COLUMNS).register("signals", signals)
    try:
        shown = rows(read(ana, ROOT))
    finally:
        slot(SCORECARD_COLUMNS).withdraw("signals")

    assert asked == [("bakery", "2026-09")]
    assert [name for name, row in shown.items() if "A signal on bread" in said(row)] == ["Unsold bread"]


def test_what_lies_outside_ones_sight_is_refused_and_not_offered(client, olga, read):
    client.force_login(olga)
    refused = client.get("/scorecards/riverside/2026-09/")
    assert (refused.status_code, b"OUT_OF_SCOPE" in refused.content) == (403, True)

    page = read(olga, "/scorecards/old-town/2026-09/")
    assert "Riverside" not in page.get_text()
    assert [said(name) for name in page.select(".unit-closed")] == ["Harbour Bakery"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/scorecards/atlantis/2026-09/", "UNIT_UNKNOWN"),
        ("/scorecards/bakery/2026-13/", "PERIOD_UNKNOWN"),
        ("/scorecards/bakery/1950-01/", "PERIOD_UNKNOWN"),
    ],
)
def test_a_place_that_does_not_exist_is_told_with_its_code(client, ana, address, code):
    client.force_login(ana)
    answer = client.get(address)

    assert answer.status_code == 404
    assert code in answer.content.decode()


def test_a_hostile_filter_stays_text(client, ana, read):
    page = read(ana, ROOT, q='"><script>alert(1)</script>')

    assert page.find(id="filter-text")["value"] == '"><script>alert(1)</script>'
    assert not [script for script in page.find_all("script") if not script.get("src")]


def test_nothing_on_the_page_carries_a_style(client, ana):
    client.force_login(ana)

    assert not re.search(r"\sstyle=|<style", client.get(ROOT).content.decode())
