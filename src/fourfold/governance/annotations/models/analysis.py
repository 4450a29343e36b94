"""What the owner says about a thing's period: what happened, why, what next."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fourfold.governance.annotations.models.anchored import Anchored, AnchoredQuerySet
from fourfold.platform.accounts.models import Person

__all__ = ["Analysis"]


class AnalysisQuerySet(AnchoredQuerySet["Analysis"]):
    pass


class Analysis(Anchored):
    """One edition of it; the highest counts, the others stay readable. Never changed."""

    edition = models.PositiveIntegerField()
    happened = models.TextField(blank=True)
    why = models.TextField(blank=True)
    next = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key", "unit", "period", "edition"],
                name="analysis_has_one_text_an_edition",
            ),
            models.CheckConstraint(
                condition=~Q(happened="", why="", next=""), name="analysis_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}/{self.key} {self.period} edition {self.edition}"
