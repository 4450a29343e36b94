"""Trends of English A&E departments and forecasts of all MTA series; a few values are taken again in plain Python."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import combinations
from math import isnan, nan, sqrt
from pathlib import Path
from statistics import fmean, linear_regression, median

import numpy as np
import pytest

from fourfold.cli.forecast.document import ForecastsFound, ForecastTerms, forecast_series
from fourfold.cli.series_files.reading import read_series
from fourfold.cli.series_files.series_table import Columns
from fourfold.engine import forecast, trend
from fourfold.engine.forecast import Forecast, Method
from fourfold.engine.quantities import NotComputable, Why

NHS = "nhs_ae_attendances_2016_2019.csv"
MTA = "mta_performance_2008_2011.csv"
AHEAD = 6


def shares(real_data: Path) -> dict[str, list[float]]:
    """The share of breaches of every major department, month by month, read here; NaN where it did not report."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with (real_data / NHS).open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["type"] == "1":
                found[row["org_code"]][row["period"]] = int(row["breaches"]) / int(row["attendances"])
    months = sorted({month for each in found.values() for month in each})
    return {org: [each.get(month, nan) for month in months] for org, each in found.items()}


def of_mta(real_data: Path, **asked: object) -> ForecastsFound:
    columns = Columns("monthly_actual", "", ("indicator_seq",), ("period_year", "period_month"))
    return forecast_series(read_series(real_data / MTA, columns), ForecastTerms(ahead=AHEAD, **asked))  # type: ignore[arg-type]


def test_most_departments_worsened_and_none_that_is_called_so_was_read_wrongly(real_data: Path) -> None:
    published = shares(real_data)
    found = trend.trend(np.array(list(published.values())), cycle=12)
    called = Counter(trend.Direction(way).code for way in found.direction)

    assert called["rising"] > 4 * called["falling"] > 0
    for place, points in enumerate(published.values()):
        if found.method[place] not in (trend.Method.SEASONAL, trend.Method.SEASONAL_CORRECTED):
            assert sum(not isnan(point) for point in points) < 36  # three full years reported
            continue
        pairs = [
            (early, late)
            for early, late in combinations(range(36), 2)
            if (late - early) % 12 == 0 and not isnan(points[early] + points[late])
        ]
        slopes = [(points[late] - points[early]) / (late - early) for early, late in pairs]
        score = sum((slope > 0) - (slope < 0) for slope in slopes)
        assert found.score[place] == score
        assert found.slope[place] == pytest.approx(median(slopes), abs=1e-15)


def test_the_test_of_seasons_is_that_of_the_textbook_where_neighbours_differ(real_data: Path) -> None:
    """Twelve seasons of three years without ties: Var(S) = 12 · 3 · 2 · 11 ÷ 18 = 44."""
    found = trend.trend(np.array(list(shares(real_data).values())), cycle=12)
    plain = (found.method == trend.Method.SEASONAL) & (found.points == 36)

    assert plain.sum() > 10
    assert (found.variance[plain] <= 44.0).all()
    assert np.median(found.variance[plain]) == pytest.approx(44.0)
    corrected = found.method == trend.Method.SEASONAL_CORRECTED
    assert (found.variance[corrected & (found.points == 36)] > 44.0).all()


def test_every_mta_series_is_forecast_or_says_why(real_data: Path) -> None:
    found = of_mta(real_data)
    reasons = Counter(
        each.reason if isinstance(each, NotComputable) else "forecast" for each in found.forecasts
    )

    assert sum(reasons.values()) == 147
    assert reasons["forecast"] > 140
    for place, each in enumerate(found.forecasts):
        points = found.table.values[place][np.isfinite(found.table.values[place])]
        if isinstance(each, NotComputable):
            assert each.reason is not Why.TOO_FEW_POINTS or points.size < 8
            assert each.reason is not Why.NO_VARIATION or len(set(points.tolist())) < points.size
        else:
            assert each.points == min(points.size, forecast.MOST_POINTS)


def test_lines_and_last_years_are_those_of_plain_python(real_data: Path) -> None:
    found = of_mta(real_data)
    seen: Counter[Method] = Counter()
    for place, each in enumerate(found.forecasts):
        if not isinstance(each, Forecast):
            continue
        values = found.table.values[place][: each.last + 1].tolist()
        if each.method is Method.NAIVE and each.cycle == 12 and not any(map(isnan, values[-12:])):
            assert each.projection.mean.tolist() == values[-12 : -12 + AHEAD]
            seen[each.method] += 1
        elif each.method is Method.LINE:
            middle, spread = plain_line(values, each.last + 1)
            assert each.projection.mean[0] == pytest.approx(middle, rel=1e-9)
            assert each.projection.deviation[0] == pytest.approx(spread * each.widening, rel=1e-9)
            seen[each.method] += 1
    assert seen[Method.NAIVE] > 20
    assert seen[Method.LINE] > 5


def plain_line(values: list[float], at: int) -> tuple[float, float]:
    """Where least squares put a month, and how far off they may be."""
    months, points = zip(
        *[(month, value) for month, value in enumerate(values) if not isnan(value)], strict=True
    )
    slope, height = linear_regression(months, points)
    left = sum((value - height - slope * month) ** 2 for month, value in zip(months, points, strict=True))
    around = sum((month - fmean(months)) ** 2 for month in months)
    spread = sqrt(left / (len(points) - 2) * (1 + 1 / len(points) + (at - fmean(months)) ** 2 / around))
    return height + slope * at, spread


def test_what_came_lies_in_the_bands_nearly_as_often_as_they_say(real_data: Path) -> None:
    """Every MTA series without its last six months: real series break more often than any model says."""
    table = read_series(
        real_data / MTA,
        Columns("monthly_actual", "", ("indicator_seq",), ("period_year", "period_month")),
    )
    inside: dict[int, list[bool]] = {80: [], 95: []}
    for values in table.values:
        there = np.flatnonzero(np.isfinite(values))
        if there.size < 8 + AHEAD:
            continue
        cut = int(there[-1]) - AHEAD + 1
        told = forecast.forecast(values[:cut], ahead=2 * AHEAD, cycle=12)
        if isinstance(told, NotComputable):
            continue
        for share, held in inside.items():
            low, high = told.projection.interval(share / 100)
            for month in range(cut, int(there[-1]) + 1):
                step = told.ahead(month)
                if not isnan(values[month]) and step < 2 * AHEAD:
                    held.append(bool(low[step] <= values[month] <= high[step]))

    assert len(inside[80]) > 700
    assert fmean(inside[80]) == pytest.approx(0.78, abs=0.06)
    assert fmean(inside[95]) == pytest.approx(0.91, abs=0.05)
