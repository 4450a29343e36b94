"""The next periods of one series by the method that forecast its past best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.forecast.damped import Damped
from fourfold.engine.forecast.line import LeastSquares, RobustLine, through_seasons, through_time
from fourfold.engine.forecast.naive import Naive, mean_changes
from fourfold.engine.forecast.projection import Projection
from fourfold.engine.forecast.refusals import DriversWrong, HorizonWrong
from fourfold.engine.forecast.rolling import LEAST_KNOWN, LEAST_ORIGINS, Candidate, Trial, tried
from fourfold.engine.quantities import NotComputable, Why

__all__ = ["LEAST_POINTS", "MOST_AHEAD", "MOST_POINTS", "Forecast", "Method", "forecast"]

Floats = NDArray[np.float64]

LEAST_POINTS: Final = 8  # after the last break; policy `forecast.min_points` (METHOD §2.8)
MOST_AHEAD: Final = 120  # ten years of months
MOST_POINTS: Final = 120  # the latest; what is older tells little of now, and costs time
SEASONAL_ORIGINS: Final = 16  # fewer, after two years, and thirteen parameters are chosen by luck
_NOTHING: Final = 1e-12  # of how far the values lie apart: a spread below it is rounding
_ROUNDED: Final = 8.0 * float(np.finfo(np.float64).eps)  # of the values themselves: the same
_SQUARED: Final = 1e-140, 1e140  # sizes between which squares, and what is made of them, stay float64


class Method(StrEnum):
    """The candidates, in the order in which a tie is settled."""

    NAIVE = "naive"
    LINE = "line"
    ROBUST_LINE = "robust_line"
    SEASONAL_LINE = "seasonal_line"
    DAMPED = "damped"
    DRIVERS = "drivers"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected after the last point, and how it was chosen.

    `last` is that point's place in the series, `points` how many there are after the last break; `cycle` is that of the
    naive forecast, 1 where fewer than two full cycles are there. `trials` says of every candidate how it did;
    `widening` by how much the spread was made wider because past forecasts missed by more than they said.
    """

    method: Method
    projection: Projection
    trials: Mapping[Method, Trial]
    points: int
    last: int
    cycle: int
    widening: float

    @property
    def is_naive_for_want_of_better(self) -> bool:
        """Whether no candidate did better than the naive forecast does on average."""
        return self.method is Method.NAIVE and not self.trials[Method.NAIVE].mase < 1.0

    @property
    def origins(self) -> int:
        """From how many past origins the candidates were compared."""
        return self.trials[self.method].origins

    def ahead(self, period: int) -> int:
        """The place in the projection of a period of the series."""
        return period - self.last - 1


def forecast(
    values: Floats,
    *,
    ahead: int,
    cycle: int = 1,
    begins: int = 0,
    drivers: Floats | None = None,
    least: int = LEAST_POINTS,
) -> Forecast | NotComputable:
    """Choose among naive, lines, damped trend and drivers by their errors at past origins, and look ahead.

    Args:
        values: (period,), oldest first, in the measure's unit; NaN is missing and keeps its place in time. Missing
            periods at the end belong to the future.
        ahead: periods after the last point.
        cycle: periods a year; the naive forecast takes last year's value where two full years are there, and a line
            with a step for each season is weighed from two years and 16 points on.
        begins: the first period after the last break in definition or process; what lies before is not used.
        drivers: (driver, period), one row each, reaching `ahead` periods beyond the last point; then a regression on
            them is a candidate too.
        least: fewer points are TOO_FEW_POINTS.

    Returns: the candidate of the least MASE; the naive one if none is below 1. NO_VARIATION where values are equal,
        NO_SPREAD where the chosen method leaves nothing of them: a forecast without spread would be a promise.
        NOT_FINITE where squares of the values leave the range of float64.

    Raises:
        HorizonWrong: `ahead` below 1 or above 120, a cycle below 1.
        DriversWrong: drivers that are not as long, or not known in a period ahead.

    Source: METHOD §2.8; pages docs/algorithms/forecast.md.

    >>> found = forecast(np.array([82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89]), ahead=12)
    >>> found.method, found.origins
    (<Method.LINE: 'line'>, 7)
    """
    if not 1 <= ahead <= MOST_AHEAD or cycle < 1 or begins < 0:
        raise HorizonWrong(f"{ahead} periods ahead, a cycle of {cycle}, beginning at {begins}")
    series = np.asarray(values, dtype=np.float64)
    places = np.flatnonzero(np.isfinite(series))
    places = places[(places >= begins) & (places > places.max(initial=-1) - MOST_POINTS)]
    if len(places) < least:
        return NotComputable(Why.TOO_FEW_POINTS)
    first, last = int(places[0]), int(places[-1])
    points = np.where(np.isfinite(series), series, np.nan)[first : last + 1]
    if np.nanmin(points) == np.nanmax(points):
        return NotComputable(Why.NO_VARIATION)
    if not _SQUARED[0] < np.nanmax(np.abs(points)) < _SQUARED[1]:
        return NotComputable(Why.NOT_FINITE)
    season = cycle if len(points) >= 2 * cycle else 1
    beside = None if drivers is None else _reaching(drivers, first, until=last + 1 + ahead, ahead=ahead)
    return _chosen(
        points,
        _candidates(points, ahead=ahead, season=season, drivers=beside),
        ahead=ahead,
        season=season,
        last=last,
    )


def _candidates(
    points: Floats, *, ahead: int, season: int, drivers: Floats | None
) -> dict[Method, Candidate]:
    found: dict[Method, Candidate] = {
        Method.NAIVE: Naive(points, season),
        Method.LINE: LeastSquares(points, through_time(len(points) + ahead)),
        Method.ROBUST_LINE: RobustLine(points),
        Method.DAMPED: Damped(points),
    }
    if _has_seasons(points, season):
        design = through_seasons(len(points) + ahead, season)
        found[Method.SEASONAL_LINE] = LeastSquares(points, design)
    if drivers is not None:
        found[Method.DRIVERS] = LeastSquares(points, np.column_stack([np.ones(drivers.shape[1]), *drivers]))
    return found


def _has_seasons(points: Floats, season: int) -> bool:
    """Whether a line with a step for each season can be compared: two years before the first of enough origins."""
    return season > 1 and int(np.isfinite(points).sum()) >= 2 * season + SEASONAL_ORIGINS


def _chosen(
    points: Floats, candidates: dict[Method, Candidate], *, ahead: int, season: int, last: int
) -> Forecast | NotComputable:
    scale = mean_changes(points, cycle=season, ahead=ahead)
    known = LEAST_KNOWN if season == 1 else max(LEAST_KNOWN, season + LEAST_ORIGINS)
    trials: dict[Method, Trial] = {
        method: tried(candidate, points, scale=scale, known=known)
        for method, candidate in candidates.items()
        if method is not Method.SEASONAL_LINE
    }
    method = _best(trials)
    if Method.SEASONAL_LINE in candidates:
        late = {
            each: tried(candidates[each], points, scale=scale, known=2 * season + 1) for each in candidates
        }
        trials[Method.SEASONAL_LINE] = late[Method.SEASONAL_LINE]
        method = Method.SEASONAL_LINE if _best(late) is Method.SEASONAL_LINE else method
    projection = candidates[method].projection(ahead)
    rounding = max(
        _NOTHING * float(np.ptp(points[np.isfinite(points)])), _ROUNDED * float(np.nanmax(np.abs(points)))
    )
    if not (projection.deviation > rounding).all():
        return NotComputable(Why.NO_SPREAD)
    widening = trials[method].widening
    return Forecast(
        method,
        projection.widened(widening),
        MappingProxyType(trials),
        int(np.isfinite(points).sum()),
        last,
        season,
        widening,
    )


def _best(trials: Mapping[Method, Trial]) -> Method:
    """The least error, the first of equals; naive unless something does better than naive on average."""
    judged = {
        method: trial.mase
        for method, trial in trials.items()
        if trial.origins >= LEAST_ORIGINS and np.isfinite(trial.mase)
    }
    best = min(judged, key=judged.__getitem__, default=Method.NAIVE)
    return best if judged.get(best, np.inf) < 1.0 else Method.NAIVE


def _reaching(drivers: Floats, first: int, *, until: int, ahead: int) -> Floats:
    table = np.atleast_2d(np.asarray(drivers, dtype=np.float64))
    if table.shape[1] < until:
        raise DriversWrong(f"drivers reach {table.shape[1]} periods, the forecast {until}")
    if not np.isfinite(table[:, until - ahead : until]).all():
        raise DriversWrong(f"drivers are not known in all of the {ahead} periods ahead")
    return table[:, first:until]
