"""The arrays of one native frequency."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.tracks import TrackTable
from fourfold.engine.quantities import Why

__all__ = ["Stack"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


@dataclass
class Stack:
    """Observations of one frequency; arrays have the shape (track, period, unit), the unit in tree order.

    `numerator` is NaN where there is no usable number. `denominator` has only the tracks whose kind has one.
    `reasons` holds, for the few tracks that ever had a row quarantined, suppressed or the like, why; elsewhere a
    missing number is `MISSING_DUE`.
    """

    table: TrackTable
    ordinals: range
    numerator: Floats
    denominator: Floats
    reasons: dict[int, Bytes] = field(default_factory=dict)

    @classmethod
    def empty(cls, table: TrackTable, *, ordinals: range, units: int) -> Stack:
        """No observation yet."""
        quotients = int((table.denominator >= 0).sum())
        return cls(
            table,
            ordinals,
            np.full((len(table), len(ordinals), units), np.nan),
            np.full((quotients, len(ordinals), units), np.nan),
        )

    def over(self, ordinals: range) -> Stack:
        """The same observations on a longer axis."""
        grown = Stack.empty(self.table, ordinals=ordinals, units=self.numerator.shape[2])
        start = self.ordinals.start - ordinals.start
        rows = slice(start, start + len(self.ordinals))
        grown.numerator[:, rows] = self.numerator
        grown.denominator[:, rows] = self.denominator
        for track, reasons in self.reasons.items():
            grown.reasons_of(track)[rows] = reasons
        return grown

    def reasons_of(self, track: int) -> Bytes:
        """Why numbers are missing, shape (period, unit); made on first use."""
        if track not in self.reasons:
            self.reasons[track] = np.full(self.numerator.shape[1:], Why.MISSING_DUE, dtype=np.uint8)
        return self.reasons[track]

    def denominator_of(self, track: int) -> Floats | None:
        """A track's denominators, shape (period, unit)."""
        place = self.table.denominator[track]
        return self.denominator[place] if place >= 0 else None
