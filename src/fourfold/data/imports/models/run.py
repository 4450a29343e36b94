"""One file taken in: when, by whom, through which mapping, with what result."""

from __future__ import annotations

from django.db import models

__all__ = ["ImportRun"]


class ImportRun(models.Model):
    """A run that was refused is not kept: nothing of it happened. `reference` stands in the ledger's entries."""

    reference = models.CharField(max_length=64, unique=True)
    mapping_key = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True)
    rows_read = models.IntegerField()
    values_written = models.IntegerField()
    values_unchanged = models.IntegerField()
    targets_written = models.IntegerField(default=0)
    warnings = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.reference
