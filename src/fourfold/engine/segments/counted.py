"""Numerators and bases of every segment: what rates, shares and totals are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.segments.refusals import SegmentsOverlap, SegmentsUncounted

__all__ = ["SegmentCounts"]

Floats = NDArray[np.float64]

PARTITION_TOLERANCE = 1e-9  # of the whole: sums of float64 parts, taken in another order


@dataclass(frozen=True, slots=True)
class SegmentCounts:
    """One period of segmented measures, both arrays (..., segment); NaN is missing.

    A rate is numerator ÷ base, a segment's weight its share in the base. An empty segment (base 0) has no rate.
    """

    numerator: Floats
    base: Floats

    @classmethod
    def of(cls, numerator: ArrayLike, base: ArrayLike, *, whole: ArrayLike | None = None) -> SegmentCounts:
        """Take the counts, checked.

        Args:
            numerator: (..., segment).
            base: (..., segment), not negative.
            whole: (...), the base of everything, where it was counted by itself.

        Raises:
            SegmentsUncounted: different shapes, a negative base, an infinite number.
            SegmentsOverlap: the segments' bases exceed the whole.

        Source: METHOD M2.3 (segments must partition the base).

        >>> SegmentCounts.of([1, 2], [4, 4]).total_rate.tolist()
        0.375
        """
        counts = cls(np.asarray(numerator, dtype=np.float64), np.asarray(base, dtype=np.float64))
        if counts.numerator.shape != counts.base.shape or counts.base.ndim == 0:
            raise SegmentsUncounted(
                f"numerators {counts.numerator.shape} and bases {counts.base.shape} do not pair up"
            )
        if np.isinf(counts.numerator).any() or np.isinf(counts.base).any() or (counts.base < 0.0).any():
            raise SegmentsUncounted("a base is a finite number of cases, never below zero")
        if whole is not None:
            counts.require_within(np.asarray(whole, dtype=np.float64))
        return counts

    def require_within(self, whole: Floats) -> None:
        """Refuse segments that hold more than there is.

        Raises:
            SegmentsOverlap: see there.
        """
        together = self.base.sum(axis=-1)
        if (together > whole + PARTITION_TOLERANCE * np.abs(whole)).any():
            raise SegmentsOverlap(
                f"the segments hold {float(np.max(together)):g} cases, the whole {float(np.max(whole)):g}: "
                "some are counted twice"
            )

    @property
    def total_rate(self) -> Floats:
        """Σ numerators ÷ Σ bases, (...); NaN where the base is 0 or something is missing."""
        with np.errstate(all="ignore"):
            return np.asarray(self.numerator.sum(axis=-1) / self.base.sum(axis=-1))

    @property
    def rates(self) -> Floats:
        """(..., segment); NaN where a segment is empty."""
        with np.errstate(all="ignore"):
            return np.where(self.base > 0.0, self.numerator / self.base, np.nan)

    @property
    def weights(self) -> Floats:
        """Each segment's share in the base, (..., segment)."""
        with np.errstate(all="ignore"):
            return np.asarray(self.base / self.base.sum(axis=-1, keepdims=True))

    @property
    def why(self) -> NDArray[np.uint8]:
        """Why there is no total, (...): a missing part is MISSING_REQUIRED, an empty base ZERO_DENOMINATOR."""
        is_missing = np.isnan(self.numerator).any(axis=-1) | np.isnan(self.base).any(axis=-1)
        is_empty = np.where(is_missing, 1.0, self.base.sum(axis=-1)) == 0.0
        reasons = np.where(is_empty, Why.ZERO_DENOMINATOR, Why.PRESENT)
        return np.asarray(np.where(is_missing, Why.MISSING_REQUIRED, reasons), dtype=np.uint8)
