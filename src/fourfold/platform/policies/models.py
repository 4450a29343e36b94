"""What the organisation decided about a parameter, version by version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fourfold.platform.audit.known import KnownRow

__all__ = ["PolicyVersion"]


class PolicyVersion(KnownRow):
    """One decided value. What nobody decided has its default in `engine.policies`, never a row."""

    ordinal = models.IntegerField()
    key = models.CharField(max_length=64)
    scope = models.CharField(max_length=64)  # `org`, or a unit's key
    value = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "scope", "version"],
                condition=Q(until_seq=None),
                name="policy_version_is_known_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}@{self.version}"
