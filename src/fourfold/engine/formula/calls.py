"""What each function of the language takes, and the node it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from fourfold.engine.formula.refusal import FormulaCode, FormulaRefused, Position
from fourfold.engine.formula.syntax import (
    Choice,
    Comparison,
    Condition,
    Expression,
    Lag,
    Last,
    Logical,
    Node,
    Not,
    Number,
    RatioOf,
    Reference,
    Rolling,
    Spread,
    SpreadFunction,
    ToDate,
)

__all__ = ["FUNCTIONS", "LAG_MAX", "RESERVED", "ROLLING_MAX", "a_number", "called"]

LAG_MAX = 60  # native periods: five years of months
ROLLING_MAX = 366  # native periods: a year of days


def called(name: str, arguments: Sequence[Node], *, position: Position) -> Expression:
    """The node of a call.

    Raises:
        FormulaRefused: FORMULA_SYNTAX, for an unknown function or arguments that it does not take.
    """
    maker = _MAKERS.get(name)
    if maker is None:
        raise _refused(f"there is no function `{name}`", f"The functions are {', '.join(_MAKERS)}", position)
    return maker(arguments, position)


def a_number(node: Node) -> Expression:
    """The node, if it is a number in every cell.

    Raises:
        FormulaRefused: FORMULA_SYNTAX, for a condition.
    """
    if isinstance(node, Comparison | Logical | Not):
        problem = "a condition stands where a number is needed"
        raise _refused(problem, "Write if(condition, 1, 0) to count it", node.position)
    return node


def a_condition(node: Node) -> Condition:
    """The node, if it is true or false in every cell.

    Raises:
        FormulaRefused: FORMULA_SYNTAX, for a number.
    """
    if isinstance(node, Comparison | Logical | Not):
        return node
    problem = "a number stands where a condition is needed"
    raise _refused(problem, "Compare it with something, as in `x > 0`", node.position)


def _refused(message: str, remedy: str, position: Position) -> FormulaRefused:
    return FormulaRefused(FormulaCode.SYNTAX, message, remedy=remedy, position=position)


def _expect(arguments: Sequence[Node], count: int, *, form: str, position: Position) -> None:
    if len(arguments) != count:
        raise _refused(f"{len(arguments)} argument(s) instead of {count}", f"Write {form}", position)


def _literal(node: Node, *, most: int, position: Position) -> int:
    if not isinstance(node, Number) or node.value != int(node.value) or not 1 <= node.value <= most:
        problem = "the count of periods is not a whole number written out"
        raise _refused(problem, f"Write a whole number from 1 to {most}", position)
    return int(node.value)


def _measure(node: Node, *, form: str, position: Position) -> Reference:
    if not isinstance(node, Reference):
        remedy = f"Write {form} with the key of one measure; give a longer expression its own measure"
        raise _refused("only a measure has semantics over time", remedy, position)
    return node


def _spread(function: SpreadFunction) -> Callable[[Sequence[Node], Position], Expression]:
    def made(arguments: Sequence[Node], position: Position) -> Expression:
        if not arguments:
            raise _refused(f"`{function}` of nothing", f"Write {function}(x, y, …)", position)
        return Spread(function, tuple(a_number(argument) for argument in arguments), position=position)

    return made


def _last(arguments: Sequence[Node], position: Position) -> Expression:
    _expect(arguments, 1, form="last(x)", position=position)
    return Last(a_number(arguments[0]), position=position)


def _lag(arguments: Sequence[Node], position: Position) -> Expression:
    _expect(arguments, 2, form="lag(x, 12)", position=position)
    periods = _literal(arguments[1], most=LAG_MAX, position=position)
    return Lag(a_number(arguments[0]), periods, position=position)


def _to_date(arguments: Sequence[Node], position: Position) -> Expression:
    _expect(arguments, 1, form="ytd(x)", position=position)
    return ToDate(_measure(arguments[0], form="ytd(x)", position=position), position=position)


def _rolling(arguments: Sequence[Node], position: Position) -> Expression:
    _expect(arguments, 2, form="rolling(x, 12)", position=position)
    periods = _literal(arguments[1], most=ROLLING_MAX, position=position)
    measure = _measure(arguments[0], form="rolling(x, 12)", position=position)
    return Rolling(measure, periods, position=position)


def _ratio(arguments: Sequence[Node], position: Position) -> Expression:
    _expect(arguments, 2, form="ratio(x, y)", position=position)
    return RatioOf(a_number(arguments[0]), a_number(arguments[1]), position=position)


def _choice(arguments: Sequence[Node], position: Position) -> Expression:
    _expect(arguments, 3, form="if(condition, x, y)", position=position)
    condition, then, otherwise = arguments
    return Choice(a_condition(condition), a_number(then), a_number(otherwise), position=position)


_MAKERS: Mapping[str, Callable[[Sequence[Node], Position], Expression]] = MappingProxyType(
    {function.value: _spread(function) for function in SpreadFunction}
    | {"last": _last, "lag": _lag, "ytd": _to_date, "rolling": _rolling, "ratio": _ratio, "if": _choice}
)

FUNCTIONS = tuple(_MAKERS)
"""The functions of METHOD §0.4, in its order."""

RESERVED = frozenset(FUNCTIONS) | {"and", "or", "not"}
"""Words of the language; a measure with such a key is written in quotes."""
