"""Remind owners and stewards of what they owe: once before it is due, once when it is late."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import ngettext

from fourfold.data.entry.models import ReminderSent
from fourfold.data.entry.queries.due import OwedValue, owed_values
from fourfold.engine.calendar import FiscalCalendar
from fourfold.platform.accounts.queries import HeldPlace, known_places_of
from fourfold.platform.notifications.actions.notify import notify
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.units.queries import known_paths, unit_ids_by_key
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


@dataclass(frozen=True, slots=True)
class _Listener:
    """Somebody, the topmost unit at which they hold a role, and what sort of reminder they hear there."""

    person: str
    place: HeldPlace
    kind: str


@transaction.atomic
def send_reminders(*, at: datetime) -> int:
    """Tell each person how many of their values are due soon or late; answers how many values were told of.

    One notice a person, kind and unit where they hold a role, however many values: whoever stewards a thousand gets no
    thousand notices. Whoever may not see a unit hears nothing of it. What was told of before is left out, so running it
    twice, or after a crash, tells nobody twice; what came since, be it on the same day, is told.

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
    heard = _heard_by([reminder for reminder in wanted if reminder.place not in sent])
    told = {reminder.place: reminder for reminders in heard.values() for reminder in reminders}
    _remember(list(told.values()), at=at)
    for listener, reminders in heard.items():
        _tell(listener, reminders, today=today, at=at)
    return len(told)


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


def _heard_by(reminders: Sequence[_Reminder]) -> dict[_Listener, list[_Reminder]]:
    """Who hears of which, as far as they may see the units. Two queries."""
    held = known_places_of({person for reminder in reminders for person in reminder.recipients})
    paths = known_paths()
    heard: dict[_Listener, list[_Reminder]] = {}
    for reminder in reminders:
        for person in sorted(reminder.recipients):
            for place in held.get(person, ()):
                if paths[reminder.value.unit].startswith(place.path):
                    heard.setdefault(_Listener(person, place, reminder.kind), []).append(reminder)
    return heard


def _tell(listener: _Listener, reminders: Sequence[_Reminder], *, today: date, at: datetime) -> None:
    is_soon = listener.kind == SOON
    which = hashlib.sha256(repr(sorted(reminder.place for reminder in reminders)).encode()).hexdigest()[:16]
    notify(
        [listener.person],
        NoticeKind.DUE if is_soon else NoticeKind.REMINDER,
        subject_text=_words(listener, len(reminders)),
        address=f"/due/?state={'due' if is_soon else 'late'}",
        key=f"due/{listener.kind}/{today.isoformat()}/{listener.place.unit}/{which}",
        at=at,
        unit=listener.place.unit,
    )


def _words(listener: _Listener, count: int) -> str:
    if listener.kind == SOON:
        said = ngettext(
            "%(count)s value of yours is due soon: %(unit)s",
            "%(count)s values of yours are due soon: %(unit)s",
            count,
        )
    else:
        said = ngettext(
            "%(count)s value of yours is late: %(unit)s",
            "%(count)s values of yours are late: %(unit)s",
            count,
        )
    return said % {"count": count, "unit": listener.place.name}
