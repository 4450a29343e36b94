"""What an EWMA or CUSUM draws of one measure: averages with limits of their own, or two sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.governance.signals.pages.control_points import ControlPoint
from fourfold.governance.signals.pages.natural_bounds import bounded
from fourfold.governance.signals.queries.judging import Group

__all__ = ["MemoryCourse", "memory_course", "with_course"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MemoryCourse:
    """From the series' first value on: `average` with its limits, or the sums `up` and `down` with one `sigma`."""

    average: Floats | None = None
    lower: Floats | None = None
    upper: Floats | None = None
    up: Floats | None = None
    down: Floats | None = None
    sigma: Floats | None = None

    def began(self, place: int, *, direction: int, first: int) -> int:
        """Where the sum that stands at a place began to grow: after it was last zero, and not before `first`."""
        sums = self.up if direction > 0 else self.down
        assert sums is not None, "asked of a CUSUM"
        began = place
        for earlier in range(place - 1, first - 1, -1):
            if sums[earlier] <= 0.0:
                break
            if np.isfinite(sums[earlier]):  # a gap: the sum waits
                began = earlier
        return began


def memory_course(group: Group, row: int, *, start: int, series: NativeSeries) -> MemoryCourse | None:
    """The course of one row of a group; None for charts that remember nothing."""
    if group.remembered is None:
        return None
    averages, sums = group.remembered.averages, group.remembered.sums
    if averages is not None:
        return MemoryCourse(
            average=averages.points[row, start:],
            lower=bounded(averages.over_points(averages.lower)[row, start:], series),
            upper=bounded(averages.over_points(averages.upper)[row, start:], series),
        )
    assert sums is not None, "it remembers one or the other"
    sigma = np.broadcast_to(sums.sigma, sums.high.shape)
    return MemoryCourse(up=sums.high[row, start:], down=sums.low[row, start:], sigma=sigma[row, start:])


def with_course(points: Sequence[ControlPoint], course: MemoryCourse | None) -> tuple[ControlPoint, ...]:
    """The points with their averages and limits of those, or with their sums; nearer limits belong to single values."""
    if course is None:
        return tuple(points)
    return tuple(_beside(point, course, place) for place, point in enumerate(points))


def _beside(point: ControlPoint, course: MemoryCourse, place: int) -> ControlPoint:
    bare = replace(point, near_lower=None, near_upper=None)
    if course.average is None:
        return replace(bare, sum_up=_at(course.up, place), sum_down=_at(course.down, place))
    return replace(
        bare,
        average=_at(course.average, place),
        lower=_at(course.lower, place),
        upper=_at(course.upper, place),
    )


def _at(line: Floats | None, place: int) -> float | None:
    return float(line[place]) if line is not None and np.isfinite(line[place]) else None
