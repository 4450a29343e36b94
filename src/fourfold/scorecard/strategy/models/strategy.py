"""The strategy's own words, its perspectives and its themes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fourfold.platform.audit.known import KnownRow

__all__ = ["Perspective", "PerspectiveVersion", "StrategyVersion", "Theme", "ThemeVersion"]


class StrategyVersion(KnownRow):
    """The versioned set of choices with a horizon; one is known at a time."""

    is_the_one = models.BooleanField(default=True, editable=False)
    vision = models.TextField(blank=True)
    mission = models.TextField(blank=True)
    core_values = models.JSONField(default=list)
    horizon_from = models.DateField(null=True)
    horizon_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_the_one"], condition=Q(until_seq=None), name="organisation_has_one_strategy"
            )
        ]

    def __str__(self) -> str:
        return self.vision


class Perspective(models.Model):
    """A perspective's identity."""

    key = models.SlugField(max_length=64, unique=True, db_index=False)

    def __str__(self) -> str:
        return self.key


class PerspectiveVersion(KnownRow):
    """What was known about a perspective; `ordinal` runs from the top of the map downwards."""

    perspective = models.ForeignKey(Perspective, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.IntegerField()
    name = models.CharField(max_length=200)
    question = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["perspective"], condition=Q(until_seq=None), name="perspective_has_one_known_version"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """A theme's identity."""

    key = models.SlugField(max_length=64, unique=True, db_index=False)

    def __str__(self) -> str:
        return self.key


class ThemeVersion(KnownRow):
    """What was known about a theme; `result` is its intended end state."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.IntegerField()
    name = models.CharField(max_length=200)
    result = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["theme"], condition=Q(until_seq=None), name="theme_has_one_known_version"
            )
        ]

    def __str__(self) -> str:
        return self.name
