"""Slope, interval and test of every series at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.trend.dependence import (
    MOST_AUTOCORRELATION,
    dependence_factor,
    lagged,
    residuals,
    significant_factor,
    unbiased_autocorrelation,
    whitened,
)
from fourfold.engine.trend.refusals import SeriesTooLong, TrendRefused
from fourfold.engine.trend.scores import Compared, compare, two_sided
from fourfold.engine.trend.slopes import median_of_rows, theil_sen

__all__ = [
    "CORRECTIONS",
    "LEAST_POINTS",
    "LEAST_YEARS",
    "MOST_PERIODS",
    "Correction",
    "Direction",
    "Method",
    "Trends",
    "trend",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEAST_POINTS: Final = 8  # fewer are refused; policy `forecast.min_points` (METHOD §2.8)
LEAST_YEARS: Final = 3  # full years from which seasons are compared with themselves (METHOD §2.8)
MOST_PERIODS: Final = 4_000  # eight million pairs; ten years of days
ALPHA: Final = 0.05
_PAIRS_AT_ONCE: Final = 2_000_000  # of a chunk: sixteen megabytes of slopes

Correction = Literal["first_order", "hamed_rao", "pre_whiten"]
CORRECTIONS: Final[tuple[str, ...]] = get_args(Correction)


class Method(IntEnum):
    """How S was made and judged."""

    MANN_KENDALL = 0
    SEASONAL = 1
    CORRECTED = 2  # neighbours alike: the variance swollen, or the series pre-whitened
    SEASONAL_CORRECTED = 3

    @property
    def code(self) -> str:
        """The stable spelling used in JSON and CSV."""
        return self.name.lower()


class Direction(IntEnum):
    """Where a series goes, if that is more than chance."""

    NOT_COMPUTABLE = -2
    FALLING = -1
    NO_EVIDENCE = 0
    RISING = 1

    @property
    def code(self) -> str:
        """The stable spelling used in JSON and CSV."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Trends:
    """The trend of every series, each (series,); NaN where `why` says why not.

    `slope` is per period, `intercept` the line's height at period 0; `score` is S, `variance` Var(S) with ties and,
    where `method` says corrected, with what neighbours alike add; `autocorrelation` is that of the residuals. `lower`
    and `upper` are NaN as well where so few slopes hold no interval of that confidence.
    """

    points: NDArray[np.int64]
    slope: Floats
    lower: Floats
    upper: Floats
    intercept: Floats
    score: Floats
    variance: Floats
    z: Floats
    p: Floats
    autocorrelation: Floats
    method: NDArray[np.uint8]
    why: NDArray[np.uint8]

    @property
    def direction(self) -> NDArray[np.int8]:
        """`Direction` of each series at the 5 % level."""
        with np.errstate(invalid="ignore"):
            found = np.where(self.p < ALPHA, np.sign(self.score), Direction.NO_EVIDENCE)
        return np.where(self.why == Why.PRESENT, found, Direction.NOT_COMPUTABLE).astype(np.int8)


def trend(
    values: Floats,
    *,
    cycle: int = 1,
    correction: Correction = "first_order",
    confidence: float = 0.95,
    least: int = LEAST_POINTS,
) -> Trends:
    """Find the Theil–Sen slope of every series, its interval, and whether Mann and Kendall's test sees a trend.

    Args:
        values: (series, period) or (period,), oldest first, in the measure's unit; NaN is missing: the other points
            keep their place in time.
        cycle: periods a year; from three full years on each season is compared with itself only.
        correction: where residuals are alike (lag 1 above .2): "first_order" swells Var(S) by `dependence_factor` of
            the unbiased autocorrelation, "hamed_rao" by the ranks' own significant autocorrelations, "pre_whiten"
            judges the whitened series. None narrows the interval.
        confidence: of the slope's interval.
        least: fewer points are TOO_FEW_POINTS.

    Returns: NO_VARIATION where all values are equal.

    Raises:
        TrendRefused: a cycle below 1, a confidence outside 0 and 1, an unknown correction.
        SeriesTooLong: more than `MOST_PERIODS` periods.

    Source: METHOD §2.8, §8; Sen 1968; Kendall; Hirsch, Slack and Smith 1982; Hamed and Rao 1998.

    >>> found = trend(np.array([[82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89], [5.0] * 12]))
    >>> found.slope.tolist(), [Direction(way).code for way in found.direction]
    ([0.625, nan], ['rising', 'not_computable'])
    """
    if cycle < 1 or not 0.0 < confidence < 1.0 or correction not in CORRECTIONS:
        raise TrendRefused(f"cycle {cycle}, confidence {confidence}, correction {correction!r}")
    points = _table(values)
    if points.shape[1] > MOST_PERIODS:
        raise SeriesTooLong(
            f"a trend compares each point with every other, of at most {MOST_PERIODS:,} periods; "
            f"these are {points.shape[1]:,}"
        )
    seasonal = (
        _full_years(points, cycle) >= LEAST_YEARS if cycle > 1 else np.zeros(len(points), dtype=np.bool_)
    )
    asked = _Asked(cycle, correction, confidence, least)
    size = max(1, _PAIRS_AT_ONCE // max(1, points.shape[1] ** 2))
    parts = [
        (rows, _of(points[rows], asked, is_seasonal=is_seasonal))
        for is_seasonal in (False, True)
        for rows in _chunks(np.flatnonzero(seasonal == is_seasonal), size)
    ]
    return _joined(parts, len(points))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question, as `trend` was asked it."""

    cycle: int
    correction: Correction
    confidence: float
    least: int


def _of(points: Floats, asked: _Asked, *, is_seasonal: bool) -> Trends:
    """One chunk of series that are all judged by season, or none is."""
    cycle = asked.cycle if is_seasonal else 1
    compared = compare(points, cycle=cycle)
    count = np.isfinite(points).sum(axis=1)
    slope = median_of_rows(compared.slopes, is_sorted=True)
    left = residuals(points, np.nan_to_num(slope), cycle=cycle)
    alike = lagged(left, 1)
    corrected = np.nan_to_num(alike) > MOST_AUTOCORRELATION
    factor = np.where(corrected, _factor(alike, left, count, correction=asked.correction), 1.0)
    score, variance = _judged(
        points, compared, alike, corrected=corrected, factor=factor, asked=asked, cycle=cycle
    )
    z, p = two_sided(score, variance)
    _, lower, upper = theil_sen(compared, confidence=asked.confidence, inflation=factor)
    why = np.where(compared.variance > 0.0, np.uint8(Why.PRESENT), np.uint8(Why.NO_VARIATION))
    why = np.where(count < asked.least, np.uint8(Why.TOO_FEW_POINTS), why)
    base = Method.SEASONAL if is_seasonal else Method.MANN_KENDALL
    method = np.where(corrected, base + 2, base).astype(np.uint8)
    line = median_of_rows(points - slope[:, np.newaxis] * np.arange(points.shape[1]))
    numbers = (slope, lower, upper, line, score, variance, z, p, alike)
    there = why == Why.PRESENT
    known = [np.where(there, number, np.nan) for number in numbers]
    return _filled([count, *known, method, why])


def _factor(alike: Floats, left: Floats, count: NDArray[np.int64], *, correction: Correction) -> Floats:
    """By how much the variance swells; never below 1: what is alike knows less, not more."""
    if correction == "hamed_rao":
        return np.maximum(significant_factor(left), 1.0)
    return dependence_factor(unbiased_autocorrelation(alike, count), count)


def _judged(
    points: Floats,
    compared: Compared,
    alike: Floats,
    *,
    corrected: Bools,
    factor: Floats,
    asked: _Asked,
    cycle: int,
) -> tuple[Floats, Floats]:
    """S and Var(S) as they are tested."""
    if asked.correction != "pre_whiten" or not corrected.any():
        return compared.score, compared.variance * factor
    share = unbiased_autocorrelation(alike, np.isfinite(points).sum(axis=1))
    again = compare(whitened(points, share), cycle=cycle)
    return (
        np.where(corrected, again.score, compared.score),
        np.where(corrected, again.variance, compared.variance),
    )


def _table(values: Floats) -> Floats:
    """One series as a table of one, no period as one that is missing; what is not finite is not there."""
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if not table.shape[1]:
        return np.full((len(table), 1), np.nan)
    return np.where(np.isfinite(table), table, np.nan)


def _full_years(points: Floats, cycle: int) -> NDArray[np.int64]:
    """From each series' first point to its last."""
    there = np.isfinite(points)
    first, after = there.argmax(axis=1), points.shape[1] - there[:, ::-1].argmax(axis=1)
    return np.where(there.any(axis=1), (after - first) // cycle, 0)


def _chunks(rows: NDArray[np.intp], size: int) -> list[NDArray[np.intp]]:
    return [rows[first : first + size] for first in range(0, len(rows), size)]


def _joined(parts: list[tuple[NDArray[np.intp], Trends]], series: int) -> Trends:
    """The chunks back in their places."""
    columns = []
    for field in fields(Trends):
        column = np.zeros(series, dtype=getattr(parts[0][1], field.name).dtype if parts else np.float64)
        for rows, found in parts:
            column[rows] = getattr(found, field.name)
        columns.append(column)
    return _filled(columns)


def _filled(columns: Sequence[NDArray[Any]]) -> Trends:
    """The columns in the order of the fields."""
    return Trends(*columns)
