"""Units side by side and in order: the same numbers as on their scorecards, and nobody else's."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fourfold.engine.definitions import InitiativeStatus, UnitSelector
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.pages.units.page import MOST_COMPARED
from fourfold.scorecard.evaluation.queries import read_definitions

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parents[4] / "docs"
HERE = "/units/bakery/2026-09/"


def said(part):
    return re.sub(r"\s+", " ", part.get_text(" ")).strip()


def test_the_heat_map_shows_the_scores_of_the_scorecards(read, ana):
    heat = read(ana, HERE)
    names = [said(head) for head in heat.select("thead th")][1:]

    for row in heat.select("tbody tr"):
        key = row.select_one(".row-name")["href"].split("/")[2]
        card = read(ana, f"/scorecards/{key}/2026-09/")
        gauges = {
            said(each.h2): said(each.select_one(".gauge-score")) for each in card.select(".perspective")
        }
        assert {name: said(cell.b) for name, cell in zip(names, row.select("td"), strict=True)} == gauges


def test_a_unit_says_how_many_below_it_are_not_shown(read, ana):
    one = read(ana, HERE, levels="1")
    deep = read(ana, HERE, levels="9")

    assert len(deep.select("tbody tr")) >= len(one.select("tbody tr"))
    assert not deep.select(".heat-more")


def test_units_compared_show_what_their_scorecards_show(read, ana):
    page = read(ana, f"{HERE}compare/", **{"with": ["bakery", "old-town"]})
    columns = [said(head) for head in page.select("thead th")][1:]
    measures = {said(row.th): row for row in page.select(".compare-measure")}
    card = read(ana, "/scorecards/old-town/2026-09/")

    assert len(columns) == 2
    for row in card.select("#measures-body tbody tr:not(.group-head)"):
        value = said(row.select_one("td[data-label=Value] b"))
        assert value in said(measures[said(row.select_one(".row-name"))].select("td")[1])


def test_never_more_than_six_units_are_compared(read, ana):
    everything = [choice["value"] for choice in read(ana, f"{HERE}compare/").select("input[name=with]")]
    page = read(ana, f"{HERE}compare/", **{"with": everything * 3})

    assert len(page.select("thead th")) - 1 == min(len(everything), 6)


def test_a_unit_outside_the_pages_own_is_not_compared(read, olga):
    page = read(olga, "/units/old-town/2026-09/compare/", **{"with": ["bakery", "old-town"]})

    assert [said(head) for head in page.select("thead th")][1:] == ["Old Town shop"]


def test_the_best_score_leads_and_equal_ones_share_a_rank(read, ana):
    rows = read(ana, f"{HERE}ranking/").select(".ranking tbody tr")
    ranks = [said(row.select_one("td[data-label=Rank]")) for row in rows]
    scores = [said(row.select_one("td[data-label=Score]")) for row in rows]
    points = [float(score) for score in scores if score != "–"]

    assert points == sorted(points, reverse=True)
    assert ranks[: len(points)] == [str(1 + sum(other > own for other in points)) for own in points]


def test_units_can_be_ranked_by_a_measure(read, ana):
    offered = read(ana, f"{HERE}ranking/").select("select[name=measure] option[value]")
    key, name = next((each["value"], said(each)) for each in offered if each["value"])

    page = read(ana, f"{HERE}ranking/", measure=key)

    assert said(page.select_one("#ranking-title")) == f"By {name}"
    assert page.select("td[data-label=Value]")


@pytest.mark.parametrize("way", ["", "compare/", "ranking/", "units.csv", "units.xlsx"])
def test_nobody_looks_at_units_outside_their_sight(client, olga, way):
    client.force_login(olga)

    assert client.get(f"{HERE}{way}").status_code in (403, 404)


def test_what_another_unit_declares_is_not_named(client, read, olga):
    known = read_definitions()
    theirs = replace(
        known.measures[0], key="crust", name="Crust of Riverside", units=UnitSelector("riverside")
    )
    oven = replace(known.objectives[0], key="oven", name="Oven of Riverside", units=UnitSelector("riverside"))
    with_them = replace(
        known,
        objectives=(*known.objectives, oven),
        measures=tuple(sorted((*known.measures, theirs), key=lambda each: each.key)),
    )
    write_definitions(with_them, scope=INSTALLATION, at=timezone.now(), replaces=True)

    for asked in ({}, {"measure": "crust"}):
        assert "Crust" not in read(olga, "/units/old-town/2026-09/ranking/", **asked).get_text()
    for address in ("/measures/crust/old-town/2026-09/", "/objectives/oven/old-town/2026-09/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Riverside" not in answer.content.decode()


@pytest.mark.parametrize("way", ["?levels=9", "compare/", "ranking/"])
def test_more_units_cost_no_more_queries(client, ana, olga, way):
    def queries(person, unit):
        client.force_login(person)
        client.get(f"/units/{unit}/2026-09/{way}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/units/{unit}/2026-09/{way}")
        return len(asked)

    assert queries(ana, "bakery") == queries(ana, "old-town")


def test_the_guides_say_of_units_and_initiatives_what_the_pages_do():
    units = (DOCS / "units.md").read_text(encoding="utf-8")
    initiatives = (DOCS / "initiatives.md").read_text(encoding="utf-8")

    assert {1: "one", 6: "six"}[MOST_COMPARED] in units
    for name in ("units", "units-compare", "units-ranking", "initiatives"):
        address = reverse(f"scorecard:{name}", kwargs={"unit": "U", "period": "P"})
        named = address.replace("/U/", "/<unit>/").replace("/P/", "/<period>/")
        assert f"`{named}`" in units + initiatives
    for state in InitiativeStatus:
        assert state.value in initiatives
