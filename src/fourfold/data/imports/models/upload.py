"""A file that somebody has handed in and not yet imported."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet

__all__ = ["Upload", "UploadUnknown"]


class UploadUnknown(Refusal):
    code, status = "UPLOAD_UNKNOWN", 404
    sentence = _("This file is not here any more.")
    remedy = _("Hand it in again: files are kept for a week.")


class UploadQuerySet(RefusingQuerySet["Upload"]):
    refusal = UploadUnknown

    def visible_to(self, scope: Scope) -> Self:
        """One's own: a file may hold values of any unit."""
        return self.filter(keeper=scope.person_key)


class Upload(models.Model):
    """Where the file lies and whose it is. The row is written after the file, so there is no row without one."""

    reference = models.CharField(max_length=43, unique=True)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=16)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    keeper = models.CharField(max_length=64, blank=True)
    kept_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Holds the file and what was unpacked from it."""
        return Path(settings.FOURFOLD_HOME) / "uploads" / self.reference

    @property
    def path(self) -> Path:
        """The file itself, under a name of ours."""
        return self.folder / "file"
