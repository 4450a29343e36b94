"""Schedules fire once: over clock changes, pauses, and clocks that were moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from hypothesis import example, given
from hypothesis import strategies as st

from fourfold.platform.jobs import schedules
from fourfold.platform.jobs.actions.fire_schedules import fire_schedules
from fourfold.platform.jobs.models import Job
from fourfold.platform.jobs.registry import JobFunction
from fourfold.platform.jobs.schedules import every, last_occurrence
from tests.platform.jobs.conftest import AT

MINUTE = timedelta(minutes=1)
# The day of a change, in UTC, and a zone that has it: forward, back, half an hour, over midnight, and none at all.
CHANGES = {
    "Europe/Berlin forward": ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    "Europe/Berlin back": ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    "New York forward": ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    "Lord Howe forward": ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    "Lord Howe back": ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    "Beirut over midnight": ("Asia/Beirut", datetime(2026, 3, 28, 22, tzinfo=UTC)),
    "Accra never": ("Africa/Accra", datetime(2026, 3, 29, 1, tzinfo=UTC)),
}
EXPRESSIONS = [
    "30 2 * * *",
    "0 * * * *",
    "*/10 * * * *",
    "0 0 * * *",
    "15 0 * * *",
    "45 1 * * 0",
    "0 3 29 3 *",
]


def minutes_around(change: datetime) -> list[datetime]:
    return [change + number * MINUTE for number in range(-200, 201)]


def fires(expression: str, instant: datetime, *, zone: ZoneInfo) -> bool:
    """Told from the definition: the first time a wall clock shows a time, and at a gap for all that it skips."""
    here = instant.astimezone(zone)
    before = (instant - MINUTE).astimezone(zone).replace(tzinfo=None)
    wall = here.replace(tzinfo=None)
    skipped = [before + number * MINUTE for number in range(1, int((wall - before) / MINUTE))]
    shown = [*skipped, *([wall] if here.fold == 0 else [])]
    return any(croniter.match(expression, each) for each in shown)


@given(
    place=st.sampled_from(sorted(CHANGES)),
    expression=st.sampled_from(EXPRESSIONS),
    steps=st.lists(st.integers(1, 40), min_size=30, max_size=30),
)
@example(place="Europe/Berlin forward", expression="30 2 * * *", steps=[1] * 400)
@example(place="Europe/Berlin back", expression="*/10 * * * *", steps=[1] * 400)
@example(place="Lord Howe back", expression="*/10 * * * *", steps=[1] * 400)
def test_every_look_at_the_clock_finds_the_latest_of_what_came_round_since_the_last(
    place: str, expression: str, steps: list[int]
) -> None:
    name, change = CHANGES[place]
    zone = ZoneInfo(name)
    due = [each for each in minutes_around(change) if fires(expression, each, zone=zone)]
    after = minutes_around(change)[0]

    for step in steps:
        until = min(after + step * MINUTE, minutes_around(change)[-1])
        came_round = [each for each in due if after < each <= until]
        found = last_occurrence(expression, after=after, until=until, zone=zone)
        assert found == (came_round[-1] if came_round else None)
        after = until


def test_what_is_no_cron_expression_is_said_at_start() -> None:
    with pytest.raises(ValueError, match="every monday"):
        every("every monday", "tests.bake")


@pytest.fixture
def daily(registered: Callable[[str, JobFunction], None], db: None) -> Iterator[None]:
    """Bake at six every morning, and nothing else."""
    before = dict(schedules._SCHEDULES)
    schedules._SCHEDULES.clear()
    every("0 6 * * *", "tests.bake")
    yield
    schedules._SCHEDULES.clear()
    schedules._SCHEDULES.update(before)


def keys() -> list[str]:
    return list(Job.objects.values_list("key", flat=True))


def test_the_first_sight_of_a_schedule_fires_nothing_and_the_next_morning_does(daily: None) -> None:
    fire_schedules(at=AT)
    fire_schedules(at=AT + timedelta(hours=20, minutes=59))
    assert keys() == []

    fire_schedules(at=AT + timedelta(hours=21))
    assert keys() == ["tests.bake@20261009T0600Z"]


def test_after_a_pause_one_morning_is_made_up_for(daily: None) -> None:
    fire_schedules(at=AT)
    fire_schedules(at=AT + timedelta(days=5))

    assert keys() == ["tests.bake@20261013T0600Z"]


def test_a_clock_that_jumps_back_and_forth_fires_no_morning_twice(daily: None) -> None:
    fire_schedules(at=AT)
    morning = AT + timedelta(hours=21)
    for jump in (0, -1, 0, 1, -24, 0, 3):
        fire_schedules(at=morning + timedelta(hours=jump))

    assert keys() == ["tests.bake@20261009T0600Z"]


def test_a_clock_that_was_once_far_ahead_does_not_put_a_schedule_to_sleep(daily: None) -> None:
    fire_schedules(at=AT + timedelta(days=400))
    fire_schedules(at=AT)
    fire_schedules(at=AT + timedelta(days=1))

    assert keys() == ["tests.bake@20261009T0600Z"]
