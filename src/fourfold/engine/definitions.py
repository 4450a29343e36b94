"""What an organisation has written down: frozen, complete, and the same whether a folder or a database yields it.

Everything is named by its immutable `key`. Order in every tuple is the listed order and is meaningful: units list a
parent before its children, perspectives run from the top of the map downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.engine.quantities import AggregationKind, GoalType, Weight

__all__ = [
    "CausalLink",
    "ContributionMode",
    "Definitions",
    "EvidenceState",
    "FormulaOrder",
    "IdentityLink",
    "Initiative",
    "InitiativeStatus",
    "Measure",
    "MeasureRole",
    "MeasureVersion",
    "Membership",
    "Milestone",
    "MissingOperand",
    "Objective",
    "ObjectiveShare",
    "OrgValues",
    "Organisation",
    "Person",
    "Perspective",
    "PolicyValue",
    "RollupMethod",
    "Segment",
    "Strategy",
    "Target",
    "TargetPoint",
    "Theme",
    "ThresholdBasis",
    "Thresholds",
    "Tier",
    "Trajectory",
    "Unit",
    "UnitSelector",
    "WeightFrom",
]


class MeasureRole(StrEnum):
    """Whether a measure is expected to move before its outcome (METHOD §6)."""

    LEAD = "lead"
    LAG = "lag"


class Tier(StrEnum):
    """Whose attention a measure deserves (METHOD M1.5)."""

    EXECUTIVE = "executive"
    MANAGEMENT = "management"
    OPERATIONAL = "operational"


class OrgValues(StrEnum):
    """Whether a parent unit's value is summed from below or typed in (DESIGN §5)."""

    AGGREGATED = "aggregated"
    ENTERED = "entered"


class FormulaOrder(StrEnum):
    """Aggregate the operands and then compute, or compute per cell and then aggregate the results."""

    OPERANDS_FIRST = "operands_first"
    RESULTS_FIRST = "results_first"


class MissingOperand(StrEnum):
    """What a formula does with a missing operand."""

    PROPAGATE = "propagate"
    SKIP = "skip"
    ZERO = "zero"


class ThresholdBasis(StrEnum):
    """How red, best and worst are written down."""

    SHARE = "share"  # of the target: 0.9 is 90 % of it
    DISTANCE = "distance"  # from the target, in the measure's unit, positive number
    ABSOLUTE = "absolute"  # a value in the measure's unit


class Trajectory(StrEnum):
    """How a target moves between its points (METHOD §2.7)."""

    STEP = "step"
    LINEAR = "linear"
    COMPOUND = "compound"
    MILESTONE = "milestone"


class RollupMethod(StrEnum):
    """How a parent's score is made from its children (METHOD §2.5)."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    MINIMUM = "minimum"
    COUNT = "count"


class ContributionMode(StrEnum):
    """The four ways of cascading (METHOD M1.1)."""

    IDENTICAL = "identical"
    CONTRIBUTORY = "contributory"
    SHARED = "shared"
    NEW = "new"


class EvidenceState(StrEnum):
    """What is known about a hypothesis of the map (METHOD §3.2)."""

    ASSERTED = "asserted"
    PLAUSIBLE = "plausible"
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    INCONCLUSIVE = "inconclusive"


class InitiativeStatus(StrEnum):
    """Where an initiative stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Organisation:
    """The one organisation of an installation. `clock` pins today's date (demo and tests); None reads the real one."""

    key: str
    name: str
    time_zone: str
    currency: str
    calendar: FiscalCalendar
    clock: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit; exists from `valid_from` to `valid_to` inclusive (None: open)."""

    key: str
    name: str
    parent: str | None
    level: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class UnitSelector:
    """Which units an objective or measure belongs to; the declaring unit and all below it when everything is empty.

    A unit is selected if it lies at or below `unit` and matches every non-empty list.
    """

    unit: str
    levels: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightFrom:
    """A weight valid from a day on (None: from the beginning)."""

    weight: Weight
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """The versioned set of choices with a horizon (METHOD §6)."""

    vision: str
    mission: str
    core_values: tuple[str, ...]
    horizon_from: date | None
    horizon_to: date | None


@dataclass(frozen=True, slots=True)
class Perspective:
    """A viewpoint grouping objectives."""

    key: str
    name: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A vertical cause-and-effect cluster across perspectives; `result` is its intended end state."""

    key: str
    name: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """A continuous-improvement statement without a number (METHOD §3.3)."""

    key: str
    name: str
    description: str
    perspective: str
    themes: tuple[str, ...]
    owner: str | None
    units: UnitSelector
    weights: tuple[WeightFrom, ...]
    contributes_to: tuple[tuple[str, ContributionMode], ...] = ()
    rollup: RollupMethod = RollupMethod.ARITHMETIC


@dataclass(frozen=True, slots=True)
class CausalLink:
    """A hypothesised effect of one objective on another (METHOD §3.2). `lag_months` is None when nobody said."""

    source: str
    target: str
    sign: int
    lag_months: int | None
    strength: str
    evidence: EvidenceState
    hypothesis: str
    feedback: bool = False


@dataclass(frozen=True, slots=True)
class IdentityLink:
    """An accounting or logical relation; never tested statistically."""

    source: str
    target: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A role held for a unit and everything below it (METHOD M6.2)."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in, owns or looks after things; never a credential."""

    key: str
    name: str
    email: str
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Red, best and worst of a version; green is the target (DESIGN §5). None: derived from the others.

    For `band` and `exact`, `tolerance` is the distance to the green edge, `red` and `worst` distances on each side.
    """

    basis: ThresholdBasis = ThresholdBasis.SHARE
    red: float | None = None
    best: float | None = None
    worst: float | None = None
    tolerance: float | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One member of the dimension a measure is segmented by."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ObjectiveShare:
    """A measure's place under an objective, with its weights over time. `critical`: red caps the status at amber."""

    objective: str
    weights: tuple[WeightFrom, ...]
    critical: bool = False


@dataclass(frozen=True, slots=True)
class MeasureVersion:
    """An immutable definition valid from a day on (METHOD §6); `number` counts from 1.

    `baseline` serves progress; `natural_min` and `natural_max` bound best and worst; `rubric` is the ordinal table
    (value, score); `band` the lower and upper edge of a band; `due_days` after a period's end a value is owed;
    `grace_periods` more of the native frequency until a shown last value goes stale.
    """

    number: int
    valid_from: date | None
    kind: AggregationKind
    unit_of_measure: str
    goal: GoalType
    frequency: Frequency
    thresholds: Thresholds
    role: MeasureRole
    tier: Tier
    owner: str | None
    steward: str | None
    operational_definition: str
    series: int = 1
    formula: str | None = None
    formula_order: FormulaOrder = FormulaOrder.OPERANDS_FIRST
    missing_operand: MissingOperand = MissingOperand.PROPAGATE
    org_values: OrgValues = OrgValues.AGGREGATED
    multiplier: float = 1.0
    decimals: int = 1
    segment_dimension: str | None = None
    segments: tuple[Segment, ...] = ()
    band: tuple[float, float] | None = None
    rubric: tuple[tuple[float, float], ...] = ()
    baseline: float | None = None
    natural_min: float | None = None
    natural_max: float | None = None
    due_days: int = 0
    grace_periods: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that shows progress on an objective; the versions carry the definition."""

    key: str
    name: str
    objectives: tuple[ObjectiveShare, ...]
    units: UnitSelector
    versions: tuple[MeasureVersion, ...]


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """A wanted value at a period of the measure's native frequency."""

    period: Period
    value: float


@dataclass(frozen=True, slots=True)
class Target:
    """The wanted values of one measure and unit over time, oldest point first.

    `step` holds a value until the next point; the others interpolate between points; outside the points there is no
    target, except that a step's last value goes on. `red` and `best`, where given, override the version's thresholds
    and are absolute values. `segment` is None for the total.
    """

    measure: str
    unit: str
    points: tuple[TargetPoint, ...]
    trajectory: Trajectory = Trajectory.STEP
    segment: str | None = None
    red: float | None = None
    best: float | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step of an initiative; `done` is the day it was reached."""

    name: str
    due: date
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Initiative:
    """A time-boxed undertaking that closes a gap; money is exact and in the organisation's currency."""

    key: str
    name: str
    owner: str | None
    objectives: tuple[str, ...]
    start: date | None
    end: date | None
    status: InitiativeStatus
    milestones: tuple[Milestone, ...] = ()
    budget: Decimal | None = None
    spent: Decimal | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """One parameter of METHOD §0.5 as decided by the organisation; `scope` is `org` or a unit's key."""

    key: str
    value: str
    scope: str = "org"
    version: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything written down about one organisation, as known at one moment."""

    organisation: Organisation
    units: tuple[Unit, ...]
    strategy: Strategy
    perspectives: tuple[Perspective, ...]
    themes: tuple[Theme, ...]
    objectives: tuple[Objective, ...]
    causal_links: tuple[CausalLink, ...]
    identity_links: tuple[IdentityLink, ...]
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    initiatives: tuple[Initiative, ...]
    people: tuple[Person, ...]
    policies: tuple[PolicyValue, ...] = ()
