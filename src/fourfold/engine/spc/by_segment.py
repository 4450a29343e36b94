"""A chart whose centre and limits are those of its segments."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.segments import Segments
from fourfold.engine.spc.summing import over_segments

__all__ = ["charted_by_segment"]

Floats = NDArray[np.float64]


def charted_by_segment(
    kind: ChartKind,
    points: Floats,
    *,
    centre: Floats,
    reach: Floats,
    why: NDArray[np.uint8],
    used: NDArray[np.int64],
    segments: Segments,
    floor: float = -np.inf,
    deviation: Floats | None = None,
) -> ControlChart:
    """Spread what was found per (series, segment) over the points; NaN where there is a reason why not."""
    there = why == Why.PRESENT
    sigma = None if deviation is None else np.where(there, deviation, np.nan)
    return ControlChart(
        kind,
        points,
        centre=over_segments(np.where(there, centre, np.nan), segments, outside=np.nan),
        reach=over_segments(np.where(there, reach, np.nan), segments, outside=np.nan),
        why=over_segments(why, segments, outside=int(Why.NOT_APPLICABLE)),
        used=over_segments(used.astype(np.int32), segments, outside=0),
        segments=segments,
        floor=floor,
        deviation=None if sigma is None else over_segments(sigma, segments, outside=np.nan),
    )
