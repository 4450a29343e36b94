"""One objective's page, read as a person reads it."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.engine.definitions import InitiativeStatus
from fourfold.platform.accounts.models import Person
from fourfold.scorecard.evaluation.pages.objective.initiative_rows import initiative_rows
from tests.scorecard.conftest import small_organisation

pytestmark = pytest.mark.django_db

ROOT = "/objectives/serve-on-time/bakery/2026-09/"


@pytest.fixture
def ada(founded):
    """The administrator of the organisation with a cascade."""
    return Person.objects.get(key="ada")


def said(part):
    return re.sub(r"\s+", " ", part.get_text(" ")).strip()


def section(page, heading):
    """The card under a heading."""
    return next(card for card in page.select("section.card") if card.find(["h2"], string=heading))


def objective_of(client, key):
    told = client.get("/api/v1/scorecards/bakery/2026-09").json()["scorecard"]["children"]
    return next(each for perspective in told for each in perspective["children"] if each["key"] == key)


def test_the_head_says_what_the_objective_is_and_whose(ana, read):
    page = read(ana, ROOT)

    assert said(page.h1) == "Deliver every order on time"
    assert said(page.select_one(".objective-facts")) == "BC Bruno Costa Fresh daily"
    assert said(page.select_one("nav.crumbs")) == "Strategy map Customer"
    assert "one that lets a guest wait is lost" in said(page.select_one(".objective-words"))


def test_score_coverage_and_reds_are_the_numbers_of_the_interface(client, ana, read):
    page = read(ana, ROOT)
    told = objective_of(client, "serve-on-time")
    reds = sum(measure["status"] == "red" for measure in told["children"])
    standing = said(page.select_one(".objective-standing"))

    assert page.select_one(".gauge")["aria-label"].startswith(
        f"Deliver every order on time: {round(told['score'])} of 100"
    )
    assert f"Coverage {100 * told['coverage']:.0f} % of the weight is scored" in standing
    assert f"Off target {reds} of {len(told['children'])} measures" in standing


def test_its_own_measures_are_listed_and_no_others(client, ana, read):
    names = [said(name) for name in read(ana, ROOT).select(".objective-measures .row-name")]

    assert names == [measure["name"] for measure in objective_of(client, "serve-on-time")["children"]]


def test_links_tell_hypothesis_sign_lag_and_evidence_and_how_the_other_end_stands(ana, read):
    page = read(ana, ROOT)
    drives = section(page, "Drives")

    assert [said(link) for link in section(page, "Driven by").select(".link-card-head a")] == [
        "Build broader baking skills",
        "Reduce unsold daily bread",
    ]
    assert "Guests who are served on time come back and buy more." in said(drives)
    assert (
        said(drives.select_one(".link-facts"))
        == "+ furthers lag 2 months, judged strong, evidence asserted, not tested"
    )
    assert drives.a["href"] == "/objectives/grow-sales/bakery/2026-09/"
    assert drives.select_one(".pill") is not None


def test_the_history_has_a_table_beside_the_drawing(ana, read):
    page = read(ana, ROOT)
    periods = page.select(".objective-history tbody tr")

    assert 13 <= len(periods) <= 36
    assert said(periods[-1]).startswith("Sep 26")
    assert page.select_one(".objective-history svg.history") is not None


def test_the_same_objective_is_shown_for_every_unit_below(ana, read):
    cells = section(read(ana, ROOT), "The same objective in the units below").select(".heat-cell")

    assert [said(cell.a) for cell in cells] == ["Old Town shop", "Riverside shop"]
    assert cells[0].a["href"] == "/objectives/serve-on-time/old-town/2026-09/"
    assert all(cell.select_one(".heat-score svg.shape") is not None for cell in cells)


def test_a_unit_without_units_below_has_no_such_row(olga, read):
    page = read(olga, "/objectives/serve-on-time/old-town/2026-09/")

    assert page.select(".heat") == []


def test_why_this_score_unfolds_down_to_its_measures(client, ana, read):
    page = read(ana, ROOT)
    steps = [
        said(name)
        for name in page.select(".why-root > li > details > .why-inside > .why > li > details > summary")
    ]

    for measure, step in zip(objective_of(client, "serve-on-time")["children"], steps, strict=True):
        assert measure["name"] in step


def test_initiatives_show_their_time_their_money_and_their_milestones(ana, read):
    row = read(ana, "/objectives/build-skills/bakery/2026-09/").select_one(".initiative")

    assert said(row.h3) == "Friday baking school"
    assert "1 Mar 2025 – 31 Dec 2026" in said(row)
    assert "9,450 of 12,000 €" in said(row)
    assert "Milestones 1 of 2" in said(row)
    assert "Every baker at two stations due 30 Nov 2026" in said(row)


def test_the_cascade_names_the_objective_above(ada, read):
    page = read(ada, "/objectives/deliver-north/oslo/2026-02/")

    assert said(section(page, "Cascade")) == "Cascade Contributes to Deliver on time contributory"
    assert "Deliver northern parcels" in said(
        section(read(ada, "/objectives/deliver/oslo/2026-02/"), "Cascade")
    )


def test_an_objective_without_a_value_says_so_instead_of_showing_a_zero(ada, read):
    page = read(ada, "/objectives/deliver/oslo/2026-02/")

    assert "No data" in said(page.select_one(".objective-standing"))
    assert "0 of 100" not in page.select_one(".gauge")["aria-label"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/objectives/nothing/oslo/2026-02/", 404, "OBJECTIVE_UNKNOWN"),
        ("/objectives/deliver-north/south/2026-02/", 404, "OBJECTIVE_OF_OTHER_UNITS"),
        ("/objectives/deliver/atlantis/2026-02/", 404, "UNIT_UNKNOWN"),
        ("/objectives/deliver/oslo/2026-Q9/", 404, "PERIOD_UNKNOWN"),
    ],
)
def test_what_is_not_there_is_refused_by_name(client, ada, address, status, code):
    client.force_login(ada)
    answer = client.get(address)

    assert (answer.status_code, code in answer.content.decode()) == (status, True)


def test_a_unit_outside_ones_sight_is_refused(client, olga):
    client.force_login(olga)
    answer = client.get(ROOT)

    assert answer.status_code == 403
    assert "OUT_OF_SCOPE" in answer.content.decode()


def test_more_measures_ask_no_more_queries(client, ada):
    client.force_login(ada)

    def queries(address):
        client.get(address)  # the cube is made on the first look
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    assert queries("/objectives/grow/acme/2026-02/") == queries("/objectives/deliver/acme/2026-02/") <= 40


def test_an_open_milestone_past_its_day_is_overdue_and_so_is_the_initiative_past_its_end():
    (early,) = initiative_rows("grow", definitions=small_organisation(), today=date(2026, 3, 15))
    (late,) = initiative_rows("grow", definitions=small_organisation(), today=date(2026, 10, 1))

    assert [step.is_overdue for step in early.milestones] == [False, False]
    assert early.milestones[0].is_late
    assert not early.is_overdue
    assert [step.is_overdue for step in late.milestones] == [False, True]
    assert late.is_overdue
    assert (late.status, late.done, late.overdue) == (InitiativeStatus.ACTIVE, 1, 1)


def test_money_keeps_every_digit_until_it_is_shown():
    (row,) = initiative_rows("grow", definitions=small_organisation(), today=date(2026, 3, 15))

    assert row.budget == Decimal("1234567890123456.78")
    assert row.budget_text == "1,234,567,890,123,457 €"
    assert row.spent_shown == "0"
