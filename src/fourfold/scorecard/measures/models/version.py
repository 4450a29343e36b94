"""What a measure means from a day on; once written it never changes (METHOD M6.4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fourfold.platform.accounts.models import Person
from fourfold.scorecard.measures.models.measure import Measure

__all__ = ["MeasureSegment", "MeasureVersion"]


class MeasureVersion(models.Model):
    """An immutable definition; known from `seq` on. The fields are those of `engine.definitions.MeasureVersion`."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="versions")
    seq = models.BigIntegerField(db_index=True)
    number = models.PositiveIntegerField()
    valid_from = models.DateField(null=True)
    series = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    unit_of_measure = models.CharField(max_length=64, blank=True)
    goal = models.CharField(max_length=16)
    frequency = models.CharField(max_length=8)
    role = models.CharField(max_length=8)
    tier = models.CharField(max_length=16)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    steward = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    operational_definition = models.TextField(blank=True)
    formula = models.TextField(null=True)
    formula_order = models.CharField(max_length=16)
    missing_operand = models.CharField(max_length=16)
    org_values = models.CharField(max_length=16)
    multiplier = models.FloatField()
    decimals = models.SmallIntegerField()
    segment_dimension = models.CharField(max_length=64, null=True)
    threshold_basis = models.CharField(max_length=16)
    threshold_red = models.FloatField(null=True)
    threshold_best = models.FloatField(null=True)
    threshold_worst = models.FloatField(null=True)
    threshold_tolerance = models.FloatField(null=True)
    band_low = models.FloatField(null=True)
    band_high = models.FloatField(null=True)
    rubric = models.JSONField(default=list)
    baseline = models.FloatField(null=True)
    natural_min = models.FloatField(null=True)
    natural_max = models.FloatField(null=True)
    counts_cases = models.BooleanField()
    due_days = models.IntegerField()
    grace_periods = models.IntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="measure_version_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="measure_versions_count_from_one"),
            models.CheckConstraint(
                condition=Q(band_low=None, band_high=None) | Q(band_low__lte=models.F("band_high")),
                name="measure_band_has_two_ordered_edges",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} v{self.number}"


class MeasureSegment(models.Model):
    """One member of the dimension a version is segmented by; `ordinal` counts from 1, because 0 is the total."""

    version = models.ForeignKey(MeasureVersion, on_delete=models.PROTECT, related_name="segments")
    ordinal = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=64, db_index=False)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "ordinal"], name="segment_ordinal_is_unique"),
            models.UniqueConstraint(fields=["version", "key"], name="segment_key_is_unique"),
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="segments_count_from_one"),
        ]

    def __str__(self) -> str:
        return self.key
