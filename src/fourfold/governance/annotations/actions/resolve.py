"""Settle a thread, or open it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fourfold.governance.annotations.actions.annotate import place_of_annotation
from fourfold.governance.annotations.actions.events import AnnotationReopened, AnnotationResolved
from fourfold.governance.annotations.actions.saying import Said, speaker
from fourfold.governance.annotations.actions.telling import tell
from fourfold.governance.annotations.models import Annotation
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit

__all__ = ["reopen", "resolve"]


@transaction.atomic
def resolve(pk: int, *, scope: Scope, at: datetime) -> Said:
    """Its author, or whoever may settle what is said there.

    Raises:
        AnnotationUnknown, NotPermitted, AlreadyResolved.
    """
    annotation = _mine_to_settle(pk, scope=scope)
    annotation.resolve(speaker(scope), at=at)
    return _settled(annotation, AnnotationResolved, scope=scope, at=at)


@transaction.atomic
def reopen(pk: int, *, scope: Scope, at: datetime) -> Said:
    """Its author, or whoever may settle what is said there.

    Raises:
        AnnotationUnknown, NotPermitted, NotResolved.
    """
    annotation = _mine_to_settle(pk, scope=scope)
    annotation.reopen()
    return _settled(annotation, AnnotationReopened, scope=scope, at=at)


def _mine_to_settle(pk: int, *, scope: Scope) -> Annotation:
    annotation = (
        Annotation.objects.visible_to(scope)
        .select_for_update(of=("self",))
        .select_related("unit")
        .get_or_refuse(pk=pk)
    )
    is_author = annotation.author_id == speaker(scope)
    scope.require_to(Act.ANNOTATE if is_author else Act.RESOLVE_ANNOTATION, unit=annotation.unit.key)
    return annotation


def _settled(
    annotation: Annotation,
    event_type: type[AnnotationResolved] | type[AnnotationReopened],
    *,
    scope: Scope,
    at: datetime,
) -> Said:
    annotation.save(update_fields=["resolved_at", "resolved_by"])
    place = place_of_annotation(annotation, scope=scope, at=at)
    event = event_type(place.anchor.object, annotation.pk, unit=place.anchor.unit, period=place.anchor.period)
    tell(audit.record(event, scope=scope, at=at), place=place, scope=scope, at=at)
    return Said(annotation.pk, (), ())
