"""What somebody has typed and not yet saved."""

from __future__ import annotations

from typing import Self

from django.db import models

from fourfold.platform.accounts.models import Person
from fourfold.platform.units.models import Unit, Viewer

__all__ = ["EntryDraft"]


class EntryDraftQuerySet(models.QuerySet["EntryDraft"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Drafts of units in sight; whose they are, the caller says as well: a draft is one's own."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class EntryDraft(models.Model):
    """One person's texts for one grid, as typed. It survives signing out; saving the grid takes it away.

    `place` names the grid within the unit: the period, and the measure where only one is shown. `edition` counts the
    savings, so that a second window does not write over the first without saying so.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=120)
    texts = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    objects = EntryDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "place"], name="draft_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id} {self.place}"
