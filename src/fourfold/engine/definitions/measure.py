"""How progress is counted: measures, their versions, thresholds and targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.definitions.organisation import UnitSelector
from fourfold.engine.definitions.strategy import WeightFrom
from fourfold.engine.definitions.vocabulary import (
    FormulaOrder,
    MeasureRole,
    MissingOperand,
    OrgValues,
    ThresholdBasis,
    Tier,
    Trajectory,
)
from fourfold.engine.quantities import AggregationKind, GoalType

__all__ = ["Measure", "MeasureVersion", "ObjectiveShare", "Segment", "Target", "TargetPoint", "Thresholds"]


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
    `grace_periods` more of the native frequency until a shown last value goes stale. `counts_cases`: the numerator of a
    `ratio` counts some of the cases that its denominator counts, so that chance alone moves the share (METHOD M3.4).
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
    counts_cases: bool = False
    due_days: int = 0
    grace_periods: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that shows progress on an objective; the versions carry the definition.

    On pages that end on `retired_on` or later the measure does not apply; what was before stands.
    """

    key: str
    name: str
    objectives: tuple[ObjectiveShare, ...]
    units: UnitSelector
    versions: tuple[MeasureVersion, ...]
    retired_on: date | None = None


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
