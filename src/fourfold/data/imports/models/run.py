"""One file taken in: when, by whom, through which mapping, with what result."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet

__all__ = ["ImportRun", "RunUnknown"]


class RunUnknown(Refusal):
    code, status = "IMPORT_UNKNOWN", 404
    sentence = _("There is no import “{reference}”.")
    remedy = _("Choose one from the list of imports.")


class ImportRunQuerySet(RefusingQuerySet["ImportRun"]):
    refusal = RunUnknown


class ImportRun(models.Model):
    """A run that was refused is not kept: nothing of it happened. `reference` stands in the ledger's entries.

    `units` lists the keys of the units it wrote values for: whoever sees all of them may take it back.
    """

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
    definitions_written = models.IntegerField(default=0)
    units = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawal_reason = models.TextField(blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.reference
