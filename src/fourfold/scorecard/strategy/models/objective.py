"""An objective's identity, and what was known about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import Person
from fourfold.platform.audit.known import KnownRow
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit
from fourfold.scorecard.initiatives.models import Initiative
from fourfold.scorecard.strategy.models.strategy import Perspective, Theme

__all__ = [
    "Contribution",
    "Objective",
    "ObjectiveInitiative",
    "ObjectiveTheme",
    "ObjectiveUnknown",
    "ObjectiveVersion",
    "ObjectiveWeight",
]


class ObjectiveUnknown(Refusal):
    code, status = "OBJECTIVE_UNKNOWN", 404
    sentence = _("There is no objective “{key}”.")
    remedy = _("Choose one from the strategy map.")


class ObjectiveQuerySet(RefusingQuerySet["Objective"]):
    refusal = ObjectiveUnknown


class Objective(models.Model):
    """A continuous-improvement statement without a number."""

    key = models.SlugField(max_length=64, unique=True, db_index=False)

    objects = ObjectiveQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key


class ObjectiveVersion(KnownRow):
    """What was known about an objective; its wording is visible below the unit that declares it."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.IntegerField()
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    perspective = models.ForeignKey(Perspective, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_levels = models.JSONField(default=list)
    unit_keys = models.JSONField(default=list)
    rollup = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objective"], condition=Q(until_seq=None), name="objective_has_one_known_version"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ObjectiveTheme(models.Model):
    """A theme an objective belongs to."""

    version = models.ForeignKey(ObjectiveVersion, on_delete=models.PROTECT, related_name="themes")
    place = models.IntegerField()
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "theme"], name="objective_theme_is_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.theme_id}"


class ObjectiveWeight(models.Model):
    """The objective's weight in its perspective, from a day on."""

    version = models.ForeignKey(ObjectiveVersion, on_delete=models.PROTECT, related_name="weights")
    place = models.IntegerField()
    weight = models.FloatField()
    valid_from = models.DateField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="objective_weight_is_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.weight}"


class Contribution(models.Model):
    """The higher objective this one is cascaded from, and how."""

    version = models.ForeignKey(ObjectiveVersion, on_delete=models.PROTECT, related_name="contributions")
    place = models.IntegerField()
    contributes_to = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=16)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "contributes_to"], name="contribution_is_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} → {self.contributes_to_id}"


class ObjectiveInitiative(KnownRow):
    """An objective an initiative serves."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="objectives")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="initiatives")
    place = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "objective"],
                condition=Q(until_seq=None),
                name="initiative_serves_objective_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} → {self.objective_id}"
