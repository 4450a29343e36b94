"""The tree of inputs behind a number (DESIGN §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fourfold.engine.aggregate import TargetOperator
from fourfold.engine.definitions import TargetPoint, Trajectory
from fourfold.engine.quantities import Status, Why

__all__ = ["Anchors", "Explanation", "MissingPart", "ObservationCell", "TargetLeg", "TargetParts"]


@dataclass(frozen=True, slots=True)
class Anchors:
    """The four values a measure was scored against, in its unit of measure; NaN where the goal has none."""

    worst: float
    red: float
    green: float
    best: float


@dataclass(frozen=True, slots=True)
class ObservationCell:
    """The observation a number rests on: its key (periods as ordinals of the native frequency) and its parts."""

    measure: str
    series: int
    segment: str | None
    unit: str
    period: int
    period_key: str
    numerator: float | None
    denominator: float | None
    why: Why


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A child, month or measure that is due and has no number."""

    key: str
    period_key: str
    why: Why


@dataclass(frozen=True, slots=True)
class TargetLeg:
    """A target between two typed points: `passed` of `length` native periods lie behind it (METHOD §2.7)."""

    trajectory: Trajectory
    start: TargetPoint
    end: TargetPoint
    start_key: str
    end_key: str
    passed: int
    length: int


@dataclass(frozen=True, slots=True)
class TargetParts:
    """The targets of the native periods that count in a longer page, oldest first, and what was made of them."""

    operator: TargetOperator
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a node has this number: its rule, its definition, and the explanations of its inputs.

    `rule` is a stable word for the arithmetic: `observation`, `sum`, `last`, `ratio_of_sums`, `weighted_mean`,
    `maximum`, `minimum`, `formula`, `rollup_arithmetic`, `rollup_geometric`, `rollup_minimum`, `rollup_count`.
    `present` of `due` inputs were there; `missing` names those that were not. `target_rule` is `own`, `inherited`,
    `derived` (the children's sum) or `none`; `target_from` the unit it comes from; `target_way` how it came about where
    it is neither typed nor held, so that it can be worked out again. `band` holds a band's edges.
    """

    kind: str
    key: str
    name: str
    unit: str
    period_key: str
    rule: str
    value: float | None
    value_why: Why
    score: float | None
    status: Status
    why: Why
    target: float | None = None
    target_why: Why = Why.PRESENT
    target_rule: str = "none"
    target_from: str | None = None
    target_way: TargetLeg | TargetParts | None = None
    band: tuple[float, float] | None = None
    weight: float | None = None
    coverage: float | None = None
    low: float | None = None
    high: float | None = None
    present: int | None = None
    due: int | None = None
    formula: str | None = None
    unit_of_measure: str | None = None
    decimals: int | None = None
    multiplier: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    version: int | None = None
    valid_from: date | None = None
    thresholds: Anchors | None = None
    shown_period: str | None = None
    held: bool = False
    missing: tuple[MissingPart, ...] = ()
    observations: tuple[ObservationCell, ...] = ()
    inputs: tuple[Explanation, ...] = ()
