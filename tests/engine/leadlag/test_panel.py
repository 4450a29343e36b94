"""The panel of units: its slope is that of dummies, its interval covers, and noise is seldom called a link."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine.leadlag import Hypothesis, NoPanel, Panel, SeriesUnlike, panel
from fourfold.engine.leadlag.windows import window_mean
from fourfold.engine.quantities import Why

AT_TWO = Hypothesis(1, 2, 2)
SEEDS = 300


def autoregressive(rng: np.random.Generator, shape: tuple[int, int], *, share: float) -> np.ndarray:
    noise = rng.normal(size=(shape[0], shape[1] + 40))
    for place in range(1, noise.shape[1]):
        noise[:, place] += share * noise[:, place - 1]
    return noise[:, 40:]


def units(
    seed: int, *, count: int = 6, periods: int = 24, slope: float = 0.0, share: float = 0.6
) -> tuple[np.ndarray, np.ndarray]:
    """Units of different levels in common seasons; where there is a slope, y follows x after two periods."""
    rng = np.random.default_rng(seed)
    x = autoregressive(rng, (count, periods), share=share) + 5.0 * np.arange(count)[:, np.newaxis]
    own = autoregressive(rng, (count, periods), share=min(share, 0.9) if share < 1 else 1.0)
    y = own + 3.0 * rng.normal(size=periods) + 10.0 * rng.normal(size=(count, 1))
    return x, y + slope * np.nan_to_num(window_mean(x, 2, last=2))


def by_dummies(x: np.ndarray, y: np.ndarray) -> float:
    """The slope by least squares beside a dummy for every unit and period."""
    earlier = window_mean(x, 2, last=2)
    unit, period = np.nonzero(np.isfinite(earlier) & np.isfinite(y))
    dummies = np.column_stack([np.eye(len(x))[unit], np.eye(x.shape[1])[period]])
    regressors = np.column_stack([earlier[unit, period], dummies])
    return float(np.linalg.lstsq(regressors, y[unit, period], rcond=None)[0][0])


@pytest.mark.parametrize(
    ("share_missing", "slope", "error"),
    [  # linearmodels 7.1: PanelOLS(y, x, entity_effects=True, time_effects=True), and again without each unit
        (0.0, 0.5893554011608697, 0.18164244854361697),
        (0.15, 0.6800124705819173, 0.12951113837115114),
    ],
)
def test_slope_and_error_are_those_of_dummies_refitted_without_each_unit(
    share_missing: float, slope: float, error: float
) -> None:
    x, y = units(4, slope=0.5)
    y[np.random.default_rng(9).random(y.shape) < share_missing] = np.nan

    found = panel(x, y, hypothesis=AT_TWO)

    assert isinstance(found, Panel)
    whole = by_dummies(x, y)
    without = np.array([by_dummies(np.delete(x, each, 0), np.delete(y, each, 0)) for each in range(len(x))])
    assert (found.slope, found.error) == pytest.approx((slope, error), rel=1e-9), "linearmodels"
    assert found.slope == pytest.approx(whole, rel=1e-9)
    assert found.error == pytest.approx(np.sqrt(5 / 6 * ((without - whole) ** 2).sum()), rel=1e-8)


def test_units_that_share_no_period_with_the_others_are_compared_among_themselves() -> None:
    x, y = units(2, count=8, periods=26, slope=0.5)
    y[:4, 14:], y[4:, :14] = np.nan, np.nan

    found = panel(x, y, hypothesis=AT_TWO)

    without = np.array([by_dummies(np.delete(x, each, 0), np.delete(y, each, 0)) for each in range(8)])
    assert isinstance(found, Panel)
    assert found.slope == pytest.approx(by_dummies(x, y), rel=1e-8)
    assert found.error == pytest.approx(np.sqrt(7 / 8 * ((without - found.slope) ** 2).sum()), rel=1e-7)


def test_periods_without_any_value_change_no_digit_that_counts() -> None:
    """A measure that began later than the calendar has empty periods before."""
    x, y = units(4, slope=0.5, periods=60)
    before = np.full((6, 9), np.nan)

    found, longer = (
        panel(*pair, hypothesis=AT_TWO) for pair in ((x, y), (np.hstack([before, x]), np.hstack([before, y])))
    )

    assert isinstance(found, Panel)
    assert isinstance(longer, Panel)
    assert longer.slope == pytest.approx(found.slope, rel=1e-12)
    assert found.slope == pytest.approx(by_dummies(x, y), rel=1e-10)


def test_the_interval_is_that_of_t_with_a_degree_less_than_units() -> None:
    found = panel(*units(4, slope=0.5), hypothesis=AT_TWO)

    assert isinstance(found, Panel)
    assert found.high - found.slope == pytest.approx(2.5705818 * found.error, rel=1e-6), "t of 5 degrees"
    assert (found.p < 0.05) == (found.low > 0.0 or found.high < 0.0)
    assert found.has_expected_sign
    assert (found.periods, found.unit_periods) == (22, 6 * 22)


@pytest.mark.parametrize(
    ("count", "periods", "share"), [(4, 12, 0.6), (6, 24, 0.6), (12, 24, 0.6), (6, 24, 1.0), (20, 12, 1.0)]
)
def test_unrelated_units_are_seldom_called_linked(count: int, periods: int, share: float) -> None:
    """Also where every series wanders, and with few units: at 5 % up to 8 % are let pass, for 300 draws."""
    called = 0
    for seed in range(SEEDS):
        found = panel(*units(seed, count=count, periods=periods, share=share), hypothesis=AT_TWO)
        assert isinstance(found, Panel)
        called += found.p < 0.05

    assert called <= 0.08 * SEEDS


def test_the_interval_holds_the_slope_that_is_there_and_the_panel_sees_it() -> None:
    held = seen = 0
    for seed in range(SEEDS):
        found = panel(*units(seed, count=8, slope=0.5), hypothesis=AT_TWO)
        assert isinstance(found, Panel)
        held += found.low <= 0.5 <= found.high
        seen += found.p < 0.05 and found.has_expected_sign

    assert held >= 0.92 * SEEDS
    assert seen >= 0.85 * SEEDS


def test_what_moves_every_unit_alike_and_what_parts_them_for_good_is_no_link() -> None:
    common, level = np.random.default_rng(3).normal(size=30), np.arange(6.0)[:, np.newaxis]
    x = common + level + np.random.default_rng(4).normal(size=(6, 30)) / 10

    found = panel(
        x, 4.0 * np.roll(common, 2) + 7.0 * level + 0.1 * units(1, periods=30)[0], hypothesis=AT_TWO
    )

    assert isinstance(found, Panel)
    assert found.p > 0.05


@pytest.mark.parametrize(
    ("count", "periods", "left", "cells"), [(3, 24, 3, 66), (4, 4, 4, 8), (6, 2, 0, 0), (2, 3, 0, 0)]
)
def test_too_few_units_or_periods_of_units_are_refused_with_what_there_is(
    count: int, periods: int, left: int, cells: int
) -> None:
    found = panel(*units(0, count=count, periods=periods), hypothesis=AT_TWO)

    assert found == NoPanel(Why.TOO_FEW_POINTS, left, cells)


def test_twelve_periods_of_four_units_are_enough() -> None:
    assert isinstance(panel(*units(0, count=4, periods=5), hypothesis=AT_TWO), Panel)


def test_a_lead_that_is_the_same_in_every_unit_says_nothing() -> None:
    x, y = units(0)

    found = panel(np.tile(x[:1], (6, 1)), y, hypothesis=AT_TWO)

    assert found == NoPanel(Why.NO_VARIATION, 6, 132)


def test_a_lead_that_varies_in_one_unit_only_leaves_no_error() -> None:
    x, y = units(0)
    x[1:] = 0.0

    assert panel(x, y, hypothesis=AT_TWO) == NoPanel(Why.NO_VARIATION, 6, 132)


def test_an_outcome_that_is_the_lead_itself_has_no_error_to_tell_of() -> None:
    x, _ = units(0)

    assert panel(x, np.roll(x, 2, axis=1), hypothesis=AT_TWO) == NoPanel(Why.NO_VARIATION, 6, 132)


def test_rolling_values_are_refused() -> None:
    assert panel(*units(0), hypothesis=AT_TWO, overlaps=True) == NoPanel(Why.OVERLAPPING, 6, 132)


def test_other_units_for_one_than_for_the_other_are_refused_by_name() -> None:
    x, y = units(0)

    with pytest.raises(SeriesUnlike, match="need the same units"):
        panel(x[:5], y, hypothesis=AT_TWO)
