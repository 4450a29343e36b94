"""The syntax tree of a formula: frozen, typed, made of numbers, measures and the few functions of METHOD §0.4.

A tree has two sorts of node. An `Expression` has a number in every cell, a `Condition` is true or false there; the
types keep them apart, so a condition can stand only where one is asked for. Two trees are equal if they say the same,
wherever it was written: `position` serves messages and takes no part in comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from fourfold.engine.formula.refusal import Position

__all__ = [
    "Arithmetic",
    "ArithmeticOperator",
    "Choice",
    "Comparator",
    "Comparison",
    "Condition",
    "Expression",
    "Lag",
    "Last",
    "Logical",
    "LogicalOperator",
    "Negation",
    "Node",
    "Not",
    "Number",
    "Power",
    "RatioOf",
    "Reference",
    "Rolling",
    "Spread",
    "SpreadFunction",
    "ToDate",
    "every_node",
    "parts",
]


class ArithmeticOperator(StrEnum):
    """The four ways of putting two numbers together."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


class Comparator(StrEnum):
    """How two numbers are held against each other; equality is exact."""

    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="
    EQUAL = "="
    UNEQUAL = "!="


class LogicalOperator(StrEnum):
    """How two conditions are joined."""

    AND = "and"
    OR = "or"


class SpreadFunction(StrEnum):
    """What is made of several operands of the same cell."""

    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    position: Position = field(default=Position(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number(_Placed):
    """A number written out: finite and not negative (a minus sign is a `Negation`)."""

    value: float


@dataclass(frozen=True, slots=True)
class Reference(_Placed):
    """The value of another measure, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Negation(_Placed):
    """`-x`."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(_Placed):
    """`x + y`, `x - y`, `x * y`, `x / y`."""

    operator: ArithmeticOperator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Power(_Placed):
    """`x ^ k` with k written out, at most 10 away from zero."""

    base: Expression
    exponent: float


@dataclass(frozen=True, slots=True)
class Spread(_Placed):
    """`sum(x, y, …)`, `avg`, `min`, `max`: over operands of one cell, never over time."""

    function: SpreadFunction
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class RatioOf(_Placed):
    """`ratio(x, y)`: x over y, said as one thing."""

    numerator: Expression
    denominator: Expression


@dataclass(frozen=True, slots=True)
class Last(_Placed):
    """`last(x)`: the last number of x up to the period."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Lag(_Placed):
    """`lag(x, k)`: x as it was k native periods earlier."""

    operand: Expression
    periods: int


@dataclass(frozen=True, slots=True)
class ToDate(_Placed):
    """`ytd(x)`: x from the start of the fiscal year to the period, by the semantics of x."""

    measure: Reference


@dataclass(frozen=True, slots=True)
class Rolling(_Placed):
    """`rolling(x, n)`: x over the last n native periods, by the semantics of x; successive windows overlap."""

    measure: Reference
    periods: int


@dataclass(frozen=True, slots=True)
class Choice(_Placed):
    """`if(condition, x, y)`: only the branch taken has to have a number."""

    condition: Condition
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Comparison(_Placed):
    """`x < y` and its kin."""

    comparator: Comparator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Logical(_Placed):
    """`p and q`, `p or q`; both sides must be known."""

    operator: LogicalOperator
    left: Condition
    right: Condition


@dataclass(frozen=True, slots=True)
class Not(_Placed):
    """`not p`."""

    operand: Condition


Expression: TypeAlias = (
    Number
    | Reference
    | Negation
    | Arithmetic
    | Power
    | Spread
    | RatioOf
    | Last
    | Lag
    | ToDate
    | Rolling
    | Choice
)
Condition: TypeAlias = Comparison | Logical | Not
Node: TypeAlias = Expression | Condition


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside one node, in written order."""
    match node:
        case Number() | Reference():
            return ()
        case Negation(operand) | Last(operand) | Lag(operand) | Not(operand):
            return (operand,)
        case ToDate(measure) | Rolling(measure):
            return (measure,)
        case Power(base):
            return (base,)
        case Spread(operands=operands):
            return operands
        case Choice(condition, then, otherwise):
            return (condition, then, otherwise)
        case RatioOf(numerator, denominator):
            return (numerator, denominator)
        case Arithmetic() | Comparison() | Logical():
            return (node.left, node.right)


def every_node(root: Node) -> Iterator[tuple[Node, int]]:
    """Each node with its depth (the root has 1), in written order; needs no stack of its own, however deep the tree."""
    waiting: list[tuple[Node, int]] = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((part, depth + 1) for part in reversed(parts(node)))
