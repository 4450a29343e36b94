"""Two ferry lines with a measure of most kinds: what mapped files in these tests speak of."""

from fourfold.engine.calendar import FiscalCalendar, Frequency
from fourfold.engine.definitions import (
    Definitions,
    Measure,
    MeasureRole,
    MeasureVersion,
    Organisation,
    Segment,
    Strategy,
    Thresholds,
    Tier,
    Unit,
    UnitSelector,
)
from fourfold.engine.quantities import AggregationKind, GoalType


def measure(key, kind, unit_of_measure="1", *, segments=(), frequency=Frequency.MONTH, formula=None):
    version = MeasureVersion(
        number=1,
        valid_from=None,
        kind=kind,
        unit_of_measure=unit_of_measure,
        goal=GoalType.MAXIMISE,
        frequency=frequency,
        thresholds=Thresholds(),
        role=MeasureRole.LAG,
        tier=Tier.MANAGEMENT,
        owner=None,
        steward=None,
        operational_definition="",
        formula=formula,
        segment_dimension="kind" if segments else None,
        segments=tuple(Segment(each, each) for each in segments),
    )
    return Measure(key, key, (), UnitSelector("all"), (version,))


DEFINITIONS = Definitions(
    organisation=Organisation("ferries", "Ferries", "UTC", "EUR", FiscalCalendar()),
    units=(
        Unit("all", "All", None, "fleet"),
        Unit("north", "North", "all", "line"),
        Unit("south", "South", "all", "line"),
    ),
    strategy=Strategy("", "", (), None, None),
    perspectives=(),
    themes=(),
    objectives=(),
    causal_links=(),
    identity_links=(),
    measures=(
        measure("fares", AggregationKind.FLOW, "EUR"),
        measure("mood", AggregationKind.MEAN, "points"),
        measure("nps", AggregationKind.NET_SHARE, "%"),
        measure("on-time", AggregationKind.RATIO, "%"),
        measure("riders", AggregationKind.FLOW, "rider", segments=("adult", "child")),
        measure("spread", AggregationKind.FLOW, "EUR", formula="fares"),
        measure("audit", AggregationKind.FLOW, frequency=Frequency.QUARTER),
    ),
    targets=(),
    initiatives=(),
    people=(),
)
