"""The strategy map's page and file, read as a person reads them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from fourfold.platform.accounts.models import Person
from fourfold.platform.ui.slots import MAP_EDGES, SlotContent, slot

pytestmark = pytest.mark.django_db

ROOT = "/maps/bakery/2026-09/"
OSLO = "/maps/oslo/2026-02/"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ada(founded):
    """The administrator of the organisation that has every kind of link at its site in Oslo."""
    return Person.objects.get(key="ada")


def said(part):
    return re.sub(r"\s+", " ", part.get_text(" ")).strip()


def edge(page, source, target):
    return page.select_one(f'.map-edge[data-source="{source}"][data-target="{target}"]')


def listed(page, name):
    """The row of the list below the map."""
    return next(
        row
        for row in page.select(".map-objectives tbody tr")
        if (name_of := row.select_one(".row-name")) and name_of.text == name
    )


def test_every_objective_is_a_card_that_names_its_status_and_score_and_leads_to_its_page(ana, read, client):
    page = read(ana, ROOT)
    told = client.get("/api/v1/scorecards/bakery/2026-09").json()["scorecard"]["children"]
    objectives = [objective for perspective in told for objective in perspective["children"]]

    for objective in objectives:
        card = page.select_one(f'a.map-card[data-objective="{objective["key"]}"]')
        assert card["href"] == f"/objectives/{objective['key']}/bakery/2026-09/"
        assert card["aria-label"].startswith(f"{objective['name']}, ")
        assert card["aria-label"].endswith(f", {round(objective['score'])}")
    assert len(page.select("a.map-card")) == len(objectives) == 4


def test_a_band_carries_its_perspectives_name_question_score_and_status(ana, read, client):
    drawing = said(read(ana, ROOT).select_one("svg.map-drawing"))
    told = client.get("/api/v1/scorecards/bakery/2026-09").json()["scorecard"]["children"]

    assert "Financial What do we earn?" in drawing
    assert all(f"{round(perspective['score'])}" in drawing for perspective in told)


def test_an_arrow_says_what_is_expected_after_how_long_and_how_sure_anybody_is(ana, read):
    told = said(edge(read(ana, ROOT), "serve-on-time", "grow-sales").title)

    assert told == (
        "Deliver every order on time is expected to further Grow profitable shop sales (lag 2 months, judged strong, "
        "evidence asserted, not tested). Guests who are served on time come back and buy more."
    )


def test_feedback_is_dashed_a_negative_sign_is_marked_and_an_identity_has_two_lines_and_no_head(ada, read):
    page = read(ada, OSLO)
    feedback, identity = edge(page, "deliver-north", "grow"), edge(page, "deliver", "deliver-north")
    hypothesis = edge(page, "deliver", "grow")

    assert feedback.select_one("path[stroke-dasharray]") is not None
    assert feedback.select_one(".map-minus") is not None
    assert "is expected to hold back" in said(feedback.title)
    assert identity.select_one(".map-between") is not None
    assert identity.select_one('path[fill="currentColor"]') is None
    assert hypothesis.select_one("path[stroke-dasharray], .map-minus, .map-between") is None
    assert hypothesis.select_one('path[fill="currentColor"]') is not None


SHAPES = {"green": "On target", "amber": "At risk", "red": "Off target", "grey": "No data"}


def test_the_legend_explains_what_is_drawn_and_nothing_else(ada, read):
    page = read(ada, OSLO)
    legend = said(page.select_one(".map-legend"))
    drawn = {each["href"] for each in page.select(".map-drawing use")}

    explained = [label for key, label in SHAPES.items() if f"#map-{key}" in drawn]
    assert legend.startswith(
        f"{' '.join(explained)} Numbers: score, 0 to 100 hypothesis: expected to further "
        "expected to hold back feedback identity"
    )
    assert len(page.select(".map-legend li > svg:not(.edge-sample)")) == len(explained)
    assert "feedback" not in said(read(ada, "/maps/acme/2026-02/").select_one(".map-legend"))


def test_following_a_theme_dims_the_other_objectives_and_leaves_them_out_of_the_list(ada, read):
    page = read(ada, OSLO, theme="reach")

    dimmed = {card["data-objective"] for card in page.select("a.map-card.is-dimmed")}
    assert dimmed == {"deliver"}
    assert "Faint: outside the chosen theme" in said(page.select_one(".map-legend"))
    assert "is-dimmed" in edge(page, "deliver", "grow")["class"]
    assert "is-dimmed" not in edge(page, "deliver-north", "grow")["class"]
    assert {said(name) for name in page.select(".map-objectives .row-name")} == {
        "Grow carried volume",
        "Deliver northern parcels",
    }
    assert said(page.select_one(".map-result")) == "Reach: Everywhere by 2028"


def test_an_unknown_theme_follows_none(ada, read):
    assert read(ada, OSLO, theme="nonsense").select(".is-dimmed") == []


def test_the_list_below_says_the_same_in_words(ana, read):
    causes, effects = listed(read(ana, ROOT), "Deliver every order on time").select("td.is-wide")

    assert "Build broader baking skills lag 2 months" in said(causes)
    assert "Reduce unsold daily bread lag 1 month" in said(causes)
    assert "Grow profitable shop sales lag 2 months" in said(effects)


def test_the_slot_of_the_arrows_is_asked_once_for_all_causal_links(ada, read):
    asked = []

    def provider(keys, place):
        asked.append((tuple(keys), place.unit, place.period))
        values = {"state": "supported", "text": "Supported since May"}
        return {"deliver>grow": SlotContent("ui/components/empty.html", values)}

    slot(MAP_EDGES).register("test", provider)
    try:
        page = read(ada, OSLO)
    finally:
        slot(MAP_EDGES).withdraw("test")

    assert asked == [(("deliver>grow", "deliver-north>grow"), "oslo", "2026-02")]
    assert "Supported since May" in said(edge(page, "deliver", "grow"))
    assert "Supported since May" not in said(edge(page, "deliver-north", "grow"))


def test_the_file_stands_alone_in_light_colours_without_links(client, ana):
    client.force_login(ana)
    answer = client.get(f"{ROOT}map.svg")
    drawing = etree.fromstring(answer.content)

    assert answer["Content-Type"].startswith("image/svg+xml")
    assert answer["Content-Disposition"] == 'attachment; filename="strategy-map-bakery-2026-09.svg"'
    assert drawing.findall(f".//{SVG}a") == []
    assert drawing.find(f"{SVG}title").text == "Strategy map, Harbour Bakery · September 2026 · Open"
    assert all(text.get("fill") for text in drawing.iter(f"{SVG}text"))
    assert not any("style" in part.attrib for part in drawing.iter() if isinstance(part.tag, str))


def test_the_file_keeps_the_chosen_theme(client, ada):
    client.force_login(ada)

    assert b'opacity="0.3"' in client.get(f"{OSLO}map.svg", {"theme": "reach"}).content
    assert b'opacity="0.3"' not in client.get(f"{OSLO}map.svg").content


def test_who_looks_after_the_map_is_told_what_its_rules_object_to(ada, read):
    told = said(read(ada, OSLO).select_one(".map-findings"))

    assert "Reach has no unbroken path" in told
    assert "THEME_PATH_BROKEN" in told


def test_others_are_not_bothered_with_the_maps_rules(olga, read):
    page = read(olga, "/maps/old-town/2026-09/")

    assert page.select("svg.map-drawing") != []
    assert page.select(".map-findings") == []


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        (ROOT, 403, "OUT_OF_SCOPE"),
        (f"{ROOT}map.svg", 403, "OUT_OF_SCOPE"),
        ("/maps/atlantis/2026-09/", 403, "OUT_OF_SCOPE"),
        ("/maps/old-town/2026-13/", 404, "PERIOD_UNKNOWN"),
        ("/maps/old-town/1999-01/", 404, "PERIOD_UNKNOWN"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_name(client, olga, address, status, code):
    client.force_login(olga)
    answer = client.get(address)

    assert (answer.status_code, code in answer.content.decode()) == (status, True)


def test_a_stranger_is_asked_to_sign_in(client, bakery):
    assert client.get(ROOT)["Location"].startswith("/accounts/login/")


def test_more_objectives_ask_no_more_queries(client, ada):
    client.force_login(ada)

    def queries(address):
        client.get(address)  # the cube is made on the first look
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    assert queries("/maps/acme/2026-02/") == queries(OSLO) <= 12
