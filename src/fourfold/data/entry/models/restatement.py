"""A governed change of final values (METHOD M4.6)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import Person
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit, Viewer
from fourfold.scorecard.measures.models import Measure

__all__ = [
    "APPROVERS_NEEDED",
    "RestatedValue",
    "Restatement",
    "RestatementClass",
    "RestatementState",
    "RestatementUnknown",
    "RestatementVerdict",
]

APPROVERS_NEEDED = 2  # METHOD M4.6: two, neither of them the proposer


class RestatementUnknown(Refusal):
    code, status = "RESTATEMENT_UNKNOWN", 404
    sentence = _("There is no such restatement.")
    remedy = _("Choose one from the list of restatements.")


class RestatementClass(models.TextChoices):
    """Why a published number changes (IAS 8)."""

    ERROR = "error", _("Correction of an error")
    POLICY = "policy", _("Change of an accounting policy or definition")
    ESTIMATE = "estimate", _("Change of an estimate")


class RestatementState(models.TextChoices):
    """Where it stands; only an approved one has changed anything."""

    PENDING = "pending", _("Pending")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RestatementQuerySet(RefusingQuerySet["Restatement"]):
    refusal = RestatementUnknown

    def visible_to(self, viewer: Viewer) -> Self:
        """Restatements of units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class Restatement(models.Model):
    """What somebody proposes to change in a final period of one unit, and why."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    restatement_class = models.CharField(max_length=16, choices=RestatementClass.choices)
    reason = models.TextField()
    proposer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(
        max_length=16, choices=RestatementState.choices, default=RestatementState.PENDING
    )
    decided_at = models.DateTimeField(null=True)

    objects = RestatementQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="restatement_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(restatement_class__in=RestatementClass.values), name="restatement_class_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RestatementState.values), name="restatement_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"restatement {self.pk}"


class RestatedValue(models.Model):
    """One value as it should read. `replaces` is the seq of the row that stood there when it was proposed (0: none)."""

    restatement = models.ForeignKey(Restatement, on_delete=models.CASCADE, related_name="values_wanted")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    series = models.PositiveSmallIntegerField()
    segment = models.PositiveSmallIntegerField(default=0)
    segment_key = models.CharField(max_length=64, blank=True)
    period = models.IntegerField()
    period_label = models.CharField(max_length=64)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64)
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    n = models.FloatField(null=True)
    replaces = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}"


class RestatementVerdict(models.Model):
    """What one approver said; each says it once."""

    restatement = models.ForeignKey(Restatement, on_delete=models.CASCADE, related_name="verdicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_approval = models.BooleanField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["restatement", "person"], name="approver_says_it_once"),
        ]

    def __str__(self) -> str:
        return f"{self.restatement_id} {self.person_id} {self.is_approval}"
