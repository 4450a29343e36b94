"""The numbers that METHOD M3.4 and M4.5 print, digit by digit."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import spc

SPIKE = np.array([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1.0])
DEFECTIVE = np.array([12.0, 15, 9, 14, 11, 18, 10, 13])
INSPECTED = np.array([2000.0, 2100, 1900, 2050, 1980, 2020, 1990, 2010])


def test_unscreened_limits_of_the_series_with_one_spike() -> None:
    chart = spc.xmr(SPIKE, screening=False)

    assert chart.centre.item() == pytest.approx(1.9444, abs=5e-5)
    assert chart.lower.item() == pytest.approx(-3.0626, abs=5e-5)
    assert chart.upper.item() == pytest.approx(6.9515, abs=5e-5)
    assert spc.moving_range_chart(SPIKE, screening=False).centre.item() == pytest.approx(1.8824, abs=5e-5)


def test_sigma_is_the_mean_moving_range_by_1_128_while_limits_stay_at_2_66() -> None:
    chart = spc.xmr(SPIKE)

    assert chart.sigma.item() == pytest.approx(1.0 / 1.128, rel=1e-12)
    assert chart.reach.item() == pytest.approx(2.66, rel=1e-12)
    exact = spc.xmr(SPIKE, basis=spc.Basis(constants="exact"))
    assert exact.sigma.item() == pytest.approx(exact.reach.item() / 3.0, rel=1e-12)


@pytest.mark.method("M3.4")
def test_screened_limits_of_the_series_with_one_spike() -> None:
    chart = spc.xmr(SPIKE)

    assert spc.moving_range_chart(SPIKE).centre.item() == 1.0
    assert chart.centre.item() == pytest.approx(1.9444, abs=5e-5)
    assert chart.lower.item() == pytest.approx(-0.7156, abs=5e-5)
    assert chart.upper.item() == pytest.approx(4.6044, abs=5e-5)


def test_the_spike_is_the_only_special_cause() -> None:
    assert np.flatnonzero(spc.signals(spc.xmr(SPIKE)).is_special[0]).tolist() == [4]


def test_the_p_chart_of_eight_samples() -> None:
    chart = spc.proportions(DEFECTIVE, INSPECTED)

    assert chart.centre.item() == pytest.approx(0.0063551, abs=5e-8)
    assert chart.upper[0, 0] == pytest.approx(0.0116858, abs=5e-8)
    assert chart.lower[0, 0] == pytest.approx(0.0010244, abs=5e-8)
    assert chart.dispersion is not None
    assert chart.dispersion.item() == pytest.approx(1.110, abs=5e-4)
    assert chart.is_trial.item()


def test_laneys_limits_are_those_of_the_p_chart_times_sigma_z() -> None:
    plain, prime = (spc.proportions(DEFECTIVE, INSPECTED, kind=kind) for kind in ("p", "p-prime"))

    assert prime.reach / plain.reach == pytest.approx(1.110, abs=5e-4)
    assert spc.is_dispersed(plain, INSPECTED).tolist() == [True]


def test_the_cusum_of_standardised_residuals_signals_at_the_eleventh() -> None:
    residuals = np.array([0.2, -0.4, 0.1, 0.6, -0.3, -1.1, -1.4, -0.9, -1.6, -1.2, -1.0])

    found = spc.cusum(residuals, standard=spc.Standard(0.0, 1.0))

    assert found.low[0] == pytest.approx([0, 0, 0, 0, 0, 0.6, 1.5, 1.9, 3.0, 3.7, 4.2])
    assert found.signals_down[0].tolist() == [False] * 10 + [True]


@pytest.mark.parametrize(
    ("rules", "on_own_limits", "on_frozen_limits"),
    [("rule1", 0.05, 0.15), ("mdc", 0.15, 0.31), ("weco", 0.13, 0.30), ("nelson", 0.18, 0.34)],
)
def test_rules_cry_wolf_about_as_often_as_method_says(
    rules: str, on_own_limits: float, on_frozen_limits: float
) -> None:
    """METHOD's figures are simulated and rounded; ours come out up to two and a half points higher (see the page)."""
    own = spc.false_alarm_rate(rules, points=24)
    frozen = spc.false_alarm_rate(rules, points=24, baseline=12)

    assert own.rate == pytest.approx(on_own_limits, abs=0.025)
    assert frozen.rate == pytest.approx(on_frozen_limits, abs=0.025)
