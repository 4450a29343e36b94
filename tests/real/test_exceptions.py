"""Exceptions among English A&E departments and all MTA series, found a second time in plain Python."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise
from math import isnan, nan
from pathlib import Path

import numpy as np
import pytest

from fourfold.cli.exceptions.about_series import About
from fourfold.cli.exceptions.document import ExceptionsFound, ExceptionTerms, exceptions_among
from fourfold.cli.series_files.reading import read_series
from fourfold.cli.series_files.series_table import Columns
from fourfold.engine import spc
from fourfold.engine.exceptions import ExceptionKind
from fourfold.engine.quantities import Polarity, Why
from tests.real.test_control_charts import MTA, NHS, departments, mta_series, plain_limits

LATEST = 7


def of_nhs(real_data: Path) -> ExceptionsFound:
    columns = Columns("breaches", "", ("org_code",), ("period",), {"type": "1"})
    table = read_series(real_data / NHS, columns)
    return exceptions_among(table, ExceptionTerms(polarity=Polarity.MINIMISE), about=None, links=())


def of_mta(real_data: Path) -> tuple[ExceptionsFound, dict[str, int]]:
    columns = Columns("monthly_actual", "", ("indicator_seq",), ("period_year", "period_month"))
    table, better = read_series(real_data / MTA, columns), wanted(real_data)
    count = len(table.keys)
    about = About(
        np.array([better[number] for (number,) in table.keys], np.int8),
        np.full(count, nan),
        np.ones(count, np.int64),
        np.ones(count),
    )
    return exceptions_among(table, ExceptionTerms(), about=about, links=()), better


def wanted(real_data: Path) -> dict[str, int]:
    """Which way each MTA series should go, as its publisher says."""
    with (real_data / MTA).open(newline="", encoding="utf-8") as handle:
        rows = [(row["indicator_seq"], row["desired_change"]) for row in csv.DictReader(handle)]
    return {number: {"U": 1, "D": -1}.get(change, 0) for number, change in rows}


def went(points: list[float]) -> int:
    """Which way the latest special cause among the latest points shows, +1 or −1, by Making Data Count; 0: none."""
    before = points[:-LATEST]
    base = before if sum(not isnan(point) for point in before) >= 12 else points
    pairs = [abs(b - a) for a, b in pairwise(base) if not isnan(b - a)]
    if sum(not isnan(point) for point in base) < 8 or len(pairs) < 7 or not any(pairs):
        return 0
    mean, reach = plain_limits(base)
    latest = {
        way: max(named_points(points[-LATEST:], way, mean=mean, reach=reach), default=-1) for way in (1, -1)
    }
    if latest[1] == latest[-1] >= 0:  # a trend that is still on the other side: where it lies counts
        return 1 if points[-LATEST:][latest[1]] > mean else -1
    return 0 if max(latest.values()) < 0 else max(latest, key=lambda way: latest[way])


def named_points(window: list[float], way: int, *, mean: float, reach: float) -> set[int]:
    """The places of the points that a rule names that way."""
    moved = [way * (point - mean) for point in window]
    found = {place for place, each in enumerate(moved) if each > reach}
    if all(each > 0 for each in moved) or all(way * (b - a) > 0 for a, b in pairwise(window)):
        found |= {*range(LATEST)}
    for first in range(LATEST - 2):
        three = moved[first : first + 3]
        far = {first + place for place, each in enumerate(three) if each > reach * (2.0 / 3.0)}
        if min(three) > 0 and len(far) >= 2:
            found |= {first, first + 1, first + 2}
    return found


def named(excepted: ExceptionsFound, kind: ExceptionKind) -> set[str]:
    rows = np.flatnonzero(excepted.found.kinds[:, kind])
    return {excepted.table.keys[int(excepted.found.series[row])][0] for row in rows}


def test_the_same_departments_got_worse_and_better(real_data: Path) -> None:
    excepted, published = of_nhs(real_data), departments(real_data)
    months = sorted({month for found in published.values() for month in found})
    series = {
        org: [float(found[month][0]) if month in found else nan for month in months]
        for org, found in published.items()
    }
    ways = {org: went(points) for org, points in series.items()}

    assert named(excepted, ExceptionKind.ADVERSE) == {org for org, way in ways.items() if way > 0}
    assert named(excepted, ExceptionKind.FAVOURABLE) == {org for org, way in ways.items() if way < 0}
    assert len(named(excepted, ExceptionKind.ADVERSE)) > 60


def test_departments_that_stopped_reporting_are_late(real_data: Path) -> None:
    excepted, published = of_nhs(real_data), departments(real_data)
    last = max(month for found in published.values() for month in found)

    assert named(excepted, ExceptionKind.STALE) == {
        org for org, found in published.items() if last not in found
    }


def test_far_more_departments_are_exceptions_than_chance_would_make(real_data: Path) -> None:
    found = of_nhs(real_data).found

    assert int(found.judged.sum()) == 134
    assert found.expected_false_alarms == pytest.approx(134 * 0.097, rel=0.05)
    assert found.normal.size + found.series.size == 140
    assert found.kinds[:, ExceptionKind.ADVERSE].sum() > 4 * found.expected_false_alarms


def test_the_same_mta_series_are_exceptions_each_way(real_data: Path) -> None:
    excepted, better = of_mta(real_data)
    overlapping = excepted.chart.why[:, 0] == Why.OVERLAPPING
    unfit = {excepted.table.keys[place][0] for place in np.flatnonzero(overlapping)}
    ways = {
        number: went(points) for number, points in aligned(real_data, excepted).items() if number not in unfit
    }

    for kind, way in ((ExceptionKind.ADVERSE, -1), (ExceptionKind.FAVOURABLE, 1)):
        expected = {
            number for number, found in ways.items() if better[number] and found == way * better[number]
        }
        assert named(excepted, kind) == expected
    assert Counter(better.values())[0] > 0
    assert named(excepted, ExceptionKind.ADVERSE)


def aligned(real_data: Path, excepted: ExceptionsFound) -> dict[str, list[float]]:
    """Monthly actuals on the axis of all periods."""
    found = {key[0]: [nan] * len(excepted.table.periods) for key in excepted.table.keys}
    with (real_data / MTA).open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            text = row["monthly_actual"].replace(",", "").strip()
            month = f"{row['period_year']}-{row['period_month']}"
            if text:
                found[row["indicator_seq"]][excepted.table.periods.index(month)] = float(text)
    return found


def test_ten_are_told_and_nobody_is_lost(real_data: Path) -> None:
    excepted, _better = of_mta(real_data)
    shown, rest = excepted.ranking.shown, excepted.ranking.rest

    assert len(shown) == 10
    assert len(shown) + len(rest) == excepted.found.series.size
    assert len(mta_series(real_data)) == len(excepted.table.keys)
    priorities = [line.item.priority for line in (*shown, *rest)]
    assert priorities == sorted(priorities, reverse=True)
    assert spc.FIRM_POINTS == 12
