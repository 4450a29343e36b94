"""Reminders: to owner and steward, once before the day and once after it, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fourfold.data.entry.actions.send_reminders import send_reminders
from fourfold.platform.jobs.schedules import schedules
from fourfold.platform.notifications.models import Notice
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.data.entry.conftest import MORNING

pytestmark = pytest.mark.django_db

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
            ("due", "2 values of yours are due soon"),
            ("reminder", "2 values of yours are late"),
        )
    ]


def test_the_same_morning_twice_reminds_nobody_twice(gap, settings):
    assert [on(8, settings), on(8, settings)] == [2, 0]
    assert Notice.objects.count() == 2


def test_what_came_in_is_not_asked_for(gap, steward, settings):
    rows = [NewObservation("sales", "old-town", SEPTEMBER, value=50000.0)]
    append_observations(rows, scope=steward, at=MORNING)

    assert on(8, settings) == 1


def test_the_job_runs_each_morning():
    assert "entry.remind" in [schedule.name for schedule in schedules()]
