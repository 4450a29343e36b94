"""Deciding a policy, and what of the organisation can still change."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fourfold.engine.definitions import PolicyValue
from fourfold.engine.policies import POLICIES
from fourfold.governance.changes.drafts.policy_draft import BOUNDS
from fourfold.governance.changes.drafts.policy_words import NOT_READ_YET
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.governance.changes.conftest import Desk, errors_of, fields_of, person_with, read
from tests.scorecard.conftest import CALENDAR, FOUNDED

SOURCE = Path(__file__).parents[3] / "src" / "fourfold"

pytestmark = pytest.mark.django_db

COVERAGE = "/edit/policies/score.coverage_min/"
FEBRUARY = CALENDAR.parse("2026-02").ordinal
BUDGET = "/edit/policies/scorecard.exec_measure_budget/"


def test_every_policy_that_something_reads_stands_in_the_table_with_its_default_and_what_it_decides(desk):
    page = desk.open("/edit/policies/")

    shown = {row.code.get_text(): row.select("td")[1].get_text() for row in page.select("tbody tr")}
    assert shown == {key: policy.default for key, policy in POLICIES.items() if key not in NOT_READ_YET}
    unexplained = [row.code.get_text() for row in page.select("tbody tr") if not row.select_one(".row-under")]
    assert unexplained == []
    assert "METHOD" not in page.main.get_text()


def test_what_is_called_unread_is_read_nowhere_and_what_is_listed_is_read_somewhere():
    """A policy nobody reads is not offered for deciding; one that gets its reader must be taken off the list."""
    texts = [
        file.read_text(encoding="utf-8")
        for file in SOURCE.rglob("*.py")
        if file.name not in ("policies.py", "policy_draft.py", "policy_words.py")
    ]
    read = {key for key in POLICIES if any(f'"{key}"' in text for text in texts)}

    assert NOT_READ_YET & read == set()
    assert set(POLICIES) - NOT_READ_YET == read


def test_a_decided_policy_is_listed_whoever_reads_it(desk, now):
    desk.save("/edit/policies/survey.any_gap_days/", value="20", reason="As before.")

    shown = {row.code.get_text() for row in desk.open("/edit/policies/").select("tbody tr")}
    assert "survey.any_gap_days" in shown


def test_every_number_has_bounds_and_every_default_lies_within():
    numbers = {key: policy for key, policy in POLICIES.items() if not policy.choices}

    assert BOUNDS.keys() <= numbers.keys()
    for key, bounds in BOUNDS.items():
        assert bounds.low <= float(numbers[key].default) <= bounds.high
        assert not bounds.is_whole or float(numbers[key].default).is_integer()


@pytest.mark.parametrize("key", POLICIES)
def test_every_policy_opens_with_what_holds(desk, key):
    assert desk.open(f"/edit/policies/{key}/").h1.get_text() == key


def test_a_decided_value_is_a_new_version_with_who_since_when_and_why(desk, now):
    answer = desk.save(BUDGET, value="20", reason="Twenty are read.")

    assert answer.status_code == 302
    assert now().policies[-1] == PolicyValue(
        "scorecard.exec_measure_budget", "20", "org", 1, "Twenty are read."
    )
    row = next(
        row
        for row in desk.open("/edit/policies/").select("tbody tr")
        if "exec_measure_budget" in row.code.get_text()
    )
    assert "Eve Example" in row.get_text() or "eve" in row.get_text()
    assert "Twenty are read." in row.get_text()


def test_a_reason_is_required(desk):
    answer = desk.save(BUDGET, value="20")

    assert answer.status_code == 422
    assert errors_of(read(answer)) == ["This field is required. Fill it in."]
    assert fields_of(read(answer))["value"] == "20"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("score.coverage_min", "1.5", "Write a number from 0 to 1."),
        ("score.coverage_min", "nan", "Write a number, like 0.75."),
        ("score.coverage_min", "half", "Write a number, like 0.75."),
        ("scorecard.exec_measure_budget", "2.5", "Write a whole number."),
        ("map.max_objectives.warn", "40", "“map.max_objectives.refuse” is 30; this must not be above it."),
        ("map.max_objectives.refuse", "10", "“map.max_objectives.warn” is 20; this must not be below it."),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(desk, key, value, said):
    answer = desk.save(f"/edit/policies/{key}/", value=value, reason="x", understood="on")

    assert answer.status_code == 422
    assert errors_of(read(answer)) == [f"{said} Change it and save again."]


def test_scores_of_the_past_change_only_when_it_was_meant(desk, now):
    form = desk.open(COVERAGE)
    unsaid = desk.save(COVERAGE, value="0.9", reason="We want more.")
    said = desk.client.post(COVERAGE, fields_of(read(unsaid)) | {"understood": "on"})

    assert "past periods are computed with it too" in form.get_text()
    assert unsaid.status_code == 422
    assert "say that you mean it" in errors_of(read(unsaid))[0]
    assert said.status_code == 302
    assert now().policies[-1] == PolicyValue("score.coverage_min", "0.9", "org", 2, "We want more.")
    assert "We want more." in AuditEvent.objects.get(action="definition_saved").document


def test_a_policy_nobody_knows_is_not_found(desk):
    assert desk.client.get("/edit/policies/score.everything/").status_code == 404


# --- organisation and calendar ------------------------------------------------------------------------------------


def test_name_and_zone_change(desk, now):
    answer = desk.save("/edit/calendar/", name="Acme Carriers", time_zone="Europe/Lisbon")

    assert answer.status_code == 302
    assert (now().organisation.name, now().organisation.time_zone) == ("Acme Carriers", "Europe/Lisbon")


def test_an_unknown_zone_and_an_unknown_currency_are_refused(desk):
    assert errors_of(read(desk.save("/edit/calendar/", time_zone="Europe/Nowhere")))[0].startswith(
        "There is no such time"
    )
    assert errors_of(read(desk.save("/edit/calendar/", currency="XYZ")))[0].startswith(
        "There is no such currency"
    )


def test_the_calendar_stays_once_targets_name_its_periods(desk, now):
    answer = desk.save("/edit/calendar/", start_month="4")

    assert answer.status_code == 422
    assert "belongs to a period of this calendar" in errors_of(read(answer))[0]
    assert now().organisation.calendar.start_month == 1


def test_a_year_that_begins_in_april_is_set_by_the_form_and_every_page_counts_by_it(client, db, acme):
    """Before the first target and the first value: afterwards they would belong to other periods."""
    plain = replace(acme, targets=(), initiatives=())
    write_definitions(plain, scope=INSTALLATION, at=FOUNDED)
    desk = Desk(client, person_with("strategy_office", "acme"))

    answer = desk.save("/edit/calendar/", start_month="4", named_by="start")

    assert answer.status_code == 302, errors_of(read(answer))
    calendar = read_definitions().organisation.calendar
    assert calendar.first_day(calendar.parse("2026")) == date(2026, 4, 1)
    assert fields_of(desk.open("/edit/calendar/"))["start_month"] == "4"
    (event,) = AuditEvent.objects.filter(action="definition_saved")
    assert event.actor == "eve"
    shown = desk.open("/scorecards/acme/2026-Q1/")
    assert "2026" in shown.select_one("main").get_text()


def test_the_currency_stays_once_there_are_amounts(desk):
    assert (
        "none of them would be converted" in errors_of(read(desk.save("/edit/calendar/", currency="USD")))[0]
    )


def test_a_unit_with_values_is_closed_rather_than_retired(desk):
    desk.save("/edit/units/new/?parent=acme", name="East", level="region")
    append_observations(
        [NewObservation("shipments", "east", FEBRUARY, 7.0)],
        scope=INSTALLATION,
        at=datetime(2026, 3, 1, tzinfo=UTC),
    )

    answer = desk.retire("/edit/units/east/retire/")

    assert answer.status_code == 409
    assert "close it with a day instead" in answer.content.decode()
