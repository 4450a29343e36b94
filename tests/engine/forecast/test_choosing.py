"""Which method is shown, and why; what gaps, breaks, drivers and bad questions do."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from fourfold.engine import forecast
from fourfold.engine.forecast import Forecast, Method
from fourfold.engine.quantities import NotComputable, Why

Floats = NDArray[np.float64]
rng_of = np.random.default_rng


def found(values: Floats, **asked: object) -> Forecast:
    answer = forecast.forecast(values, **{"ahead": 6, **asked})  # type: ignore[arg-type]
    assert isinstance(answer, Forecast), answer
    return answer


def walk(seed: int, periods: int = 20) -> Floats:
    return 100 + np.cumsum(rng_of(seed).normal(size=periods))


def test_mase_is_the_mean_error_in_steps_of_the_naive_forecast() -> None:
    """By hand: naive over 1 3 2 4 3 5 4 6 changes by 11 ÷ 7 on average, over two periods by 1; from the fifth on it is
    off by 2, 1, 2, and by 1 and 1.
    """
    values = np.array([1.0, 3, 2, 4, 3, 5, 4, 6])

    one, two = found(values, ahead=1), found(values, ahead=2)

    assert one.trials[Method.NAIVE].mase == pytest.approx((2 + 1 + 2) / 3 / (11 / 7))
    assert two.trials[Method.NAIVE].mase == pytest.approx(((2 + 1 + 2) / (11 / 7) + (1 + 1) / 1) / 5)
    assert one.origins == 3


def test_a_straight_climb_is_told_by_a_line() -> None:
    values = 80 + 0.6 * np.arange(24) + rng_of(4).normal(size=24)

    answer = found(values)

    assert answer.method in (Method.LINE, Method.ROBUST_LINE)
    assert answer.trials[answer.method].mase < answer.trials[Method.NAIVE].mase


def test_two_wild_months_do_not_tilt_what_is_shown() -> None:
    values = 80 + 0.5 * np.arange(30) + 0.4 * rng_of(4).normal(size=30)
    values[[3, 26]] += 25

    answer = found(values)

    assert answer.method is Method.ROBUST_LINE
    assert answer.projection.mean[0] == pytest.approx(80 + 0.5 * 30, abs=1.0)


def test_where_nothing_beats_it_the_naive_forecast_is_shown_and_says_so() -> None:
    values = walk(5)

    answer = found(values)

    assert all(trial.mase >= 1.0 for trial in answer.trials.values())
    assert answer.method is Method.NAIVE
    assert answer.is_naive_for_want_of_better
    assert (answer.projection.mean == values[-1]).all()


def test_seasons_are_repeated_where_two_full_years_are_there() -> None:
    season = 10 * np.sin(np.arange(24) * 2 * np.pi / 12)
    values = 50 + season + rng_of(1).normal(size=24)

    answer, less = found(values, cycle=12), found(values[:23], cycle=12)

    assert (answer.method, answer.cycle) == (Method.NAIVE, 12)
    assert answer.projection.mean.tolist() == values[12:18].tolist()
    assert not answer.is_naive_for_want_of_better
    assert less.cycle == 1


def test_seasons_that_climb_are_told_by_a_line_with_seasons() -> None:
    months = np.arange(48)
    values = 50 + 0.6 * months + 10 * np.sin(months * 2 * np.pi / 12) + rng_of(1).normal(size=48)

    answer, less = found(values[:42], cycle=12), found(values[:35], cycle=12)

    assert answer.method is Method.SEASONAL_LINE
    assert answer.projection.mean == pytest.approx(values[42:], abs=3.5)
    assert Method.SEASONAL_LINE not in less.trials


def test_a_driver_that_explains_more_is_chosen() -> None:
    rng = rng_of(2)
    visits = rng.normal(size=30).cumsum()
    values = 20 + 3 * visits[:24] + 0.2 * rng.normal(size=24)

    answer = found(values, drivers=visits[np.newaxis])

    assert answer.method is Method.DRIVERS
    assert answer.projection.mean == pytest.approx(20 + 3 * visits[24:], abs=1.0)
    assert Method.DRIVERS not in found(values).trials


@pytest.mark.parametrize("reach", [29, 30])
def test_drivers_must_reach_as_far_as_the_forecast(reach: int) -> None:
    drivers = np.arange(float(reach))
    drivers[28] = np.nan

    with pytest.raises(forecast.DriversWrong) as refused:
        forecast.forecast(walk(1, 24), ahead=6, drivers=drivers)

    assert refused.value.code == "DRIVERS_WRONG"


def test_a_driver_that_never_moves_determines_nothing_and_is_not_chosen() -> None:
    answer = found(walk(1, 24), drivers=np.full(30, 7.0))

    assert np.isnan(answer.trials[Method.DRIVERS].mase)
    assert answer.method is not Method.DRIVERS


def test_gaps_keep_their_place_in_time() -> None:
    values = 10 + 2.0 * np.arange(20) + 0.1 * rng_of(3).normal(size=20)
    gappy = values.copy()
    gappy[[4, 5, 11]] = np.nan

    answer = found(gappy)

    assert answer.points == 17
    assert answer.projection.mean == pytest.approx(10 + 2.0 * np.arange(20, 26), abs=0.5)


def test_missing_months_at_the_end_belong_to_the_future() -> None:
    values = 10 + 2.0 * np.arange(20) + 0.1 * rng_of(3).normal(size=20)
    short, open_end = found(values), found(np.r_[values, np.nan, np.nan])

    assert (short.last, open_end.last) == (19, 19)
    assert open_end.projection.mean.tobytes() == short.projection.mean.tobytes()
    assert open_end.ahead(21) == 1


def test_what_lies_before_a_break_does_not_count() -> None:
    values = np.r_[np.full(10, 500.0), 10 + 2.0 * np.arange(20) + 0.1 * rng_of(3).normal(size=20)]

    after, alone = found(values, begins=10), found(values[10:])

    assert after.points == 20
    assert after.projection.mean.tobytes() == alone.projection.mean.tobytes()


def test_spreads_that_were_too_narrow_are_widened_never_narrowed() -> None:
    """A walk told by lines: past lines missed by more than they said."""
    leaning = [found(walk(seed, 48), cycle=12) for seed in range(12)]

    assert all(answer.widening >= 1.0 for answer in leaning)
    assert any(answer.widening > 1.2 for answer in leaning)


NOISE = np.random.default_rng(4).normal(50.0, 3.0, 48)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (np.full(12, 3.0), Why.NO_VARIATION),
        (np.r_[np.nan, np.full(11, 3.0)], Why.NO_VARIATION),
        (5.0 + np.arange(12.0), Why.NO_SPREAD),
        (1e6 + 0.1 * np.arange(48.0), Why.NO_SPREAD),
        (NOISE * 1e300, Why.NOT_FINITE),
        (NOISE * 1e-299, Why.NOT_FINITE),
    ],
)
def test_what_has_no_spread_to_tell_of_cannot_be_forecast(values: Floats, why: Why) -> None:
    """A perfect line neither: a forecast without spread would be a promise."""
    assert forecast.forecast(values, ahead=6) == NotComputable(why)


@pytest.mark.parametrize("values", [1e15 + NOISE.round(), NOISE * 1e100, NOISE * 1e-100])
def test_what_varies_is_forecast_however_large_or_small(values: Floats) -> None:
    assert isinstance(forecast.forecast(values, ahead=6), forecast.Forecast)


@pytest.mark.parametrize(
    "asked", [{"ahead": 0}, {"ahead": 121}, {"ahead": 3, "cycle": 0}, {"ahead": 3, "begins": -1}]
)
def test_a_question_without_an_answer_is_refused(asked: dict[str, int]) -> None:
    with pytest.raises(forecast.HorizonWrong) as refused:
        forecast.forecast(walk(1), **asked)

    assert refused.value.code == "HORIZON_WRONG"


@pytest.mark.parametrize("left", [0, -2])
def test_without_a_period_left_no_pace_is_needed(left: int) -> None:
    with pytest.raises(forecast.HorizonWrong):
        forecast.required_rate(1.0, 2.0, left=left)
    with pytest.raises(forecast.HorizonWrong):
        forecast.remaining(walk(1), 2.0, known=1.0, left=left)


def test_the_same_series_gives_the_same_bits() -> None:
    one, other = found(walk(5, 40), cycle=12), found(walk(5, 40).copy(), cycle=12)

    assert one.projection.mean.tobytes() == other.projection.mean.tobytes()
    assert one.projection.covariance.tobytes() == other.projection.covariance.tobytes()


def test_only_the_latest_ten_years_of_months_count() -> None:
    values = walk(6, 400)

    assert found(values).points == forecast.MOST_POINTS
    assert found(values).projection.mean.tobytes() == found(values[280:]).projection.mean.tobytes()
