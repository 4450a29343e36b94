"""The arrows of the map: hypotheses, and identities that are none."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fourfold.platform.audit.known import KnownRow
from fourfold.scorecard.strategy.models.objective import Objective

__all__ = ["CausalLink", "IdentityLink"]


class CausalLink(KnownRow):
    """A hypothesised effect of one objective on another (METHOD §3.2)."""

    source = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="effects")
    target = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="causes")
    ordinal = models.IntegerField()
    sign = models.SmallIntegerField()
    lag_months = models.IntegerField(null=True)
    strength = models.CharField(max_length=16)
    evidence = models.CharField(max_length=16)
    hypothesis = models.TextField(blank=True)
    feedback = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], condition=Q(until_seq=None), name="causal_link_is_drawn_once"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="nothing_causes_itself"),
            models.CheckConstraint(condition=Q(sign__in=[-1, 1]), name="causal_sign_is_plus_or_minus"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class IdentityLink(KnownRow):
    """An accounting or logical relation; never tested statistically."""

    source = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+")
    ordinal = models.IntegerField()
    sentence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], condition=Q(until_seq=None), name="identity_link_is_drawn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} = {self.target_id}"
