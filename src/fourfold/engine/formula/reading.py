"""From the text of a formula to its tree, or to a refusal that says where and what to do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from fourfold.engine.formula.calls import RESERVED, a_condition, a_number, called
from fourfold.engine.formula.refusal import FormulaCode, FormulaRefused, Position
from fourfold.engine.formula.syntax import (
    Arithmetic,
    ArithmeticOperator,
    Comparator,
    Comparison,
    Expression,
    Logical,
    LogicalOperator,
    Negation,
    Node,
    Not,
    Number,
    Power,
    Reference,
    every_node,
)

__all__ = ["DEPTH_MAX", "EXPONENT_MAX", "NODES_MAX", "SOURCE_MAX", "parse"]

# Caps against formulas made to exhaust the machine (TRUST §2 row 5); far above what a person can read.
SOURCE_MAX = 4_000  # characters
NODES_MAX = 500
DEPTH_MAX = 50  # of the tree, and of parentheses
EXPONENT_MAX = 10.0


def parse(text: str) -> Expression:
    """Read a formula.

    Only syntax and size are judged: whether its measures exist, whether its units of measure agree and whether it
    runs in a circle is asked of `check_names`, `infer` and `evaluation_order`.

    Raises:
        FormulaRefused: FORMULA_SYNTAX, FORMULA_TOO_LARGE, FORMULA_TOO_DEEP or FORMULA_EXPONENT, with the place.

    Source: METHOD §0.4 (grammar), TRUST §2 row 5 (caps).

    >>> parse("on-time / (on-time + late)").operator
    <ArithmeticOperator.OVER: '/'>
    """
    _check_source(text)
    try:
        expression: Expression = _parser().parse(text)  # type: ignore[assignment]  # what the transformer returns
    except UnexpectedInput as error:
        raise _explained(error, text) from None
    _check_tree(expression)
    return expression


def _check_source(text: str) -> None:
    if len(text) > SOURCE_MAX:
        problem = f"{len(text)} characters; at most {SOURCE_MAX} are read"
        raise FormulaRefused(FormulaCode.TOO_LARGE, problem, remedy="Give parts of it their own measures")
    if not text.strip(" \t\r\n"):
        raise FormulaRefused(FormulaCode.SYNTAX, "the formula is empty", remedy="Write one, as in `a / b`")
    depth = 0
    for offset, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth > DEPTH_MAX:
            raise _too_deep(_position_at(text, offset))


def _check_tree(expression: Expression) -> None:
    for count, (node, depth) in enumerate(every_node(expression), start=1):
        if depth > DEPTH_MAX:
            raise _too_deep(node.position)
        if count > NODES_MAX:
            problem = f"more than {NODES_MAX} numbers, measures and operations"
            remedy = "Give parts of it their own measures"
            raise FormulaRefused(FormulaCode.TOO_LARGE, problem, remedy=remedy, position=node.position)


def _too_deep(position: Position) -> FormulaRefused:
    remedy = "Write sum(a, b, …) for a long sum, or give parts of it their own measures"
    problem = f"nested more than {DEPTH_MAX} deep"
    return FormulaRefused(FormulaCode.TOO_DEEP, problem, remedy=remedy, position=position)


@cache
def _parser() -> Lark:
    return Lark.open_from_package(
        "fourfold.engine.formula",
        "grammar.lark",
        parser="lalr",
        lexer="contextual",
        transformer=_TreeBuilder(),
        maybe_placeholders=False,
    )


def _place(token: Token) -> Position:
    return Position(token.line or 1, token.column or 1)


_Infix: TypeAlias = tuple[Node, Token, Node]
_Prefix: TypeAlias = tuple[Token, Node]


class _TreeBuilder(Transformer[Token, Node]):
    """Called by the parser bottom-up, once for each rule; keeps no state, so threads share it."""

    def start(self, parts: tuple[Node]) -> Expression:
        return a_number(parts[0])

    def number(self, parts: tuple[Token]) -> Expression:
        place = _place(parts[0])
        value = float(parts[0])
        if math.isinf(value):
            raise _syntax("the number is beyond what can be computed", "Write one below 1e308", place)
        return Number(value, position=place)

    def reference(self, parts: tuple[Token]) -> Expression:
        key, place = str(parts[0]), _place(parts[0])
        if key in RESERVED:
            raise _syntax(
                f"`{key}` is a word of the language", f"Write '{key}' for the measure of that key", place
            )
        return Reference(key, position=place)

    def quoted(self, parts: tuple[Token]) -> Expression:
        return Reference(parts[0][1:-1], position=_place(parts[0]))

    def negation(self, parts: _Prefix) -> Expression:
        minus, operand = parts
        return Negation(a_number(operand), position=_place(minus))

    def arithmetic(self, parts: _Infix) -> Expression:
        left, sign, right = parts
        operator = ArithmeticOperator(str(sign))
        return Arithmetic(operator, a_number(left), a_number(right), position=_place(sign))

    def raised(self, parts: _Infix) -> Expression:
        base, sign, exponent = parts
        return Power(a_number(base), _exponent(exponent, sign), position=_place(sign))

    def compared(self, parts: _Infix) -> Node:
        left, sign, right = parts
        return Comparison(Comparator(str(sign)), a_number(left), a_number(right), position=_place(sign))

    def logical(self, parts: _Infix) -> Node:
        left, word, right = parts
        operator = LogicalOperator(str(word))
        return Logical(operator, a_condition(left), a_condition(right), position=_place(word))

    def negated(self, parts: _Prefix) -> Node:
        word, operand = parts
        return Not(a_condition(operand), position=_place(word))

    def call(self, parts: tuple[Token, *tuple[Node, ...]]) -> Expression:
        name, *arguments = parts
        return called(str(name), arguments, position=_place(name))


def _exponent(node: Node, operator: Token) -> float:
    match node:
        case Number(value) if value <= EXPONENT_MAX:
            return value
        case Negation(Number(value)) if value <= EXPONENT_MAX:
            return -value
    problem = f"the exponent is not a number written out between -{EXPONENT_MAX:g} and {EXPONENT_MAX:g}"
    remedy = f"Write one, as in x^2; at most {EXPONENT_MAX:g}"
    raise FormulaRefused(FormulaCode.EXPONENT, problem, remedy=remedy, position=_place(operator))


# What people write out of habit, and what to write here.
_HABITS: Mapping[str, str] = MappingProxyType(
    {
        "%": "Write 0.05 for 5 %, or 5 beside a measure that is itself in %",
        '"': "Quote the key of a measure as 'key'",
        "'": "Quote the key of a measure as 'key', letters, digits, `.`, `_` and `-` only",
        "=": "Write a single = to compare",
        "&": "Write and",
        "|": "Write or",
        "!": "Write not, or != for unequal",
        ",": "Write decimals with a point; a comma only parts the arguments of a function",
        ".": "Only numbers have a point, as in 0.5; a measure is named by its key",
        ";": "Part arguments by commas",
        "_": "Quote a key with other characters than a-z, 0-9 and hyphens, as in 'my_key'",
        "[": "Parentheses are the only brackets",
        "{": "Parentheses are the only brackets",
        "×": "Write *",
        "÷": "Write /",
        "−": "Write a plain hyphen for minus, with spaces around it",
        "–": "Write a plain hyphen for minus, with spaces around it",
        "≤": "Write <=",
        "≥": "Write >=",
        "≠": "Write !=",
    }
)
_OPERAND_NEXT = "A number, the key of a measure, a function or ( comes here"
_OPERATOR_NEXT = "An operator or the end comes here; a subtraction has spaces around its sign"


def _explained(error: UnexpectedInput, text: str) -> FormulaRefused:
    if isinstance(error, UnexpectedCharacters):
        remedy = _HABITS.get(error.char) or _by_kind(error.char)
        place = Position(error.line, error.column)
        return _syntax(f"`{error.char}` is not understood here", remedy, place)
    if not isinstance(error, UnexpectedToken) or error.token.type == "$END":
        return _syntax("the formula ends too early", _missing_end(error), _position_at(text, len(text)))
    token = str(error.token)
    remedy = _HABITS.get(token) or (_OPERAND_NEXT if "NAME" in error.expected else _OPERATOR_NEXT)
    return _syntax(f"`{token}` does not fit here", remedy, _place(error.token))


def _by_kind(character: str) -> str:
    if character.isascii() and character.isupper():
        return "Keys and functions are written in small letters; quote a key with capitals, as in 'My-key'"
    if character.isascii() and character.isdigit():
        return "A number is digits with at most one point, and does not run into a word"
    return "A formula is made of numbers, keys, + - * / ^, comparisons, functions and parentheses"


def _missing_end(error: UnexpectedInput) -> str:
    expected = error.expected if isinstance(error, UnexpectedToken) else set()
    return _OPERAND_NEXT if "NAME" in expected else "Close the parenthesis"


def _position_at(text: str, offset: int) -> Position:
    before = text[:offset]
    return Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def _syntax(message: str, remedy: str, position: Position) -> FormulaRefused:
    return FormulaRefused(FormulaCode.SYNTAX, message, remedy=remedy, position=position)
