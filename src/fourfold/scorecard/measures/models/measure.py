"""A measure's identity, and under what name and for which units it is listed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.audit.known import KnownRow
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit

__all__ = ["Measure", "MeasureListing", "MeasureUnknown"]


class MeasureUnknown(Refusal):
    code, status = "MEASURE_UNKNOWN", 404
    sentence = _("There is no measure “{key}”.")
    remedy = _("Choose one from the scorecard.")


class MeasureQuerySet(RefusingQuerySet["Measure"]):
    refusal = MeasureUnknown


class Measure(models.Model):
    """A quantity that shows progress on an objective. Never deleted: its observations stand."""

    key = models.SlugField(max_length=64, unique=True, db_index=False)

    objects = MeasureQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key


class MeasureListing(KnownRow):
    """What was known about a measure beside its versions: place, name, and the units it belongs to."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="listings")
    ordinal = models.IntegerField()
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_levels = models.JSONField(default=list)
    unit_keys = models.JSONField(default=list)
    units_since = models.JSONField(default=dict)  # unit key → day from which it takes the measure
    retired_on = models.DateField(null=True)  # pages that end on it or later take no value

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure"], condition=Q(until_seq=None), name="measure_has_one_known_listing"
            )
        ]

    def __str__(self) -> str:
        return self.name
