"""Seasons and likeness: told where they are, seldom where they are not, and the remedy works."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from fourfold.engine import spc
from fourfold.engine.capability import Specification, SpecificationWrong, capability
from fourfold.engine.quantities import Why

YEAR = np.sin(np.arange(12) * np.pi / 6.0)


def noise(series: int, periods: int, *, seed: int = 7) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(series, periods))


@pytest.mark.parametrize(("cycle", "periods"), [(12, 36), (12, 60), (4, 20), (7, 42)])
def test_about_two_stable_series_in_a_hundred_look_seasonal(cycle: int, periods: int) -> None:
    share = spc.is_seasonal(noise(6000, periods), cycle=cycle).mean()

    assert 0.008 < share < 0.03  # between 1 % and 2 %, with four standard errors and the approximation


def test_a_season_of_two_sigma_is_found_in_three_years_and_one_of_none_needs_three() -> None:
    seasonal = noise(400, 48) + 2.0 * np.tile(YEAR, 4)

    assert spc.is_seasonal(seasonal[:, :36], cycle=12).mean() > 0.95
    assert not spc.is_seasonal(seasonal[:, :35], cycle=12).any()


@pytest.mark.parametrize("course", [0.5 * np.arange(48), 3.0 * (np.arange(48) > 26), -2.0 * np.arange(48)])
def test_a_trend_or_a_step_is_no_season(course: np.ndarray) -> None:
    assert spc.is_seasonal(noise(1000, 48) + course, cycle=12).mean() < 0.03


def test_it_is_friedmans_test_and_the_analysis_of_two_ways() -> None:
    values = noise(30, 48, seed=3)
    values -= np.array([np.polyval(np.polyfit(np.arange(48), row, 1), np.arange(48)) for row in values])
    found = []
    for row in (*values, *(values[:10] + 2.0 * np.tile(YEAR, 4))):
        years = row.reshape(4, 12)
        chi, _p = stats.friedmanchisquare(*years.T)
        months = years.mean(axis=0) - years.mean()
        rest = years - years.mean(axis=1, keepdims=True) - months
        ratios = 3 * chi / (4 * 11 - chi), 4 * (months**2).sum() / 11 / ((rest**2).sum() / 33)
        expected = min(stats.f.sf(ratio, 11, 33) for ratio in ratios) < 0.01
        found.append(bool(spc.is_seasonal(row, cycle=12)[0]))
        assert found[-1] == expected
    assert 0 < sum(found) < len(found)


def test_one_month_that_stands_out_each_year_is_a_season() -> None:
    december = noise(400, 48) + 4.0 * (np.arange(48) % 12 == 11)

    assert spc.is_seasonal(december, cycle=12).mean() > 0.9


def test_a_year_with_a_gap_does_not_count_and_equal_values_are_no_season() -> None:
    values = np.tile(3.0 * YEAR, 4) + noise(1, 48)[0] / 10.0
    values[5] = np.nan

    assert spc.is_seasonal(values, cycle=12)[0]
    values[20] = np.nan
    assert not spc.is_seasonal(values, cycle=12)[0]
    assert not spc.is_seasonal(np.full(48, 7.0), cycle=12)[0]
    assert not spc.is_seasonal(np.tile([1.0, 2.0], 20), cycle=2)[0]
    with pytest.raises(spc.LimitsWrong):
        spc.is_seasonal(values, cycle=0)


def test_limits_of_residuals_cry_wolf_less_where_neighbours_are_alike() -> None:
    shocks = noise(300, 60)
    drifting = np.empty_like(shocks)
    drifting[:, 0] = shocks[:, 0]
    for at in range(1, 60):
        drifting[:, at] = 0.8 * drifting[:, at - 1] + shocks[:, at]

    def share(values: np.ndarray) -> float:
        return float(spc.signals(spc.xmr(values), rules="rule1").is_special.any(axis=1).mean())

    assert share(drifting) > 3.0 * share(spc.residuals(drifting))


def test_a_residual_needs_the_point_before_it() -> None:
    values = noise(1, 30)[0]
    values[10] = np.nan

    assert np.flatnonzero(np.isnan(spc.residuals(values)[0])).tolist() == [0, 10, 11]
    assert np.isnan(spc.residuals(values[:5])).all()


def test_no_chart_and_no_index_is_made_of_running_totals() -> None:
    totals = np.cumsum(10.0 + noise(1, 40), axis=1)
    overlapping = np.array([True])

    assert spc.ewma(totals, overlapping=overlapping).why.tolist() == [[Why.OVERLAPPING]]
    assert spc.cusum(totals, overlapping=overlapping).why.tolist() == [[Why.OVERLAPPING]]
    assert np.isnan(spc.cusum(totals, overlapping=overlapping).high).all()
    assert capability(totals, Specification(upper=900.0), overlapping=overlapping).why[0] == Why.OVERLAPPING


def test_one_limit_that_is_the_process_own_is_refused_like_both() -> None:
    values = noise(1, 40, seed=2)
    chart = spc.xmr(values, screening=False)

    with pytest.raises(SpecificationWrong):
        capability(values, Specification(upper=float(chart.upper[0, 0])))
    with pytest.raises(SpecificationWrong):
        capability(values, Specification(lower=float(chart.lower[0, 0])))
    capability(values, Specification(lower=float(chart.lower[0, 0]), upper=99.0))
