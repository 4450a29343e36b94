"""Observations as columns, in the order in which they became known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

__all__ = ["ObservationRows", "RowsUneven"]

_DTYPES = {
    "measure": np.int32,
    "series": np.int16,
    "segment": np.int16,
    "unit": np.int32,
    "period": np.int32,
    "numerator": np.float64,
    "denominator": np.float64,
    "why": np.uint8,
}


class RowsUneven(ValueError):
    """Columns of different length or of the wrong type are not rows."""


@dataclass(frozen=True, slots=True)
class ObservationRows:
    """Parallel columns, shape (n,), `seq` ascending; of several rows with one key the last counts.

    The key is (measure, series, segment, unit, period). `measure` and `unit` are positions in `Definitions.measures`
    and `Definitions.units`; `segment` is 0 for the total, k for the k-th segment the measure lists; `period` is the
    ordinal at the measure's native frequency. `numerator` is the value itself where the kind has no denominator
    (value × n for `mean`, promoters − detractors for `net_share`, index × base for `index`), `denominator` 1 where it
    has none. `why` is `Why.PRESENT`, or says why the row has no usable number (`MISSING_DUE`: withdrawn); what such a
    row's numbers say does not matter.

    Raises:
        RowsUneven: lengths differ, or a column has another dtype.

    >>> rows = ObservationRows.of([(0, 1, 0, 2, 24320, 95.0, 1.0, 0)])
    >>> len(rows), rows.unit.tolist()
    (1, [2])
    """

    measure: NDArray[np.int32]
    series: NDArray[np.int16]
    segment: NDArray[np.int16]
    unit: NDArray[np.int32]
    period: NDArray[np.int32]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    why: NDArray[np.uint8]

    def __post_init__(self) -> None:
        for name, dtype in _DTYPES.items():
            column = getattr(self, name)
            if column.dtype != dtype or column.shape != self.measure.shape or column.ndim != 1:
                raise RowsUneven(
                    f"column {name!r}: {column.dtype} {column.shape}, rows have {self.measure.shape}"
                )

    def __len__(self) -> int:
        return int(self.measure.size)

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int, int, int, float, float, int]]) -> ObservationRows:
        """Columns from tuples in field order; for small things and tests."""
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(_DTYPES)
        return cls(*(np.array(c, dtype=t) for c, t in zip(columns, _DTYPES.values(), strict=True)))

    @classmethod
    def empty(cls) -> ObservationRows:
        """No rows at all."""
        return cls.of(())

    def between(self, start: int, stop: int) -> ObservationRows:
        """The rows `start` to `stop`, sharing memory."""
        return ObservationRows(*(getattr(self, f.name)[start:stop] for f in fields(self)))

    def where(self, chosen: NDArray[np.bool_]) -> ObservationRows:
        """The rows for which `chosen` is true, in the same order."""
        return ObservationRows(*(getattr(self, f.name)[chosen] for f in fields(self)))

    def then(self, later: ObservationRows) -> ObservationRows:
        """These rows followed by later ones."""
        return ObservationRows(
            *(np.concatenate((getattr(self, f.name), getattr(later, f.name))) for f in fields(self))
        )
