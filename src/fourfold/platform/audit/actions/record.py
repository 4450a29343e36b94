"""Write one event, in the transaction of the change it tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.db import transaction

from fourfold.platform.audit.canonical import Json, canonical_json
from fourfold.platform.audit.chain import FIRST_LINK, link
from fourfold.platform.audit.events import Actor, Event
from fourfold.platform.audit.models import AuditEvent, AuditHead
from fourfold.platform.audit.queries import VERSION, spelt_time

__all__ = ["Recorded", "record", "subscribe"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the journal."""

    seq: int
    event: Event


Subscriber = Callable[[Recorded], None]
_subscribers: dict[type[Event], list[Subscriber]] = defaultdict(list)


def subscribe(event_type: type[Event], subscriber: Subscriber) -> None:
    """Call `subscriber` after the commit of every such event; register in an app's `ready()`."""
    _subscribers[event_type].append(subscriber)


def record(event: Event, *, scope: Actor, at: datetime) -> Recorded:
    """Append to the chain. Takes the head's lock until the caller's transaction ends.

    Raises:
        TransactionManagementError: outside a transaction, where the event could outlive its change.
    """
    _require_transaction()
    head = _locked_head()
    seq = head.seq + 1
    at = at.astimezone(UTC)
    document = canonical_json(_written(event, seq=seq, actor=scope.person_key, at=at))
    digest = link(bytes(head.digest), document)
    AuditEvent.objects.create(
        seq=seq,
        at=at,
        actor=scope.person_key,
        action=event.action,
        object=event.object,
        document=document.decode(),
        digest=digest,
    )
    AuditHead.objects.filter(pk=1).update(seq=seq, digest=digest)
    recorded = Recorded(seq, event)
    for subscriber in _subscribers[type(event)]:
        transaction.on_commit(partial(subscriber, recorded))
    return recorded


def _written(event: Event, *, seq: int, actor: str, at: datetime) -> dict[str, Json]:
    return {
        "v": VERSION,
        "seq": seq,
        "at": spelt_time(at),
        "actor": actor,
        "action": event.action,
        "object": event.object,
        "details": event.details,
    }


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "an audit event is recorded inside the transaction of its change"
        )


def _locked_head() -> AuditHead:
    AuditHead.objects.get_or_create(pk=1, defaults={"seq": 0, "digest": FIRST_LINK})
    return AuditHead.objects.select_for_update().get(pk=1)
