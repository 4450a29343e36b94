"""Targets typed into the grid of a year: all or none, and nobody's are lost (METHOD §2.7)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from tests.governance.changes.conftest import Desk, person_with, read
from tests.governance.changes.test_target_editing import past, refusal, target

pytestmark = pytest.mark.django_db

GRID = "/edit/targets/punctuality/"


def typed(desk, address=GRID, **cells):
    """The form of the grid as a browser sends it, with some cells typed over (`old-town.2026-11`)."""
    page = desk.open(address)
    fields = page.select("#typing input[name], #typing select[name]")
    said = {each["name"]: each.get("value", "") for each in fields} | {"do": "type"}
    assert set(cells) <= set(said)
    return said | cells


def save(desk, address=GRID, **cells):
    return desk.client.post(address, typed(desk, address, **cells))


def in_field(page, name):
    return page.select_one(f'[name="{name}"]')


def points(now, unit):
    return [(str(point.period.ordinal % 12 + 1), point.value) for point in target(now, unit=unit).points]


def test_what_is_typed_for_units_and_periods_is_taken_in(ana, now):
    answer = save(ana, **{"old-town.2026-11": "96", "old-town.2026-12": "96.5", "riverside.2026-12": "97"})

    assert answer.status_code == 302
    assert points(now, "old-town") == [("11", 96), ("12", 96.5)]
    assert points(now, "riverside") == [("12", 97)]
    assert in_field(ana.open(GRID), "old-town.2026-12")["value"] == "96.5"


def test_an_empty_field_says_what_holds_in_it(ana):
    page = ana.open(GRID)

    assert in_field(page, "old-town.2026-11")["value"] == ""
    assert in_field(page, "old-town.2026-11")["placeholder"].startswith("↓ ")


def test_a_grid_sent_as_it_was_opened_writes_nothing(ana, now):
    before = now()
    answer = save(ana)

    assert answer.status_code == 302
    assert "Nothing was changed" in ana.client.get(GRID).content.decode()
    assert now() == before


def test_red_and_best_of_ones_own_are_typed_beside_the_periods(ana, now):
    save(ana, **{"old-town.2026-11": "96", "old-town.red": "88", "old-town.best": "99"})

    found = target(now, unit="old-town")
    assert (found.red, found.best) == (88, 99)


def test_the_trajectory_stays_and_an_emptied_field_leaves_the_rest_to_it(ana, now):
    own = GRID + "old-town/"
    ana.save(own, trajectory="linear", points="2026-11 96\n2026-12 96.2\n2027-12 97", step="save")
    save(ana, **{"old-town.2026-12": ""})

    found = target(now, unit="old-town")
    assert found.trajectory.value == "linear"
    assert [point.value for point in found.points] == [96, 97]


def test_a_unit_whose_last_value_is_emptied_inherits_again(ana, now):
    save(ana, **{"old-town.2026-11": "96"})
    save(ana, **{"old-town.2026-11": ""})

    assert not [each for each in now().targets if (each.measure, each.unit) == ("punctuality", "old-town")]


def test_ended_periods_take_nothing_and_keep_their_targets(ana, now):
    page = ana.open(GRID)
    assert in_field(page, "bakery.2026-09") is None
    before, known = past(), now().targets

    forged = typed(ana) | {"bakery.2026-09": "50"}
    answer = ana.client.post(GRID, forged)

    assert (answer.status_code, "TARGET_PAST_REWRITTEN" in refusal(answer)) == (409, True)
    assert now().targets == known
    save(ana, **{"old-town.2026-11": "96"})
    assert past() == before


def test_the_grid_begins_where_something_may_be_typed_and_the_judged_periods_are_a_click_away(ana):
    def months(page):
        return [each.get_text(strip=True) for each in page.select("#typing thead th")][1:13]

    page = ana.open(GRID)
    before = page.select_one('#typing a[href*="ended"]')

    assert months(page)[0] == "2026-09"
    assert before.get_text(strip=True) == "8 ended periods before"
    assert months(ana.open(GRID + before["href"]))[0] == "2026-01"


def changed(known, *, unit=None, since=(), **days):
    """Write down again what is known with other days of a unit, or of the measure's units."""
    units = tuple(replace(each, **days) if each.key == unit else each for each in known.units)
    measures = tuple(
        replace(each, units=replace(each.units, since=since)) if each.key == "punctuality" else each
        for each in known.measures
    )
    wanted = replace(known, units=units, measures=measures)
    write_definitions(wanted, scope=INSTALLATION, at=datetime(2026, 10, 8, 10, tzinfo=UTC), replaces=True)


ABSENCES = {
    "not open yet": ({"unit": "old-town", "valid_from": date(2026, 12, 1)}, "2026-11", "2026-12"),
    "closed": ({"unit": "old-town", "valid_to": date(2026, 11, 15)}, "2026-12", "2026-11"),
    "does not take it yet": ({"since": (("old-town", date(2026, 12, 1)),)}, "2026-11", "2026-12"),
}


@pytest.mark.parametrize(("days", "without", "within"), ABSENCES.values(), ids=list(ABSENCES))
def test_a_period_in_which_a_unit_lacks_the_measure_offers_no_field_and_takes_no_target(
    ana, now, days, without, within
):
    changed(now(), **days)
    page = ana.open(GRID)
    lacking = page.select_one(f'[aria-label="Old Town shop, {without}, not applicable"]')

    assert in_field(page, f"old-town.{without}") is None
    assert lacking["value"] == "n/a"
    assert lacking.has_attr("readonly")
    assert in_field(page, f"riverside.{without}") is not None

    before = now().targets
    forged = ana.client.post(GRID, typed(ana) | {f"old-town.{without}": "96"})
    assert (forged.status_code, "TARGET_WITHOUT_MEASURE" in refusal(forged)) == (409, True)
    assert now().targets == before

    assert save(ana, **{f"old-town.{within}": "96"}).status_code == 302
    assert [value for _month, value in points(now, "old-town")] == [96]


def test_a_pasted_target_of_a_month_before_the_unit_opens_is_refused_and_one_that_stood_there_is_not(
    ana, now
):
    def pasted(cells):
        edition = ana.open(GRID).select_one("[name=edition]")["value"]
        return ana.client.post(
            GRID, {"edition": edition, "origin": "negotiated", "reason": "", "cells": cells}
        )

    save(ana, **{"old-town.2026-11": "96"})
    changed(now(), unit="old-town", valid_from=date(2026, 12, 1))
    refused = pasted("old-town; 2026-11; 97")

    assert (refused.status_code, "TARGET_WITHOUT_MEASURE" in refusal(refused)) == (409, True)
    assert points(now, "old-town") == [("11", 96)]
    assert pasted("old-town; 2026-11; 96\nold-town; 2026-12; 97").status_code == 302
    assert points(now, "old-town") == [("11", 96), ("12", 97)]


def test_a_retired_measure_takes_no_target_from_its_last_day_on(ana, now):
    known = now()
    retired = tuple(
        replace(each, retired_on=date(2026, 12, 1)) if each.key == "punctuality" else each
        for each in known.measures
    )
    at = datetime(2026, 10, 8, 10, tzinfo=UTC)
    write_definitions(replace(known, measures=retired), scope=INSTALLATION, at=at, replaces=True)
    page = ana.open(GRID)

    assert in_field(page, "old-town.2026-11") is not None
    assert in_field(page, "old-town.2026-12") is None


def test_one_unreadable_field_and_nothing_is_taken_in(ana, now):
    before = now().targets
    answer = save(ana, **{"old-town.2026-11": "96", "riverside.2026-12": "soon"})
    page = read(answer)

    assert answer.status_code == 422
    assert page.select_one('.refused a[href="#riverside_2026-12"]')
    assert in_field(page, "riverside.2026-12")["aria-invalid"] == "true"
    assert in_field(page, "old-town.2026-11")["value"] == "96"
    said = page.select_one(".target-grid .field-error").get_text(" ", strip=True)
    assert said == "“soon” is not a number. Use digits and no words. NOT_A_NUMBER"
    assert now().targets == before
    fields = page.select("#typing input[name], #typing select[name]")
    mended = {each["name"]: each.get("value", "") for each in fields} | {"riverside.2026-12": "97"}
    assert ana.client.post(GRID, mended | {"do": "type"}).status_code == 302
    assert points(now, "old-town") == [("11", 96)]


def test_an_easier_target_needs_its_reason_and_the_fields_are_kept(ana, now):
    answer = save(ana, **{"bakery.2026-12": "50"})

    assert "TRAJECTORY_AGAINST_POLARITY" in refusal(answer)
    assert in_field(read(answer), "bakery.2026-12")["value"] == "50"
    assert save(ana, **{"bakery.2026-12": "50", "reason": "A shop closes"}).status_code == 302
    assert target(now).points[-1].value == 50


def test_a_new_reason_takes_the_place_of_the_one_before(ana, now):
    save(ana, **{"old-town.2026-12": "90", "origin": "negotiated", "reason": "A shop closes"})
    save(ana, **{"old-town.2026-12": "89", "reason": "Another closes"})
    assert target(now, unit="old-town").origin == "negotiated: Another closes"

    save(ana, **{"old-town.2026-12": "89.5"})
    assert target(now, unit="old-town").origin == "negotiated: Another closes"


def test_the_grid_costs_the_same_queries_whatever_it_shows(ana, monkeypatch):
    def queries():
        ana.client.get(GRID)
        with CaptureQueriesContext(connection) as counted:
            assert ana.client.get(GRID).status_code == 200
        return len(counted)

    every = queries()
    monkeypatch.setattr("fourfold.governance.changes.pages.target_grid.MOST_FIELDS", 1)

    assert queries() == every


def test_the_second_of_two_who_type_sees_both_and_loses_nothing(ana, now):
    mine = typed(ana, **{"old-town.2026-11": "96", "riverside.2026-12": "97"})
    save(ana, **{"old-town.2026-11": "95.5", "old-town.2026-12": "96.5"})
    answer = ana.client.post(GRID, mine)
    page = read(answer)

    assert (answer.status_code, "CHANGED_MEANWHILE" in refusal(answer)) == (412, True)
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.select(".differences tbody tr")
    ]
    assert rows == [
        ["Old Town shop · November 2026 differs", "96.0 %", "95.5 %"],
        ["Old Town shop · December 2026", "–", "96.5 %"],
    ]
    assert in_field(page, "old-town.2026-11")["value"] == "96"
    assert in_field(page, "old-town.2026-12")["value"] == "96.5"
    assert points(now, "old-town") == [("11", 95.5), ("12", 96.5)]

    fields = page.select("#typing input[name], #typing select[name]")
    again = {each["name"]: each.get("value", "") for each in fields} | {"do": "type"}
    assert ana.client.post(GRID, again).status_code == 302
    assert points(now, "old-town") == [("11", 96), ("12", 96.5)]
    assert points(now, "riverside") == [("12", 97)]


def test_an_emptied_field_that_somebody_filled_anew_is_shown(ana, now):
    save(ana, **{"old-town.2026-11": "96"})
    mine = typed(ana, **{"old-town.2026-11": ""})
    save(ana, **{"old-town.2026-11": "95"})
    answer = ana.client.post(GRID, mine)

    assert answer.status_code == 412
    assert read(answer).select_one(".differences .is-different")
    assert points(now, "old-town") == [("11", 95)]


def test_whoever_types_other_units_is_in_nobodys_way(ana, now):
    mine = typed(ana, **{"riverside.2026-12": "97"})
    save(ana, **{"old-town.2026-12": "96.5"})

    assert ana.client.post(GRID, mine).status_code == 302
    assert points(now, "old-town") == [("12", 96.5)]
    assert points(now, "riverside") == [("12", 97)]


@pytest.mark.parametrize("seen", ["", "soon", "9" * 40])
def test_a_grid_that_does_not_say_what_it_saw_replaces_no_target(ana, now, seen):
    save(ana, **{"old-town.2026-12": "96.5"})
    answer = ana.client.post(GRID, typed(ana, **{"old-town.2026-12": "97"}) | {"seen": seen})

    assert answer.status_code == 412
    assert points(now, "old-town") == [("12", 96.5)]


def test_the_year_and_the_place_in_the_list_stay_after_saving(ana, now):
    answer = save(ana, GRID + "?year=2027", **{"old-town.2027-03": "97"})

    assert answer["Location"] == GRID + "?year=2027"
    assert in_field(ana.open(answer["Location"]), "old-town.2027-03")["value"] == "97"


def test_many_units_stand_on_pages_that_a_form_can_send(ana, monkeypatch):
    monkeypatch.setattr("fourfold.governance.changes.pages.target_grid.MOST_FIELDS", 20)
    first = ana.open(GRID)
    second = ana.open(GRID + first.select_one('[rel=next][href*="from"]')["href"])

    shown = [page.select_one(".target-grid tbody th").get_text(strip=True) for page in (first, second)]
    assert shown == ["Harbour Bakery", "Old Town shop"]
    assert second.select_one('[rel=prev][href*="from=0"]')


def test_the_office_of_one_shop_types_its_own_targets_only(client, bakery, now):
    shop = Desk(client, person_with("strategy_office", "old-town"))
    page = shop.open(GRID)
    assert in_field(page, "old-town.2026-11") is not None
    assert not page.select('[name^="riverside."], [name^="bakery."]')

    forged = typed(shop) | {"riverside.2026-11": "96"}
    assert shop.client.post(GRID, forged).status_code == 403


def test_a_forged_field_learns_nothing_of_what_was_set_elsewhere(client, bakery, now):
    ana = Desk(client, Person.objects.get(key="ana"))
    save(ana, **{"riverside.2026-12": "97.123"})
    shop = Desk(client, person_with("strategy_office", "old-town"))

    for guess in ("96", "97.123"):
        answer = shop.client.post(GRID, typed(shop) | {"riverside.2026-12": guess})
        older = shop.client.post(GRID, typed(shop) | {"riverside.2026-12": guess, "seen": "0"})

        assert (answer.status_code, older.status_code) == (403, 403)
        assert "97.1" not in answer.content.decode() + older.content.decode()
