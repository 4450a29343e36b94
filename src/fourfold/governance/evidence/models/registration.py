"""What somebody expects of a link before the data are looked at (METHOD §3.8)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fourfold.governance.evidence.models.of_unit import OfUnit, OfUnitQuerySet
from fourfold.platform.accounts.models import Person

__all__ = ["Registration"]


class RegistrationQuerySet(OfUnitQuerySet["Registration"]):
    pass


class Registration(OfUnit):
    """One edition; the highest counts, the others stay readable. Never changed.

    `sign` is that of the two measures as they are measured: more of `x` with more (1) or less (−1) of `y`. Lags count
    months. `since` and `until` name the months of data the test may use; empty: all there are. `is_late`: a test of
    the link had run before, so that the data may have suggested it.
    """

    edition = models.PositiveIntegerField()
    x = models.CharField(max_length=64)
    y = models.CharField(max_length=64)
    sign = models.SmallIntegerField()
    lag_from = models.PositiveSmallIntegerField()
    lag_to = models.PositiveSmallIntegerField()
    since = models.CharField(max_length=16, blank=True)
    until = models.CharField(max_length=16, blank=True)
    mechanism = models.TextField(blank=True)
    seq = models.BigIntegerField()
    is_late = models.BooleanField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source", "target", "edition"], name="registration_has_one_text_an_edition"
            ),
            models.CheckConstraint(condition=Q(sign__in=(1, -1)), name="registration_names_a_sign"),
            models.CheckConstraint(
                condition=Q(lag_to__gte=F("lag_from")), name="registered_lags_are_forward"
            ),
            models.CheckConstraint(condition=~Q(x=F("y")), name="registration_names_two_measures"),
        ]

    def __str__(self) -> str:
        return f"{self.link} edition {self.edition}"
