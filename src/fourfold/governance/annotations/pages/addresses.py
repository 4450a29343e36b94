"""From the words of an address to an anchor, and the way back to the thing's page."""

from __future__ import annotations

from django.urls import reverse

from fourfold.governance.annotations.models import AnnotationType, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.platform.refusals.refusal import UnknownPage

__all__ = ["anchor_named", "back_to", "type_named"]


def anchor_named(subject: str, *, key: str, unit: str, period: str) -> Anchor:
    """The anchor that an address names; whether it exists, its reader finds out.

    Raises:
        UnknownPage: one cannot talk about such a thing.
    """
    if subject not in Subject.values:
        raise UnknownPage
    return Anchor(Subject(subject), key, unit, period)


def type_named(text: str) -> AnnotationType:
    """The type that a form chose; context where it chose none."""
    return AnnotationType(text) if text in AnnotationType.values else AnnotationType.CONTEXT


def back_to(anchor: Anchor) -> str:
    """The thing's page, at what is said there; an initiative has none but this room's own."""
    place = {"unit": anchor.unit, "period": anchor.period}
    if anchor.subject is Subject.INITIATIVE:
        return reverse("annotations:talk", kwargs={"subject": "initiative", "key": anchor.key, **place})
    page = reverse(f"scorecard:{anchor.subject.value}", kwargs={anchor.subject.value: anchor.key, **place})
    return f"{page}#talk-{anchor.subject.value}-{anchor.key}"
