"""Where limits begin anew: segments of a series, each with limits of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.refusals import SegmentsOverlap, TimeUnsorted

__all__ = ["OUTSIDE", "Segments", "require_sorted"]

OUTSIDE = -1
"""In no segment: plotted, but no limits are made of the point nor hold for it."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Which segment each point belongs to.

    Args:
        number: (1, period) where all series have the same, else (series, period); 0, 1, … in the order of time.

    >>> Segments.rebased(6, at=(4,)).number.tolist()
    [[0, 0, 0, 0, 1, 1]]
    """

    number: NDArray[np.int16]

    @classmethod
    def whole(cls, periods: int) -> Segments:
        """One segment from the first point to the last."""
        return cls(np.zeros((1, periods), dtype=np.int16))

    @classmethod
    def rebased(cls, periods: int, *, at: Sequence[int]) -> Segments:
        """Every series begins anew at these periods, each by a logged decision.

        Raises:
            SegmentsOverlap: a place outside the series, or not in rising order.
        """
        return cls.of(periods, spans=[_between(periods, at)])

    @classmethod
    def of(cls, periods: int, *, spans: Sequence[Sequence[tuple[int, int]]]) -> Segments:
        """For each series its segments as (first, after the last); for one sequence only, all series have them.

        Raises:
            SegmentsOverlap: two claim a point, are out of order, empty, or reach outside the series.
        """
        number = np.full((len(spans), periods), OUTSIDE, dtype=np.int16)
        for row, of_series in zip(number, spans, strict=True):
            _check(of_series, periods)
            for place, (first, after) in enumerate(of_series):
                row[first:after] = place
        return cls(number)

    @property
    def count(self) -> int:
        """How many segments the series with the most has."""
        return int(self.number.max(initial=OUTSIDE)) + 1

    @property
    def is_whole(self) -> bool:
        """One segment over everything: limits do not change."""
        return bool(self.number.shape[0] == 1 and not self.number.any())


def _between(periods: int, at: Sequence[int]) -> list[tuple[int, int]]:
    return list(pairwise((0, *at, periods)))


def _check(spans: Sequence[tuple[int, int]], periods: int) -> None:
    for first, after in spans:
        if not 0 <= first < after <= periods:
            raise SegmentsOverlap(
                f"a segment from {first} up to {after} does not lie in a series of {periods} points"
            )
    for (first, after), (following, _) in pairwise(spans):
        if following < after:
            raise SegmentsOverlap(
                f"the segments from {first} and from {following} overlap or are out of order"
            )


def require_sorted(periods: Sequence[object]) -> None:
    """Refuse points that do not stand in the order of time: a moving range between them would mean nothing.

    Raises:
        TimeUnsorted: a period that does not come after the one before it.

    Source: METHOD M3.4 (charts are drawn in time order).

    >>> require_sorted(["2026-01", "2026-02"])
    """
    for before, after in pairwise(periods):
        if not before < after:  # type: ignore[operator]  # of one kind, whichever that is
            how = "comes twice" if before == after else f"stands after {before}"
            raise TimeUnsorted(f"the period {after} {how}")
