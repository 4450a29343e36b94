"""Which reminders went out: each value is asked for once before it is due and once when it is late."""

from __future__ import annotations

from django.db import models

from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.models import Measure

__all__ = ["ReminderSent"]


class ReminderSent(models.Model):
    """Somebody was reminded of this value; `kind` is `soon` or `late`."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=16)
    kind = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "unit", "period", "kind"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.unit_id} {self.period} {self.kind}"
