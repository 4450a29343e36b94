"""Whom to tell of what was said: those who are named, those who spoke before, and whoever answers for the thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from fourfold.governance.annotations.actions.events import (
    AnalysisWritten,
    AnnotationReopened,
    AnnotationResolved,
    AnnotationWritten,
    OverrideWithdrawn,
    RemarkAdded,
    RemarkCorrected,
    StatusOverridden,
)
from fourfold.governance.annotations.models import Annotation, Remark
from fourfold.governance.annotations.queries.anchors import Anchor, Place
from fourfold.governance.annotations.queries.readers import known_readers
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit.actions import Recorded
from fourfold.platform.audit.events import Event
from fourfold.platform.notifications.actions.notify import notify
from fourfold.platform.notifications.kinds import NoticeKind

__all__ = ["Concerned", "people_concerned", "tell"]

MENTIONED: str | Promise = gettext_lazy("You are mentioned: {name}, {unit}, {period}")

KINDS: dict[type[Event], tuple[NoticeKind, str | Promise]] = {
    AnnotationWritten: (NoticeKind.REPLY, gettext_lazy("A new annotation: {name}, {unit}, {period}")),
    RemarkAdded: (NoticeKind.REPLY, gettext_lazy("A reply: {name}, {unit}, {period}")),
    AnnotationResolved: (
        NoticeKind.REPLY,
        gettext_lazy("An annotation is resolved: {name}, {unit}, {period}"),
    ),
    AnnotationReopened: (
        NoticeKind.REPLY,
        gettext_lazy("An annotation is open again: {name}, {unit}, {period}"),
    ),
    AnalysisWritten: (NoticeKind.ANALYSIS, gettext_lazy("An analysis is written: {name}, {unit}, {period}")),
    StatusOverridden: (
        NoticeKind.OVERRIDE,
        gettext_lazy("The status is overridden: {name}, {unit}, {period}"),
    ),
    OverrideWithdrawn: (
        NoticeKind.OVERRIDE,
        gettext_lazy("The override is withdrawn: {name}, {unit}, {period}"),
    ),
}
"""How each event reads as a notice to those who are not named in it."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """People's keys, each in one of the two; the one who acts is in neither, nor is whoever may not see the unit."""

    mentioned: tuple[str, ...]
    others: tuple[str, ...]


def people_concerned(event: Event, place: Place, *, scope: Scope) -> Concerned:
    """Named now; and, unless only a slip was put right, owner, steward and everybody who spoke in the thread."""
    mentioned = tuple(getattr(event, "told", ()))
    readers = known_readers(place.above)
    others: list[str] = []
    if not isinstance(event, RemarkCorrected):
        others += [place.owner.key, place.steward, *_speakers(event, place, scope=scope)]
    silent = {scope.person_key, ""}
    return Concerned(
        tuple(key for key in mentioned if key not in silent),
        tuple(
            key
            for key in dict.fromkeys(others)
            if key in readers and key not in silent and key not in mentioned
        ),
    )


def _speakers(event: Event, place: Place, *, scope: Scope) -> list[str]:
    """Who spoke in this thread, or in the open threads of the thing where the event is about none of them."""
    if isinstance(event, AnnotationWritten):
        return []
    rows = Remark.objects.visible_to(scope).select_related("author")
    thread = getattr(event, "annotation", None)
    if thread is not None:
        rows = rows.filter(annotation=thread)
    else:
        anchor = place.anchor
        open_here = Annotation.objects.visible_to(scope).filter(
            subject=anchor.subject,
            key=anchor.key,
            unit_id=place.unit_id,
            period=anchor.period,
            resolved_at=None,
        )
        rows = rows.filter(annotation__in=open_here)
    return list(dict.fromkeys(row.author.key for row in rows.order_by("pk")))


def tell(recorded: Recorded, *, place: Place, scope: Scope, at: datetime) -> None:
    """Leave each of them a notice, in the transaction of what it tells of; once, whatever is repeated."""
    concerned = people_concerned(recorded.event, place, scope=scope)
    where = {"name": place.name, "unit": place.unit_name, "period": place.period_label}
    notices: list[tuple[tuple[str, ...], NoticeKind, str | Promise]] = []
    if concerned.mentioned:
        notices.append((concerned.mentioned, NoticeKind.MENTION, MENTIONED))
    if concerned.others:
        notices.append((concerned.others, *KINDS[type(recorded.event)]))
    for people, kind, words in notices:
        notify(
            people,
            kind,
            subject_text=str(words).format(**where),
            address=address_of(place.anchor),
            key=f"audit/{recorded.seq}",
            at=at,
            unit=place.anchor.unit,
        )


def address_of(anchor: Anchor) -> str:
    """The page where everything said about the thing stands."""
    return reverse(
        "annotations:talk",
        kwargs={
            "subject": anchor.subject.value,
            "key": anchor.key,
            "unit": anchor.unit,
            "period": anchor.period,
        },
    )
