"""Slopes are those of statsmodels, their intervals hold, and changes run along tested links alone."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import leadlag
from fourfold.engine.leadlag import Carried, Examination, Hypothesis, LinksInCircle, Series, Slope, propagate
from fourfold.engine.leadlag.windows import window_mean
from fourfold.engine.quantities import NotComputable, Why
from tests.engine.leadlag.test_simulated_links import driven, unrelated

AFTER_THREE = Hypothesis(1, 3, 3)


def examined(
    x: np.ndarray, y: np.ndarray, *, cycle: int = 0, expected: Hypothesis = AFTER_THREE
) -> Examination:
    terms = leadlag.Terms(cycle=cycle, permutations=99)
    found = leadlag.examine(Series(x), Series(y), hypothesis=expected, seed=1, terms=terms)
    assert isinstance(found, Examination)
    return found


@pytest.mark.parametrize(
    ("seed", "value", "error", "low"),
    [  # statsmodels 0.15: OLS(y, [1, x]).fit(cov_type="HAC", maxlags=3, use_correction=True, use_t=True)
        (2, 1.2740751475877516, 0.15676695240959812, 0.95990715),
        (5, 0.8951856025671578, 0.11817152574921791, 0.65836457),
        (11, 0.9470067540509465, 0.15212886009468726, 0.64213371),
    ],
)
def test_slope_and_error_are_those_of_statsmodels(seed: int, value: float, error: float, low: float) -> None:
    x, y = driven(np.random.default_rng(seed))

    slope = leadlag.slope_of(Series(x), Series(y), found=examined(x, y))

    assert isinstance(slope, Slope)
    assert (slope.value, slope.error) == pytest.approx((value, error), rel=1e-9)
    assert (slope.low, slope.high - slope.value) == pytest.approx((low, slope.value - slope.low), rel=1e-7)


def test_the_interval_holds_nothing_where_there_is_nothing() -> None:
    """Unrelated autoregressions: 95 % by name, nine in ten by count, as Newey and West's is known for at 60 periods."""
    held = 0
    for seed in range(200):
        x, y = unrelated(np.random.default_rng(seed))
        slope = leadlag.slope_of(Series(x), Series(y), found=examined(x, y))
        assert isinstance(slope, Slope)
        held += slope.low <= 0.0 <= slope.high

    assert held >= 0.88 * 200


def test_the_mean_of_a_window_is_what_the_slope_is_of() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=80)
    y = 2.0 * window_mean(x, 1, last=3) + rng.normal(size=80) / 10
    y[:3] = rng.normal(size=3)

    slope = leadlag.slope_of(Series(x), Series(y), found=examined(x, y, expected=Hypothesis(1, 1, 3)))

    assert isinstance(slope, Slope)
    assert slope.value == pytest.approx(2.0, abs=0.1)


def test_what_follows_itself_exactly_has_no_interval() -> None:
    x = np.random.default_rng(3).normal(size=60)
    y = np.roll(x, 3)
    found = examined(x, y + np.random.default_rng(4).normal(size=60))

    assert leadlag.slope_of(Series(x), Series(x * 0.0), found=found) == NotComputable(Why.NO_VARIATION)


STEEP, FLAT = Slope(2.0, 0.2, 50), Slope(-0.5, 0.1, 50)


def test_along_a_way_slopes_multiply_and_where_ways_meet_they_add() -> None:
    links = [
        Carried("a", "b", STEEP),
        Carried("b", "d", FLAT),
        Carried("a", "c", STEEP),
        Carried("c", "d", STEEP),
    ]

    found = propagate("a", 10.0, links=links)

    assert {key: each.change for key, each in found.items()} == {"b": 20.0, "c": 20.0, "d": 30.0}
    assert found["d"].steps == 2


def test_the_interval_of_one_link_is_that_of_its_slope() -> None:
    found = propagate("a", 10.0, links=[Carried("a", "b", STEEP)])["b"]

    assert (found.low, found.high) == pytest.approx((10 * STEEP.low, 10 * STEEP.high), rel=0.03)


def test_the_interval_of_a_chain_is_that_of_a_product() -> None:
    found = propagate("a", 1.0, links=[Carried("a", "b", STEEP), Carried("b", "c", STEEP)])["c"]

    spread = np.sqrt(2 * (2.0 * 0.2) ** 2 + 0.2**4)
    assert (found.high - found.low) / 2 == pytest.approx(2.01 * spread, rel=0.05)


def test_less_of_it_gives_the_same_the_other_way_round() -> None:
    more, less = (propagate("a", delta, links=[Carried("a", "b", FLAT)])["b"] for delta in (1.0, -1.0))

    assert (less.change, less.low, less.high) == pytest.approx((-more.change, -more.high, -more.low))


def test_the_same_question_has_the_same_answer_and_nothing_beyond_its_ways() -> None:
    links = [Carried("a", "b", STEEP), Carried("x", "y", FLAT)]

    assert propagate("a", 1.0, links=links) == propagate("a", 1.0, links=links)
    assert list(propagate("a", 1.0, links=links)) == ["b"]
    assert propagate("b", 1.0, links=links) == {}


@pytest.mark.parametrize(
    "links",
    [
        [Carried("a", "b", STEEP), Carried("b", "a", FLAT)],
        [Carried("a", "b", STEEP), Carried("b", "c", FLAT), Carried("c", "b", FLAT)],
    ],
)
def test_a_circle_is_refused_by_name(links: list[Carried]) -> None:
    with pytest.raises(LinksInCircle, match=r"in a circle|back to it"):
        propagate("a", 1.0, links=links)
