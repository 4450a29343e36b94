"""Wherever a segment of few cases could be read: list, explanation, observations, longer periods, neighbours."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.practices.conftest import ORDERS
from tests.practices.customers.test_segments_page import FEW

pytestmark = pytest.mark.django_db
HIDDEN = "Hidden to protect people"


def rows(page):
    """What stands beside each segment of a measure's list."""
    found = page.select("section[aria-labelledby=segments-title] tbody tr")
    return {row.th.get_text(strip=True): row.td.get_text(" ", strip=True) for row in found}


def test_the_list_on_the_measure_s_page_hides_them_and_the_next_smallest(found, ana, read):
    found(orders=FEW)
    page = read(ana(), "/measures/kept/old-town/2026-09/")

    assert rows(page) == {"Counter": f"– {HIDDEN}", "Phone": "90.0 %", "Web shop": f"– {HIDDEN}"}
    assert "very few cases" in page.select_one("section[aria-labelledby=segments-title]").get_text()
    assert HIDDEN not in read(ana(), "/measures/kept/old-town/2026-08/").get_text()


def test_two_shops_of_three_orders_each_are_together_enough_and_nobody_is_told(found, ana, read):
    found(orders=FEW)
    page = read(ana(), "/measures/kept/bakery/2026-09/")

    assert rows(page)["Web shop"] == "66.7 %"
    assert rows(read(ana(), "/measures/kept/riverside/2026-09/"))["Web shop"] == f"– {HIDDEN}"


def test_neither_the_explanation_nor_the_rows_behind_it_tell_them(found, ana, read):
    found(orders=FEW)
    page = read(ana(), "/measures/kept/old-town/2026-09/")

    lines = [each.get_text(" ", strip=True) for each in page.select(".why-observed li")]
    assert lines == [
        f"September 2026, counter {HIDDEN}",
        "September 2026, phone 90 ÷ 100",
        f"September 2026, web {HIDDEN}",
    ]
    observed = read(ana(), "/measures/kept/old-town/2026-09/observations/").select("table.observed tbody tr")
    assert sum(HIDDEN in row.get_text() for row in observed) == 2
    assert not any("2 ÷ 3" in row.get_text() or "95 ÷ 100" in row.get_text() for row in observed)


def test_a_quarter_does_not_tell_its_one_small_month(found, ana, read):
    found(orders=FEW)

    assert rows(read(ana(), "/measures/kept/old-town/2026-Q3/"))["Web shop"] == f"– {HIDDEN}"
    assert rows(read(ana(), "/measures/kept/old-town/2026-Q2/"))["Web shop"] == "70.0 %"


def test_two_running_totals_do_not_tell_the_month_between_them(found, ana, read):
    """Three small months each: the year to August less the year to July would be August."""
    found(orders=FEW, months={"2026-07": FEW, "2026-08": FEW})

    for period in ("2026-07-ytd", "2026-08-ytd", "2026-08", "2026-09"):
        shown = rows(read(ana(), f"/measures/kept/old-town/{period}/"))
        assert shown["Web shop"] == f"– {HIDDEN}", period
    for period in ("2026-Q3", "2026-09-ytd"):
        assert HIDDEN not in str(rows(read(ana(), f"/measures/kept/old-town/{period}/"))), period


def test_the_page_of_segments_hides_what_the_measure_s_page_hides(found, ana, read):
    found(orders=ORDERS, months={"2026-08": FEW})
    lines = read(ana(), "/segments/kept/old-town/2026-08/").select(".small-multiple h3")

    shown = [
        name
        for name, said in rows(read(ana(), "/measures/kept/old-town/2026-08/")).items()
        if HIDDEN not in said
    ]
    assert [each.get_text() for each in lines] == shown


def test_hiding_asks_the_database_nothing_more(found, ana, client):
    found(orders=FEW)
    client.force_login(ana())
    counts = []
    for address in ("/measures/kept/old-town/2026-09/", "/measures/kept/old-town/2026-08/"):
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))

    assert len(set(counts)) == 1
