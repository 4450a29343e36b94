"""Estimated links: what the histories of two measures allow to say, and what they do not."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine.drivers import Elasticity, elasticities, estimated_split
from fourfold.engine.quantities import NotComputable, Why

RNG = np.random.default_rng(4)
DRIVERS = RNG.normal(0.0, 1.0, (2, 80)).cumsum(axis=1)


def outcome(slopes: tuple[float, float], lags: tuple[int, int], noise: float = 0.3) -> np.ndarray:
    late = [np.roll(driver, lag) for driver, lag in zip(DRIVERS, lags, strict=True)]
    made = (
        slopes[0] * late[0] + slopes[1] * late[1] + np.random.default_rng(9).normal(0.0, noise, 80).cumsum()
    )
    made[: max(lags)] = np.nan
    return made


def test_two_drivers_with_their_lags_are_told_apart() -> None:
    found = elasticities(outcome((2.0, -1.0), (0, 3)), DRIVERS, lags=[0, 3])

    assert not isinstance(found, NotComputable)
    assert [each.low < true < each.high for each, true in zip(found, (2.0, -1.0), strict=True)] == [
        True,
        True,
    ]
    assert [each.lag for each in found] == [0, 3]
    assert found[0].points == 80 - 1 - 3


def test_the_slope_of_one_driver_is_that_of_ordinary_least_squares() -> None:
    made = outcome((2.0, 0.0), (0, 0))
    found = elasticities(made, DRIVERS[:1], lags=[0])

    assert not isinstance(found, NotComputable)
    x, y = np.diff(DRIVERS[0]), np.diff(made)
    assert found[0].value == pytest.approx(np.polyfit(x, y, 1)[0])


def test_a_shared_trend_alone_is_no_link() -> None:
    steps = np.arange(60.0)
    noise = np.random.default_rng(1).normal(0.0, 1.0, (2, 60))

    found = elasticities(3 * steps + noise[0], (2 * steps + noise[1])[np.newaxis], lags=[0])

    assert not isinstance(found, NotComputable)
    assert found[0].low < 0.0 < found[0].high


@pytest.mark.parametrize(
    ("drivers", "reason"),
    [
        (DRIVERS[:, :24], Why.TOO_FEW_POINTS),
        (np.ones((1, 80)), Why.NO_VARIATION),
        (np.stack([DRIVERS[0], 2.0 * DRIVERS[0] + 1.0]), Why.NO_VARIATION),
    ],
)
def test_too_little_history_and_drivers_that_move_as_one_are_not_computable(drivers, reason) -> None:
    made = outcome((2.0, 0.0), (0, 0))[: drivers.shape[1]]

    assert elasticities(made, drivers, lags=[0] * len(drivers)) == NotComputable(reason)


def test_gaps_only_cost_their_own_changes() -> None:
    made = outcome((2.0, 0.0), (0, 0))
    made[40] = np.nan
    found = elasticities(made, DRIVERS[:1], lags=[0])

    assert not isinstance(found, NotComputable)
    assert found[0].points == 77


def test_what_is_not_estimated_stays_unexplained_and_is_warned_of() -> None:
    effects = {"nps": Elasticity(2.0, 1.0, 3.0, 40, 1), "otif": Elasticity(-0.5, -0.9, -0.1, 40, 0)}
    split = estimated_split(10.0, effects, moved={"nps": 3.0, "otif": 2.0})

    assert [part.driver for part in split.parts] == ["nps", "otif"]
    assert split.parts[1].interval == (-1.8, -0.2)
    assert split.unexplained == pytest.approx(10.0 - 6.0 + 1.0)
    assert split.is_mostly_unexplained
    assert not estimated_split(10.0, effects, moved={"nps": 5.0, "otif": 2.0}).is_mostly_unexplained
