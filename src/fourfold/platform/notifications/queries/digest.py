"""What a digest says: what the person may see when it is sent, and still wants."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import Notice

__all__ = ["Digest", "DigestLine", "known_digest_of", "known_out_of_sight", "known_readers_of_a_digest"]


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One notice; `address` is without the installation's own."""

    kind: NoticeKind
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One mail, oldest notice first; `notice_ids` are those it tells."""

    name: str
    email: str
    lines: tuple[DigestLine, ...]
    notice_ids: tuple[int, ...]


def known_readers_of_a_digest() -> list[str]:
    """The keys of everybody for whom a digest may have something; one query."""
    waiting = Notice.objects.filter(person=OuterRef("pk")).waiting_for_mail()
    people = Person.objects.filter(Exists(waiting), is_active=True).exclude(email="")
    return list(people.order_by("pk").values_list("key", flat=True))


def known_digest_of(key: str) -> Digest | None:
    """What waits for this person as of now; None where nothing does, or nothing is wanted."""
    if key not in known_readers_of_a_digest():
        return None
    person = Person.objects.get_or_refuse(key=key)
    found = list(Notice.objects.visible_to(scope_of(person)).waiting_for_mail().order_by("pk"))
    if not found:
        return None
    lines = (DigestLine(NoticeKind(each.kind), each.subject_text, each.address) for each in found)
    return Digest(person.name, person.email, tuple(lines), tuple(each.pk for each in found))


def known_out_of_sight(key: str) -> tuple[int, ...]:
    """The notices that wait for this person's mail and tell of what they may not see any more."""
    person = Person.objects.get_or_refuse(key=key)
    waiting = Notice.objects.filter(person=person).waiting_for_mail()
    seen = Notice.objects.visible_to(scope_of(person)).values("pk")
    return tuple(waiting.exclude(pk__in=seen).values_list("pk", flat=True))
