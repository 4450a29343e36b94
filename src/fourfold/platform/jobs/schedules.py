"""What is to happen at which hour, in the organisation's own time.

A schedule is told in wall-clock time. Where a clock change leaves a time out, it fires once, at the change; where a
time comes twice, it fires at the first. Occurrences that fall on one instant fire once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import croniter

__all__ = ["Schedule", "every", "last_occurrence", "schedules"]

LONGEST_CHANGE = timedelta(hours=3)  # a clock change moves the wall clock by less


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cron expression and the job it starts, in the installation's own name."""

    expression: str
    name: str


_SCHEDULES: dict[str, Schedule] = {}


def every(expression: str, name: str) -> Schedule:
    """Start the job `name` whenever the expression says; register beside the job. The same name again replaces.

    Raises:
        ValueError: this is no cron expression.
    """
    if not croniter.is_valid(expression):
        raise ValueError(f"{expression!r} is no cron expression")
    _SCHEDULES[name] = Schedule(expression, name)
    return _SCHEDULES[name]


def schedules() -> tuple[Schedule, ...]:
    """All there are, by name."""
    return tuple(_SCHEDULES[name] for name in sorted(_SCHEDULES))


def last_occurrence(expression: str, *, after: datetime, until: datetime, zone: ZoneInfo) -> datetime | None:
    """The latest instant in (after, until] at which it fires, in UTC; None: at none.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> night = {"after": datetime(2026, 3, 28, 22, tzinfo=UTC), "until": datetime(2026, 3, 29, 22, tzinfo=UTC)}
    >>> last_occurrence("30 2 * * *", zone=berlin, **night).isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    # croniter sees naive wall-clock times only: it knows nothing of changes, and here is the one place that does.
    walk = croniter(expression, until.astimezone(zone).replace(tzinfo=None) + LONGEST_CHANGE)
    instant = _instant(walk.get_prev(datetime), zone)
    while instant > until:
        instant = _instant(walk.get_prev(datetime), zone)
    return instant if instant > after else None


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time: the first of two, and the moment of the change for one that is left out."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    return _change_between(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone=zone)


def _change_between(before: datetime, after: datetime, *, zone: ZoneInfo) -> datetime:
    """The first second with the later offset; a gap has one change."""
    later = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == later:
            after = middle
        else:
            before = middle
    return after
