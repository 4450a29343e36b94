"""Keep what a person wants to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.notifications.models import DigestChoice, Notice, SwitchedOff
from fourfold.platform.notifications.queries.wishes import Wishes
from fourfold.platform.refusals.refusal import NotSignedIn

__all__ = ["NoticesChosen", "choose_notices"]


@dataclass(frozen=True, slots=True)
class NoticesChosen(Event):
    """Somebody changed what they are told about."""

    off_in_app: tuple[str, ...]
    off_by_mail: tuple[str, ...]
    wants_digest: bool


@transaction.atomic
def choose_notices(wishes: Wishes, *, scope: Scope, at: datetime) -> None:
    """Replace one's own switches; nobody has anybody else's."""
    if scope.person_id is None:
        raise NotSignedIn
    _replace(wishes, person_id=scope.person_id)
    _let_go(wishes, scope=scope)
    event = NoticesChosen(
        f"person/{scope.person_key}",
        _keys(wish.kind for wish in wishes.kinds if not wish.in_app),
        _keys(wish.kind for wish in wishes.kinds if not wish.by_mail),
        wishes.wants_digest,
    )
    audit.record(event, scope=scope, at=at)


def _replace(wishes: Wishes, *, person_id: int) -> None:
    SwitchedOff.objects.filter(person=person_id).delete()
    SwitchedOff.objects.bulk_create(
        SwitchedOff(person_id=person_id, kind=wish.kind, in_app=not wish.in_app, by_mail=not wish.by_mail)
        for wish in wishes.kinds
        if not (wish.in_app and wish.by_mail)
    )
    DigestChoice.objects.filter(person=person_id).delete()
    if not wishes.wants_digest:
        DigestChoice.objects.create(person_id=person_id)


def _let_go(wishes: Wishes, *, scope: Scope) -> None:
    """What waited for the mail and is not wanted there any more waits no longer, whatever is chosen later."""
    waiting = Notice.objects.visible_to(scope).waiting_for_mail()
    if wishes.wants_digest:
        waiting = waiting.filter(kind__in=[wish.kind for wish in wishes.kinds if not wish.by_mail])
    waiting.update(is_for_mail=False)


def _keys(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(kind) for kind in kinds)
