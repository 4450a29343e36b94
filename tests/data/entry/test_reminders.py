"""Reminders: to owner and steward, once before the day and once after it, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fourfold.data.entry.actions.send_reminders import send_reminders
from fourfold.platform.accounts.models import Membership
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.jobs.schedules import schedules
from fourfold.platform.notifications.models import Notice
from fourfold.platform.notifications.queries import unread_count
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.data.entry.conftest import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole")]

SEPTEMBER = 24_320


@pytest.fixture
def gap(steward):
    """Both shops' sales of September are owed: by Ana, looked after by Clara."""
    rows = [NewObservation("sales", unit, SEPTEMBER, kind="w") for unit in ("old-town", "riverside")]
    append_observations(rows, scope=steward, at=MORNING)


def on(day, settings):
    settings.FOURFOLD_TODAY = date(2026, 10, day)
    return send_reminders(at=datetime(2026, 10, day, 6, tzinfo=UTC))


def told():
    return sorted(Notice.objects.values_list("person__key", "kind", "subject_text"))


def test_nobody_is_reminded_long_before_the_day(gap, settings):
    assert on(7, settings) == 0
    assert told() == []


def test_owner_and_steward_hear_once_before_the_day_and_once_after(gap, settings):
    counts = [on(day, settings) for day in (8, 9, 10, 11, 12)]

    assert counts == [2, 0, 0, 2, 0]
    assert told() == [
        (person, kind, words)
        for person in ("ana", "clara")
        for kind, words in (
            ("due", "2 values of yours are due soon: Harbour Bakery"),
            ("reminder", "2 values of yours are late: Harbour Bakery"),
        )
    ]


def test_the_same_morning_twice_reminds_nobody_twice(gap, settings):
    assert [on(8, settings), on(8, settings)] == [2, 0]
    assert Notice.objects.count() == 2


def withdrawn(steward, *units):
    rows = [NewObservation("sales", unit, SEPTEMBER, kind="w") for unit in units]
    append_observations(rows, scope=steward, at=MORNING)


def test_what_becomes_late_later_the_same_day_is_told_too(steward, settings):
    withdrawn(steward, "old-town")
    assert on(11, settings) == 1
    withdrawn(steward, "riverside")

    assert [on(11, settings), on(11, settings)] == [1, 0]
    assert [words for who, _kind, words in told() if who == "ana"] == [
        "1 value of yours is late: Harbour Bakery"
    ] * 2


def test_an_owner_hears_of_units_in_sight_alone_and_no_longer_once_the_role_is_gone(gap, settings):
    """Ana owns the sales of both shops, and holds a role in one."""
    Membership.objects.filter(person__key="ana").update(unit=Unit.objects.get(key="old-town"))
    on(11, settings)

    assert [words for who, _kind, words in told() if who == "ana"] == [
        "1 value of yours is late: Old Town shop"
    ]
    assert unread_count(scope_of_key("ana")) == 1
    Membership.objects.filter(person__key="ana").update(unit=Unit.objects.get(key="riverside"))
    assert unread_count(scope_of_key("ana")) == 0


def test_a_value_that_nobody_may_hear_of_is_told_once_somebody_may(gap, settings):
    held = {row.person.key: row for row in Membership.objects.filter(person__key__in=("ana", "clara"))}
    Membership.objects.filter(person__key__in=("ana", "clara")).delete()
    assert on(11, settings) == 0
    assert told() == []

    held["ana"].save(force_insert=True)
    assert on(12, settings) == 2
    assert [who for who, _kind, _words in told()] == ["ana"]


def test_two_places_of_one_person_are_two_notices_each_of_its_own_unit(gap, settings):
    (row,) = Membership.objects.filter(person__key="ana")
    for unit in ("old-town", "riverside"):
        Membership.objects.create(person=row.person, role="measure_owner", unit=Unit.objects.get(key=unit))
    row.delete()
    on(11, settings)

    assert sorted(words.rpartition(": ")[2] for who, _kind, words in told() if who == "ana") == [
        "Old Town shop",
        "Riverside shop",
    ]


def test_what_came_in_is_not_asked_for(gap, steward, settings):
    rows = [NewObservation("sales", "old-town", SEPTEMBER, value=50000.0)]
    append_observations(rows, scope=steward, at=MORNING)

    assert on(8, settings) == 1


def test_the_job_runs_each_morning():
    assert "entry.remind" in [schedule.name for schedule in schedules()]


def test_what_stays_missing_is_told_with_what_came_since_in_one_notice_and_never_again(gap, settings):
    for day in (8, 11):
        on(day, settings)
    earlier = Notice.objects.count()

    settings.FOURFOLD_TODAY = date(2026, 11, 12)  # all of October is late, September was told of
    of_october = send_reminders(at=datetime(2026, 11, 12, 6, tzinfo=UTC))
    again = send_reminders(at=datetime(2026, 11, 13, 6, tzinfo=UTC))

    assert of_october > 2
    assert again == 0
    assert Notice.objects.count() - earlier == 3  # Ana, Bruno, Clara: one each
