"""What a test of a unit's links found, on which data (decision 15): a record, never a cached number."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fourfold.engine.leadlag import Verdict
from fourfold.governance.evidence.models.of_unit import OfUnit, OfUnitQuerySet
from fourfold.governance.evidence.models.registration import Registration
from fourfold.platform.accounts.models import Person
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit, Viewer

__all__ = ["EvidenceRun", "LinkTest", "LinkTestUnknown"]


class LinkTestUnknown(Refusal):
    code, status = "LINK_NOT_TESTED", 404
    sentence = _("This link has not been tested here.")
    remedy = _("Test the map's links first.")


class EvidenceRunQuerySet(RefusingQuerySet["EvidenceRun"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The runs over units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class EvidenceRun(models.Model):
    """All links of one unit's map tested together, because their p are adjusted for one another.

    `seq` and `definitions_seq` are the places of the ledger it was read at; `asked_by` is empty for the nightly one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    definitions_seq = models.BigIntegerField()
    tested_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    alpha = models.FloatField()
    permutations = models.PositiveIntegerField()
    links = models.PositiveIntegerField()

    objects = EvidenceRunQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "-id"], name="test_run_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(seq__gte=F("definitions_seq")), name="run_knows_its_definitions"
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk} at {self.seq}"


class LinkTestQuerySet(OfUnitQuerySet["LinkTest"]):
    refusal = LinkTestUnknown


class LinkTest(OfUnit):
    """One link in one run. `x` and `y` are measures' keys, empty where none stands for the objective.

    `sign` and lags (months) are what was expected; `registration` where that was written down before. `why` is empty
    for a link that was tested. `facts` holds correlations and whatever else the page tells, as JSON.
    """

    run = models.ForeignKey(EvidenceRun, on_delete=models.PROTECT, related_name="tests")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, null=True, related_name="+")
    x = models.CharField(max_length=64, blank=True)
    y = models.CharField(max_length=64, blank=True)
    x_version = models.PositiveIntegerField(null=True)
    y_version = models.PositiveIntegerField(null=True)
    sign = models.SmallIntegerField()
    lag_from = models.PositiveSmallIntegerField()
    lag_to = models.PositiveSmallIntegerField()
    frequency = models.CharField(max_length=8, blank=True)
    verdict = models.CharField(max_length=16)
    why = models.CharField(max_length=24, blank=True)
    n = models.PositiveIntegerField()
    first_period = models.CharField(max_length=16, blank=True)
    last_period = models.CharField(max_length=16, blank=True)
    p = models.FloatField(null=True)
    adjusted_p = models.FloatField(null=True)
    facts = models.JSONField(default=dict)

    objects = LinkTestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "source", "target"], name="link_test_by_link")]
        constraints = [
            models.UniqueConstraint(fields=["run", "source", "target"], name="link_is_tested_once_a_run"),
            models.CheckConstraint(
                condition=Q(verdict__in=[each.value for each in Verdict]), name="link_test_has_a_verdict"
            ),
            models.CheckConstraint(
                condition=Q(why="", p__isnull=False, adjusted_p__isnull=False)
                | (~Q(why="") & Q(p=None, verdict="not_testable")),
                name="link_test_has_a_p_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link} {self.verdict}"
