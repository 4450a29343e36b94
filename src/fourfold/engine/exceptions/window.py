"""The latest points of a chart, judged by themselves: an old signal opens no exception."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc import FIRM_POINTS, ControlChart, Segments

__all__ = ["latest_of", "spared"]

Number = TypeVar("Number", bound=np.generic)
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def latest_of(chart: ControlChart, latest: int) -> ControlChart:
    """The same limits over the last so many periods only, so that a pattern must lie wholly inside them.

    Source: METHOD M6.3.

    >>> from fourfold.engine.spc import xmr
    >>> latest_of(xmr(np.arange(40.0).reshape(2, 20) % 3), 7).points.shape
    (2, 7)
    """
    width = min(latest, chart.points.shape[1])
    return replace(
        chart,
        points=_cut(chart.points, width, periods=-1),
        centre=_cut(chart.centre, width),
        reach=_cut(chart.reach, width),
        why=_cut(chart.why, width),
        used=_cut(chart.used, width),
        segments=Segments(_cut(chart.segments.number, width, periods=-1)),
        dispersion=None,
        deviation=None if chart.deviation is None else _cut(chart.deviation, width),
    )


def spared(values: Floats, *, latest: int, least: int = FIRM_POINTS) -> Bools:
    """Which points limits should not be made of, so that a change cannot move the limits that it is judged by.

    Args:
        values: (series, period), oldest first; NaN is missing.
        latest: how many periods at the end.
        least: where fewer points would remain, the latest count too.

    Returns: (series, period), for `spc.Basis.excluded`.

    Source: METHOD M6.3 (limits frozen before the new points).

    >>> spared(np.arange(20.0).reshape(1, 20), latest=7).sum(), spared(np.arange(15.0).reshape(1, 15), latest=7).sum()
    (np.int64(7), np.int64(0))
    """
    found = np.zeros(values.shape, dtype=np.bool_)
    before = np.isfinite(values[:, :-latest]).sum(axis=1)
    found[before >= least, -latest:] = True
    return found


def _cut(table: NDArray[Number], width: int, *, periods: int = 1) -> NDArray[Number]:
    """The last columns of what has a column a period; what has one for all stays."""
    if table.shape[1] == periods:
        return table
    return np.ascontiguousarray(table[:, table.shape[1] - width :])
