"""What chance alone makes of stable series, simulated with fixed seeds, against METHOD and the table shipped."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.exceptions import CALIBRATED_POINTS, chance_of_alarm, simulated_alarms


def test_patterns_wholly_inside_the_seven_new_points_alarm_in_about_nine_of_a_hundred_measures() -> None:
    """METHOD M6.3 [S]: limits frozen on 24 points, 7 new ones, mdc-type rules, both directions."""
    assert simulated_alarms("mdc", points=24) == pytest.approx(0.09, abs=0.01)


def test_patterns_that_merely_end_there_alarm_in_about_fourteen() -> None:
    assert simulated_alarms("mdc", points=24, inside=False) == pytest.approx(0.14, abs=0.01)


@pytest.mark.parametrize("rules", spc.RULE_SETS)
@pytest.mark.parametrize("screening", [True, False])
@pytest.mark.parametrize("is_frozen", [True, False])
def test_the_table_agrees_with_simulation(rules: str, screening: bool, is_frozen: bool) -> None:
    """On a place of the table and between two: 20,000 series have a standard error of a third of a point at most."""
    for points in (24, 30):
        simulated = simulated_alarms(rules, points=points, is_frozen=is_frozen, screening=screening)
        fresh = np.array([7.0 if is_frozen else 0.0])
        tabled = chance_of_alarm(np.array([float(points)]), fresh, rules=rules, screening=screening)
        assert tabled[0] == pytest.approx(simulated, abs=0.01)


def test_limits_of_few_points_cry_wolf_more_often_and_those_with_the_new_points_among_them_less() -> None:
    used = CALIBRATED_POINTS.astype(np.float64)
    apart = chance_of_alarm(used, np.full(used.size, 7.0))
    within = chance_of_alarm(used, np.zeros(used.size))

    assert (np.diff(apart) < 0).all()
    assert (within < apart).all()


def test_limits_partly_of_the_new_points_lie_between() -> None:
    frozen, mixed, whole = (
        chance_of_alarm(np.array([24.0]), np.array([fresh]))[0] for fresh in (7.0, 3.0, 0.0)
    )

    assert whole < mixed < frozen


def test_without_limits_there_is_no_chance_to_tell() -> None:
    assert np.isnan(chance_of_alarm(np.array([7.0, 0.0]), np.array([7.0, 0.0]))).all()


def test_another_window_is_simulated() -> None:
    fewer = chance_of_alarm(np.array([24.0]), np.array([3.0]), latest=3, screening=False)[0]

    assert fewer == pytest.approx(simulated_alarms(points=24, latest=3), abs=1e-12)
    assert fewer < 0.05
