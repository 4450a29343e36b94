"""A second opinion on every formula: one cell at a time, in plain Python, from what docs/algorithms/formula.md says.

It shares the syntax tree with the engine and nothing else: no arrays, no masks, no reuse, and `math` in NumPy's place
(except for broken exponents, which have no exactly rounded answer to agree on).
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from fourfold.engine.definitions import MissingOperand
from fourfold.engine.quantities import Why


@dataclass(frozen=True)
class Missing:
    """No number, and the reason."""

    why: Why


Cell = float | Missing


@dataclass(frozen=True)
class Series:
    """One measure's cells: rows[period][unit]."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class SlowEvaluator:
    """Asks for one cell, and walks the whole tree for it."""

    series: dict[str, Series]
    missing: MissingOperand
    periods_per_year: int = 12

    def cell(self, expression: Any, *, row: int, unit: int) -> Cell:
        """The final answer: a due operand that is missing has become a required one."""
        found = self.visit(expression, row, unit, 0)
        if found == Missing(Why.MISSING_DUE):
            return Missing(Why.MISSING_REQUIRED)
        return found

    def visit(self, node: Any, row: int, unit: int, back: int) -> Any:
        return getattr(self, type(node).__name__)(node, row, unit, back)

    # --- operands

    def Number(self, node, row, unit, back):
        return node.value

    def Reference(self, node, row, unit, back):
        return self.policy(self.raw(node.key, row - back, unit))

    def raw(self, key: str, row: int, unit: int) -> Cell:
        return self.series[key].rows[row][unit] if row >= 0 else Missing(Why.TOO_FEW_POINTS)

    def policy(self, cell: Cell) -> Cell:
        nobody_gave_it = (Why.MISSING_DUE, Why.NOT_APPLICABLE, Why.STALE)
        if self.missing is MissingOperand.ZERO and isinstance(cell, Missing) and cell.why in nobody_gave_it:
            return 0.0
        return cell

    def ToDate(self, node, row, unit, back):
        here = row - back
        if here < 0:
            return Missing(Why.TOO_FEW_POINTS)
        start = (here // self.periods_per_year) * self.periods_per_year
        return self.policy(self.total(node.measure.key, range(start, here + 1), unit))

    def Rolling(self, node, row, unit, back):
        here = row - back
        if here - node.periods + 1 < 0:
            return Missing(Why.TOO_FEW_POINTS)
        return self.policy(self.total(node.measure.key, range(here - node.periods + 1, here + 1), unit))

    def total(self, key, rows, unit):
        total = 0.0
        for row in rows:
            part = self.raw(key, row, unit)
            if isinstance(part, Missing):
                return part
            total += part
        return finite(total)

    def Last(self, node, row, unit, back):
        if type(node.operand).__name__ == "Reference":
            look = self.raw_reference
        else:
            strict = MissingOperand.PROPAGATE if self.missing is MissingOperand.ZERO else self.missing
            look = SlowEvaluator(self.series, strict, self.periods_per_year).visit
        here = look(node.operand, row, unit, back)
        for earlier in range(row, -1, -1):
            found = look(node.operand, earlier, unit, back)
            if not isinstance(found, Missing):
                return found
        return self.policy(here)

    def raw_reference(self, node, row, unit, back):
        return self.raw(node.key, row - back, unit)

    def Lag(self, node, row, unit, back):
        return self.visit(node.operand, row, unit, back + node.periods)

    # --- operations

    def Negation(self, node, row, unit, back):
        operand = self.visit(node.operand, row, unit, back)
        return operand if isinstance(operand, Missing) else -operand

    def Arithmetic(self, node, row, unit, back):
        left = self.visit(node.left, row, unit, back)
        right = self.visit(node.right, row, unit, back)
        for operand in (left, right):
            if isinstance(operand, Missing):
                return operand
        if node.operator == "+":
            return finite(left + right)
        if node.operator == "-":
            return finite(left - right)
        if node.operator == "*":
            return finite(left * right)
        return quotient(left, right)

    def RatioOf(self, node, row, unit, back):
        above = self.visit(node.numerator, row, unit, back)
        below = self.visit(node.denominator, row, unit, back)
        for operand in (above, below):
            if isinstance(operand, Missing):
                return operand
        return quotient(above, below)

    def Power(self, node, row, unit, back):
        base = self.visit(node.base, row, unit, back)
        if isinstance(base, Missing):
            return base
        if base == 0.0 and node.exponent < 0:
            return Missing(Why.ZERO_DENOMINATOR)
        if node.exponent != int(node.exponent):
            with np.errstate(all="ignore"):
                return finite(float(np.power(np.array([[base]]), node.exponent)[0, 0]))
        product = 1.0
        for _ in range(abs(int(node.exponent))):
            product *= base
        if node.exponent >= 0:
            return finite(product)
        return Missing(Why.NOT_FINITE) if product == 0.0 else finite(1.0 / product)

    def Spread(self, node, row, unit, back):
        cells = [self.visit(operand, row, unit, back) for operand in node.operands]
        gaps = [cell for cell in cells if isinstance(cell, Missing)]
        numbers = [cell for cell in cells if not isinstance(cell, Missing)]
        if gaps and (self.missing is not MissingOperand.SKIP or not numbers):
            return gaps[0]
        if node.function == "min":
            return min(numbers)  # Python keeps the earlier of equals
        if node.function == "max":
            return max(numbers)
        total = numbers[0]
        for number in numbers[1:]:
            total += number
        return finite(total / len(numbers) if node.function == "avg" else total)

    # --- conditions

    def Choice(self, node, row, unit, back):
        test = self.visit(node.condition, row, unit, back)
        if isinstance(test, Missing):
            return test
        return self.visit(node.then if test else node.otherwise, row, unit, back)

    def Comparison(self, node, row, unit, back):
        left = self.visit(node.left, row, unit, back)
        right = self.visit(node.right, row, unit, back)
        for operand in (left, right):
            if isinstance(operand, Missing):
                return operand
        return {
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
            "=": left == right,
            "!=": left != right,
        }[node.comparator]

    def Logical(self, node, row, unit, back):
        left = self.visit(node.left, row, unit, back)
        right = self.visit(node.right, row, unit, back)
        for operand in (left, right):
            if isinstance(operand, Missing):
                return operand
        return (left and right) if node.operator == "and" else (left or right)

    def Not(self, node, row, unit, back):
        operand = self.visit(node.operand, row, unit, back)
        return operand if isinstance(operand, Missing) else not operand


def finite(value: float) -> Cell:
    return value if math.isfinite(value) else Missing(Why.NOT_FINITE)


def quotient(above: float, below: float) -> Cell:
    return Missing(Why.ZERO_DENOMINATOR) if below == 0.0 else finite(above / below)
