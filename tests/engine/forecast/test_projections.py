"""How errors of the periods ahead go together, against sums written out and against simulated futures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from fourfold.engine import forecast
from fourfold.engine.forecast import Aim
from fourfold.engine.quantities import Polarity

Floats = NDArray[np.float64]
numbers = st.floats(-1e6, 1e6)
series = arrays.arrays(np.float64, 16, elements=st.integers(-40, 40).map(float)).filter(
    lambda values: len(set(values.tolist())) > 3
)
METHODS = {
    "naive": forecast.Naive,
    "seasonal": lambda points: forecast.Naive(points, 4),
    "line": lambda points: forecast.LeastSquares(points, forecast.through_time(len(points) + 6)),
    "robust": forecast.RobustLine,
    "damped": forecast.Damped,
}
methods = pytest.mark.parametrize("method", METHODS)


@methods
@given(values=series, scale=st.sampled_from([0.5, 2.0, 1024.0]), shift=st.integers(-1000, 1000))
def test_another_unit_or_zero_moves_the_forecast_along(
    method: str, values: Floats, scale: float, shift: int
) -> None:
    one = METHODS[method](values).projection(6)
    other = METHODS[method](values * scale + shift).projection(6)

    assert other.mean == pytest.approx(one.mean * scale + shift, rel=1e-6, abs=1e-6 * scale)
    assert other.deviation == pytest.approx(one.deviation * scale, rel=1e-6, abs=1e-6 * scale)


@methods
@given(values=series)
def test_the_further_ahead_the_less_is_known(method: str, values: Floats) -> None:
    deviation = METHODS[method](values).projection(6).deviation

    assert (np.diff(deviation) >= -1e-9 * deviation[:-1]).all()


@methods
@given(values=series)
def test_a_forecast_at_a_past_origin_is_the_forecast_made_there(method: str, values: Floats) -> None:
    """Nothing from after an origin may reach back to it. Only `damped` refines its parameters at the end alone."""
    candidate = METHODS[method](values)
    rolled = candidate.rolled(np.array([12]), 4)

    changed = np.concatenate([values[:12], -3.0 * values[12:] + 7.0])
    assert METHODS[method](changed).rolled(np.array([12]), 4).mean.tobytes() == rolled.mean.tobytes()
    if method != "damped":
        there = METHODS[method](values[:12]).projection(4)
        assert rolled.mean[0] == pytest.approx(there.mean)
        assert rolled.deviation[0] == pytest.approx(there.deviation, abs=1e-9)


@given(
    values=series,
    low=numbers,
    more=st.floats(0.0, 1e6),
    polarity=st.sampled_from([Polarity.MAXIMISE, Polarity.MINIMISE]),
)
def test_a_harder_target_is_never_likelier(
    values: Floats, low: float, more: float, polarity: Polarity
) -> None:
    outcome = METHODS["line"](values).projection(6).at(5)
    easier, harder = (low, low + more) if polarity is Polarity.MAXIMISE else (low + more, low)

    assert Aim.at(harder, polarity).chance(outcome) <= Aim.at(easier, polarity).chance(outcome)


@given(values=series, target=numbers)
def test_to_reach_it_and_to_stay_below_it_share_certainty(values: Floats, target: float) -> None:
    outcome = METHODS["line"](values).projection(6).at(5)

    assert Aim.at(target).chance(outcome) + Aim.at(target, Polarity.MINIMISE).chance(
        outcome
    ) == pytest.approx(1.0)


@given(values=series, middle=numbers, reach=st.floats(0.0, 1e5), more=st.floats(0.0, 1e5))
def test_a_wider_band_is_never_less_likely(values: Floats, middle: float, reach: float, more: float) -> None:
    outcome = METHODS["line"](values).projection(6).at(5)
    narrow = Aim.at(middle, Polarity.BAND, tolerance=reach).chance(outcome)

    assert (
        0.0
        <= narrow
        <= Aim.at(middle, Polarity.EXACT, tolerance=reach + more).chance(outcome) + 1e-12
        <= 1.0 + 1e-12
    )


@pytest.mark.parametrize(
    ("polarity", "lower", "upper"),
    [
        (Polarity.MAXIMISE, None, 3.0),
        (Polarity.BAND, 2.0, None),
        (Polarity.EXACT, None, 1.0),
        (Polarity.BAND, 2.0, 1.0),
    ],
)
def test_a_target_without_its_sides_is_refused(
    polarity: Polarity, lower: float | None, upper: float | None
) -> None:
    with pytest.raises(forecast.AimWrong) as refused:
        Aim(polarity, lower=lower, upper=upper)

    assert refused.value.code == "AIM_WRONG"


def test_a_sum_of_the_line_is_its_line_of_sums() -> None:
    """The mean of the months ahead by the textbook's formula: s²(1 ⁄ h + x̄₀'(X'X)⁻¹x̄₀)."""
    rng = np.random.default_rng(2)
    values = 50 + 0.4 * np.arange(20) + rng.normal(size=20)
    line = forecast.LeastSquares(values, forecast.through_time(26))
    outcome = line.projection(6).combined(np.full(6, 1 / 6))

    rows = forecast.through_time(26)
    middle = rows[20:].mean(axis=0)
    fit, left, *_ = np.linalg.lstsq(rows[:20], values, rcond=None)
    variance = left[0] / 18 * (1 / 6 + middle @ np.linalg.inv(rows[:20].T @ rows[:20]) @ middle)

    assert outcome.mean == pytest.approx(middle @ fit)
    assert outcome.deviation == pytest.approx(np.sqrt(variance))


@pytest.mark.parametrize("method", ["naive", "seasonal", "damped"])
def test_the_spread_of_a_total_is_that_of_simulated_futures(method: str) -> None:
    """20,000 futures from the model itself leave its standard deviation an error of half a percent."""
    rng = np.random.default_rng(8)
    values = 50 + np.cumsum(rng.normal(size=24))
    path = METHODS[method](values).projection(6)
    totals = _futures(method, values, rng.normal(size=(20_000, 6))).sum(axis=1)
    sigma = path.deviation[0]

    assert path.combined(np.ones(6)).deviation == pytest.approx(sigma * totals.std(), rel=0.02)


def _futures(method: str, values: Floats, shocks: Floats) -> Floats:
    """What errors of size 1 do to the periods ahead."""
    if method == "naive":
        return np.cumsum(shocks, axis=1)
    if method == "seasonal":
        return np.concatenate([shocks[:, :4], shocks[:, :2] + shocks[:, 4:]], axis=1)
    found = forecast.Damped(values).fitted()
    level, slope = np.zeros((2, len(shocks)))
    paths = np.zeros_like(shocks)
    for period in range(6):
        slope = slope * found.damping
        paths[:, period] = level + slope + shocks[:, period]
        level, slope = (
            level + slope + found.level * shocks[:, period],
            slope + found.slope * shocks[:, period],
        )
    return paths


def test_what_is_known_of_a_year_counts_with_what_comes() -> None:
    path = forecast.Projection(np.array([10.0, 11.0]), np.diag([4.0, 5.0]), 9.0)

    outcome = path.combined(np.array([1.0, 1.0]), known=80.0)

    assert (outcome.mean, outcome.deviation) == (101.0, 3.0)
    assert Aim.at(101.0).chance(outcome) == pytest.approx(0.5)
