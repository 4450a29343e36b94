"""A judgement beside an objective's computed status (METHOD §2.9)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.engine.quantities import Status
from fourfold.governance.annotations.models.anchored import Anchored, AnchoredQuerySet
from fourfold.platform.accounts.models import Person
from fourfold.platform.refusals import Refusal

__all__ = ["OverrideUnknown", "StatusOverride"]

JUDGED = (Status.GREEN.value, Status.AMBER.value, Status.RED.value)
"""Nobody judges "no data"."""


class OverrideUnknown(Refusal):
    code, status = "OVERRIDE_UNKNOWN", 404
    sentence = _("No status is overridden here.")


class StatusOverrideQuerySet(AnchoredQuerySet["StatusOverride"]):
    refusal = OverrideUnknown


class StatusOverride(Anchored):
    """It holds for its own period alone: the next one shows the computed status again. `computed` is what stood there
    when it was given; pages show what is computed now. Scores and roll-ups never read it."""

    status = models.CharField(max_length=8)
    computed = models.CharField(max_length=8)
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = StatusOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key", "unit", "period"],
                condition=Q(withdrawn_at=None),
                name="status_is_overridden_once",
            ),
            models.CheckConstraint(condition=Q(subject="objective"), name="overridden_is_an_objective"),
            models.CheckConstraint(condition=Q(status__in=JUDGED), name="overridden_to_a_status"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.period} {self.status}"

    def withdraw(self, person_id: int, *, at: datetime) -> None:
        """The computed status stands alone again."""
        self.withdrawn_at, self.withdrawn_by_id = at, person_id
