"""A thread about a thing in a unit and period."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fourfold.governance.annotations.models.anchored import Anchored, AnchoredQuerySet
from fourfold.platform.accounts.models import Person
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Viewer

__all__ = [
    "AlreadyResolved",
    "Annotation",
    "AnnotationType",
    "AnnotationUnknown",
    "Mention",
    "NotResolved",
    "Remark",
]


class AnnotationType(models.TextChoices):
    """What an annotation tells (METHOD M7.1)."""

    CAUSE = "cause", _("Cause")
    CONTEXT = "context", _("Context")
    ACTION = "action", _("Action")
    CAVEAT = "caveat", _("Caveat")


class AnnotationUnknown(Refusal):
    code, status = "ANNOTATION_UNKNOWN", 404
    sentence = _("There is no such annotation where you may look.")


class AlreadyResolved(Refusal):
    code, status = "ANNOTATION_ALREADY_RESOLVED", 409
    sentence = _("This annotation is resolved already.")
    remedy = _("Reopen it to go on talking.")


class NotResolved(Refusal):
    code, status = "ANNOTATION_NOT_RESOLVED", 409
    sentence = _("This annotation is open already.")


class AnnotationQuerySet(AnchoredQuerySet["Annotation"]):
    refusal = AnnotationUnknown


class Annotation(Anchored):
    """What opened the thread; its words are the remark of number 0. `is_point`: it marks a point of the chart."""

    type = models.CharField(max_length=16, choices=AnnotationType.choices)
    is_point = models.BooleanField(default=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject", "key", "unit", "period"], name="annotation_by_anchor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=AnnotationType.values), name="annotation_is_of_a_known_type"
            ),
            models.CheckConstraint(
                condition=Q(is_point=False) | Q(subject="measure"), name="annotated_point_is_of_a_measure"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__gte=F("written_at"), resolved_by__isnull=False),
                name="resolved_annotation_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.subject}/{self.key} {self.period}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for something."""
        return self.resolved_at is None

    def resolve(self, person_id: int, *, at: datetime) -> None:
        """It is settled."""
        if not self.is_open:
            raise AlreadyResolved
        self.resolved_at, self.resolved_by_id = at, person_id

    def reopen(self) -> None:
        """It is not settled after all."""
        if self.is_open:
            raise NotResolved
        self.resolved_at = self.resolved_by_id = None


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Remarks of annotations in the viewer's sight."""
        if viewer.sees_everything:
            return self.all()
        return self.filter(annotation__unit_id__in=viewer.unit_ids)


class Remark(models.Model):
    """One wording of what somebody said. A correction is a row with the same number and the next edition: nothing
    that was once readable is ever changed or taken away."""

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="remarks")
    number = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=1)
    text = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["annotation", "number", "edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "number", "edition"], name="remark_has_one_wording_an_edition"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class MentionQuerySet(models.QuerySet["Mention"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Mentions in annotations in the viewer's sight."""
        if viewer.sees_everything:
            return self.all()
        return self.filter(annotation__unit_id__in=viewer.unit_ids)


class Mention(models.Model):
    """Somebody who is asked to look; once an annotation."""

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # the remark that first named them

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annotation", "person"], name="person_is_mentioned_once")
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} @{self.person_id}"
