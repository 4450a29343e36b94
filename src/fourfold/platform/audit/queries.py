"""Reading the journal, and proving it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fourfold.platform.audit.canonical import Json
from fourfold.platform.audit.chain import FIRST_LINK, link
from fourfold.platform.audit.models import AuditEvent, AuditHead

__all__ = ["Verdict", "journal_digest", "journal_head", "verify_chain"]

VERSION = 1  # of the event's form: member `v`


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken_at` is the first seq that does not hold; None: the journal is as it was written."""

    events: int
    broken_at: int | None
    reason: str = ""


def journal_head() -> tuple[int, str]:
    """The number of the last event and its digest in hex; (0, "") where nothing was recorded yet."""
    last = AuditEvent.objects.order_by("-seq").values_list("seq", "digest").first()
    return (last[0], bytes(last[1]).hex()) if last else (0, "")


def journal_digest(seq: int) -> str | None:
    """The digest of one event in hex; None where there is none. Two journals that share it share all before it."""
    digest = AuditEvent.objects.filter(seq=seq).values_list("digest", flat=True).first()
    return None if digest is None else bytes(digest).hex()


def verify_chain() -> Verdict:
    """Read the whole journal and compare every link; one pass, constant memory.

    Finds edits, deletions, insertions, reordering, and a cut end as far as the head row itself was left alone: an
    administrator who rewrites everything is found only against a head kept outside (METHOD M7.3).
    """
    head = AuditHead.objects.filter(pk=1).first()
    expected, ending = (head.seq, bytes(head.digest)) if head else (0, FIRST_LINK)
    previous, place = FIRST_LINK, 0
    for place, event in _numbered():
        reason = _fault(event, place=place, previous=previous)
        if reason:
            return Verdict(place, place, reason)
        previous = bytes(event.digest)
    if place != expected or previous != ending:
        return Verdict(place, min(place, expected) + 1, "the journal does not end where its head says")
    return Verdict(place, None)


def _numbered() -> Iterator[tuple[int, AuditEvent]]:
    return enumerate(AuditEvent.objects.order_by("seq").iterator(), start=1)


def _fault(event: AuditEvent, *, place: int, previous: bytes) -> str:
    if event.seq != place:
        return "an event is missing"
    if link(previous, event.document.encode()) != bytes(event.digest):
        return "the event does not continue the chain"
    if not _columns_agree(event):
        return "the searchable columns differ from the event"
    return ""


def _columns_agree(event: AuditEvent) -> bool:
    written: dict[str, Json] = json.loads(event.document)
    return written["seq"] == event.seq and all(
        written[name] == text
        for name, text in (
            ("at", spelt_time(event.at)),
            ("actor", event.actor),
            ("action", event.action),
            ("object", event.object),
        )
    )


def spelt_time(at: datetime) -> str:
    """UTC to the microsecond, always in one spelling."""
    return at.isoformat(timespec="microseconds")
