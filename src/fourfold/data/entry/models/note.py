"""What somebody said about a value when they entered it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from fourfold.platform.units.models import Viewer
from fourfold.scorecard.measures.models import Observation

__all__ = ["ObservationNote"]


class ObservationNoteQuerySet(models.QuerySet["ObservationNote"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Notes on values of units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(observation__unit_id__in=viewer.unit_ids)


class ObservationNote(models.Model):
    """A note on one row of the ledger, known by its `seq`. Never changed: a later note stands beside it."""

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    person_key = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = ObservationNoteQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return self.text[:40]
