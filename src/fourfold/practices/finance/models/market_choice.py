"""Which measures tell what the market did to another one (METHOD M4.5, market data)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import Person
from fourfold.platform.units.models import Viewer

__all__ = ["MarketChoice", "MarketKind"]


class MarketKind(models.TextChoices):
    """What is known of the outside."""

    MEASURED = "measured", _("Measures tell it")
    NOTHING = "nothing", _("Nothing from outside moves it")
    UNKNOWN = "unknown", _("Nobody knows")


class MarketChoiceQuerySet(models.QuerySet["MarketChoice"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """All: it is part of what a measure means, and whoever sees the measure may read it."""
        return self.all()


class MarketChoice(models.Model):
    """Never changed: the latest one counts from its first period on. For every unit; the numbers are each unit's own.

    `size`, `share` and `other` are keys of measures: the whole market in pieces sold, one's share of it in per cent,
    and what currency and prices did, in the outcome's unit of measure; `margin` is what one piece sold adds to it.
    """

    measure = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=MarketKind.choices)
    first_period = models.CharField(max_length=16)
    size = models.CharField(max_length=64, blank=True)
    share = models.CharField(max_length=64, blank=True)
    margin = models.FloatField(null=True)
    other = models.CharField(max_length=64, blank=True)
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = MarketChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["measure"], name="market_choice_by_measure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MarketKind.values), name="market_choice_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="market_choice_gives_its_reason"),
            models.CheckConstraint(
                condition=(~Q(size="") & ~Q(share="") & Q(margin__isnull=False))
                | Q(size="", share="", margin=None),
                name="market_size_share_and_margin_come_together",
            ),
            models.CheckConstraint(
                condition=(Q(kind="measured") & ~Q(size="", other=""))
                | (~Q(kind="measured") & Q(size="", other="")),
                name="only_a_measured_market_names_measures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.kind} {self.first_period}"
