"""Remind owners and stewards of what they owe: once before it is due, once when it is late."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import ngettext

from fourfold.data.entry.models import ReminderSent
from fourfold.data.entry.queries.due import OwedValue, owed_values
from fourfold.engine.calendar import FiscalCalendar
from fourfold.platform.notifications.actions.notify import notify
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.measures.models import Measure

__all__ = ["LATE", "SOON", "send_reminders"]

SOON, LATE = "soon", "late"
Place = tuple[str, str, str, str]
"""Measure, unit, period and kind of a reminder: each is sent once."""


@dataclass(frozen=True, slots=True)
class _Reminder:
    value: OwedValue
    period: str
    kind: str

    @property
    def place(self) -> Place:
        return self.value.measure, self.value.unit, self.period, self.kind

    @property
    def recipients(self) -> frozenset[str]:
        return frozenset(key for key in (self.value.version.owner, self.value.version.steward) if key)


@transaction.atomic
def send_reminders(*, at: datetime) -> int:
    """Tell each person once how many of their values are due soon or late; answers how many values were told of.

    One notice a person and day, however many values: whoever stewards a thousand gets no thousand notices. What was
    told of before is left out, so running it twice, or after a crash, tells nobody twice.

    Raises:
        NotFounded.
    """
    with known(at) as cube:
        days = int(cube.book.policies.number("entry.remind_days"))
        calendar, today = cube.cube.timeline.calendar, cube.today
        wanted = [
            reminder
            for value in owed_values(cube)
            if not value.is_entered and (reminder := _reminder(value, calendar, today=today, days=days))
        ]
    sent = _sent(wanted)
    fresh = [reminder for reminder in wanted if reminder.place not in sent]
    if fresh:
        _remember(fresh, at=at)
        for kind in (SOON, LATE):
            _tell([reminder for reminder in fresh if reminder.kind == kind], kind, today=today, at=at)
    return len(fresh)


def _reminder(value: OwedValue, calendar: FiscalCalendar, *, today: date, days: int) -> _Reminder | None:
    period = calendar.key(value.period)
    if today > value.due:
        return _Reminder(value, period, LATE)
    is_near = today >= value.due - timedelta(days=days)
    return _Reminder(value, period, SOON) if is_near else None


def _sent(reminders: Collection[_Reminder]) -> set[Place]:
    periods = {reminder.period for reminder in reminders}
    rows = ReminderSent.objects.filter(period__in=periods)
    return set(rows.values_list("measure__key", "unit__key", "period", "kind"))


def _remember(reminders: Sequence[_Reminder], *, at: datetime) -> None:
    measures = dict(Measure.objects.values_list("key", "pk"))
    units = unit_ids_by_key()
    ReminderSent.objects.bulk_create(
        ReminderSent(
            measure_id=measures[reminder.value.measure],
            unit_id=units[reminder.value.unit],
            period=reminder.period,
            kind=reminder.kind,
            at=at,
        )
        for reminder in reminders
    )


def _tell(reminders: Sequence[_Reminder], kind: str, *, today: date, at: datetime) -> None:
    by_person: dict[str, int] = {}
    for reminder in reminders:
        for person in reminder.recipients:
            by_person[person] = by_person.get(person, 0) + 1
    for person, count in sorted(by_person.items()):
        notify(
            [person],
            NoticeKind.DUE if kind == SOON else NoticeKind.REMINDER,
            subject_text=_words(kind, count),
            address=f"/due/?state={'due' if kind == SOON else 'late'}",
            key=f"due/{kind}/{today.isoformat()}",
            at=at,
        )


def _words(kind: str, count: int) -> str:
    if kind == SOON:
        said = ngettext(
            "%(count)s value of yours is due soon", "%(count)s values of yours are due soon", count
        )
    else:
        said = ngettext("%(count)s value of yours is late", "%(count)s values of yours are late", count)
    return said % {"count": count}
