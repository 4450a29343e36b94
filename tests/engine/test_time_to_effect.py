"""After the lead reached its target, did the outcome move within its lag? Noise and older drifts do not count."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine.quantities import NotComputable, Why
from fourfold.engine.time_to_effect import Effect, Leading, Moved, reached_target, time_to_effect

MONTHS = np.arange(30)


def reaching(month: int = 15, *, wanted: int = 1) -> Leading:
    return Leading(wanted * np.where(month <= MONTHS, 9.0, 5.0), wanted * np.full(30, 8.0), wanted)


def noise(seed: int = 1) -> np.ndarray:
    return 50.0 + np.random.default_rng(seed).normal(size=30)


def found(leading: Leading, outcome: np.ndarray, *, lag: int = 4, expected: int = 1) -> Effect:
    answer = time_to_effect(leading, outcome, lag=lag, expected=expected)
    assert isinstance(answer, Effect)
    return answer


def test_a_rise_within_the_lag_is_an_effect_with_its_evidence() -> None:
    answer = found(reaching(), noise() + np.where(MONTHS >= 18, 8.0, 0.0))

    assert (answer.moved, answer.reached, answer.until, answer.signal, answer.used) == (
        Moved.YES,
        15,
        19,
        18,
        16,
    )
    assert answer.lower < answer.before < answer.upper
    assert answer.after > answer.before + 3.0


def test_a_fall_is_expected_of_an_outcome_that_should_fall() -> None:
    fall = noise() - np.where(MONTHS >= 17, 8.0, 0.0)

    assert found(reaching(wanted=-1), fall, expected=-1).moved is Moved.YES
    assert found(reaching(), fall).moved is Moved.AGAINST


@pytest.mark.parametrize(
    ("later", "place"), [([9.0, 9.0, 9.0], -1), ([9.0, 7.0, 5.0], 19), ([np.nan, np.nan, 7.0], 20)]
)
@pytest.mark.parametrize("lag", [4, 14, 15])
def test_a_lead_that_was_short_of_its_target_again_is_told_with_the_period(
    later: list[float], place: int, lag: int
) -> None:
    lead = reaching()
    lead.values[18:21] = later

    assert found(lead, noise(), lag=lag).fell_short == place


def test_a_rise_after_the_lag_comes_too_late() -> None:
    assert found(reaching(), noise() + np.where(MONTHS >= 20, 8.0, 0.0)).moved is Moved.NO


def test_a_drift_that_began_before_is_not_its_effect() -> None:
    long_run = noise() * 0.0 + np.tile([49.0, 50.5], 15)
    long_run[10:20] = [51.5, 51.4, 51.5, 51.4, 51.5, 51.4, 51.5, 51.4, 51.5, 51.4]

    assert found(reaching(14), long_run).moved is Moved.NO


def test_a_steady_rise_was_on_its_way_already() -> None:
    assert found(reaching(), noise() + 0.8 * MONTHS).moved is Moved.ALREADY


def test_until_the_lag_is_over_nothing_is_said() -> None:
    answer = found(reaching(27), noise(), lag=3)

    assert (answer.moved, answer.reached, answer.until) == (Moved.WAITING, 27, 30)


def test_a_lag_of_none_looks_at_the_same_period() -> None:
    answer = found(reaching(), noise() + np.where(MONTHS >= 15, 8.0, 0.0), lag=0)

    assert (answer.moved, answer.until, answer.signal, answer.used) == (Moved.YES, 15, 15, 15)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ([9, 9, 9, 9, 9, 9], -1),
        ([5, 5, 5, 5, 5, 5], -1),
        ([5, 9, 5, 9, 9, 5], -1),
        ([5, 5, 5, 5, 9, 9], -1),
        ([5, np.nan, 9, 9, 9, 9], -1),
        ([5, 9, 9, np.nan, 9, 9], -1),
        ([9, 5, 9, 9, 9, 5], 2),
    ],
)
def test_reached_is_short_of_it_once_and_then_three_in_a_row(values: list[float], place: int) -> None:
    assert reached_target(Leading(np.array(values), np.full(6, 8.0), 1)) == place


def test_a_target_that_comes_down_to_the_lead_is_reached_as_well() -> None:
    assert reached_target(Leading(np.full(6, 7.0), np.array([8.0, 8, 8, 6, 6, 6]), 1)) == 3


def test_too_little_before_or_nothing_after_or_no_spread_is_not_computable() -> None:
    bare = noise()
    bare[16:20] = np.nan

    assert time_to_effect(reaching(6), noise(), lag=3, expected=1) == NotComputable(Why.TOO_FEW_POINTS)
    assert time_to_effect(reaching(), bare, lag=4, expected=1) == NotComputable(Why.MISSING_REQUIRED)
    assert time_to_effect(reaching(), bare * 0.0, lag=12, expected=1) == NotComputable(Why.NO_VARIATION)


@pytest.mark.parametrize(("lag", "most"), [(3, 0.08), (12, 0.20)])
def test_noise_seldom_passes_for_an_effect(lag: int, most: float) -> None:
    """Limits of fifteen values: each month more of the lag gives noise one chance more, which the page says."""
    called = sum(found(reaching(), noise(seed), lag=lag).moved is Moved.YES for seed in range(500))

    assert called <= most * 500
