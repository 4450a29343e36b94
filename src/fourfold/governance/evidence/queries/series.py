"""The two measures of a pair as series: the numbers that pages show, period by period, of one unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book, UnitTree
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod
from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.evaluate import evaluate
from fourfold.engine.leadlag import Series
from fourfold.engine.quantities import Why
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

Floats = NDArray[np.float64]

__all__ = ["MONTHS", "UnitSeries", "common_grain", "series_of", "windowed"]

MONTHS: Final[Mapping[Grain, int]] = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}
"""How many months a period has. Finer measures are taken by the month: lags are stated in months."""


@dataclass(frozen=True, slots=True)
class UnitSeries:
    """Series by measure key over periods that have ended, oldest first; `keys` spell the periods.

    `targets` are the unit's own, (period,); `everywhere` holds the values of the unit and all below it, (unit, period),
    in the order of `units`. `versions`: the number of each measure's version at the last period.
    """

    grain: Grain
    ordinals: tuple[int, ...]
    keys: tuple[str, ...]
    by_measure: Mapping[str, Series]
    versions: Mapping[str, int]
    targets: Mapping[str, Floats]
    everywhere: Mapping[str, Floats]
    units: UnitTree

    @property
    def cycle(self) -> int:
        """Periods a year; 0 for years, which have no season."""
        return 12 // MONTHS[self.grain] if self.grain is not Grain.YEAR else 0


def common_grain(book: Book, measures: Sequence[str]) -> Grain:
    """The coarsest frequency among the measures, a month at least."""
    months = max(_months(book.measure(key).versions[-1].frequency) for key in measures)
    return next(grain for grain, length in MONTHS.items() if length == months)


def _months(frequency: Frequency) -> int:
    return MONTHS.get(Grain(frequency.value), 1)


def series_of(cube: KnownCube, unit: str, *, measures: Collection[str], grain: Grain) -> UnitSeries:
    """Evaluate these measures of the unit and those below it once, and take all periods that have ended."""
    book, calendar = cube.book, cube.book.timeline.calendar
    evaluation = evaluate(book, cube.cube, grains=(grain,), unit=unit, measures=list(measures), rollups=False)
    results = evaluation.at(grain)
    pages = [GrainPeriod(grain, ordinal) for ordinal in results.ordinals]
    ended = [place for place, page in enumerate(pages) if calendar.last_day(page) <= book.today]
    days = [calendar.last_day(pages[place]) for place in ended]
    found, versions, targets, everywhere = {}, {}, {}, {}
    for key in measures:
        place = evaluation.measure_index(key)
        there = results.measures.why[place][ended] == Why.PRESENT
        everywhere[key] = np.where(there, results.measures.value[place][ended], np.nan).T
        used = [book.version_on(key, day=day) for day in days]
        rules = book.rules[book.measure_index(key)]
        found[key] = Series(
            np.ascontiguousarray(everywhere[key][0]), _editions(used), any(rule.overlaps for rule in rules)
        )
        targets[key] = results.measures.target[place, ended, 0].astype(np.float64)
        versions[key] = next((version.number for version in reversed(used) if version), 0)
    return UnitSeries(
        grain=grain,
        ordinals=tuple(pages[place].ordinal for place in ended),
        keys=tuple(calendar.key_of(pages[place]) for place in ended),
        by_measure=found,
        versions=versions,
        targets=targets,
        everywhere=everywhere,
        units=evaluation.units,
    )


def _editions(versions: Sequence[MeasureVersion | None]) -> NDArray[np.int64]:
    """A number for each way of measuring: other thresholds or owners are no other way, another formula is."""
    ways: dict[object, int] = {}
    return np.array([ways.setdefault(_way(version), len(ways)) for version in versions], dtype=np.int64)


def _way(version: MeasureVersion | None) -> object:
    if version is None:
        return None
    return (
        version.series,
        version.kind,
        version.formula,
        version.formula_order,
        version.unit_of_measure,
        version.multiplier,
        version.org_values,
    )


def windowed(series: Series, *, keys: Sequence[str], since: str, until: str, book: Book) -> Series:
    """The series without what lies outside the months that were registered beforehand."""
    if not since and not until:
        return series
    calendar = book.timeline.calendar
    first = calendar.first_day(calendar.parse_grain(since)) if since else None
    last = calendar.last_day(calendar.parse_grain(until)) if until else None
    pages = [calendar.parse_grain(key) for key in keys]
    inside = np.array(
        [
            (first is None or calendar.first_day(page) >= first)
            and (last is None or calendar.last_day(page) <= last)
            for page in pages
        ]
    )
    return replace(series, values=np.where(inside, series.values, np.nan))
