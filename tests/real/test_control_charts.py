"""Control charts of English A&E departments and of all MTA series; counts are taken a second time in plain Python."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import pairwise
from math import isnan, nan, sqrt
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

from fourfold.cli.series_files.reading import read_series
from fourfold.cli.series_files.series_table import Columns
from fourfold.cli.spc.document import ChartsFound, ChartTerms, chart_series
from fourfold.engine import spc
from fourfold.engine.quantities import Polarity, Why
from fourfold.engine.spc import ChartKind

Points = dict[str, tuple[float, ...]]
STANDARD = 0.05  # at most 5 % wait longer than four hours

NHS = "nhs_ae_attendances_2016_2019.csv"
MTA = "mta_performance_2008_2011.csv"


def of_nhs(real_data: Path, kind: ChartKind) -> ChartsFound:
    columns = Columns("breaches", "attendances", ("org_code",), ("period",), {"type": "1"})
    table = read_series(real_data / NHS, columns)
    return chart_series(table, ChartTerms(kind, polarity=Polarity.MINIMISE, target=STANDARD))


def departments(real_data: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """Breaches and attendances of every major department by organisation and month, read here."""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    with (real_data / NHS).open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["type"] == "1":
                found[row["org_code"]][row["period"]] = (int(row["breaches"]), int(row["attendances"]))
    return found


def mta_series(real_data: Path) -> dict[str, list[float]]:
    """Monthly actuals by their number, blanks as NaN, in the order of the file."""
    found: dict[str, list[float]] = defaultdict(list)
    with (real_data / MTA).open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            text = row["monthly_actual"].replace(",", "").strip()
            found[row["indicator_seq"]].append(float(text) if text else nan)
    return found


def of_mta(real_data: Path, column: str = "monthly_actual") -> ChartsFound:
    columns = Columns(column, "", ("indicator_seq",), ("period_year", "period_month"))
    return chart_series(read_series(real_data / MTA, columns), ChartTerms(ChartKind.XMR))


def test_every_department_has_a_p_chart_with_its_own_limits(real_data: Path) -> None:
    charted, published = of_nhs(real_data, ChartKind.P), departments(real_data)

    assert len(charted.table.keys) == len(published) == 140
    assert charted.chart.has_limits.all()
    for place, (org,) in enumerate(charted.table.keys):
        breaches, attendances = zip(*published[org].values(), strict=True)
        share = sum(breaches) / sum(attendances)
        last = max(published[org])
        reach = 3 * sqrt(share * (1 - share) / published[org][last][1])
        at = charted.table.periods.index(last)
        assert charted.chart.centre[place, 0] == pytest.approx(share, rel=1e-12)
        assert charted.chart.upper[place, at] == pytest.approx(share + reach, rel=1e-12)


def test_p_charts_of_such_large_departments_are_all_signals_and_say_so(real_data: Path) -> None:
    plain, prime = of_nhs(real_data, ChartKind.P), of_nhs(real_data, ChartKind.P_PRIME)

    assert sum("dispersed" in said for said in plain.warnings) == 140
    outside = [spc.signals(each.chart, rules="rule1").is_special.sum() for each in (plain, prime)]
    assert outside[0] > 4 * outside[1]


def test_improvement_and_concern_are_told_apart(real_data: Path) -> None:
    """The icons of the last month, counted again from the document by the sides of the centre."""
    charted = of_nhs(real_data, ChartKind.P_PRIME)
    counted = Counter(spc.Variation(code).code for code in charted.icons.variation)
    again: Counter[str] = Counter()
    for series in charted.document()["series"]:  # type: ignore[union-attr]
        last = max(place for place, point in enumerate(series["points"]) if point is not None)
        ways = {found["direction"] for found in series["signals"] if last in found["points"]}
        level = {
            w["direction"] for w in series["signals"] if last in w["points"] and w["rule"] != "mdc.trend"
        }
        way = next(iter(level or ways), 0)
        again[{1: "concern", -1: "improvement", 0: "common_cause"}[way]] += 1

    assert counted == again
    assert counted["concern"] > counted["improvement"] > 0
    assert sum(counted.values()) == 140


def test_no_major_department_is_certain_to_meet_the_standard_but_for_a_few(real_data: Path) -> None:
    charted = of_nhs(real_data, ChartKind.P_PRIME)
    codes = [spc.Assurance(code) for code in charted.icons.assurance]

    for place, code in enumerate(codes):
        at = int(charted.icons.point[place])
        if code is spc.Assurance.CONSISTENTLY_MISS:
            assert charted.chart.lower[place, at] > STANDARD
        elif code is spc.Assurance.CONSISTENTLY_MEET:
            assert charted.chart.upper[place, at] < STANDARD
    assert Counter(codes)[spc.Assurance.CONSISTENTLY_MISS] > Counter(codes)[spc.Assurance.CONSISTENTLY_MEET]


def test_a_department_that_did_not_report_has_a_gap(real_data: Path) -> None:
    charted, published = of_nhs(real_data, ChartKind.P), departments(real_data)

    counts = {
        org: int(np.isfinite(charted.chart.points[place]).sum())
        for place, (org,) in enumerate(charted.table.keys)
    }
    assert counts == {org: len(months) for org, months in published.items()}
    assert Counter(counts.values()) == {36: 130, 18: 3, 35: 3, 27: 3, 12: 1}


def test_xmr_limits_of_every_department_are_those_of_the_textbook(real_data: Path) -> None:
    published = departments(real_data)
    months = sorted({month for found in published.values() for month in found})
    shares = np.array([[_share(found.get(month)) for month in months] for found in published.values()])
    chart = spc.xmr(shares)

    for place, points in enumerate(shares.tolist()):
        mean, reach = plain_limits(points)
        assert chart.centre[place, 0] == pytest.approx(mean, rel=1e-12)
        assert chart.reach[place, 0] == pytest.approx(reach, rel=1e-12)
    beyond = sum(
        abs(point - mean) > reach
        for points in shares.tolist()
        for mean, reach in [plain_limits(points)]
        for point in points
    )
    assert int(spc.signals(chart, rules="rule1").is_special.sum()) == beyond > 100


def _share(counts: tuple[int, int] | None) -> float:
    return nan if counts is None else counts[0] / counts[1]


def plain_limits(points: list[float]) -> tuple[float, float]:
    """Mean and 2.66 screened mean moving ranges."""
    ranges = [abs(now - before) for before, now in pairwise(points) if not isnan(now - before)]
    kept = [each for each in ranges if each < 3.267 * fmean(ranges)]
    return fmean(point for point in points if not isnan(point)), 2.66 * fmean(kept)


def test_every_mta_series_has_limits_or_a_reason(real_data: Path) -> None:
    charted, published = of_mta(real_data), mta_series(real_data)

    assert len(charted.table.keys) == len(published)
    for place, (number,) in enumerate(charted.table.keys):
        points = [point for point in published[number] if not isnan(point)]
        why = Why(int(charted.chart.why[place, 0]))
        if why is Why.PRESENT:
            mean, reach = plain_limits(published[number])
            assert charted.chart.centre[place, 0] == pytest.approx(mean, rel=1e-12)
            assert charted.chart.reach[place, 0] == pytest.approx(reach, rel=1e-12)
        elif why is Why.TOO_FEW_POINTS:
            assert len(points) < 8 or sum(not isnan(b - a) for a, b in pairwise(published[number])) < 7
        elif why is Why.NO_VARIATION:
            assert len(set(points)) == 1
        else:
            assert why is Why.OVERLAPPING
            assert sum(now < before for before, now in pairwise(points)) <= len(points) / 12 + 1


def test_most_mta_series_signal_and_far_more_than_chance_would(real_data: Path) -> None:
    charted = of_mta(real_data)
    judged = charted.chart.has_limits.any(axis=1)
    special = charted.signals.is_special.any(axis=1)

    assert (int(judged.sum()), int(special.sum())) == (146, 131)
    assert charted.false_alarms is not None
    assert special.sum() > 2 * charted.false_alarms


def test_totals_to_date_are_recognised_among_the_mta_columns(real_data: Path) -> None:
    monthly, to_date = of_mta(real_data), of_mta(real_data, "ytd_actual")

    refused = [int((each.chart.why[:, 0] == Why.OVERLAPPING).sum()) for each in (monthly, to_date)]
    assert refused[0] == 0
    assert refused[1] > 5
    ridership = [place for place, (number,) in enumerate(to_date.table.keys) if number == "80231"]
    assert to_date.warnings[ridership[0]] == ("looks_cumulative",)
