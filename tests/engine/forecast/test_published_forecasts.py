"""What R's forecast package prints for the series of Hyndman and Athanasopoulos' book."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import forecast
from fourfold.engine.forecast import Method
from tests.engine.forecast import published_series as published

AS_ETS_FOUND = forecast.Smoothing(
    np.array([published.ETS_LEVEL]), np.array([published.ETS_SLOPE]), np.array([published.ETS_DAMPING])
)


def from_beginning(runs: np.ndarray, level: float, slope: float) -> np.ndarray:
    """The three runs put together for a series that began there."""
    return runs[:, 0, 0] + level * runs[:, 1, 0] + slope * runs[:, 2, 0]


def test_damped_smoothing_goes_through_the_states_that_ets_prints() -> None:
    run = forecast.smooth(published.SHEEP, AS_ETS_FOUND)

    error = from_beginning(run.error, *published.ETS_BEGINNING)
    last = [float(from_beginning(state, *published.ETS_BEGINNING)[-1]) for state in (run.level, run.slope)]

    assert float((error**2).mean()) == pytest.approx(published.ETS_MEAN_SQUARE, abs=1e-3)
    assert (published.SHEEP - error)[:4] == pytest.approx(published.ETS_FITTED, abs=1e-4)
    assert last == pytest.approx(published.ETS_LAST_STATE, abs=1e-3)
    faded = np.cumsum(published.ETS_DAMPING ** np.arange(1, 11))
    assert last[0] + faded * last[1] == pytest.approx(published.ETS_FORECAST, abs=1e-2)


def test_the_parameters_found_leave_no_more_than_those_of_ets() -> None:
    """statsmodels' test_holt_damp_fit, φ fixed at .98: α .98, β 0, beginning 257.36 and 6.5, squares 6036.56; R's own
    parameters leave 6058.6.
    """
    found = forecast.Damped(published.SHEEP).fitted()
    squares = forecast.Damped(published.SHEEP).squares()

    assert squares <= 6036.56 + 0.05
    assert squares < published.ETS_MEAN_SQUARE * len(published.SHEEP)
    assert (found.level.item(), found.damping.item()) == pytest.approx((0.98, 0.98), abs=0.02)
    assert found.slope.item() == pytest.approx(0.0, abs=0.01)


def test_the_forecast_of_sheep_is_that_of_ets_within_a_percent() -> None:
    path = forecast.Damped(published.SHEEP).projection(10)

    assert path.mean == pytest.approx(published.ETS_FORECAST, rel=0.01)


def test_visitor_nights_repeat_the_last_year_of_their_quarter() -> None:
    """Forecasting: Principles and Practice, §5.2 and §5.5: the seasonal naive forecast, and its σ√(k + 1)."""
    nights = published.VISITOR_NIGHTS
    path = forecast.Naive(nights, cycle=4).projection(8)
    change = nights[4:] - nights[:-4]

    assert path.mean.tolist() == [*nights[-4:], *nights[-4:]]
    assert path.deviation[:4] == pytest.approx(np.sqrt((change**2).mean()))
    assert path.deviation[4:] == pytest.approx(np.sqrt(2) * np.sqrt((change**2).mean()))


def test_air_passengers_grow_too_steadily_for_the_naive_forecast() -> None:
    found = forecast.forecast(published.AIR, ahead=5)

    assert isinstance(found, forecast.Forecast)
    assert found.method is not Method.NAIVE
    assert found.trials[Method.NAIVE].mase > found.trials[found.method].mase
