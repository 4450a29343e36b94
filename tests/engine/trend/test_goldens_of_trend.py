"""METHOD §2.8, number by number."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import trend
from fourfold.engine.trend import Direction, Method

TWELVE = np.array([82.0, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89])


def test_slope_and_interval_of_the_twelve_months() -> None:
    found = trend.trend(TWELVE)

    assert (found.slope.item(), found.lower.item(), found.upper.item()) == (0.625, 0.5, 0.8)


def test_score_variance_and_p_of_the_twelve_months() -> None:
    found = trend.trend(TWELVE)

    assert found.score.item() == 53.0
    assert found.variance.item() == pytest.approx(209.67, abs=0.005)
    assert found.z.item() == pytest.approx(3.591, abs=0.0005)
    assert found.p.item() == pytest.approx(0.00033, abs=0.000005)
    assert Direction(found.direction.item()) is Direction.RISING
    assert Method(found.method.item()) is Method.MANN_KENDALL


def test_the_autocorrelation_is_that_of_the_detrended_residuals() -> None:
    """§8: raw, the twelve months lean on one another at .67; without their line they do not."""
    assert trend.trend(TWELVE).autocorrelation.item() < 0.0


def test_neighbours_alike_beyond_a_fifth_are_corrected_for() -> None:
    wave = np.sin(np.arange(30) / 4.0) + np.arange(30) * 0.02
    plain = trend.compare(wave[np.newaxis])

    found = trend.trend(wave)

    assert found.autocorrelation.item() > trend.MOST_AUTOCORRELATION
    assert Method(found.method.item()) is Method.CORRECTED
    assert found.variance.item() > 2.0 * plain.variance.item()


def test_seasons_are_compared_with_themselves_from_three_full_years_on() -> None:
    months = np.tile([5.0, 1, 4, 2, 8, 3, 9, 7, 6, 12, 11, 10], 3) + np.repeat([0.0, 1.0, 2.0], 12)

    three, less = trend.trend(months, cycle=12), trend.trend(months[:-1], cycle=12)

    assert Method(three.method.item()) in (Method.SEASONAL, Method.SEASONAL_CORRECTED)
    assert three.slope.item() == pytest.approx(1 / 12)
    assert Method(less.method.item()) in (Method.MANN_KENDALL, Method.CORRECTED)
