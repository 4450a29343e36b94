"""What is to become of a link whose test contradicts it (METHOD §3.8)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.governance.evidence.models.link_test import LinkTest
from fourfold.platform.accounts.models import Person
from fourfold.platform.units.models import Viewer

__all__ = ["Choice", "LinkDecision"]


class Choice(models.TextChoices):
    """The three choices."""

    DROP = "drop", _("Drop the link")
    CHANGE = "change", _("Change its lag or its measures")
    COLLECT = "collect", _("Collect more data")


class LinkDecisionQuerySet(models.QuerySet["LinkDecision"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Decisions about tests in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(test__unit_id__in=viewer.unit_ids)


class LinkDecision(models.Model):
    """A choice with the evidence it was made on; the latest about a test counts. Never changed."""

    test = models.ForeignKey(LinkTest, on_delete=models.PROTECT, related_name="decisions")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = LinkDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values), name="link_decision_is_a_known_choice"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="link_decision_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.choice} {self.test_id}"
