"""Tell people something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from fourfold.platform.accounts.models import Person
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import DigestChoice, Notice, SwitchedOff

__all__ = ["notify"]

LONGEST_TEXT = 300


@transaction.atomic
def notify(
    recipients: Iterable[str],
    kind: NoticeKind,
    *,
    subject_text: str,
    address: str,
    key: str,
    at: datetime,
    unit: str = "",
) -> int:
    """One notice each for the active people among these keys, in the caller's transaction; answers how many are new.

    The same `key` again tells nobody twice. `address` is a path of this installation. With `unit` a notice is shown
    and mailed only while its reader sees that unit: name it wherever the text tells of a unit's numbers. Four queries.

    Raises:
        ValueError: the address leads elsewhere.
    """
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        raise ValueError(f"{address!r} is no path of this installation")
    people = Person.objects.filter(key__in=set(recipients), is_active=True).order_by("pk")
    known = set(Notice.objects.filter(key=key, person__in=people).values_list("person", flat=True))
    unmailed = _known_to_want_no_mail(kind)
    notices = [
        Notice(
            person=person,
            key=key,
            kind=kind,
            subject_text=subject_text[:LONGEST_TEXT],
            address=address,
            unit=unit,
            at=at,
            is_for_mail=bool(person.email) and person.pk not in unmailed,
        )
        for person in people
        if person.pk not in known
    ]
    Notice.objects.bulk_create(notices)
    return len(notices)


def _known_to_want_no_mail(kind: NoticeKind) -> set[int]:
    off = SwitchedOff.objects.filter(kind=kind, by_mail=True).values_list("person", flat=True)
    never = DigestChoice.objects.filter(is_never=True).values_list("person", flat=True)
    return {*off, *never}
