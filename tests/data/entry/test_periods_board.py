"""The board of periods: what is missing, who may take which step, and what a step is refused for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.entry.actions.close_period import Step, close_period, step_or_board
from fourfold.data.entry.queries.board import read_board
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.periods.models import PeriodStep
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.data.entry.conftest import MORNING, close, person

pytestmark = pytest.mark.django_db


def card(scope, month, unit="bakery"):
    return next(each for each in read_board(scope, unit, at=MORNING, shown=month).cards if each.key == month)


def make_gap(scope):
    gone = NewObservation("sales", "old-town", 24_320, kind="w")
    append_observations([gone], scope=scope, at=MORNING)


def test_a_month_says_what_is_missing_and_whose_it_is(steward):
    make_gap(steward)
    found = card(steward, "2026-09")

    assert (found.due - found.entered, found.state) == (1, "open")
    assert [(each.measure_name, each.unit_name, each.owner) for each in found.missing] == [
        ("Shop sales", "Old Town shop", "Ana Ribeiro")
    ]


def test_a_period_goes_forward_and_only_a_reopening_leads_back(steward):
    close(steward, "bakery", "2026-08", state="provisional")
    with pytest.raises(Refusal, match="PERIOD_STEP_IMPOSSIBLE"):
        close(steward, "bakery", "2026-08", state="flash")

    close(steward, "bakery", "2026-08")
    assert card(steward, "2026-08").state == "final"
    with pytest.raises(Refusal, match="NOT_PERMITTED"):  # a steward closes, others reopen (M6.2)
        close(steward, "bakery", "2026-08", state="provisional")


def test_reopening_needs_somebody_who_may_and_a_reason(steward, approvers):
    close(steward, "bakery", "2026-08")
    with pytest.raises(Refusal, match="REASON_MISSING"):
        close(approvers[0], "bakery", "2026-08", state="provisional", reason=" ")

    close(approvers[0], "bakery", "2026-08", state="provisional", reason="A late invoice")
    found = card(steward, "2026-08")
    assert (found.state, found.actor, found.reason) == ("provisional", "Dora", "A late invoice")


def test_closing_with_gaps_needs_a_reason_and_keeps_the_count(steward):
    make_gap(steward)
    refused = step_or_board(Step("bakery", "2026-09", "final"), scope=steward, at=MORNING)
    assert "1 values are still missing" in refused.problem

    close(steward, "bakery", "2026-09", reason="The till was stolen")
    assert PeriodStep.objects.get().missing == 1


def test_a_running_period_is_published_as_flash_and_no_further(steward):
    close(steward, "bakery", "2026-10", state="flash")
    with pytest.raises(Refusal, match="PERIOD_RUNS"):
        close(steward, "bakery", "2026-10")


def test_what_a_unit_has_closed_stays_closed_when_the_whole_moves_to_provisional(steward):
    close(steward, "old-town", "2026-08")
    close(steward, "bakery", "2026-08", state="provisional")

    assert card(steward, "2026-08", "old-town").state == "final"
    assert card(steward, "2026-08", "riverside").state == "provisional"
    assert card(steward, "2026-08").is_mixed


def test_only_who_may_close_sees_the_buttons(read, clara):
    person("vera", ("viewer", "bakery"))

    assert read(clara, "/periods/bakery/").select(".period-form button")
    assert read(Person.objects.get(key="vera"), "/periods/bakery/").select(".period-form button") == []
    with pytest.raises(Refusal, match="NOT_PERMITTED"):
        close_period(Step("bakery", "2026-09", "final", "x"), scope=scope_of_key("vera"), at=MORNING)


def test_the_form_closes_a_period_and_says_so(client, clara):
    client.force_login(clara)
    answer = client.post(
        "/periods/bakery/", {"month": "2026-08", "state": "final", "reason": "Done"}, follow=True
    )

    assert "the period is final now" in answer.content.decode()


def test_a_year_is_not_closed_and_no_state_is_made_up(steward):
    with pytest.raises(Refusal, match="PERIOD_UNKNOWN"):
        close(steward, "bakery", "2026")
    with pytest.raises(Refusal, match="PERIOD_STATE_UNKNOWN"):
        close(steward, "bakery", "2026-08", state="done")


def test_steps_are_never_changed(steward):
    close(steward, "bakery", "2026-08")
    with pytest.raises(Exception, match="KEPT_AS_WRITTEN"):
        PeriodStep.objects.update(state="open")


def test_the_board_asks_as_often_for_one_step_as_for_many(steward):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            read_board(steward, "bakery", at=MORNING)
        return len(asked)

    close(steward, "bakery", "2026-08")
    few = queries()
    for month in ("2026-07", "2026-06", "2026-05"):
        close(steward, "old-town", month)

    assert queries() == few
