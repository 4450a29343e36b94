"""The last points of a chart that was judged for a whole list: no more than a small drawing and a sentence need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.quantities import Polarity
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.governance.signals.pages.natural_bounds import bounded
from fourfold.governance.signals.queries.judging import Judged
from fourfold.governance.signals.queries.series import SeriesTable

__all__ = ["POINTS_DRAWN", "SmallPoint", "has_better_way", "last_points_of", "mark_of"]

Floats = NDArray[np.float64]

POINTS_DRAWN: Final = 24  # two years of months; more would be a smear
_BETTER: Final = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


@dataclass(frozen=True, slots=True)
class SmallPoint:
    """One period, in the measure's unit of measure; None where there is nothing."""

    label: str
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    target: float | None


def last_points_of(table: SeriesTable, judged: Judged, *, measure: str) -> tuple[SmallPoint, ...]:
    """The points of the chart that the measure's own page shows; of a measure without one, none."""
    if measure not in judged.rows:
        return ()
    group, row = judged.place(measure)
    series, chart = table.series[measure], group.chart
    count = min(POINTS_DRAWN, _since_first(series))
    scale = float(group.scale[row])
    lines = [
        bounded(chart.over_points(each)[row, -count:] * scale, series)
        for each in (chart.shown_centre, chart.lower, chart.upper)
    ]
    return tuple(_points(table, series, lines, count=count))


def mark_of(series: NativeSeries, moved: int) -> PointMark:
    """The shape of a signal: for the better, for the worse, or neither."""
    polarity = series.version.goal.polarity
    wanted = 0 if polarity is None else _BETTER.get(polarity, 0)
    if not moved or not wanted:
        return PointMark.NEUTRAL
    return PointMark.IMPROVEMENT if moved == wanted else PointMark.CONCERN


def has_better_way(series: NativeSeries) -> bool:
    """Whether more, or less, is better; of a band or an exact target neither is."""
    return series.version.goal.polarity in _BETTER


def _points(
    table: SeriesTable, series: NativeSeries, lines: list[Floats], *, count: int
) -> Iterator[SmallPoint]:
    centre, lower, upper = lines
    for place in range(-count, 0):
        yield SmallPoint(
            table.calendar.label(table.period(series, place)),
            _number(series.value[place]),
            _number(centre[place]),
            _number(lower[place]),
            _number(upper[place]),
            _number(series.target[place]),
        )


def _since_first(series: NativeSeries) -> int:
    there = np.isfinite(series.value)
    return int(there.size - there.argmax()) if there.any() else 1


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
