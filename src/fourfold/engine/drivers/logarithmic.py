"""Products of positive factors: the logarithmic mean Divisia index."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.formula import Expression
from fourfold.engine.formula.syntax import (
    Arithmetic,
    ArithmeticOperator,
    Number,
    Power,
    RatioOf,
    Reference,
)

__all__ = ["factors_of", "logarithmic_mean", "logarithmic_parts"]

Floats = NDArray[np.float64]


def factors_of(expression: Expression) -> dict[str, float] | None:
    """The exponent of every leaf of a pure product, in written order; None where the formula is anything else.

    Args:
        expression: leaves as references (`with_leaves`). Numbers written out must be above zero.

    Source: METHOD M4.1 (purely multiplicative).

    >>> from fourfold.engine.formula import parse
    >>> factors_of(parse("2 * margin * revenue / capital ^ 2"))
    {'margin': 1.0, 'revenue': 1.0, 'capital': -2.0}
    >>> factors_of(parse("revenue - cost"))
    """
    exponents: dict[str, float] = {}
    if not _collect(expression, 1.0, into=exponents):
        return None
    return exponents


def _collect(node: Expression, exponent: float, *, into: dict[str, float]) -> bool:
    """Add up the exponents below a node; False where it is no product."""
    match node:
        case Number(value):
            return value > 0.0
        case Reference(key):
            into[key] = into.get(key, 0.0) + exponent
            return True
        case Power(base, power):
            return _collect(base, exponent * power, into=into)
        case RatioOf(above, below):
            return _collect(above, exponent, into=into) and _collect(below, -exponent, into=into)
        case Arithmetic(ArithmeticOperator.TIMES, left, right):
            return _collect(left, exponent, into=into) and _collect(right, exponent, into=into)
        case Arithmetic(ArithmeticOperator.OVER, left, right):
            return _collect(left, exponent, into=into) and _collect(right, -exponent, into=into)
        case _:
            return False


def logarithmic_mean(first: Floats, second: Floats) -> Floats:
    """L(a, b) = (a − b) ÷ (ln a − ln b), and a where both are equal; any shape, above zero.

    Source: METHOD M4.1; Ang, Energy Policy 33, 2005.

    >>> logarithmic_mean(np.array([1.0, 2.0]), np.array([1.0, 1.0])).round(4).tolist()
    [1.0, 1.4427]
    """
    # By the relative step, which keeps its digits where both are nearly equal.
    step = (first - second) / second
    logs = np.log1p(step)
    with np.errstate(all="ignore"):
        return np.where(logs == 0.0, (first + second) / 2.0, second * step / logs)


def logarithmic_parts(
    before: Floats, after: Floats, *, exponents: Floats, values: tuple[Floats, Floats]
) -> Floats:
    """Each factor's part of the change of a product: Δ_x = L(V1, V0) · k · ln(x1 ÷ x0), (leaf, case).

    Args:
        before, after: (leaf, case), all above zero.
        exponents: k, (leaf,).
        values: the product V before and after, (case,), above zero.

    Source: METHOD M4.1; Ang, Energy Policy 33, 2005.

    >>> parts = logarithmic_parts(np.array([[2.0], [3.0]]), np.array([[4.0], [3.0]]),
    ...                           exponents=np.array([1.0, 1.0]), values=(np.array([6.0]), np.array([12.0])))
    >>> parts.round(12).tolist()
    [[6.0], [0.0]]
    """
    start, end = values
    grown = np.log1p((after - before) / before)
    return np.asarray(logarithmic_mean(end, start) * exponents[:, np.newaxis] * grown)
