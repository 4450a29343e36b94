"""What a version's thresholds become before any target is known: one frozen rule that scores whole blocks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import GoalType
from fourfold.engine.score.scales import Scale, ScaleFamily

__all__ = ["AnchorRule", "Edges", "Line", "RuleShape"]


class RuleShape(StrEnum):
    """How many sides a value can miss on."""

    ONE_SIDED = "one_sided"  # more is better, or less is
    TWO_SIDED = "two_sided"  # too little and too much are both wrong
    TABLE = "table"  # only listed values have a score
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold as a function of the target: `share` of it plus `shift` in the measure's unit."""

    share: float
    shift: float

    def at(self, target: float, multiplicity: float = 1.0) -> float:
        """Where the threshold lies for one target that is the sum of `multiplicity` entered ones."""
        return self.share * target + self.shift * multiplicity


@dataclass(frozen=True, slots=True)
class Edges:
    """Distances from a band's edge, the same on both sides: where green, amber and red end."""

    tolerance: float
    red: float
    worst: float


ON_TARGET = Line(1.0, 0.0)


@dataclass(frozen=True, slots=True)
class AnchorRule:
    """One version's thresholds on one scale, compiled once; anchors follow per cell from the cell's target.

    `sign` is 1 where more is better and -1 where less is. `best` and `worst` are None where they lie as far from
    target and red as red lies from the target. `best_limit` and `worst_limit` are the natural bounds (infinite where
    there are none, on the side that the sign says). `band` is None for an exact goal, whose band is the target itself.
    """

    goal: GoalType
    scale: Scale
    shape: RuleShape
    sign: float = 1.0
    green: Line = ON_TARGET
    red: Line = ON_TARGET
    best: Line | None = None
    worst: Line | None = None
    best_limit: float = math.inf
    worst_limit: float = -math.inf
    edges: Edges | None = None
    band: tuple[float, float] | None = None
    table: tuple[tuple[float, float], ...] = ()
    packed: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the numbers out for the kernels, which take one array instead of twenty arguments."""
        if math.isinf(self.best_limit):
            object.__setattr__(self, "best_limit", self.sign * math.inf)
        if math.isinf(self.worst_limit):
            object.__setattr__(self, "worst_limit", -self.sign * math.inf)
        object.__setattr__(self, "packed", np.array(_numbers_of(self), dtype=np.float64))

    @property
    def needs_target(self) -> bool:
        """Whether a cell without a target has no score."""
        if self.shape is RuleShape.TWO_SIDED:
            return self.band is None
        return self.shape is RuleShape.ONE_SIDED and self.scale.family is not ScaleFamily.BETWEEN_BOUNDS

    @property
    def is_scored(self) -> bool:
        """False for informational measures."""
        return self.shape is not RuleShape.UNSCORED

    @property
    def takes_red(self) -> bool:
        """Whether a target row's own red counts; scales that own their borders and two-sided goals ignore it."""
        families = (ScaleFamily.ANCHORED, ScaleFamily.EXTRAPOLATED)
        return self.shape is RuleShape.ONE_SIDED and self.scale.family in families

    @property
    def takes_best(self) -> bool:
        """Whether a target row's own best counts."""
        return self.shape is RuleShape.ONE_SIDED and self.scale.family is ScaleFamily.ANCHORED

    @property
    def is_straight(self) -> bool:
        """One-sided with one slope from end to end."""
        limited = math.isfinite(self.best_limit) or math.isfinite(self.worst_limit)
        bent = limited or self.best is not None or self.worst is not None
        return self.shape is RuleShape.ONE_SIDED and not bent

    @property
    def grows_with_sums(self) -> bool:
        """Whether a summed target needs its `multiplicity`: distances and absolute values add up, shares do not."""
        lines = (self.green, self.red, self.best, self.worst)
        shifted = any(line is not None and line.shift != 0 for line in lines)
        limited = math.isfinite(self.best_limit) or math.isfinite(self.worst_limit)
        return shifted or limited or self.edges is not None


def _numbers_of(rule: AnchorRule) -> tuple[float, ...]:
    """In the order that `kernels` unpacks."""
    if rule.shape is RuleShape.TWO_SIDED:
        return _two_sided_numbers(rule)
    return (
        rule.sign,
        rule.green.share,
        rule.green.shift,
        rule.red.share,
        rule.red.shift,
        *_optional(rule.best),
        *_optional(rule.worst),
        rule.best_limit,
        rule.worst_limit,
        rule.scale.green,
        rule.scale.step,
        rule.scale.ceiling,
    )


def _two_sided_numbers(rule: AnchorRule) -> tuple[float, ...]:
    assert rule.edges is not None
    low, high = rule.band or (0.0, 0.0)
    return (
        float(rule.band is None),
        low,
        high,
        *widths_of(rule),
        rule.scale.green,
        rule.scale.step,
        # Nothing is better than being inside the band, whatever the scale allows above its hundred.
        min(rule.scale.ceiling, 100.0),
    )


def widths_of(rule: AnchorRule) -> tuple[float, float, float, float]:
    """For a two-sided goal: the tolerance, then how wide best, amber and red are, in the measure's unit.

    Only the anchored scale keeps a worst of its own; the others go on at the slope of the amber part.
    """
    assert rule.edges is not None
    edges = rule.edges
    amber = edges.red - edges.tolerance
    down = edges.worst - edges.red if rule.scale.family is ScaleFamily.ANCHORED else amber
    return edges.tolerance, edges.tolerance, amber, down


def _optional(line: Line | None) -> tuple[float, float, float]:
    return (0.0, 0.0, 0.0) if line is None else (1.0, line.share, line.shift)
