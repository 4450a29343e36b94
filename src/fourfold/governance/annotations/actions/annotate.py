"""Open a thread about a thing in a unit and period, or answer in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from fourfold.governance.annotations.actions.events import AnnotationWritten, RemarkAdded
from fourfold.governance.annotations.actions.saying import Said, mention, required, speaker
from fourfold.governance.annotations.actions.telling import tell
from fourfold.governance.annotations.models import Annotation, AnnotationType, Remark, Subject
from fourfold.governance.annotations.models.annotation import AlreadyResolved
from fourfold.governance.annotations.queries.anchors import Anchor, Place, place_of
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit

__all__ = ["NewAnnotation", "annotate", "place_of_annotation", "reply"]


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """What is said, of which type, and whether it marks the period's point on the measure's chart."""

    type: AnnotationType
    text: str
    is_point: bool = False


@transaction.atomic
def annotate(anchor: Anchor, new: NewAnnotation, *, scope: Scope, at: datetime) -> Said:
    """Write it down, tell whom it names, and record it.

    Raises:
        NotPermitted, TextMissing, TextTooLong, and what `place_of` raises.
    """
    place = place_of(anchor, scope=scope, at=at)
    scope.require_to(Act.ANNOTATE, unit=place.anchor.unit)
    text = required(new.text)
    annotation = Annotation.objects.create(
        subject=place.anchor.subject,
        key=place.anchor.key,
        unit_id=place.unit_id,
        period=place.anchor.period,
        version=place.version,
        definitions_seq=place.definitions_seq,
        type=new.type,
        is_point=new.is_point and place.anchor.subject is Subject.MEASURE,
        author_id=speaker(scope),
        written_at=at,
    )
    said = _say(annotation, text, number=0, place=place, scope=scope, at=at)
    event = AnnotationWritten(
        place.anchor.object,
        annotation.pk,
        unit=place.anchor.unit,
        period=place.anchor.period,
        type=new.type.value,
        told=said.told,
    )
    tell(audit.record(event, scope=scope, at=at), place=place, scope=scope, at=at)
    return said


@transaction.atomic
def reply(pk: int, text: str, *, scope: Scope, at: datetime) -> Said:
    """Answer in an open thread.

    Raises:
        AnnotationUnknown, NotPermitted, AlreadyResolved, TextMissing, TextTooLong, OutOfScope.
    """
    annotation = (
        Annotation.objects.visible_to(scope)
        .select_for_update(of=("self",))
        .select_related("unit")
        .get_or_refuse(pk=pk)
    )
    scope.require_to(Act.ANNOTATE, unit=annotation.unit.key)
    if not annotation.is_open:
        raise AlreadyResolved
    place = place_of_annotation(annotation, scope=scope, at=at)
    number = annotation.remarks.aggregate(last=Max("number"))["last"] + 1
    said = _say(annotation, required(text), number=number, place=place, scope=scope, at=at)
    event = RemarkAdded(
        place.anchor.object,
        annotation.pk,
        number=number,
        unit=place.anchor.unit,
        period=place.anchor.period,
        told=said.told,
    )
    tell(audit.record(event, scope=scope, at=at), place=place, scope=scope, at=at)
    return said


def place_of_annotation(annotation: Annotation, *, scope: Scope, at: datetime) -> Place:
    """Where it stands, as the definitions have it now."""
    anchor = Anchor(Subject(annotation.subject), annotation.key, annotation.unit.key, annotation.period)
    return place_of(anchor, scope=scope, at=at)


def _say(annotation: Annotation, text: str, *, number: int, place: Place, scope: Scope, at: datetime) -> Said:
    Remark.objects.create(
        annotation=annotation, number=number, text=text, author_id=speaker(scope), written_at=at
    )
    return mention(text, annotation, number=number, place=place)
