"""METHOD §2.8, number by number."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import forecast
from fourfold.engine.forecast import Aim, Outlook
from fourfold.engine.quantities import NotComputable, Polarity, Why

TWELVE = np.array([82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89])


def outcome_of_the_line() -> forecast.Outcome:
    return forecast.LeastSquares(TWELVE, forecast.through_time(24)).projection(12).at(11)


def test_the_line_twelve_months_ahead() -> None:
    outcome = outcome_of_the_line()

    assert outcome.mean == pytest.approx(96.04, abs=0.005)
    assert outcome.deviation == pytest.approx(1.694, abs=0.0005)
    assert outcome.degrees == 10
    assert outcome.interval(0.80) == pytest.approx((93.7, 98.4), abs=0.05)


def test_the_chance_to_reach_ninety_five() -> None:
    chance = Aim.at(95.0).chance(outcome_of_the_line())

    assert chance == pytest.approx(0.723, abs=0.0005)
    assert forecast.outlook(chance) is Outlook.LIKELY


def test_for_minimise_the_chance_is_to_stay_below() -> None:
    """§8: P(hit) = P(≤ T)."""
    chance = Aim.at(95.0, Polarity.MINIMISE).chance(outcome_of_the_line())

    assert chance == pytest.approx(1 - 0.723, abs=0.0005)


def test_half_a_point_a_month_is_needed() -> None:
    assert forecast.required_rate(89.0, 95.0, left=12) == 0.5


def test_the_whole_forecast_chooses_that_line() -> None:
    found = forecast.forecast(TWELVE, ahead=12, cycle=12)

    assert isinstance(found, forecast.Forecast)
    assert (found.method, found.origins, found.widening) == (forecast.Method.LINE, 7, 1.0)
    assert found.trials[found.method].mase < 1.0
    assert found.projection.at(11) == outcome_of_the_line()


def test_fewer_than_eight_points_after_the_last_break_are_refused() -> None:
    assert forecast.forecast(TWELVE[:7], ahead=3) == NotComputable(Why.TOO_FEW_POINTS)
    assert forecast.forecast(TWELVE, ahead=3, begins=5) == NotComputable(Why.TOO_FEW_POINTS)
    assert isinstance(forecast.forecast(TWELVE, ahead=3, begins=4), forecast.Forecast)


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (1.0, "likely"),
        (0.6, "likely"),
        (0.59, "uncertain"),
        (0.2, "uncertain"),
        (0.19, "unlikely"),
        (0.0, "unlikely"),
    ],
)
def test_chances_have_three_words(chance: float, word: str) -> None:
    assert forecast.outlook(chance).value == word


def test_a_total_is_compared_with_the_last_three_months() -> None:
    months = np.array([8.0, 9, 10, np.nan, 11])

    needs = forecast.remaining(months, 120.0, known=38.0, left=8)

    assert (needs.needed, needs.each, needs.trailing) == (82.0, 10.25, 10.0)
