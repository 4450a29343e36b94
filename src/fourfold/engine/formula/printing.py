"""A formula in its canonical spelling: one text for each tree, and the tree again from that text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from fourfold.engine.formula.calls import RESERVED
from fourfold.engine.formula.syntax import (
    Arithmetic,
    ArithmeticOperator,
    Choice,
    Comparison,
    Expression,
    Lag,
    Last,
    Logical,
    LogicalOperator,
    Negation,
    Node,
    Not,
    Number,
    Power,
    RatioOf,
    Reference,
    Rolling,
    Spread,
    ToDate,
)

__all__ = ["to_text"]

_PLAIN_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

# How tightly a node holds together, loosest first; a looser one inside a tighter place needs parentheses.
_OR, _AND, _NOT, _COMPARED, _ADDED, _MULTIPLIED, _SIGNED, _RAISED, _ATOM = range(9)
_ARITHMETIC: Mapping[ArithmeticOperator, int] = MappingProxyType(
    {
        ArithmeticOperator.PLUS: _ADDED,
        ArithmeticOperator.MINUS: _ADDED,
        ArithmeticOperator.TIMES: _MULTIPLIED,
        ArithmeticOperator.OVER: _MULTIPLIED,
    }
)


def to_text(expression: Expression) -> str:
    """Print a formula so that equal trees give equal text and `parse` gives the tree back.

    Source: METHOD M1.1 (the fingerprint of a measure takes the normalised tree).

    >>> from fourfold.engine.formula import parse
    >>> to_text(parse("( a)+ 100.0*b **2"))
    'a + 100 * b^2'
    """
    return _text(expression)


def _text(node: Node) -> str:
    match node:
        case Number(value):
            return _number_text(value)
        case Reference(key):
            return key if _PLAIN_KEY.fullmatch(key) and key not in RESERVED else f"'{key}'"
        case Negation(operand):
            return f"-{_inside(operand, at_least=_SIGNED)}"
        case Power(base, exponent):
            return f"{_inside(base, at_least=_ATOM)}^{_number_text(exponent)}"
        case Arithmetic() | Comparison() | Logical():
            return _infix_text(node)
        case Not(operand):
            return f"not {_inside(operand, at_least=_ATOM)}"
        case _:
            return _call_text(node)


def _infix_text(node: Arithmetic | Comparison | Logical) -> str:
    bond = _bond(node)
    sign = node.comparator if isinstance(node, Comparison) else node.operator
    # Comparisons do not chain, so both their sides are tighter; the others lean to the left.
    left = _inside(node.left, at_least=bond + 1 if isinstance(node, Comparison) else bond)
    return f"{left} {sign} {_inside(node.right, at_least=bond + 1)}"


def _call_text(node: Spread | RatioOf | Last | Lag | ToDate | Rolling | Choice) -> str:
    match node:
        case Spread(function, operands):
            return f"{function}({', '.join(_text(operand) for operand in operands)})"
        case RatioOf(numerator, denominator):
            return f"ratio({_text(numerator)}, {_text(denominator)})"
        case Last(operand):
            return f"last({_text(operand)})"
        case Lag(operand, periods):
            return f"lag({_text(operand)}, {periods})"
        case ToDate(measure):
            return f"ytd({_text(measure)})"
        case Rolling(measure, periods):
            return f"rolling({_text(measure)}, {periods})"
        case Choice(condition, then, otherwise):
            return f"if({_text(condition)}, {_text(then)}, {_text(otherwise)})"


def _inside(node: Node, *, at_least: int) -> str:
    text = _text(node)
    return text if _bond(node) >= at_least else f"({text})"


def _bond(node: Node) -> int:
    match node:
        case Logical(operator):
            return _OR if operator is LogicalOperator.OR else _AND
        case Not():
            return _NOT
        case Comparison():
            return _COMPARED
        case Arithmetic(operator):
            return _ARITHMETIC[operator]
        case Negation():
            return _SIGNED
        case Power():
            return _RAISED
        case _:
            return _ATOM


def _number_text(value: float) -> str:
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
