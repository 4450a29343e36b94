"""Who owes what by when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.entry.actions.save_entry import save_entry
from fourfold.data.entry.pages.due import DueFilter, DueState
from fourfold.data.entry.pages.grid import EntryPlace, GridAsked
from fourfold.data.entry.queries.due import read_due
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from fourfold.scorecard.measures.queries.ledger import head_seq
from tests.data.entry.conftest import MORNING, close, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole")]

ALL = DueFilter(whose="all")
SEPTEMBER = 24_320


@pytest.fixture
def gap(steward):
    """Sales of the Old Town shop are owed for September."""
    append_observations([NewObservation("sales", "old-town", SEPTEMBER, kind="w")], scope=steward, at=MORNING)


def owed(page):
    return [(each.measure, each.unit, each.state) for each in page.lines if each.state in ("late", "due")]


def test_a_value_is_due_its_days_and_the_grace_after_its_period_ends(steward, gap):
    page = read_due(steward, ALL, at=MORNING)

    assert owed(page) == [("sales", "old-town", DueState.DUE)]
    assert page.lines[0].due == date(2026, 10, 10)  # 30 September, 5 days of the measure, 5 of grace


def test_after_its_day_it_is_late(steward, gap, settings):
    settings.FOURFOLD_TODAY = date(2026, 10, 11)
    page = read_due(steward, ALL, at=datetime(2026, 10, 11, tzinfo=UTC))

    assert owed(page) == [("sales", "old-town", DueState.LATE)]
    assert page.lines[0].days == 1


NOVEMBER = datetime(2026, 11, 1, 6, tzinfo=UTC)


@pytest.fixture
def november(settings):
    """October has ended, and nothing of it was reported."""
    settings.FOURFOLD_TODAY = NOVEMBER.date()


def missing_of(page, period):
    return [(each.measure, each.unit, each.state) for each in page.lines if each.period_key == period]


def test_a_missing_value_stays_on_the_list_when_the_next_period_ends(steward, gap, november):
    page = read_due(steward, ALL, at=NOVEMBER)

    assert missing_of(page, "2026-09") == [("sales", "old-town", DueState.LATE)]
    assert page.lines[0].period_key == "2026-09"  # oldest first
    assert {each.period_key for each in page.lines} == {"2026-09", "2026-10"}
    assert page.open == 1 + len(missing_of(page, "2026-10"))


def test_it_leaves_the_list_once_it_comes_in(steward, gap, november):
    append_observations(
        [NewObservation("sales", "old-town", SEPTEMBER, value=5.0)], scope=steward, at=NOVEMBER
    )

    assert missing_of(read_due(steward, ALL, at=NOVEMBER), "2026-09") == []


def test_a_final_period_asks_for_nothing_any_more(steward, gap, november):
    rows = [NewObservation("sales", "riverside", SEPTEMBER, kind="w")]
    append_observations(rows, scope=steward, at=MORNING)
    close(steward, "old-town", "2026-09")

    page = read_due(steward, ALL, at=NOVEMBER)

    assert missing_of(page, "2026-09") == [("sales", "riverside", DueState.LATE)]


def test_the_list_reaches_back_thirteen_periods(steward, settings):
    months = range(SEPTEMBER - 13, SEPTEMBER + 1)
    rows = [NewObservation("sales", "old-town", month, kind="w") for month in months]
    append_observations(rows, scope=steward, at=MORNING)

    late = read_due(steward, DueFilter(whose="all", state="late"), at=MORNING)

    assert late.lines[0].period_key == "2025-09"
    assert len(late.lines) == 12  # and September 2026 is due


def test_the_list_asks_as_often_however_much_is_missing(steward, gap, november):
    def queries():
        with CaptureQueriesContext(connection) as asked_for:
            read_due(steward, ALL, at=NOVEMBER)
        return len(asked_for)

    queries()
    few = queries()
    months = range(SEPTEMBER - 5, SEPTEMBER)
    rows = [NewObservation("sales", "riverside", month, kind="w") for month in months]
    append_observations(rows, scope=steward, at=MORNING)
    read_due(steward, ALL, at=NOVEMBER)

    assert queries() == few


def test_a_value_with_a_note_is_explained(steward, gap):
    place = EntryPlace("old-town", "2026-09")
    texts = {"sales.2026-09..a": "50000", "sales.2026-09.note": "A fair in town."}
    save_entry(GridAsked(place, texts, known_seq=head_seq()), scope=steward, at=MORNING)
    page = read_due(steward, DueFilter(whose="all", state="explained"), at=MORNING)

    assert [(each.measure, each.unit) for each in page.lines] == [("sales", "old-town")]


def test_an_owners_list_holds_the_own_measures_only(bakery, gap):
    page = read_due(scope_of_key("ana"), DueFilter(), at=MORNING)

    assert {each.measure for each in page.lines} == {"sales", "lessons"}  # owner of one, steward of the other


def test_nobody_sees_what_units_outside_their_sight_owe(bakery, gap):
    person("rita", ("data_steward", "riverside"))
    page = read_due(scope_of_key("rita"), ALL, at=MORNING)

    assert {each.unit for each in page.lines} == {"riverside"}
    assert page.open == 0


def test_whoever_enters_nothing_may_not_widen_the_list(bakery, gap):
    person("vera", ("viewer", "bakery"))
    page = read_due(scope_of_key("vera"), ALL, at=MORNING)

    assert (page.lines, page.may_see_all) == ((), False)


def test_the_list_narrows_by_unit_and_state(steward, gap):
    page = read_due(steward, DueFilter(whose="all", unit="riverside"), at=MORNING)
    assert {each.unit for each in page.lines} == {"riverside"}

    page = read_due(steward, DueFilter(whose="all", state="due"), at=MORNING)
    assert page.total == 1


def test_the_page_leads_to_the_grid(read, clara, gap):
    page = read(clara, "/due/", whose="all", state="due")

    assert page.select_one(".due .row-name")["href"].startswith("/entry/old-town/2026-09/")


def test_a_late_value_leads_to_its_empty_field_and_an_entered_one_to_its_note(steward, read, clara, gap):
    late, entered = (
        next(line for line in read_due(steward, DueFilter(whose="all", state=state), at=MORNING).lines)
        for state in ("due", "entered")
    )

    field = read(clara, f"/entry/{late.unit}/{late.month_key}/").find(id=late.field)
    assert field["name"].endswith(".a")
    assert not field.get("value")
    assert entered.field.endswith("_note")


def test_the_list_opens_where_something_is_owed(steward, bakery, gap):
    """Clara owns or stewards what is entered here; somebody who only stewards units sees theirs at once."""
    person("nina", ("data_steward", "bakery"))
    nobody = scope_of_key("nina")

    assert read_due(scope_of_key("ana"), DueFilter(), at=MORNING).asked.whose == "mine"
    page = read_due(nobody, DueFilter(), at=MORNING)
    assert (page.asked.whose, page.total > 0) == ("all", True)
    assert read_due(nobody, DueFilter(whose="mine"), at=MORNING).total == 0


def test_the_list_asks_as_often_for_one_unit_as_for_all(steward):
    def queries(asked):
        with CaptureQueriesContext(connection) as asked_for:
            read_due(steward, asked, at=MORNING)
        return len(asked_for)

    queries(ALL)
    assert queries(DueFilter(whose="all", unit="riverside")) == queries(ALL)
