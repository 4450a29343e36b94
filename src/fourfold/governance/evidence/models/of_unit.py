"""What belongs to one unit's view of a link between two objectives; by keys, so that it survives every change."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit, Viewer

__all__ = ["OfUnit", "OfUnitQuerySet"]

M = TypeVar("M", bound=models.Model)


class OfUnitQuerySet(RefusingQuerySet[M]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What stands in units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class OfUnit(models.Model):
    """A link's ends are objectives' keys."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=64)
    target = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @property
    def link(self) -> str:
        """The key that the map's slot knows the link by."""
        return f"{self.source}>{self.target}"
