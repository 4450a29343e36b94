"""A formula computed for every period and unit at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.definitions import MissingOperand
from fourfold.engine.formula.columns import (
    Column,
    Truth,
    added,
    blamed,
    chosen,
    column_of,
    compared,
    divided,
    joined,
    multiplied,
    negated,
    powered,
    subtracted,
)
from fourfold.engine.formula.naming import references
from fourfold.engine.formula.operands import Cells, OperandSource, carried_forward, shifted
from fourfold.engine.formula.spreads import folded, skipped_over
from fourfold.engine.formula.syntax import (
    Arithmetic,
    ArithmeticOperator,
    Choice,
    Comparison,
    Condition,
    Expression,
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
)
from fourfold.engine.quantities import Why

__all__ = ["COUNTED_AS_ZERO", "evaluate_formula"]

COUNTED_AS_ZERO = (Why.NOT_APPLICABLE, Why.MISSING_DUE, Why.STALE)
"""What the policy `zero` counts as 0: nobody gave a number.

A number that is not due yet, that exists but may not be used (quarantined, suppressed) or that could not be computed
stays missing: 0 would be a claim about it.
"""


def evaluate_formula(
    expression: Expression,
    operands: OperandSource,
    *,
    missing: MissingOperand = MissingOperand.PROPAGATE,
    factor: float = 1.0,
    shape: tuple[int, int] | None = None,
) -> Cells:
    """Compute a formula in every cell: fresh arrays (values, whys) of shape (period, unit), the operands' own.

    The operands are aggregated before the formula sees them, so 2/4 and 2/100 give 4/104. Every operation is
    elementwise and in written order, so the digits do not depend on the size of the block.

    What missing does, by policy: `propagate` hands on the reason of the first missing operand in written order (as
    `missing_required` where it was due); `skip` computes sum, avg, min and max over the operands present and
    propagates elsewhere; `zero` counts as 0 what nobody gave (`COUNTED_AS_ZERO`). A division by zero is
    `zero_denominator`; a value beyond float64 is `not_finite`. Missing values are NaN.

    Args:
        factor: multiplies every value at the end (`conversion_to`).
        shape: of the answer for a formula that reads no measure; otherwise not looked at.

    Source: METHOD §0.4, §2.6, §0.3 (not computable is a result).

    >>> from fourfold.engine.formula import ArrayOperands, parse
    >>> tables = {"late": np.array([[2.0, 3.0]]), "trains": np.array([[4.0, 0.0]])}
    >>> values, whys = evaluate_formula(parse("late / trains"), ArrayOperands(tables))
    >>> values.tolist(), Why(whys[0, 1]).code
    ([[0.5, nan]], 'zero_denominator')
    """
    with np.errstate(all="ignore"):
        column = _Evaluation(operands, missing).number(expression, back=0)
        if factor != 1.0:
            column = multiplied(column, column_of(factor))
        if shape is not None and not references(expression):
            column = Column(np.broadcast_to(column.values, shape), column.whys, is_own=False)
        return _finished(column)


def _finished(column: Column) -> Cells:
    values = column.values if column.is_own else column.values.copy()
    if column.whys is None:
        return values, np.zeros(values.shape, dtype=np.uint8)
    whys = np.empty(values.shape, dtype=np.uint8)
    whys[...] = column.whys
    whys += (whys == Why.MISSING_DUE) * np.uint8(Why.MISSING_REQUIRED - Why.MISSING_DUE)
    np.copyto(values, np.nan, where=whys != Why.PRESENT)
    return values, whys


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """Walks the tree once. `back` counts the native periods that enclosing `lag` calls reach into the past.

    A lag is handed down to the measures, which know their own past, instead of moving the finished table: so nothing
    is lost at the first row.
    """

    operands: OperandSource
    missing: MissingOperand

    def number(self, node: Expression, *, back: int) -> Column:
        match node:
            case Number(value):
                return column_of(value)
            case Reference(key):
                return self._taken(self.operands.lag(key, back) if back else self.operands.value(key))
            case Negation(operand):
                return negated(self.number(operand, back=back))
            case Power(base, exponent):
                return powered(self.number(base, back=back), exponent)
            case Choice(condition, then, otherwise):
                test = self.condition(condition, back=back)
                branches = self.number(then, back=back), self.number(otherwise, back=back)
                return chosen(test, then=branches[0], otherwise=branches[1])
            case Arithmetic() | RatioOf() | Spread():
                return self._combined(node, back=back)
            case _:
                return self._over_time(node, back=back)

    def condition(self, node: Condition, *, back: int) -> Truth:
        match node:
            case Comparison(comparator, left, right):
                sides = self.number(left, back=back), self.number(right, back=back)
                return compared(comparator, left=sides[0], right=sides[1])
            case Logical(operator, first, second):
                tests = self.condition(first, back=back), self.condition(second, back=back)
                return joined(operator, left=tests[0], right=tests[1])
            case Not(operand):
                test = self.condition(operand, back=back)
                return Truth(~test.holds, test.whys)

    def _combined(self, node: Arithmetic | RatioOf | Spread, *, back: int) -> Column:
        match node:
            case Spread(function, operands):
                columns = [self.number(operand, back=back) for operand in operands]
                return (skipped_over if self.missing is MissingOperand.SKIP else folded)(function, columns)
            case RatioOf(numerator, denominator):
                return divided(self.number(numerator, back=back), self.number(denominator, back=back))
            case Arithmetic(operator, left, right):
                return _ARITHMETIC[operator](self.number(left, back=back), self.number(right, back=back))

    def _over_time(self, node: Last | Lag | ToDate | Rolling, *, back: int) -> Column:
        match node:
            case Lag(operand, periods):
                return self.number(operand, back=back + periods)
            case ToDate(measure):
                return self._moved(self.operands.ytd(measure.key), back=back)
            case Rolling(measure, periods):
                return self._moved(self.operands.rolling(measure.key, periods), back=back)
            case Last(Reference(key)) if not back:
                return self._taken(self.operands.last(key))
            case Last(operand):
                return self._last(operand, back=back)

    def _moved(self, cells: Cells, *, back: int) -> Column:
        return self._taken(shifted(*cells, rows=back) if back else cells)

    def _last(self, operand: Expression, *, back: int) -> Column:
        """A value made of zeros for missing ones is not a last value: look for real ones, then apply the policy."""
        inner = self
        if self.missing is MissingOperand.ZERO:
            inner = replace(self, missing=MissingOperand.PROPAGATE)
        column = inner.number(operand, back=back)
        if column.whys is None:
            return column
        return self._taken(carried_forward(column.values, np.broadcast_to(column.whys, column.values.shape)))

    def _taken(self, cells: Cells) -> Column:
        """An operand as the policy has it; what a source wrongly calls present is not let through."""
        values, whys = cells
        reasons = whys if whys.any() else None
        finite = np.isfinite(values)
        if not finite.all():
            reasons = blamed(~finite, reasons, reason=Why.NOT_FINITE)
        if reasons is not None and self.missing is MissingOperand.ZERO:
            return _counting_zero(values, reasons)
        return Column(values, reasons, is_own=False)


def _counting_zero(values: NDArray[np.float64], whys: NDArray[np.uint8]) -> Column:
    absent = reduce(np.logical_or, (whys == why for why in COUNTED_AS_ZERO))
    whys = whys * ~absent
    return Column(np.where(absent, 0.0, values), whys if whys.any() else None, is_own=True)


_ARITHMETIC = {
    ArithmeticOperator.PLUS: added,
    ArithmeticOperator.MINUS: subtracted,
    ArithmeticOperator.TIMES: multiplied,
    ArithmeticOperator.OVER: divided,
}
