"""Where something is said: about a thing in a unit and period, by their keys, so that it survives every restatement."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit, Viewer

__all__ = ["Anchored", "AnchoredQuerySet", "Subject"]

M = TypeVar("M", bound=models.Model)


class Subject(models.TextChoices):
    """What one can talk about."""

    OBJECTIVE = "objective", _("objective")
    MEASURE = "measure", _("measure")
    INITIATIVE = "initiative", _("initiative")


class AnchoredQuerySet(RefusingQuerySet[M]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What was said in units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class Anchored(models.Model):
    """Keys, not rows: a measure's value may be restated and its definition changed, what was said stays beside it.

    `definitions_seq` is the place of the ledger at which the definitions were known then, `version` the measure's
    version that held in the period (None for an objective or an initiative).
    """

    subject = models.CharField(max_length=16, choices=Subject.choices)
    key = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=16)
    version = models.PositiveIntegerField(null=True)
    definitions_seq = models.BigIntegerField()

    class Meta:
        abstract = True
