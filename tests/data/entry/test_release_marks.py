"""What the scorecard's pages say about how final a figure is, and what that costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from fourfold.data.entry.actions.decide_restatement import Verdict, decide_restatement
from fourfold.data.entry.queries import marks
from fourfold.platform.accounts.models import Person
from fourfold.platform.ui.slots import SlotPlace
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.scorecard.reading import read_scorecard
from tests.data.entry.conftest import MORNING, close
from tests.data.entry.test_final_periods import proposed

pytestmark = pytest.mark.django_db


def test_a_figure_says_how_final_it_is(read, steward, approvers, client: Client):
    clara = Person.objects.get(key="clara")
    address = "/scorecards/old-town/2026-09/"
    assert read(clara, address).select(".cell-name .release") == []

    close(steward, "bakery", "2026-09")
    marks = {mark["title"] for mark in read(clara, address).select(".cell-name .release")}
    assert marks == {"Final"}

    pk = proposed("49000", scope=steward)
    for approver in approvers:
        decide_restatement(pk, Verdict(is_approval=True), scope=approver, at=MORNING)
    page = read(clara, "/measures/sales/bakery/2026-09/")
    assert page.select_one(".figure-status .release")["title"] == "Restated"
    assert page.select_one("#periods td .release")["title"] == "Restated"


def test_the_mark_costs_the_scorecard_the_same_queries_for_any_number_of_rows(
    steward, django_assert_max_num_queries
):
    close(steward, "bakery", "2026-09")
    place = SlotPlace("bakery", "2026-09", steward)
    for keys in (["sales"], ["sales", "waste", "lessons", "punctuality", "satisfaction"]):
        with django_assert_max_num_queries(5):
            assert set(marks.release_marks(keys, place)) == set(keys)


def test_the_mark_is_found_however_many_rows_were_restated(steward, approvers, monkeypatch):
    """More of them than a statement takes parameters: asked for in parts, here one by one."""
    close(steward, "bakery", "2026-09")
    for value in ("49000", "48000"):
        pk = proposed(value, scope=steward)
        for approver in approvers:
            decide_restatement(pk, Verdict(is_approval=True), scope=approver, at=MORNING)
    monkeypatch.setattr(marks, "ROWS_AT_ONCE", 1)

    found = marks.release_marks(["sales", "waste"], SlotPlace("bakery", "2026-09", steward))

    assert [found[key].values["badge"] for key in ("sales", "waste")] == ["R", "✓"]


def test_no_statement_takes_more_parameters_than_sqlite_allows():
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * (marks.ROWS_AT_ONCE + 1_000))
        cursor.execute(
            f"SELECT count(*) FROM measures_observation WHERE seq IN ({places})",
            [0] * (marks.ROWS_AT_ONCE + 1_000),
        )
        assert cursor.fetchone() == (0,)


def test_a_pending_restatement_is_visible_at_the_measure(read, steward):
    close(steward, "bakery", "2026-09")
    proposed("49000", scope=steward)
    page = read(Person.objects.get(key="ana"), "/measures/sales/old-town/2026-09/")

    assert "1 restatement of this measure waits for approval" in page.get_text()
    assert read_scorecard(steward, Place("old-town", "2026-09"), at=MORNING)
