"""Queue what the hour asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.actions.enqueue import enqueue
from fourfold.platform.jobs.models import Job, ScheduleMark
from fourfold.platform.jobs.schedules import Schedule, last_occurrence, schedules
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_organisation

__all__ = ["fire_schedules"]


def fire_schedules(*, at: datetime) -> tuple[Job, ...]:
    """Queue one job for every schedule that has come round since it was last seen to; any number may call this.

    After a pause only the latest occurrence is made up for. The first sight of a schedule fires nothing. A clock that
    was turned back fires nothing twice: the occurrence is in the job's key.
    """
    marks = dict(ScheduleMark.objects.values_list("name", "fired_to"))
    waiting = [schedule for schedule in schedules() if _may_be_due(marks.get(schedule.name), at=at)]
    if not waiting:
        return ()
    zone = _zone()
    fired = (_fire(schedule, marks.get(schedule.name), at=at, zone=zone) for schedule in waiting)
    return tuple(job for job in fired if job is not None)


def _may_be_due(fired_to: datetime | None, *, at: datetime) -> bool:
    """Looked at once a minute, because no expression is finer than that."""
    return fired_to is None or _minute(at) != _minute(fired_to)


def _minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _fire(schedule: Schedule, fired_to: datetime | None, *, at: datetime, zone: ZoneInfo) -> Job | None:
    """The mark follows the clock back as well: were it left in the future, the schedule would sleep till then."""
    ScheduleMark.objects.update_or_create(name=schedule.name, defaults={"fired_to": at})
    if fired_to is None:
        return None
    due = last_occurrence(schedule.expression, after=fired_to, until=at, zone=zone)
    if due is None:
        return None
    return enqueue(
        schedule.name,
        {"due": due.isoformat()},
        key=f"{schedule.name}@{due:%Y%m%dT%H%MZ}",
        scope=INSTALLATION,
        at=at,
    )


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(known_organisation().time_zone)
    except NotFounded:
        return ZoneInfo("UTC")
