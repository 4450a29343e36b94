"""A small organisation that has a bit of everything, as one would write it down."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from fourfold.engine.calendar import FiscalCalendar, Frequency
from fourfold.engine.definitions import (
    CausalLink,
    ContributionMode,
    Definitions,
    EvidenceState,
    IdentityLink,
    Initiative,
    InitiativeStatus,
    Measure,
    MeasureRole,
    MeasureVersion,
    Membership,
    Milestone,
    Objective,
    ObjectiveShare,
    Organisation,
    Person,
    Perspective,
    PolicyValue,
    Segment,
    Strategy,
    Target,
    TargetPoint,
    Theme,
    ThresholdBasis,
    Thresholds,
    Tier,
    Trajectory,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.quantities import AggregationKind, GoalType, Weight
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.write_definitions import Written, write_definitions

CALENDAR = FiscalCalendar()
FOUNDED = datetime(2026, 1, 1, 8, tzinfo=UTC)


def version(kind: AggregationKind = AggregationKind.FLOW, number: int = 1, **said: object) -> MeasureVersion:
    plain: dict[str, object] = {
        "valid_from": None,
        "unit_of_measure": "shipment",
        "goal": GoalType.MAXIMISE,
        "frequency": Frequency.MONTH,
        "thresholds": Thresholds(ThresholdBasis.SHARE, red=0.9),
        "role": MeasureRole.LAG,
        "tier": Tier.EXECUTIVE,
        "owner": "ada",
        "steward": "bob",
        "operational_definition": "Counted at the dock.",
    }
    return MeasureVersion(number=number, kind=kind, **{**plain, **said})  # type: ignore[arg-type]


def measure(key: str, objective: str, *versions: MeasureVersion, unit: str = "acme") -> Measure:
    share = ObjectiveShare(objective, (WeightFrom(Weight(1.0)),))
    return Measure(key, key.capitalize(), (share,), UnitSelector(unit), versions or (version(),))


# By key, as a folder lists them.
MEASURES = (
    measure(
        "complaints",
        "deliver",
        version(
            goal=GoalType.MINIMISE,
            thresholds=Thresholds(ThresholdBasis.DISTANCE, red=5.0, best=8.0),
            segment_dimension="cargo",
            segments=(Segment("dry", "Dry"), Segment("cold", "Cold")),
        ),
    ),
    measure("mood", "deliver", version(AggregationKind.MEAN, unit_of_measure="point", role=MeasureRole.LEAD)),
    measure(
        "on-time",
        "deliver",
        version(
            AggregationKind.RATIO, unit_of_measure="%", multiplier=100.0, natural_min=0.0, natural_max=100.0
        ),
    ),
    measure("shipments", "grow"),
)


def targets() -> tuple[Target, ...]:
    def points(*values: float) -> tuple[TargetPoint, ...]:
        first = CALENDAR.parse("2026-01")
        return tuple(TargetPoint(first.shifted(place), value) for place, value in enumerate(values))

    return (
        Target("shipments", "north", points(100.0, 110.0), Trajectory.LINEAR),
        Target("shipments", "acme", points(300.0), origin="negotiated"),
        Target("on-time", "acme", points(95.0), red=90.0, best=99.5),
        Target("complaints", "acme", points(10.0), segment="cold"),
        Target("complaints", "acme", points(40.0)),
        Target("mood", "acme", points(7.5)),
    )


def small_organisation() -> Definitions:
    whole = UnitSelector("acme")
    return Definitions(
        organisation=Organisation("acme", "Acme", "Europe/Berlin", "EUR", CALENDAR, date(2026, 3, 15)),
        units=(
            Unit("acme", "Acme", None, "enterprise"),
            Unit("north", "North", "acme", "region", date(2020, 1, 1)),
            Unit("oslo", "Oslo", "north", "site"),
            Unit("south", "South", "acme", "region", date(2020, 1, 1), date(2030, 12, 31)),
        ),
        strategy=Strategy(
            "Every parcel.", "We carry.", ("Care", "Haste"), date(2025, 1, 1), date(2028, 12, 31)
        ),
        perspectives=(
            Perspective("finance", "Finance", "How do owners see us?"),
            Perspective("customer", "Customer"),
        ),
        themes=(Theme("reach", "Reach", "Everywhere by 2028"),),
        objectives=(
            Objective(
                "grow",
                "Grow carried volume",
                "More.",
                "finance",
                ("reach",),
                "ada",
                whole,
                (WeightFrom(Weight(2.0)),),
            ),
            Objective(
                "deliver",
                "Deliver on time",
                "",
                "customer",
                (),
                None,
                whole,
                (WeightFrom(Weight(1.0)), WeightFrom(Weight(3.0), date(2026, 2, 1))),
            ),
            Objective(
                "deliver-north",
                "Deliver northern parcels",
                "",
                "customer",
                ("reach",),
                "bob",
                UnitSelector("north", ("site",), ("oslo",)),
                (WeightFrom(Weight(1.0)),),
                (("deliver", ContributionMode.CONTRIBUTORY),),
            ),
        ),
        causal_links=(
            CausalLink("deliver", "grow", 1, 3, "strong", EvidenceState.ASSERTED, "Punctual carriers win."),
            CausalLink("deliver-north", "grow", -1, None, "weak", EvidenceState.PLAUSIBLE, "", feedback=True),
        ),
        identity_links=(IdentityLink("deliver", "deliver-north", "The whole holds its parts."),),
        measures=MEASURES,
        targets=targets(),
        initiatives=(
            Initiative(
                "second-shift",
                "Second shift",
                "bob",
                ("deliver", "grow"),
                date(2026, 1, 1),
                date(2026, 9, 30),
                InitiativeStatus.ACTIVE,
                (
                    Milestone("Hired", date(2026, 2, 1), date(2026, 2, 3)),
                    Milestone("Running", date(2026, 6, 1)),
                ),
                Decimal("1234567890123456.78"),
                Decimal("0.10"),
                "Evenings.",
            ),
        ),
        people=(
            Person("ada", "Ada", "ada@example.org", (Membership("administrator", "acme"),)),
            Person(
                "bob",
                "Bob",
                "bob@example.org",
                (Membership("data_steward", "north"), Membership("viewer", "south")),
            ),
            Person("cyd", "Cyd", ""),
        ),
        policies=(PolicyValue("score.coverage_min", "0.5", reason="a young organisation"),),
    )


@pytest.fixture
def acme() -> Definitions:
    return small_organisation()


@pytest.fixture
def founded(db: None, acme: Definitions) -> Written:
    return write_definitions(acme, scope=INSTALLATION, at=FOUNDED)
