"""Reading the journal backwards, past what is not for the reader's eyes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fourfold.governance.journal.queries.sight import Happening, Sight
from fourfold.platform.accounts.models import Person
from fourfold.platform.audit.models import AuditEvent

__all__ = ["MOST_READ", "Leaf", "Wanted", "known_events", "known_names"]

MOST_READ = 20_000
"""Events that one page looks through, about a third of a second; then it offers to look further back."""

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the journal is narrowed to; days are the organisation's, the last one included."""

    actor: str = ""
    action: str = ""
    object: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.actor or self.action or self.object or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some events, the latest first. `older` is where the next ones lie; None: these are the first of all."""

    events: tuple[Happening, ...]
    older: int | None


def known_events(sight: Sight, wanted: Wanted, *, zone: str, at_most: int) -> Leaf:
    """The latest events that this sight shows. One query, read in pieces and stopped as soon as the leaf is full."""
    found: list[Happening] = []
    last = None
    for count, event in enumerate(_known_backwards(wanted, zone=zone), start=1):
        if len(found) == at_most or count > MOST_READ:
            return Leaf(tuple(found), last)
        last = event.seq
        if sight.shows(event):
            found.append(event)
    return Leaf(tuple(found), None)


def known_names(keys: Collection[str]) -> dict[str, str]:
    """The names of these people. One query."""
    return dict(Person.objects.filter(key__in=set(keys)).values_list("key", "name"))


def _known_backwards(wanted: Wanted, *, zone: str) -> Iterator[Happening]:
    rows = AuditEvent.objects.order_by("-seq")
    if wanted.before is not None:
        rows = rows.filter(seq__lt=wanted.before)
    if wanted.actor:
        rows = rows.filter(actor=wanted.actor)
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.object:
        rows = rows.filter(object__contains=wanted.object)
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since, zone=zone))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1), zone=zone))
    for row in rows.iterator(chunk_size=CHUNK):
        yield Happening(
            row.seq, row.at, row.actor, row.action, row.object, json.loads(row.document)["details"]
        )


def _midnight(day: date, *, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
