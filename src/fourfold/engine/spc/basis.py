"""What the limits of a chart are made of: which points, how many at least, and with which constants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.score import Backend
from fourfold.engine.spc.chart import TRIAL_POINTS
from fourfold.engine.spc.constants import Constants, ConstantSet, constants_named
from fourfold.engine.spc.refusals import BaselineTooShort, SegmentsOverlap
from fourfold.engine.spc.segments import Segments
from fourfold.engine.spc.summing import NO_BASELINE

__all__ = ["Basis", "reasons"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Basis:
    """What limits are made of.

    Args:
        segments: where limits begin anew; None: one segment.
        baseline: limits stay fixed on the first so many points of each segment; None: on all its points.
        excluded: (series, period), points with a known special cause: no limits are made of them, nor of the moving
            ranges to and from them; they are plotted and judged like the others.
        least: fewer points make no limits (policy `spc.min_points.trial`).
        constants: as published, or exact.
        backend: both give the same bits; None: by the amount of work.

    Raises:
        BaselineTooShort: a baseline below `least`.
    """

    segments: Segments | None = None
    baseline: int | None = None
    excluded: Bools | None = None
    least: int = TRIAL_POINTS
    constants: ConstantSet = "published"
    backend: Backend | None = None

    def __post_init__(self) -> None:
        if self.baseline is not None and self.baseline < self.least:
            raise BaselineTooShort(f"limits fixed on {self.baseline} points; {self.least} are needed")

    def segments_over(self, points: Floats) -> Segments:
        """The segments of these series.

        Raises:
            SegmentsOverlap: they were made for series of another length or number.
        """
        if self.segments is None:
            return Segments.whole(points.shape[1])
        rows, periods = self.segments.number.shape
        if periods != points.shape[1] or rows not in (1, len(points)):
            raise SegmentsOverlap(
                f"segments of {rows} series × {periods} points do not fit {points.shape[0]} × {points.shape[1]}"
            )
        return self.segments

    def kept(self, points: Floats) -> Floats:
        """The points without those that are excluded."""
        return points if self.excluded is None else np.where(self.excluded, np.nan, points)

    @property
    def first_points(self) -> int:
        """How many points of a segment count."""
        return NO_BASELINE if self.baseline is None else self.baseline

    @property
    def numbers(self) -> Constants:
        """The constants."""
        return constants_named(self.constants)


def reasons(enough: Bools, spread: Floats) -> Bytes:
    """PRESENT where there are enough points and they vary."""
    varies = np.isfinite(spread) & (spread > 0.0)
    found = np.where(enough, np.where(varies, Why.PRESENT, Why.NO_VARIATION), Why.TOO_FEW_POINTS)
    return np.asarray(found, dtype=np.uint8)
