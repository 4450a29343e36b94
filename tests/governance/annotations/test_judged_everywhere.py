"""A judgement beside a computed status goes wherever the status goes: files, API, units side by side and in order."""

import csv
import io
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fourfold.engine.quantities import Status
from fourfold.governance.annotations.actions.override_status import (
    Verdict,
    override_status,
    withdraw_override,
)
from fourfold.governance.annotations.queries.overrides import computed_status, judgements_in
from fourfold.scorecard.evaluation.api.schemas import Scorecard
from fourfold.scorecard.evaluation.queries import scorecard_document
from tests.governance.annotations.conftest import AT, ON_TIME, SOON

pytestmark = pytest.mark.django_db

REASON = "The new till counts late orders twice."
API = "/api/v1/scorecards/bakery/2026-09"
UNITS = "/units/bakery/2026-09/"


def judge(bruno, *, unit="bakery"):
    """Serving on time, judged by its owner; answers the computed and the judged status."""
    anchor = replace(ON_TIME, unit=unit)
    computed = computed_status(anchor, scope=bruno, at=AT)
    other = next(each for each in (Status.GREEN, Status.AMBER, Status.RED) if each is not computed)
    override_status(anchor, Verdict(other, REASON), scope=bruno, at=AT)
    return computed, other


@pytest.fixture
def judged(scope):
    return judge(scope("bruno"))


@pytest.fixture
def table(client):
    """A file's rows by the names of its columns."""

    def table(person, address):
        client.force_login(person)
        text = client.get(address).content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text)))
        at = next(
            at for at, line in enumerate(lines) if {"Unit", "Objective", "Name"} & set(line) and len(line) > 5
        )
        return [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :] if line]

    return table


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/scorecards/bakery/2026-09/scorecard.csv", "Status of the objective"),
        ("/objectives/serve-on-time/bakery/2026-09/measures.csv", "Status of the objective"),
        ("/maps/bakery/2026-09/objectives.csv", "Status"),
    ],
)
def test_files_of_objectives_have_both_statuses_who_judged_and_why(table, ana, judged, address, status):
    computed, other = judged
    rows = table(ana, address)

    mine = [row for row in rows if row["Objective key"] == "serve-on-time"]
    assert mine
    for row in mine:
        assert row[status] == computed.label
        told = (row["Status judged"], row["Judged by"], row["Judged reason"])
        assert told == (other.label, "Bruno Costa", REASON)
    for row in rows:
        if row["Objective key"] != "serve-on-time":
            assert (row["Status judged"], row["Judged by"], row["Judged reason"]) == ("", "", "")


def test_a_workbook_says_so_too(client, ana, judged):
    client.force_login(ana)
    content = client.get("/scorecards/bakery/2026-09/scorecard.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = {
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    }

    assert {"Status judged", "Bruno Costa", REASON} <= cells


def test_the_api_tells_the_judgement_beside_the_document_of_the_command(client, ana, scope, judged):
    client.force_login(ana)
    answer = client.get(API)
    told = answer.json()

    Scorecard.model_validate(told, strict=False)
    assert told.pop("judged") == [
        {
            "objective": "serve-on-time",
            "status_judged": judged[1].value,
            "judged_by": "Bruno Costa",
            "judged_reason": REASON,
        }
    ]
    computed = next(
        objective
        for perspective in told["scorecard"]["children"]
        for objective in perspective["children"]
        if objective["key"] == "serve-on-time"
    )
    assert computed["status"] == judged[0].value


def test_without_a_judgement_the_api_answers_the_bytes_of_the_command(client, ana, scope, judged):
    withdraw_override(ON_TIME, scope=scope("bruno"), at=SOON)
    client.force_login(ana)

    assert client.get(API).content == scorecard_document(scope("ana"), "bakery", period="2026-09", at=SOON)
    assert "judged" not in client.get("/api/v1/scorecards/bakery/2026-08").json()


def test_as_known_at_a_moment_a_judgement_stands_from_its_giving_to_its_withdrawal(scope, judged):
    bruno = scope("bruno")
    withdraw_override(ON_TIME, scope=bruno, at=SOON)

    def known(at):
        return judgements_in(["bakery"], period="2026-09", scope=bruno, at=at)

    assert not known(AT.replace(hour=8))
    assert set(known(AT)["bakery"]) == {"serve-on-time"}
    assert not known(SOON)
    assert not known(None)


def test_units_side_by_side_mark_the_objective_as_the_map_does(read, ana, table, judged):
    page = read(ana, f"{UNITS}compare/?with=bakery&with=old-town")
    marks = page.select(".compare .override")

    assert len(marks) == 1
    assert REASON in marks[0].text
    assert marks[0].find_parent("tr").th.text == "Deliver every order on time"
    row = next(
        row
        for row in table(ana, f"{UNITS}compare.csv?with=bakery&with=old-town")
        if (row["Kind"], row["Key"]) == ("objective", "serve-on-time")
    )
    bakery, old_town = (
        name.removesuffix(": status judged") for name in row if name.endswith(": status judged")
    )
    assert row[f"{bakery}: status"] == judged[0].label
    assert (row[f"{bakery}: status judged"], row[f"{bakery}: judged by"]) == (judged[1].label, "Bruno Costa")
    assert row[f"{bakery}: judged reason"] == REASON
    assert row[f"{old_town}: status judged"] == ""


@pytest.mark.parametrize(("page", "file"), [("", "units.csv"), ("ranking/", "ranking.csv")])
def test_heat_map_and_ranking_tell_of_the_perspective_that_an_objective_was_judged(
    read, ana, table, scope, page, file
):
    _computed, other = judge(scope("bruno"), unit="old-town")
    told = read(ana, f"{UNITS}{page}?perspective=customer")

    marked = [row for row in told.select("main tbody tr") if "1 objective overridden" in row.text]
    assert [row.select_one(".row-name").text for row in marked] == ["Old Town shop"]
    rows = table(ana, f"{UNITS}{file}?perspective=customer")
    cells = [(row["Unit key"], cell) for row in rows for cell in row.values() if REASON in cell]
    assert cells == [
        ("old-town", f"Deliver every order on time: {other.label}, judged by Bruno Costa: {REASON}")
    ]
    assert "overridden" not in read(ana, f"{UNITS}ranking/?perspective=process").text


def test_whoever_does_not_see_the_unit_is_told_of_no_judgement(scope, judged):
    assert judgements_in(["bakery"], period="2026-09", scope=scope("olga", "viewer", "old-town")) == {}


@pytest.mark.parametrize(
    "address",
    [UNITS, f"{UNITS}compare/", f"{UNITS}units.csv", "/scorecards/bakery/2026-09/scorecard.csv", API],
)
def test_judgements_cost_one_query_however_many_there_are(client, person, scope, judged, address):
    """A month judged in every unit against one that nobody judged."""
    for unit in ("old-town", "riverside"):
        judge(scope("bruno"), unit=unit)
    client.force_login(person("bruno"))

    def asked(path):
        client.get(path)
        with CaptureQueriesContext(connection) as told:
            assert client.get(path).status_code == 200
        return len(told), sum("annotations_statusoverride" in each["sql"] for each in told)

    some, none = asked(address), asked(address.replace("2026-09", "2026-08"))
    assert some[1] == none[1] == 1
    assert some[0] <= none[0]
