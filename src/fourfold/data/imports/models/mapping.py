"""A mapping document, kept word for word with the lookup tables it names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet

__all__ = ["LookupTable", "MappingUnknown", "StoredMapping"]


class MappingUnknown(Refusal):
    code, status = "MAPPING_UNKNOWN", 404
    sentence = _("There is no mapping “{key}”.")
    remedy = _("Load a folder that has it, or name the path of a mapping file.")


class MappingQuerySet(RefusingQuerySet["StoredMapping"]):
    refusal = MappingUnknown


class StoredMapping(models.Model):
    """How the columns of a file become observations: `data/<key>.mapping.yaml`, as text."""

    key = models.SlugField(max_length=64, unique=True)
    text = models.TextField()
    retired_at = models.DateTimeField(
        null=True
    )  # not offered any more; a folder or a later save brings it back

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
