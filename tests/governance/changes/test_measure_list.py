"""All measures in sight: found, filtered, taken away, and led to their forms."""

import csv
import io
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.engine.definitions import UnitSelector
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from tests.governance.changes.conftest import person_with
from tests.scorecard.conftest import FOUNDED, measure, version


def shown(client, person, address="/measures/"):
    client.force_login(person)
    return BeautifulSoup(client.get(address).content, "html.parser")


def names(page):
    return [each.get_text(strip=True) for each in page.select("tbody .row-name")]


def rows(client, person, query=""):
    client.force_login(person)
    answer = client.get(f"/measures/measures.csv{query}")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_every_measure_stands_in_the_list_with_who_answers_for_it(client, office):
    page = shown(client, office)
    first = page.select_one("tbody tr").get_text(" ", strip=True)

    assert names(page) == ["Complaints", "Mood", "On-time", "Shipments"]
    assert all(
        word in first for word in ("complaints", "shipment", "Every month", "Executive", "Ada", "Acme")
    )


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?q=MOO", ["Mood"]),
        ("?q=on-time", ["On-time"]),
        ("?tier=executive&frequency=month", ["Complaints", "Mood", "On-time", "Shipments"]),
        ("?frequency=year", []),
        ("?whose=mine", []),
    ],
)
def test_the_list_and_its_file_are_narrowed_alike(client, office, query, left):
    assert names(shown(client, office, f"/measures/{query}")) == left
    assert [row["Measure"] for row in rows(client, office, query)] == left


def test_a_reader_finds_no_form_and_an_editor_does(client, office, founded):
    reader = person_with("viewer", "acme", key="vera")

    assert not shown(client, reader).select('a[href^="/edit/"]')
    assert shown(client, office).select('a[href="/edit/measures/mood/"]')
    assert shown(client, office).select('a[href="/edit/measures/new/"]')


def test_what_another_unit_declares_is_not_named(client, acme, founded):
    southern = replace(measure("secret", "grow", unit="south"), name="Secret")
    more = tuple(sorted((*acme.measures, southern), key=lambda each: each.key))
    write_definitions(replace(acme, measures=more), scope=INSTALLATION, at=FOUNDED)

    assert "Secret" not in names(shown(client, person_with("viewer", "north", key="nora")))
    assert "Secret" in names(shown(client, person_with("viewer", "acme", key="vera")))


def test_a_measure_leads_to_its_page_at_a_unit_in_sight(client, founded):
    page = shown(client, person_with("viewer", "north", key="nora"))

    assert {link["href"].split("/")[3] for link in page.select("tbody a.row-name")} == {"north"}


def test_more_measures_cost_no_more_queries(client, office, acme):
    client.force_login(office)
    counts = []
    for more in (0, 30):
        added = tuple(
            replace(measure(f"z{at:02}", "grow", version()), units=UnitSelector("acme")) for at in range(more)
        )
        write_definitions(replace(acme, measures=(*acme.measures, *added)), scope=INSTALLATION, at=FOUNDED)
        client.get("/measures/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/measures/").content.decode()
        counts.append(len(queries))

    assert ">Z29<" in page
    assert counts[0] == counts[1]
