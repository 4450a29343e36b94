"""The closed lists definitions choose from."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "ContributionMode",
    "EvidenceState",
    "FormulaOrder",
    "InitiativeStatus",
    "MeasureRole",
    "MissingOperand",
    "OrgValues",
    "RollupMethod",
    "ThresholdBasis",
    "Tier",
    "Trajectory",
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
