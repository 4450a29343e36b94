"""The words of the measure forms: every choice in plain language, with an example."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    MeasureRole,
    MissingOperand,
    OrgValues,
    ThresholdBasis,
    Tier,
    Trajectory,
)
from fourfold.engine.quantities import AggregationKind, GoalType

__all__ = [
    "BASES",
    "FREQUENCIES",
    "GOALS",
    "KINDS",
    "MISSING",
    "ORG_VALUES",
    "ORIGINS",
    "ROLES",
    "SOURCES",
    "TIERS",
    "TRAJECTORIES",
    "KindWords",
]

Choice = tuple[str, Promise]


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind of value: what it is, how it adds up, and something everybody knows."""

    key: str
    name: Promise
    adds_up: Promise
    example: Promise


KINDS = (
    KindWords(
        AggregationKind.FLOW.value,
        _("Flow"),
        _("Added over months and units"),
        _("Revenue, parcels sent"),
    ),
    KindWords(
        AggregationKind.STOCK.value,
        _("Stock"),
        _("The last month counts; units are added"),
        _("Headcount, open orders"),
    ),
    KindWords(
        AggregationKind.RATIO.value,
        _("Ratio"),
        _("Σ numerator ÷ Σ denominator, never a mean of percentages"),
        _("On-time parcels ÷ all parcels"),
    ),
    KindWords(
        AggregationKind.MEAN.value,
        _("Mean"),
        _("Weighed by the number of cases"),
        _("Mean repair time of n repairs"),
    ),
    KindWords(
        AggregationKind.RATE.value,
        _("Rate"),
        _("Σ events ÷ Σ exposure"),
        _("Accidents per hour worked"),
    ),
    KindWords(
        AggregationKind.NET_SHARE.value,
        _("Net share"),
        _("From counts: promoters less detractors ÷ answers"),
        _("Net promoter score"),
    ),
    KindWords(
        AggregationKind.INDEX.value,
        _("Index"),
        _("Weighed by the base value"),
        _("Price index, 2020 = 100"),
    ),
    KindWords(AggregationKind.MAX.value, _("Maximum"), _("The largest value counts"), _("Longest outage")),
    KindWords(AggregationKind.MIN.value, _("Minimum"), _("The smallest value counts"), _("Lowest stock")),
    KindWords(
        AggregationKind.MEDIAN.value,
        _("Median or percentile"),
        _("Not added up: every unit and period enters its own"),
        _("Median waiting time"),
    ),
    KindWords(
        AggregationKind.DISTINCT.value,
        _("Distinct count"),
        _("Not added up: the same customer may buy in two shops"),
        _("Active customers"),
    ),
    KindWords(
        AggregationKind.PRECOMPUTED.value,
        _("Reported as it is"),
        _("A percentage without its counts; not added up"),
        _("A figure from somebody else's report"),
    ),
)

SOURCES: tuple[Choice, ...] = (
    ("entered", _("Entered or imported values")),
    ("formula", _("A formula over other measures")),
)
GOALS: tuple[Choice, ...] = (
    (GoalType.MAXIMISE.value, _("Maximise: more is better")),
    (GoalType.MINIMISE.value, _("Minimise: less is better")),
    (GoalType.BAND.value, _("Band: inside two edges is best")),
    (GoalType.EXACT.value, _("Exact: as near to the target as possible")),
    (GoalType.MILESTONE.value, _("Milestone: per cent done")),
    (GoalType.BOOLEAN.value, _("Yes or no")),
    (GoalType.ORDINAL.value, _("Ordinal: a table of values and scores")),
    (GoalType.INFORMATIONAL.value, _("For information, not scored")),
)
FREQUENCIES: tuple[Choice, ...] = (
    (Frequency.MONTH.value, _("Every month")),
    (Frequency.QUARTER.value, _("Every quarter")),
    (Frequency.HALF.value, _("Every half-year")),
    (Frequency.YEAR.value, _("Every year")),
    (Frequency.WEEK.value, _("Every week")),
    (Frequency.DAY.value, _("Every day")),
)
BASES: tuple[Choice, ...] = (
    (ThresholdBasis.SHARE.value, _("Share of the target: 0.9 is 90 % of it")),
    (ThresholdBasis.DISTANCE.value, _("Distance from the target, in the measure's unit")),
    (ThresholdBasis.ABSOLUTE.value, _("Value, whatever the target")),
)
ROLES: tuple[Choice, ...] = (
    (MeasureRole.LEAD.value, _("Lead: moves before the outcome")),
    (MeasureRole.LAG.value, _("Lag: the outcome itself")),
)
TIERS: tuple[Choice, ...] = (
    (Tier.EXECUTIVE.value, _("Executive")),
    (Tier.MANAGEMENT.value, _("Management")),
    (Tier.OPERATIONAL.value, _("Operational")),
)
ORG_VALUES: tuple[Choice, ...] = (
    (OrgValues.AGGREGATED.value, _("Computed from the units below")),
    (OrgValues.ENTERED.value, _("Entered by every unit for itself")),
)
MISSING: tuple[Choice, ...] = (
    (MissingOperand.PROPAGATE.value, _("The result is missing too")),
    (MissingOperand.SKIP.value, _("Leave it out of sums and means")),
    (MissingOperand.ZERO.value, _("Count it as zero")),
)
TRAJECTORIES: tuple[Choice, ...] = (
    (Trajectory.STEP.value, _("Step: a value holds until the next, the last for good")),
    (Trajectory.LINEAR.value, _("Linear: the same step every period")),
    (Trajectory.COMPOUND.value, _("Compound: the same growth rate every period")),
    (Trajectory.MILESTONE.value, _("Milestones: a value holds until the next, and ends with the last")),
)
ORIGINS: tuple[Choice, ...] = (
    ("negotiated", _("Negotiated")),
    ("benchmark", _("Benchmark")),
    ("regression", _("Regression: from past values")),
    ("regulatory", _("Regulatory")),
)
