"""Which operator is legal for which kind of value, over time and over units (METHOD §2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from fourfold.engine.quantities import AggregationKind

__all__ = ["SEMANTICS", "Operator", "Semantics", "TargetOperator", "semantics_of"]


class Operator(IntEnum):
    """How parts become a whole; the numbers are what the kernels compare."""

    SUM = 0
    LAST = 1
    MAX = 2
    MIN = 3
    NONE = 4  # recompute from raw data, or not at all


class TargetOperator(IntEnum):
    """How the targets of native periods become the target of a page (DESIGN §5: value and target alike)."""

    SUM = 0
    LAST = 1
    MAX = 2
    MIN = 3
    WEIGHTED = 4  # by the actual denominators, so equal targets stay exact


@dataclass(frozen=True, slots=True)
class Semantics:
    """One row of the table. `is_quotient`: the value is Σ numerators ÷ Σ denominators.

    `needs_all`: a missing due part makes the whole unknown; otherwise coverage decides (DESIGN §5, Gaps).
    `inherits_target`: a unit without a target has its nearest ancestor's; never where parts sum to the whole, nor for
    counts of distinct things, which no part has in full.
    """

    over_time: Operator
    over_units: Operator
    target: TargetOperator
    is_quotient: bool = False
    needs_all: bool = True
    inherits_target: bool = False


_BY_COUNTS = Semantics(
    Operator.SUM,
    Operator.SUM,
    TargetOperator.WEIGHTED,
    is_quotient=True,
    needs_all=False,
    inherits_target=True,
)
_STORED_ONLY = Semantics(Operator.NONE, Operator.NONE, TargetOperator.LAST, inherits_target=True)

SEMANTICS: Mapping[AggregationKind, Semantics] = MappingProxyType(
    {
        AggregationKind.FLOW: Semantics(Operator.SUM, Operator.SUM, TargetOperator.SUM),
        AggregationKind.STOCK: Semantics(Operator.LAST, Operator.SUM, TargetOperator.LAST),
        AggregationKind.RATIO: _BY_COUNTS,
        AggregationKind.MEAN: _BY_COUNTS,
        AggregationKind.NET_SHARE: _BY_COUNTS,
        AggregationKind.RATE: _BY_COUNTS,
        AggregationKind.INDEX: Semantics(
            Operator.LAST,
            Operator.SUM,
            TargetOperator.LAST,
            is_quotient=True,
            needs_all=False,
            inherits_target=True,
        ),
        AggregationKind.MAX: Semantics(Operator.MAX, Operator.MAX, TargetOperator.MAX, inherits_target=True),
        AggregationKind.MIN: Semantics(Operator.MIN, Operator.MIN, TargetOperator.MIN, inherits_target=True),
        AggregationKind.MEDIAN: _STORED_ONLY,
        AggregationKind.PRECOMPUTED: _STORED_ONLY,
        AggregationKind.DISTINCT: Semantics(Operator.NONE, Operator.NONE, TargetOperator.LAST),
    }
)


def semantics_of(kind: AggregationKind) -> Semantics:
    """The row of a kind.

    Source: METHOD §2.6; DESIGN §5 (Targets, Gaps, Precomputed percentages).

    >>> semantics_of(AggregationKind.STOCK).over_time.name
    'LAST'
    """
    return SEMANTICS[kind]
