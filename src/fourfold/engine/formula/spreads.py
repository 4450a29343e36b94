"""`sum`, `avg`, `min` and `max` over several operands of one cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.formula.columns import Column, Reasons, first_reason, settled
from fourfold.engine.formula.syntax import SpreadFunction
from fourfold.engine.quantities import Why

__all__ = ["folded", "skipped_over"]


def folded(function: SpreadFunction, columns: Sequence[Column]) -> Column:
    """Over all operands, one after another in written order; missing where one is missing."""
    values = reduce(lambda left, right: _step(function, left, right), (column.values for column in columns))
    whys: Reasons = reduce(first_reason, (column.whys for column in columns))
    if function is SpreadFunction.AVG:
        values = values / len(columns)
    if len(columns) == 1:
        values = values.copy()
    return settled(values, whys)


def skipped_over(function: SpreadFunction, columns: Sequence[Column]) -> Column:
    """Over the operands present; where none is, missing for the reason of the first."""
    if all(column.whys is None for column in columns):
        return folded(function, columns)
    shape = np.broadcast_shapes(*(column.values.shape for column in columns))
    total, count = np.zeros(shape), np.zeros(shape)
    for column in columns:
        present = np.broadcast_to(True if column.whys is None else column.whys == Why.PRESENT, shape)
        more = np.where(count > 0.0, _step(function, total, column.values), column.values)
        np.copyto(total, more, where=present)
        count += present
    if function is SpreadFunction.AVG:
        np.divide(total, count, out=total, where=count > 0.0)
    return settled(total, _reasons_of_none(count, columns))


def _reasons_of_none(count: NDArray[np.float64], columns: Sequence[Column]) -> Reasons:
    if count.all():
        return None
    # Where no operand is present, every one has a reason; the first one's is handed on.
    first = columns[0].whys if columns[0].whys is not None else np.zeros((1, 1), dtype=np.uint8)
    return np.where(count > 0.0, np.uint8(Why.PRESENT), first)


def _step(
    function: SpreadFunction, left: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """One more operand. A tie keeps the earlier one: +0 and -0 are equal, and NumPy's own choice varies."""
    match function:
        case SpreadFunction.MIN:
            return np.where(right < left, right, left)
        case SpreadFunction.MAX:
            return np.where(right > left, right, left)
        case _:
            return left + right
