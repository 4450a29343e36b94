"""One file taken in: when, by whom, through which mapping, with what result."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit

__all__ = ["ImportRun", "RunUnknown"]


class RunUnknown(Refusal):
    code, status = "IMPORT_UNKNOWN", 404
    sentence = _("There is no import “{reference}”.")
    remedy = _("Choose one from the list of imports.")


class ImportRunQuerySet(RefusingQuerySet["ImportRun"]):
    refusal = RunUnknown

    def visible_to(self, scope: Scope) -> Self:
        """One's own, and those that wrote only units one sees; one that wrote none is its importer's alone."""
        if scope.sees_everything:
            return self.all()
        written = ImportRun.units.through.objects.filter(importrun=OuterRef("pk"))
        unseen = written.exclude(unit__in=Unit.objects.visible_to(scope))
        own = Q(actor=scope.person_key) if scope.person_key else Q(pk=None)
        return self.filter(own | (Exists(written) & ~Exists(unseen)))


class ImportRun(models.Model):
    """A run that was refused is not kept: nothing of it happened. `reference` stands in the ledger's entries.

    `units` are those it wrote values, targets or definitions for: whoever sees all of them sees the run. `remarks`
    counts the warnings, so that a list of runs need not read them. `definitions_seq` is where its targets, units and
    measures became known.
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
    definitions_seq = models.BigIntegerField(null=True)
    units = models.ManyToManyField(Unit, related_name="+")
    warnings = models.JSONField(default=list)
    remarks = models.IntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawal_reason = models.TextField(blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at", "id"], name="run_by_moment")]

    def __str__(self) -> str:
        return self.reference
