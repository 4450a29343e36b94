"""The ledger: append-only, bitemporal, numbered in the order of commit (DESIGN §2)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from fourfold.platform.units.models import Unit, Viewer
from fourfold.scorecard.measures.models.measure import Measure

__all__ = [
    "LedgerEntry",
    "LedgerHead",
    "Observation",
    "ObservationKind",
    "ObservationStatus",
    "ReleaseStatus",
    "SourceFile",
]


class ObservationKind(models.TextChoices):
    """Whether a row says a value or takes one back."""

    VALUE = "v", "value"
    WITHDRAWN = "w", "withdrawn"


class ObservationStatus(models.TextChoices):
    """Quality, or why the number is missing: SDMX's CL_OBS_STATUS where it has a code."""

    NORMAL = "A", "normal"
    BREAK = "B", "break"
    ESTIMATED = "E", "estimated"
    IMPUTED = "I", "imputed"
    NOT_APPLICABLE = "M", "not_applicable"  # SDMX: missing, data cannot exist
    MISSING = "O", "missing"
    SUPPRESSED = "Q", "suppressed"
    LOW_RELIABILITY = "U", "low_reliability"
    QUARANTINED = "V", "quarantined"  # SDMX: unvalidated
    STALE = "X", "stale"  # ours: SDMX has no code for a value past its grace


class ReleaseStatus(models.TextChoices):
    """How final a value is (METHOD M4.6)."""

    FLASH = "F", "flash"
    PROVISIONAL = "P", "provisional"
    FINAL = "L", "final"
    RESTATED = "R", "restated"


class LedgerHead(models.Model):
    """The one row that hands out `seq`; locked by UPDATE inside the writing transaction, so numbers follow commits."""

    seq = models.BigIntegerField()
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ledger_has_one_head")]

    def __str__(self) -> str:
        return f"{self.seq}"


class LedgerEntry(models.Model):
    """What became known at one moment: rows `first_seq` to `last_seq`. `recorded_at` never decreases with seq."""

    first_seq = models.BigIntegerField(unique=True)
    last_seq = models.BigIntegerField(unique=True)
    recorded_at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=64, blank=True)
    is_definition = models.BooleanField(default=False)
    is_history = models.BooleanField(default=False)  # recorded_at was given when the organisation was founded
    source_run = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["last_seq"], condition=Q(is_definition=True), name="entry_of_definitions"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_seq__gte=models.F("first_seq")), name="entry_is_forward")
        ]

    def __str__(self) -> str:
        return f"{self.first_seq}…{self.last_seq}"


class SourceFile(models.Model):
    """A file that rows were read from, as it was on that day."""

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "sha256"], name="source_file_is_named_once")]

    def __str__(self) -> str:
        return self.name


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The rows of units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class Observation(models.Model):
    """A value of a measure for unit, segment and period, as known from its `seq` on.

    `seq` is the primary key, so the table lies in ledger order and a reader takes what is new with one range scan.
    `period` counts in the measure's native frequency. The number is `value`, or `numerator` and `denominator`;
    a `mean` may say `value` and `n`. Superseded by the next row of the same key: derived, never written.
    """

    seq = models.BigIntegerField(primary_key=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, db_index=False, related_name="+")
    series = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False, related_name="+")
    segment = models.PositiveSmallIntegerField(
        default=0
    )  # 0 is the total, k the k-th segment the measure lists
    period = models.IntegerField()
    kind = models.CharField(max_length=1, choices=ObservationKind.choices, default=ObservationKind.VALUE)
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    n = models.FloatField(null=True)
    obs_status = models.CharField(
        max_length=1, choices=ObservationStatus.choices, default=ObservationStatus.NORMAL
    )
    release_status = models.CharField(
        max_length=1, choices=ReleaseStatus.choices, default=ReleaseStatus.FINAL
    )
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, db_index=False, related_name="+")
    source = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    source_row = models.IntegerField(null=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["measure", "unit", "period"], name="observation_by_key"),
            # Few rows are restated; figures ask for them on every page.
            models.Index(
                fields=["measure", "period"], condition=Q(release_status="R"), name="observation_restated"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ObservationKind.values), name="observation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(obs_status__in=ObservationStatus.values), name="observation_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(release_status__in=ReleaseStatus.values), name="observation_release_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq}"
