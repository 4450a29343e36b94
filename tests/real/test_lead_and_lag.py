"""Lead and lag on MTA's own series: a number of each is computed here a second time, without the engine."""

from __future__ import annotations

import csv
from math import nan
from pathlib import Path

import numpy as np
import pytest

from fourfold.cli.leadlag.document import LinksFound, links_found
from fourfold.cli.leadlag.links import asked_link
from fourfold.cli.leadlag.side_by_side import SeriesColumns
from fourfold.engine.leadlag import Examination, NotTestable

MTA = "mta_performance_2008_2011.csv"
COLUMNS = SeriesColumns("indicator_seq", "monthly_actual", ("period_year", "period_month"))
FAILURES, ON_TIME = (
    "20439",
    "20421",
)  # Long Island Rail Road: mean distance between failures, on-time performance
HUDSON, NEW_HAVEN = "28345", "28347"  # Metro-North: two lines' on-time performance


def of_mta(real_data: Path, x: str, y: str, *, lag: str = "1..2", cycle: int = 12) -> LinksFound:
    asked = [asked_link(x, y, lag=lag, sign="+")]
    return links_found(
        real_data / MTA, COLUMNS, asked=asked, cycle=cycle, permutations=None, is_cumulative=False
    )


def monthly(real_data: Path, series: str) -> np.ndarray:
    with (real_data / MTA).open(newline="", encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["indicator_seq"] == series]
    texts = [row["monthly_actual"].replace(",", "").strip() for row in rows]
    return np.array([float(text) if text else nan for text in texts])


def prewhitened_by_hand(x: np.ndarray, y: np.ndarray, *, order: int) -> tuple[np.ndarray, np.ndarray]:
    """Both series through the least-squares autoregression of the first, written out with `lstsq`."""
    rows = [np.r_[1.0, x[t - order : t][::-1]] for t in range(order, x.size)]
    weights = np.linalg.lstsq(np.array(rows), x[order:], rcond=None)[0][1:]

    def left(series: np.ndarray) -> np.ndarray:
        return np.array(
            [
                series[t] - sum(weights[k] * series[t - 1 - k] for k in range(order))
                for t in range(order, x.size)
            ]
        )

    return left(x), left(y)


@pytest.mark.parametrize(("x", "y"), [(FAILURES, ON_TIME), (HUDSON, NEW_HAVEN)])
def test_each_correlation_is_that_of_a_computation_by_hand(real_data: Path, x: str, y: str) -> None:
    found = of_mta(real_data, x, y, cycle=0).judged[0].found
    assert isinstance(found, Examination)
    part = slice(found.stretch.start, found.stretch.stop)
    first, second = monthly(real_data, x)[part], monthly(real_data, y)[part]
    first = np.log(first) if found.shape.log_x else first
    second = np.log(second) if found.shape.log_y else second
    if found.shape.is_differenced:
        first, second = np.diff(first), np.diff(second)

    white, other = prewhitened_by_hand(first, second, order=found.order)

    early, late = white - white.mean(), other - other.mean()
    for lag in range(1, found.most + 1):
        by_hand = (early[:-lag] * late[lag:]).sum() / (white.size * white.std() * other.std())
        assert found.at(lag) == pytest.approx(by_hand, abs=1e-9)


def test_forty_months_are_not_enough_to_see_failures_run_ahead_of_delays(real_data: Path) -> None:
    judged = of_mta(real_data, FAILURES, ON_TIME).judged[0]

    assert judged.verdict == "inconclusive"
    assert isinstance(judged.found, Examination)
    assert judged.found.stretch.periods == np.isfinite(monthly(real_data, ON_TIME)).sum() == 41
    assert judged.found.detectable > 0.6


def test_a_total_to_date_is_no_evidence(real_data: Path) -> None:
    columns = SeriesColumns("indicator_seq", "ytd_actual", ("period_year", "period_month"))
    asked = [asked_link("20537", ON_TIME, lag="1", sign="+")]
    ridership = links_found(
        real_data / MTA, columns, asked=asked, cycle=12, permutations=None, is_cumulative=None
    )

    found = ridership.judged[0].found
    assert isinstance(found, NotTestable)
    assert found.why.code == "overlapping"
