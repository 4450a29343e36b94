"""Signals, exceptions and evidence leave with the digits of their pages, in the viewer's scope."""

import csv
import io
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fourfold.governance.evidence.actions.register_hypothesis import register_hypothesis
from fourfold.governance.evidence.models import LinkTest
from fourfold.platform.accounts.scope import INSTALLATION
from tests.governance.evidence.conftest import (  # noqa: F401
    AT,
    LATER,
    LESSONS_FIRST,
    SKILLS_TO_WASTE,
    bakery,
    folder,
    person,
    run_tests,
    scope,
    tested,
)

pytestmark = pytest.mark.django_db
ROUTES = (
    "signals/sales/bakery/2026-09",
    "evidence/bakery",
    "exceptions/bakery/2026-09",
    "drivers/sales/bakery/2026-09",
    "variance/sales/bakery/2026-09",
    "segments/sales/bakery/2026-09",
)


@pytest.fixture
def ask(client, person):  # noqa: F811
    """The API's answer to somebody, ana unless another is named."""

    def asking(address, *who, status=200):
        client.force_login(person(*(who or ("ana",))))
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == status, answer.content[:400]
        return answer.json()

    return asking


def table_of(client, address):
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


@pytest.mark.method("M3.4")
def test_a_control_chart_leaves_with_its_limits_signals_and_icons(ask, client, tested):  # noqa: F811
    told = ask("signals/waste/bakery/2026-09")

    table = table_of(client, "/measures/waste/bakery/2026-09/signals/points.csv")
    assert (told["format"], told["chart"]) == ("fourfold.signals/1", "p-prime")
    assert [point["period"] for point in told["points"]] == [row["period"] for row in table]
    for point, row in zip(told["points"], table, strict=True):
        for name in ("value", "centre", "lower", "upper"):
            assert (point[name] is None) == (row[name] == "")
            assert point[name] is None or point[name] == pytest.approx(float(row[name]), rel=1e-9)
    named = {number for point in told["points"] for number in point["signals"]}
    assert named == {signal["number"] for signal in told["signals"]}
    assert told["icons"]["variation_sentence"]


@pytest.mark.method("M1.2")
def test_evidence_leaves_as_it_was_kept(ask, tested):  # noqa: F811
    told = ask("evidence/bakery")

    kept = LinkTest.objects.visible_to(INSTALLATION).get(target="reduce-waste")
    link = next(each for each in told["links"] if each["target"] == "reduce-waste")
    test = link["test"]
    assert (test["verdict"], test["n"], test["p"], test["adjusted_p"]) == (
        "supported",
        60,
        kept.p,
        kept.adjusted_p,
    )
    assert test["correlations"]["by_lag"] == kept.facts["correlations"]
    assert test["slope"]["value"] == kept.facts["slope"]["value"]
    assert (test["panel"]["why"], test["panel"]["units"]) == ("too_few_points", 2)
    assert test["effect"]["why"] or test["effect"]["moved"]
    assert test["expected"] == {
        "x": "lessons",
        "y": "waste",
        "sign": -1,
        "lag_from": 3,
        "lag_to": 3,
        "registered_at": None,
        "is_late": False,
    }
    assert [each["source"] for each in told["links"]].count("build-skills") == 2


def test_an_expectation_leaves_with_the_moment_it_was_written_down(ask, bakery, scope):  # noqa: F811
    register_hypothesis(SKILLS_TO_WASTE, LESSONS_FIRST, edition=0, scope=scope("ana"), at=AT)
    run_tests(at=LATER)

    link = next(each for each in ask("evidence/bakery")["links"] if each["target"] == "reduce-waste")
    expected = link["test"]["expected"]

    assert (expected["lag_from"], expected["lag_to"], expected["is_late"]) == (2, 4, False)
    assert datetime.fromisoformat(expected["registered_at"]) == AT


def test_a_map_that_was_never_tested_says_so(ask, bakery):  # noqa: F811
    told = ask("evidence/bakery")

    assert told["tested_at"] is None
    assert {each["test"] for each in told["links"]} == {None}


@pytest.mark.method("M6.3")
def test_exceptions_leave_in_the_pages_order(ask, client, tested):  # noqa: F811
    told = ask("exceptions/bakery/2026-09")

    table = table_of(client, "/exceptions/bakery/2026-09/exceptions.csv")
    found = [row for row in table if row["Told"]]
    assert [each["measure"] for each in told["exceptions"]] == [row["Measure key"] for row in found]
    assert [each["sentence"] for each in told["exceptions"]] == [row["Sentence"] for row in found]
    assert [each["measure"] for each in told["normal"]] == [
        row["Measure key"] for row in table if not row["Told"]
    ]
    assert told["closing"]


@pytest.mark.parametrize("address", ROUTES)
def test_another_unit_is_refused_and_a_stranger_is_asked_to_sign_in(ask, tested, address):  # noqa: F811
    other = address.replace("bakery", "riverside")

    assert ask(address.replace("bakery", "old-town"), "kim", "viewer", "old-town")
    assert Client().get(f"/api/v1/{address}").json()["code"] == "NOT_SIGNED_IN"
    assert ask(other, "lou", "viewer", "old-town", status=403)["code"] == "OUT_OF_SCOPE"


@pytest.mark.parametrize("address", ROUTES)
def test_nothing_is_written_there(client, person, tested, address):  # noqa: F811
    client.force_login(person("ana"))

    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/api/v1/{address}").status_code == 405


@pytest.mark.parametrize("address", ROUTES)
def test_what_there_is_not_is_a_problem_document(ask, tested, address):  # noqa: F811
    assert ask(address.replace("bakery", "atlantis"), status=404)["code"] == "UNIT_UNKNOWN"
    if "sales" in address:
        assert ask(address.replace("sales", "luck"), status=404)["code"] == "MEASURE_UNKNOWN"
    if "2026-09" in address:
        assert ask(address.replace("2026-09", "2026-13"), status=404)["code"] == "PERIOD_UNKNOWN"


@pytest.mark.method("M6.3")
def test_exceptions_are_told_as_of_a_day(ask, client, tested):  # noqa: F811
    day = AT.date().isoformat()
    told = ask(f"exceptions/bakery/2026-09?as_of={day}")

    found = table_of(client, f"/exceptions/bakery/2026-09/exceptions.csv?as_of={day}")
    assert told["known_on"] == day
    assert [each["measure"] for each in told["exceptions"]] == [
        row["Measure key"] for row in found if row["Told"]
    ]
    assert ask("exceptions/bakery/2026-09")["known_on"] is None
    assert ask("exceptions/bakery/2026-09?as_of=2001-01-01", status=404)["code"] == "NOTHING_KNOWN_YET"
    assert ask("exceptions/bakery/2026-09?as_of=soon", status=422)["code"] == "AS_OF_MALFORMED"


@pytest.mark.parametrize("address", ROUTES)
def test_what_a_route_would_ignore_is_refused(ask, bakery, address):  # noqa: F811
    unknown = ask(f"{address}?colour=red", status=422)

    assert (unknown["code"], "colour" in unknown["detail"]) == ("PARAMETER_UNKNOWN", True)
    assert unknown["remedy"]
    if address.startswith("evidence"):
        past = ask(f"{address}?as_of=2026-09-30", status=422)
        assert (past["code"], bool(past["remedy"])) == ("AS_OF_UNKNOWN_HERE", True)


def test_every_route_is_described_with_its_members(ask, bakery):  # noqa: F811
    described = ask("openapi.json")

    for name in ("signals/{measure}/{unit}/{period}", "evidence/{unit}", "exceptions/{unit}/{period}"):
        route = described["paths"][f"/api/v1/{name}"]["get"]
        assert {"200", "401", "403", "404"} <= set(route["responses"])
    assert "LinkTestTold" in described["components"]["schemas"]


def test_four_tested_links_cost_two_queries_more_than_none(client, person, bakery):  # noqa: F811
    """The tests, and which values changed since: for all links at once."""
    client.force_login(person("ana"))
    counts = []
    for _ in ("before", "after"):
        client.get("/api/v1/evidence/bakery")
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/evidence/bakery")
        counts.append(len(queries))
        run_tests()

    assert counts[1] - counts[0] == 2
