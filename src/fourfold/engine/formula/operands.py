"""Where a formula's operands come from, and a source of plain arrays for small work and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import AggregationKind, Why

__all__ = ["BEFORE_THE_FIRST", "ArrayOperands", "Cells", "OperandSource", "carried_forward", "shifted"]

Cells: TypeAlias = tuple[NDArray[np.float64], NDArray[np.uint8]]
"""Values and why they are missing, both of shape (period, unit), oldest period first.

Where the reason is `Why.PRESENT` the value is a finite number; elsewhere the value is not looked at.
"""

BEFORE_THE_FIRST = Why.TOO_FEW_POINTS
"""The reason of a cell whose period lies before the first one known."""


class OperandSource(Protocol):
    """Answers for a measure's cells; every answer has the same shape. The arrays are read, never written."""

    def value(self, key: str) -> Cells:
        """The measure's values, aggregated by its own semantics to the periods and units of the axes."""

    def lag(self, key: str, k: int) -> Cells:
        """The same, k native periods earlier."""

    def last(self, key: str) -> Cells:
        """The last value present up to each period; where there is none, why there is none in that period."""

    def ytd(self, key: str) -> Cells:
        """From the start of the fiscal year to each period, by the measure's own semantics."""

    def rolling(self, key: str, n: int) -> Cells:
        """Over the last n native periods, by the measure's own semantics."""


def carried_forward(values: NDArray[np.float64], whys: NDArray[np.uint8]) -> Cells:
    """Fill each gap with the last value present before it in the same unit; new arrays.

    A cell with nothing before it keeps its own reason. Costs one pass down axis 0.

    Source: METHOD §0.4 (`last`).

    >>> gap = np.array([[np.nan], [5.0], [np.nan]]), np.array([[4], [0], [4]], dtype=np.uint8)
    >>> [array.ravel().tolist() for array in carried_forward(*gap)]
    [[nan, 5.0, 5.0], [4, 0, 0]]
    """
    rows = np.where(whys == Why.PRESENT, np.arange(len(values))[:, np.newaxis], 0)
    np.maximum.accumulate(rows, axis=0, out=rows)
    filled = np.take_along_axis(values, rows, axis=0)
    reasons = np.take_along_axis(whys, rows, axis=0)
    return filled, np.where(reasons == Why.PRESENT, reasons, whys)


def shifted(values: NDArray[np.float64], whys: NDArray[np.uint8], *, rows: int) -> Cells:
    """The table as it was `rows` periods earlier; the first rows are `BEFORE_THE_FIRST`. New arrays.

    Source: METHOD §0.4 (`lag`).

    >>> values, whys = shifted(np.array([[1.0], [2.0]]), np.zeros((2, 1), dtype=np.uint8), rows=1)
    >>> values.ravel().tolist(), Why(whys[0, 0]).code
    ([nan, 1.0], 'too_few_points')
    """
    moved = np.full_like(values, np.nan)
    reasons = np.full_like(whys, BEFORE_THE_FIRST)
    moved[rows:] = values[: len(values) - rows] if rows < len(values) else values[:0]
    reasons[rows:] = whys[: len(whys) - rows] if rows < len(whys) else whys[:0]
    return moved, reasons


@dataclass(frozen=True, slots=True)
class ArrayOperands:
    """Plain value series as operands: each array has shape (period, unit); NaN without a reason is `missing_due`.

    The first row begins a fiscal year of `periods_per_year` rows. A measure is a flow (sums over time) unless `kinds`
    names it a stock (keeps its last value).
    """

    values: Mapping[str, NDArray[np.float64]]
    whys: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)
    kinds: Mapping[str, AggregationKind] = field(default_factory=dict)
    periods_per_year: int = 12

    def value(self, key: str) -> Cells:
        """The series itself."""
        values = self.values[key]
        whys = self.whys.get(key)
        if whys is None:
            whys = np.where(np.isnan(values), np.uint8(Why.MISSING_DUE), np.uint8(Why.PRESENT))
        return values, whys

    def lag(self, key: str, k: int) -> Cells:
        """k rows earlier."""
        return shifted(*self.value(key), rows=k)

    def last(self, key: str) -> Cells:
        """Each gap filled from above."""
        return carried_forward(*self.value(key))

    def ytd(self, key: str) -> Cells:
        """Each row over the rows of its year so far; for a flow a gap makes the rest of the year missing."""
        starts = [row - row % self.periods_per_year for row in range(len(self.values[key]))]
        return self._over(key, starts)

    def rolling(self, key: str, n: int) -> Cells:
        """Each row over itself and the n - 1 rows before it."""
        values, whys = self._over(key, [max(row - n + 1, 0) for row in range(len(self.values[key]))])
        values[: n - 1], whys[: n - 1] = np.nan, BEFORE_THE_FIRST
        return values, whys

    def _over(self, key: str, starts: list[int]) -> Cells:
        values, whys = self.value(key)
        if self.kinds.get(key, AggregationKind.FLOW) is AggregationKind.STOCK:
            return values.copy(), whys.copy()
        totals, reasons = np.zeros_like(values), np.zeros_like(whys)
        for row, start in enumerate(starts):
            for part in range(start, row + 1):
                totals[row] += values[part]
                reasons[row] = np.where(reasons[row] == Why.PRESENT, whys[part], reasons[row])
        return totals, reasons
