"""What a formula is attributed to: the operands it reads, each as it reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from fourfold.engine.drivers.refusals import TreeCycle
from fourfold.engine.formula import Condition, Expression, to_text
from fourfold.engine.formula.syntax import (
    Arithmetic,
    Choice,
    Comparison,
    Lag,
    Last,
    Logical,
    Negation,
    Not,
    Number,
    Power,
    RatioOf,
    Reference,
    Rolling,
    Spread,
    ToDate,
    every_node,
)

__all__ = ["expanded", "leaf_name", "leaves_of", "with_leaves"]

OVER_TIME = (Lag, Last, ToDate, Rolling)
"""What looks into other periods is one leaf: `rolling(revenue, 12)` moved, whichever month of it did."""


def leaves_of(expression: Expression) -> dict[str, Expression]:
    """The leaves by their canonical text, each once, in written order.

    Source: METHOD M4.1.

    >>> from fourfold.engine.formula import parse
    >>> list(leaves_of(parse("(rolling(sales, 12) - cost) / cost")))
    ['rolling(sales, 12)', 'cost']
    """
    found: dict[str, Expression] = {}
    inside = 0
    for node, depth in every_node(expression):
        if inside and depth > inside:
            continue
        inside = depth if isinstance(node, OVER_TIME) else 0
        if isinstance(node, (Reference, *OVER_TIME)):
            found.setdefault(leaf_name(node), node)
    return found


def leaf_name(node: Expression) -> str:
    """A leaf's key: a measure's own, or the canonical text of what is read of it.

    Source: METHOD M4.1.

    >>> from fourfold.engine.formula import parse
    >>> leaf_name(parse("rolling(sales,12)"))
    'rolling(sales, 12)'
    """
    return node.key if isinstance(node, Reference) else to_text(node)


def with_leaves(expression: Expression) -> Expression:
    """The same formula reading each leaf as if it were a measure of that name.

    Source: METHOD M4.1.

    >>> from fourfold.engine.formula import parse, references
    >>> references(with_leaves(parse("rolling(sales, 12) / staff")))
    ('rolling(sales, 12)', 'staff')
    """
    return _rewritten(expression, _as_leaf)


def expanded(expression: Expression, formulas: Mapping[str, Expression], *, of: str = "") -> Expression:
    """The formula with the formulas of the measures it reads in their places, down to what was observed.

    A measure read over other periods (`rolling(profit, 12)`) stays a leaf.

    Args:
        formulas: of the measures that have one to be opened.
        of: the key of the measure whose formula this is.

    Raises:
        TreeCycle: a measure is computed from itself.

    Source: METHOD M4.1 (cyclic tree is refused).

    >>> from fourfold.engine.formula import parse
    >>> to_text(expanded(parse("profit / capital"), {"profit": parse("revenue - cost")}))
    '(revenue - cost) / capital'
    """
    return _opened(expression, formulas, (of,))


def _opened(expression: Expression, formulas: Mapping[str, Expression], path: tuple[str, ...]) -> Expression:
    def open_leaf(node: Expression) -> Expression:
        if not isinstance(node, Reference) or node.key not in formulas:
            return node
        if node.key in path:
            raise TreeCycle(f"{' → '.join([*path, node.key])}: a measure computed from itself has no drivers")
        return _opened(formulas[node.key], formulas, (*path, node.key))

    return _rewritten(expression, open_leaf)


def _as_leaf(node: Expression) -> Expression:
    return node if isinstance(node, Reference) else Reference(leaf_name(node), position=node.position)


def _rewritten(node: Expression, leaf: Callable[[Expression], Expression]) -> Expression:
    """A copy of the tree with every leaf replaced."""
    match node:
        case Number():
            return node
        case Reference() | Lag() | Last() | ToDate() | Rolling():
            return leaf(node)
        case Negation(operand):
            return replace(node, operand=_rewritten(operand, leaf))
        case Power(base):
            return replace(node, base=_rewritten(base, leaf))
        case Spread(operands=operands):
            return replace(node, operands=tuple(_rewritten(operand, leaf) for operand in operands))
        case Arithmetic(_, left, right):
            return replace(node, left=_rewritten(left, leaf), right=_rewritten(right, leaf))
        case RatioOf(above, below):
            return replace(node, numerator=_rewritten(above, leaf), denominator=_rewritten(below, leaf))
        case Choice(condition, then, otherwise):
            return replace(
                node,
                condition=_rewritten_test(condition, leaf),
                then=_rewritten(then, leaf),
                otherwise=_rewritten(otherwise, leaf),
            )


def _rewritten_test(node: Condition, leaf: Callable[[Expression], Expression]) -> Condition:
    match node:
        case Comparison(_, left, right):
            return replace(node, left=_rewritten(left, leaf), right=_rewritten(right, leaf))
        case Logical(_, first, second):
            return replace(node, left=_rewritten_test(first, leaf), right=_rewritten_test(second, leaf))
        case Not(operand):
            return replace(node, operand=_rewritten_test(operand, leaf))
