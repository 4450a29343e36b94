"""The wanted values of one measure and unit over time."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from fourfold.platform.audit.known import KnownQuerySet, KnownRow
from fourfold.platform.units.models import Unit, Viewer
from fourfold.scorecard.measures.models.measure import Measure

__all__ = ["Target", "TargetPoint"]


class TargetQuerySet(KnownQuerySet["Target"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Targets are values: those of units outside the viewer's sight are not shown."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class Target(KnownRow):
    """A retarget is a new row at a later seq: status already given is not rewritten."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    segment = models.CharField(max_length=64, blank=True)  # a segment's key; empty: the total
    ordinal = models.IntegerField()
    trajectory = models.CharField(max_length=16)
    red = models.FloatField(null=True)
    best = models.FloatField(null=True)
    origin = models.CharField(max_length=200, blank=True)

    objects = TargetQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "unit", "segment"],
                condition=Q(until_seq=None),
                name="target_is_known_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.unit_id} {self.segment}"


class TargetPoint(models.Model):
    """One wanted value, at a period of the named frequency."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="points")
    place = models.IntegerField()
    frequency = models.CharField(max_length=8)
    period = models.IntegerField()
    value = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "place"], name="target_point_place_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"
