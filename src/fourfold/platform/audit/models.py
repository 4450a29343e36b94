"""The journal and its head."""

from __future__ import annotations

from django.db import models

__all__ = ["AuditEvent", "AuditHead"]


class AuditEvent(models.Model):
    """What somebody did. `document` is the canonical event; the columns beside it repeat parts of it for searching."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    object = models.CharField(max_length=255, db_index=True)
    document = models.TextField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.actor} {self.action} {self.object}"


class AuditHead(models.Model):
    """The one row that says how long the chain is and how it ends: rows cut from the end are missed."""

    seq = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_has_one_head")]

    def __str__(self) -> str:
        return f"{self.seq}"
