"""How values add up over units and time, by their kind (METHOD §2.6)."""

from fourfold.engine.aggregate.over_time import PageRanges
from fourfold.engine.aggregate.over_units import UnitLevels
from fourfold.engine.aggregate.semantics import SEMANTICS, Operator, Semantics, TargetOperator, semantics_of

__all__ = [
    "SEMANTICS",
    "Operator",
    "PageRanges",
    "Semantics",
    "TargetOperator",
    "UnitLevels",
    "semantics_of",
]
