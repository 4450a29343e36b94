"""A measure changes by versions: its class is computed, shown before saving, and history stays (METHOD M6.4)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fourfold.engine.definitions import Tier
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from fourfold.scorecard.measures.queries.retired import MeasureRetired
from tests.governance.changes.conftest import fields_of, person_with, read

pytestmark = pytest.mark.django_db

SALES = "/edit/measures/sales/"
NEXT = {"valid_from": "2026-11-01", "reason": "Agreed in the October review", "step": "save"}


def versions(now, key="sales"):
    return next(each for each in now().measures if each.key == key).versions


def refusal(answer):
    return read(answer).select_one(".refused").get_text(" ", strip=True)


@pytest.mark.method("M6.4")
@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"operational_definition": "Receipts of the till, without sales tax, by day of receipt."}, "Patch"),
        ({"red": "0.85"}, "Minor"),
        ({"owner": "clara"}, "Minor"),
        ({"unit_of_measure": "kEUR"}, "Major"),
        ({"goal": "minimise", "red": "1.1", "best": "0.9"}, "Major"),
        ({"kind": "stock"}, "Major"),
        ({"source": "formula", "formula": "lessons * 2", "unit_of_measure": "h"}, "Major"),
        ({"breaks": "on"}, "Major"),
    ],
)
def test_the_class_of_a_change_is_computed_and_shown_before_saving(ana, now, typed, word):
    before = versions(now)
    answer = ana.save(SALES, **typed | {"step": "review"})
    review = read(answer).select_one(".review")

    assert answer.status_code == 200
    assert review.select_one(".card-head .tag").get_text() == word
    assert review.select("ins")
    assert versions(now) == before


def test_that_a_ratio_counts_cases_is_declared_and_kept(ana, now):
    place = "/edit/measures/punctuality/"
    shown = ana.open(place).select_one('[name="counts_cases"]')
    answer = ana.save(place, **NEXT | {"tolerance": "", "red": "5"})
    kept = versions(now, "punctuality")[-1]

    assert shown.has_attr("checked")
    assert (answer.status_code, kept.counts_cases) == (302, True)
    assert ana.save(SALES, **NEXT | {"counts_cases": "on", "red": "0.85"}).status_code == 302
    assert versions(now)[-1].counts_cases is False  # no ratio


def test_a_minor_change_becomes_a_next_version_of_the_same_series(ana, now):
    first = versions(now)[0]
    answer = ana.save(SALES, **NEXT | {"red": "0.85"})

    assert answer.status_code == 302
    kept, fresh = versions(now)
    assert kept == first
    assert (fresh.number, fresh.series, fresh.thresholds.red) == (2, 1, 0.85)
    assert (fresh.valid_from, fresh.reason) == (date(2026, 11, 1), NEXT["reason"])


def test_a_major_change_begins_a_new_series_and_says_that_a_break_is_all_there_is(ana, now):
    shown = read(ana.save(SALES, unit_of_measure="kEUR", step="review")).get_text(" ", strip=True)
    ana.save(SALES, **NEXT | {"unit_of_measure": "kEUR"})

    assert "only splice offered" in shown
    assert [version.series for version in versions(now)] == [1, 2]


def test_the_scorecard_of_past_periods_does_not_move_with_a_new_version(ana):
    page = "/measures/sales/bakery/2026-09/"
    before = ana.open(page).select_one(".anchors").get_text(" ", strip=True)
    ana.save(SALES, **NEXT | {"red": "0.5"})

    assert ana.open(page).select_one(".anchors").get_text(" ", strip=True) == before


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ({}, 422, "NOTHING_CHANGED"),
        ({"red": "0.85", "reason": ""}, 422, "REASON_MISSING"),
        ({"red": "0.85", "valid_from": ""}, 422, "VERSION_WITHOUT_DAY"),
        ({"owner": ""}, 422, "MEASURE_WITHOUT_OWNER_OR_STEWARD"),
        ({"red": "1.2"}, 422, "THRESHOLD_ORDER"),
    ],
)
def test_a_change_that_cannot_stand_is_refused_by_name_and_kept(ana, now, typed, status, code):
    before = versions(now)
    answer = ana.save(SALES, **NEXT | typed)

    assert answer.status_code == status
    assert code in refusal(answer)
    assert fields_of(read(answer))["reason"] == (NEXT | typed)["reason"]
    assert versions(now) == before


def test_versions_follow_one_another_in_time(ana, now):
    ana.save(SALES, **NEXT | {"red": "0.85"})
    again = ana.save(SALES, **NEXT | {"red": "0.8"})

    assert (again.status_code, "VERSION_ORDER" in refusal(again)) == (409, True)
    assert len(versions(now)) == 2


def test_the_second_of_two_savers_sees_the_difference_and_loses_nothing(ana, now):
    typed = ana.typed(SALES, **NEXT | {"red": "0.85"})
    ana.save(SALES, name="Shop sales and orders", step="save")
    answer = ana.client.post(SALES, typed)
    page = read(answer)

    assert answer.status_code == 412
    assert "CHANGED_MEANWHILE" in refusal(answer)
    assert "Shop sales and orders" in page.select_one(".review").get_text()
    assert fields_of(page)["red"] == "0.85"
    again = ana.client.post(SALES, fields_of(page) | {"step": "save"})
    assert again.status_code == 302
    assert versions(now)[-1].thresholds.red == 0.85


def test_every_version_stands_on_the_measures_page_with_its_redline(ana):
    ana.save(SALES, **NEXT | {"red": "0.85"})
    timeline = ana.open("/measures/sales/bakery/2026-09/").select_one(".measure-timeline")

    assert timeline.select_one("del").get_text() == "0.9"
    assert timeline.select_one("ins").get_text() == "0.85"
    assert "Ana Ribeiro" in timeline.get_text()
    assert NEXT["reason"] in timeline.get_text()


def test_the_curve_has_the_very_digits_of_the_scorecard(ana):
    edited = ana.open("/edit/measures/punctuality/")
    measure = ana.open("/measures/punctuality/bakery/2026-09/")
    scorecard = ana.open("/scorecards/bakery/2026-09/")

    anchors = [row.get_text(" ", strip=True) for row in edited.select(".measure-preview .anchors tbody tr")]
    assert anchors == [
        row.get_text(" ", strip=True) for row in measure.select(".measure-definition .anchors tbody tr")
    ]
    assert anchors
    value, score = edited.select_one(".curve-result").get_text(" ", strip=True).split(" scores ")
    assert measure.select_one(".figure-score b").get_text() == score.split()[0]
    row = next(row for row in scorecard.select("tr") if "Orders on time" in row.get_text())
    assert value in row.get_text(" ", strip=True)


def test_a_retired_measure_keeps_its_history_and_takes_no_new_value(ana, now):
    page = "/measures/sales/bakery/2026-09/"
    before = ana.open(page).select_one(".figure-value").get_text()
    said = {"on": "2026-10-01", "reason": "The till is replaced"}
    assert ana.client.post(SALES + "retire/", said).status_code == 302

    assert ana.open(page).select_one(".figure-value").get_text() == before
    row = NewObservation("sales", "old-town", 2026 * 12 + 9, value=40000.0)
    with pytest.raises(MeasureRetired):
        append_observations([row], scope=INSTALLATION, at=datetime(2026, 10, 8, 10, tzinfo=UTC))
    assert ana.client.post(SALES + "retire/", said).status_code == 409
    assert ana.client.post(SALES + "restore/").status_code == 302
    written = append_observations([row], scope=INSTALLATION, at=datetime(2026, 10, 8, 11, tzinfo=UTC))
    assert written.written == 1
    assert ana.client.post(SALES + "restore/").status_code == 409


def test_a_measure_that_others_are_computed_from_is_not_retired(ana, now):
    ana.save(SALES, **NEXT | {"source": "formula", "formula": "lessons * 2", "unit_of_measure": "h"})
    answer = ana.client.post("/edit/measures/lessons/retire/", {"on": "2026-10-01", "reason": "x"})

    assert answer.status_code == 409
    assert b"MEASURE_IS_READ" in answer.content


@pytest.mark.parametrize("role", ["viewer", "auditor", "measure_owner", "data_steward", "approver"])
def test_other_roles_may_not_change_a_measure(client, bakery, now, role):
    client.force_login(person_with(role, "bakery", key="other"))

    assert client.get(SALES).status_code == 403
    assert client.post(SALES, NEXT | {"red": "0.8"}).status_code == 403
    assert client.post(SALES + "retire/", {"on": "2026-10-01", "reason": "x"}).status_code == 403
    assert len(versions(now)) == 1


def test_the_office_of_one_shop_does_not_change_what_is_declared_above_it(client, bakery):
    client.force_login(person_with("strategy_office", "old-town", key="olga"))

    assert client.get(SALES).status_code == 403
    assert scope_of_key("olga").sees("old-town")


def test_no_measure_page_asks_more_for_more_versions(ana, django_assert_num_queries, now):
    page = "/measures/sales/bakery/2026-09/"
    ana.save(SALES, **NEXT | {"red": "0.85"})
    asked = _queries(ana, page)
    ana.save(SALES, **NEXT | {"red": "0.8", "valid_from": "2026-12-01"})
    ana.save(SALES, **NEXT | {"red": "0.75", "valid_from": "2027-01-01"})

    assert _queries(ana, page) == asked


def _queries(desk, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.open(address)
    with CaptureQueriesContext(connection) as captured:
        desk.open(address)
    return len(captured)


def without_objective(key, *, is_read):
    """The measure serves no objective; another one, which does, reads it or not."""

    def changed(known):
        served = next(each for each in known.measures if each.key == key)
        reader = replace(
            served,
            key="twice",
            versions=(replace(served.versions[0], formula=f"{key} * 2" if is_read else None),),
        )
        others = (each for each in known.measures if each.key != key)
        return replace(known, measures=(*others, replace(served, objectives=()), reader))

    return changed


@pytest.mark.parametrize("is_read", [True, False])
def test_a_measure_without_an_objective_can_be_edited(ana, now, is_read):
    change_definitions(
        without_objective("lessons", is_read=is_read),
        act=Act.EDIT_MEASURES,
        unit="bakery",
        scope=INSTALLATION,
        at=datetime(2026, 10, 8, 10, tzinfo=UTC),
    )

    answer = ana.save("/edit/measures/lessons/", **NEXT | {"owner": "bruno"})
    assert answer.status_code == 302
    assert versions(now, "lessons")[-1].owner == "bruno"


def test_no_measure_loses_its_last_objective_unless_a_formula_reads_it(ana):
    assert "MEASURE_WITHOUT_OBJECTIVE" in refusal(ana.save(SALES, **NEXT | {"objectives": None}))


def test_what_is_tried_has_no_remainder_of_adding_up(ana):
    at = datetime(2026, 10, 8, 12, tzinfo=UTC)
    shops = (("old-town", 0.1), ("riverside", 0.2))
    rows = [NewObservation("sales", unit, 2026 * 12 + 8, value=value) for unit, value in shops]
    append_observations(rows, scope=INSTALLATION, at=at)

    assert fields_of(ana.open(SALES))["try_value"] == "0.3"


FOUNDED = "/edit/measures/takings/"


@pytest.fixture
def founded_by_a_file(now):
    """A measure as the wizard founds it: nobody has said yet what is counted."""

    def with_it(known):
        sales = next(each for each in known.measures if each.key == "sales")
        bare = replace(sales.versions[0], operational_definition="", tier=Tier.OPERATIONAL)
        takings = replace(sales, key="takings", name="Taikngs", versions=(bare,))
        measures = sorted((*known.measures, takings), key=lambda measure: measure.key)
        return replace(known, measures=tuple(measures))

    at = datetime(2026, 10, 8, 10, tzinfo=UTC)
    change_definitions(with_it, act=Act.EDIT_MEASURES, unit="bakery", scope=INSTALLATION, at=at)


@pytest.mark.parametrize("typed", [{"name": "Takings"}, {"kind": "stock", **NEXT}])
def test_what_a_file_founded_is_mended_without_a_definition_first(ana, founded_by_a_file, typed):
    review = read(ana.save(FOUNDED, **typed | {"step": "review"})).select_one(".review")
    answer = ana.save(FOUNDED, **typed | {"step": "save"})

    assert review.select_one(".notice-refused") is None
    assert answer.status_code == 302, refusal(answer)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"tier": "executive", **NEXT}, "OPERATIONAL_DEFINITION_MISSING"),
        ({"red": "0.85"}, "REASON_MISSING"),
    ],
)
def test_the_review_tells_what_saving_would_refuse(ana, founded_by_a_file, typed, code):
    review = read(ana.save(FOUNDED, **typed | {"step": "review"})).select_one(".review .notice-refused")
    answer = ana.save(FOUNDED, **typed | {"step": "save"})

    assert review.code.get_text() == code
    assert answer.status_code == 422
    assert refusal(answer).startswith(code)
