"""A logged decision on the limits of one measure in one unit, and its withdrawal (METHOD M3.4)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import Person
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit, Viewer

__all__ = ["ChosenChart", "DecisionKind", "DecisionUnknown", "LimitDecision", "Withdrawal"]


class DecisionKind(models.TextChoices):
    """What can be decided about limits."""

    REBASE = "rebase", _("Limits begin anew")
    SPECIAL_CAUSE = "special_cause", _("Special cause")
    SPECIFICATION = "specification", _("Specification limits")
    CHART = "chart", _("Which chart")


class ChosenChart(models.TextChoices):
    """The charts that only a person can know to be right: what was counted, and how small a shift matters."""

    G = "g", _("g chart: cases from one rare event to the next")
    T = "t", _("t chart: time from one rare event to the next")
    C = "c", _("c chart: events in periods that are all alike")
    XMR = "xmr", _("XmR chart: single values")
    EWMA = "ewma", _("EWMA chart: a moving average, for small shifts that last")
    CUSUM = "cusum", _("CUSUM chart: sums of what lies off the mean, for small shifts that last")


class DecisionUnknown(Refusal):
    code, status = "LIMIT_DECISION_UNKNOWN", 404
    sentence = _("There is no such decision where you may look.")


class LimitDecisionQuerySet(RefusingQuerySet["LimitDecision"]):
    refusal = DecisionUnknown

    def visible_to(self, viewer: Viewer) -> Self:
        """Decisions on measures of units in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(unit_id__in=viewer.unit_ids)


class LimitDecision(models.Model):
    """Never changed: what is no longer meant gets a `Withdrawal`. Keys, not rows, so that it survives a restatement.

    Periods are of the measure's own frequency: where limits begin anew, from when a specification holds, or the first
    and last of a stretch with a special cause. A choice of chart holds for the whole series and names its first period.
    """

    kind = models.CharField(max_length=16, choices=DecisionKind.choices)
    measure = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    first_period = models.CharField(max_length=16)
    last_period = models.CharField(max_length=16, blank=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    target = models.FloatField(null=True)
    chart = models.CharField(max_length=8, blank=True, choices=ChosenChart.choices)
    reason = models.TextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = LimitDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "measure"], name="limit_decision_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values), name="limit_decision_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="limit_decision_gives_its_reason"),
            models.CheckConstraint(
                condition=(Q(kind="special_cause") & ~Q(last_period=""))
                | (~Q(kind="special_cause") & Q(last_period="")),
                name="only_a_special_cause_has_a_last_period",
            ),
            models.CheckConstraint(
                condition=(Q(kind="specification") & (Q(lower__isnull=False) | Q(upper__isnull=False)))
                | (~Q(kind="specification") & Q(lower=None, upper=None, target=None)),
                name="only_a_specification_has_limits",
            ),
            models.CheckConstraint(
                condition=Q(lower=None) | Q(upper=None) | Q(lower__lt=F("upper")),
                name="lower_specification_limit_lies_below_the_upper",
            ),
            models.CheckConstraint(
                condition=(Q(kind="chart") & Q(chart__in=ChosenChart.values))
                | (~Q(kind="chart") & Q(chart="")),
                name="only_a_choice_of_chart_names_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.measure} {self.first_period}"


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Withdrawals of decisions in the viewer's sight."""
        return self.all() if viewer.sees_everything else self.filter(decision__unit_id__in=viewer.unit_ids)


class Withdrawal(models.Model):
    """From its moment on the decision is not meant any more; what was known before stays as it was. Never changed."""

    decision = models.OneToOneField(LimitDecision, on_delete=models.PROTECT, related_name="withdrawal")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"withdrawn {self.decision_id}"
