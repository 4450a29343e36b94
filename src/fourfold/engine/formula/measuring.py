"""The unit of measure of a formula: carried through every operation, and held against the declared one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fourfold.engine.formula.naming import unknown_name
from fourfold.engine.formula.refusal import FormulaCode, FormulaRefused, Position
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
from fourfold.engine.quantities import UnitOfMeasure, unit_of_measure

__all__ = ["conversion_factor", "conversion_to", "infer"]

PURE = unit_of_measure("1")
# Factors are products of floats; the order of a product may move the last digit and nothing else.
FACTOR_TOLERANCE = 1e-12

_Inferred = UnitOfMeasure | None
"""None: made of bare numbers only, which take whatever unit they are added to or compared with."""


def infer(expression: Expression, units: Mapping[str, UnitOfMeasure]) -> UnitOfMeasure:
    """The unit of measure a formula's values come out in, before any conversion.

    Sums, differences and comparisons need one unit on both sides, in the same size: % and EUR are refused, and so
    are EUR and kEUR. Products and quotients combine. A bare number has the unit of its neighbour; a formula of bare
    numbers only is a pure number.

    Args:
        units: the unit of measure of every measure the formula may read.

    Raises:
        FormulaRefused: UNIT_MISMATCH, or FORMULA_UNKNOWN_NAME for a key without a unit.

    Source: METHOD §0.4 (dimension analysis).

    >>> from fourfold.engine.formula import parse
    >>> infer(parse("1.2 * cost / parcels"), {"cost": unit_of_measure("EUR"), "parcels": unit_of_measure("parcel")}
    ... ).dimension
    (('EUR', 1), ('parcel', -1))
    """
    return _Inference(units).of(expression) or PURE


def conversion_factor(inferred: UnitOfMeasure, declared: UnitOfMeasure) -> float:
    """What to multiply values in the inferred unit with to have them in the declared one.

    Raises:
        FormulaRefused: UNIT_MISMATCH, the two do not count the same thing.

    Source: METHOD §0.4 (dimension analysis).

    >>> conversion_factor(unit_of_measure("EUR").per(unit_of_measure("EUR")), unit_of_measure("%"))
    100.0
    """
    if inferred.dimension != declared.dimension:
        problem = f"the formula is in {_shown(inferred)}, the measure in {_shown(declared)}"
        remedy = "Correct the formula or the unit of measure of the measure"
        raise FormulaRefused(FormulaCode.UNIT_MISMATCH, problem, remedy=remedy)
    if math.isclose(inferred.factor, declared.factor, rel_tol=FACTOR_TOLERANCE):
        return 1.0
    # The quotient is rounded to 15 digits: 1 / 0.001 is a thousand, not a hair less.
    return float(f"{inferred.factor / declared.factor:.15g}")


def conversion_to(
    declared: UnitOfMeasure, expression: Expression, *, units: Mapping[str, UnitOfMeasure]
) -> float:
    """What to multiply a formula's values with to have them in the unit its measure declares.

    A formula of bare numbers, such as `if(late > 5, 0, 1)`, is in the declared unit already. A share declared in % is
    converted here, so a formula that also multiplies by 100 is refused rather than shown a hundred times too large.

    Raises:
        FormulaRefused: UNIT_MISMATCH, FORMULA_UNKNOWN_NAME.

    Source: METHOD §0.4 (dimension analysis).

    >>> from fourfold.engine.formula import parse
    >>> trains = {"on-time": unit_of_measure("train"), "all": unit_of_measure("train")}
    >>> conversion_to(unit_of_measure("%"), parse("ratio(on-time, all)"), units=trains)
    100.0
    """
    inferred = _Inference(units).of(expression)
    if inferred is None:
        return 1.0
    factor = conversion_factor(inferred, declared)
    if factor != 1.0 and inferred.is_pure_number and _is_scaled_by(expression, factor):
        problem = f"the formula multiplies by {factor:g}, and the unit {declared.symbol} does so again"
        remedy = f"Leave out the {factor:g}: a share is shown in {declared.symbol} by itself"
        raise FormulaRefused(FormulaCode.UNIT_MISMATCH, problem, remedy=remedy, position=expression.position)
    return factor


@dataclass(frozen=True, slots=True)
class _Inference:
    units: Mapping[str, UnitOfMeasure]

    def of(self, node: Expression) -> _Inferred:
        match node:
            case Number():
                return None
            case Reference():
                return self._of_reference(node)
            case Negation(operand) | Last(operand) | Lag(operand):
                return self.of(operand)
            case ToDate(measure) | Rolling(measure):
                return self._of_reference(measure)
            case Spread(operands=operands):
                return self._alike(operands, node.position)
            case Choice(condition, then, otherwise):
                self.check(condition)
                return self._alike((then, otherwise), node.position)
            case _:
                return self._combined(node)

    def check(self, condition: Condition) -> None:
        match condition:
            case Comparison(_, left, right):
                self._alike((left, right), condition.position)
            case Logical(_, first, second):
                self.check(first)
                self.check(second)
            case Not(operand):
                self.check(operand)

    def _of_reference(self, reference: Reference) -> UnitOfMeasure:
        found = self.units.get(reference.key)
        if found is None:
            raise unknown_name(reference, self.units.keys())
        return found

    def _combined(self, node: Arithmetic | RatioOf | Power) -> _Inferred:
        match node:
            case Arithmetic(ArithmeticOperator.PLUS | ArithmeticOperator.MINUS, left, right):
                return self._alike((left, right), node.position)
            case Arithmetic(ArithmeticOperator.TIMES, left, right):
                return _joined(self.of(left), self.of(right), UnitOfMeasure.times, node.position)
            case Arithmetic(_, left, right) | RatioOf(left, right):
                return _joined(self.of(left), self.of(right), UnitOfMeasure.per, node.position)
            case Power(base, exponent):
                return _raised(self.of(base), exponent, node.position)

    def _alike(self, nodes: Sequence[Expression], position: Position) -> _Inferred:
        """The one unit of all nodes; bare numbers among them take it."""
        common: _Inferred = None
        for found in [self.of(node) for node in nodes]:
            if common is not None and found is not None and not _is_addable(common, found):
                problem = f"{_shown(common)} and {_shown(found)} have no sum and no order"
                remedy = "Bring both to one unit of measure; a part may become a measure of its own, declared in it"
                raise FormulaRefused(FormulaCode.UNIT_MISMATCH, problem, remedy=remedy, position=position)
            common = common or found
        return common


def _is_addable(left: UnitOfMeasure, right: UnitOfMeasure) -> bool:
    same_size = math.isclose(left.factor, right.factor, rel_tol=FACTOR_TOLERANCE)
    return left.dimension == right.dimension and same_size


def _joined(
    left: _Inferred,
    right: _Inferred,
    join: Callable[[UnitOfMeasure, UnitOfMeasure], UnitOfMeasure],
    position: Position,
) -> _Inferred:
    if left is None and right is None:
        return None
    if right is None:
        return left
    return _in_range(join(left or PURE, right), position)


def _raised(base: _Inferred, exponent: float, position: Position) -> _Inferred:
    if base is None:
        return None
    raised = [(name, power * exponent) for name, power in base.dimension]
    if any(power != int(power) for _, power in raised):
        problem = f"{_shown(base)} to the power of {exponent:g} is no unit of measure"
        remedy = "Use a whole exponent, or divide by a value of the same unit first"
        raise FormulaRefused(FormulaCode.UNIT_MISMATCH, problem, remedy=remedy, position=position)
    dimension = tuple((name, int(power)) for name, power in raised if power)
    try:
        factor = base.factor**exponent
    except OverflowError:
        factor = math.inf
    return _in_range(UnitOfMeasure(f"({base.symbol})^{exponent:g}", dimension, factor), position)


def _in_range(unit: UnitOfMeasure, position: Position) -> UnitOfMeasure:
    """A factor that has become 0 or infinite, through powers of powers, could not be converted back."""
    if 0.0 < unit.factor < math.inf and all(abs(power) < 1_000 for _, power in unit.dimension):
        return unit
    problem, remedy = "the unit of measure leaves what can be computed", "Use smaller powers"
    raise FormulaRefused(FormulaCode.UNIT_MISMATCH, problem, remedy=remedy, position=position)


def _is_scaled_by(node: Expression, factor: float) -> bool:
    """Whether the outermost product has this number among its factors."""
    match node:
        case Number(value):
            return value == factor
        case Negation(operand):
            return _is_scaled_by(operand, factor)
        case Arithmetic(ArithmeticOperator.TIMES, left, right):
            return _is_scaled_by(left, factor) or _is_scaled_by(right, factor)
        case Arithmetic(ArithmeticOperator.OVER, left):
            return _is_scaled_by(left, factor)
        case _:
            return False


def _shown(unit: UnitOfMeasure) -> str:
    """Its dimension in words, with the size where it is not 1; a long product of symbols would say less."""
    parts = [name if power == 1 else f"{name}^{power}" for name, power in unit.dimension]
    shown = "·".join(parts) or "a pure number"
    return shown if unit.factor == 1.0 else f"{shown} (× {unit.factor:g})"
