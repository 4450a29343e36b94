"""What a digest says: what the person may see when it is sent, and still wants."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import DigestChoice, Notice

__all__ = ["Digest", "DigestLine", "known_digest_of", "known_readers_of_a_digest"]


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
    never = DigestChoice.objects.filter(is_never=True).values("person")
    waiting = Notice.objects.filter(person=OuterRef("pk"), mailed_at=None, read_at=None)
    people = Person.objects.filter(Exists(waiting), is_active=True).exclude(email="").exclude(pk__in=never)
    return list(people.order_by("pk").values_list("key", flat=True))


def known_digest_of(key: str) -> Digest | None:
    """What waits for this person as of now; None where nothing does, or nothing is wanted."""
    if key not in known_readers_of_a_digest():
        return None
    person = Person.objects.get_or_refuse(key=key)
    waiting = Notice.objects.visible_to(scope_of(person)).wanted_by_mail()
    found = list(waiting.filter(mailed_at=None, read_at=None).order_by("pk"))
    if not found:
        return None
    lines = (DigestLine(NoticeKind(each.kind), each.subject_text, each.address) for each in found)
    return Digest(person.name, person.email, tuple(lines), tuple(each.pk for each in found))
