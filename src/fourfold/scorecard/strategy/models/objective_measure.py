"""A measure's place under an objective, with its weights over time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fourfold.platform.audit.known import KnownRow
from fourfold.scorecard.measures.models import Measure
from fourfold.scorecard.strategy.models.objective import Objective

__all__ = ["ObjectiveMeasure", "ObjectiveMeasureWeight"]


class ObjectiveMeasure(KnownRow):
    """`critical`: its red caps the objective's status at amber."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="objectives")
    place = models.IntegerField()
    critical = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "measure"],
                condition=Q(until_seq=None),
                name="measure_stands_once_under_objective",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} → {self.objective_id}"


class ObjectiveMeasureWeight(models.Model):
    """The measure's weight in the objective, from a day on; 0 is informational."""

    link = models.ForeignKey(ObjectiveMeasure, on_delete=models.PROTECT, related_name="weights")
    place = models.IntegerField()
    weight = models.FloatField()
    valid_from = models.DateField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="measure_weight_is_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.weight}"
