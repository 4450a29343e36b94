"""Time-boxed undertakings; money is exact."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fourfold.platform.accounts.models import Person
from fourfold.platform.audit.known import KnownRow

__all__ = ["Initiative", "InitiativeMilestone", "InitiativeVersion"]


class Initiative(models.Model):
    """An initiative's identity."""

    key = models.SlugField(max_length=64, unique=True, db_index=False)

    def __str__(self) -> str:
        return self.key


class InitiativeVersion(KnownRow):
    """What was known about an initiative. Money is text: SQLite would keep 15 digits of a decimal."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.IntegerField()
    name = models.CharField(max_length=200)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    status = models.CharField(max_length=16)
    budget = models.CharField(max_length=40, null=True)
    spent = models.CharField(max_length=40, null=True)
    description = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(until_seq=None), name="initiative_has_one_known_version"
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gte=models.F("start")),
                name="initiative_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InitiativeMilestone(models.Model):
    """A dated step; `done` is the day it was reached."""

    version = models.ForeignKey(InitiativeVersion, on_delete=models.PROTECT, related_name="milestones")
    place = models.IntegerField()
    name = models.CharField(max_length=200)
    due = models.DateField()
    done = models.DateField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["version", "place"], name="milestone_place_is_unique")]

    def __str__(self) -> str:
        return self.name
