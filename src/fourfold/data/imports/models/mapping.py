"""A mapping document, kept word for word with the lookup tables it names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit

__all__ = ["LookupTable", "MappingUnknown", "StoredMapping"]


class MappingUnknown(Refusal):
    code, status = "MAPPING_UNKNOWN", 404
    sentence = _("There is no mapping “{key}”.")
    remedy = _("Load a folder that has it, or name the path of a mapping file.")


class MappingQuerySet(RefusingQuerySet["StoredMapping"]):
    refusal = MappingUnknown


class StoredMapping(models.Model):
    """How the columns of a file become observations: `data/<key>.mapping.yaml`, as text.

    `columns` are those it needs (none where it cannot be read any more), so that offering it reads no document.
    `keeper` kept it last, by key, at `kept_at`; `units` are the topmost where they may keep mappings. A mapping that
    came with a folder has neither and belongs to the whole organisation.
    """

    key = models.SlugField(max_length=64, unique=True)
    text = models.TextField()
    columns = models.JSONField(default=list)
    keeper = models.CharField(max_length=64, blank=True)
    kept_at = models.DateTimeField(null=True)
    units = models.ManyToManyField(Unit, related_name="+")
    retired_at = models.DateTimeField(null=True)  # offered no more; a folder or a later save brings it back

    objects = MappingQuerySet.as_manager()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class LookupTable(models.Model):
    """A CSV file beside the mapping that says which source key is which measure or unit."""

    mapping = models.ForeignKey(StoredMapping, on_delete=models.CASCADE, related_name="lookups")
    name = models.CharField(max_length=255)
    text = models.TextField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["mapping", "name"], name="lookup_is_named_once")]

    def __str__(self) -> str:
        return self.name
