"""How far a period is closed, step by step (METHOD M4.6)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.units.models import Unit, Viewer

__all__ = ["PeriodState", "PeriodStep"]


class PeriodState(models.TextChoices):
    """From collecting to closed. What is written into a period carries the release status of its state."""

    OPEN = "open", _("Open")
    FLASH = "flash", _("Flash")
    PROVISIONAL = "provisional", _("Provisional")
    FINAL = "final", _("Final")

    @property
    def rank(self) -> int:
        """How far along the way from open to final."""
        return list(PeriodState).index(self)


class PeriodStepQuerySet(models.QuerySet["PeriodStep"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The steps of units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class PeriodStep(models.Model):
    """One move of one month for a unit and everything below it; the fold of all steps is the state. Never changed.

    `month` counts the calendar's months. `seq` is the ledger's head at that moment, so that “as known on” knows the
    state too. A step forward never takes back what a unit below has already closed; `is_reopening` does.
    """

    month = models.IntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=PeriodState.choices)
    is_reopening = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    missing = models.PositiveIntegerField(default=0)  # values still owed when the step was taken
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True)

    objects = PeriodStepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["month", "unit"], name="period_step_by_month")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PeriodState.values), name="period_state_is_known"),
            models.CheckConstraint(
                condition=Q(is_reopening=False) | ~Q(reason=""), name="reopening_gives_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.unit_id} {self.state}"
