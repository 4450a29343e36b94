"""Each scale puts its hundred elsewhere and owns the scores at which its colours change (METHOD §2.3, §2.10)."""

import pytest

from fourfold.engine.definitions import ThresholdBasis, Thresholds
from fourfold.engine.quantities import GoalType
from fourfold.engine.score import (
    GOAL_RED_FLAG,
    MIN_MAX,
    PROGRESS,
    SCALES,
    TARGET_100,
    TARGET_100_CAP_120,
    UnknownScale,
    scale_named,
)
from tests.engine.scoring import colours, scores, version


def test_a_scale_is_found_by_the_name_the_policy_uses() -> None:
    assert scale_named("anchored").sentence == "anchored 0 / 33⅓ / 66⅔ / 100"


def test_an_unknown_scale_is_refused_and_the_known_ones_are_listed() -> None:
    with pytest.raises(UnknownScale, match="goal_red_flag"):
        scale_named("balanced")


@pytest.mark.parametrize("scale", SCALES.values(), ids=str)
def test_every_scale_says_how_it_is_printed_and_keeps_its_borders_in_order(scale) -> None:
    assert scale.sentence
    assert 0 < scale.amber < scale.green <= scale.ceiling


def test_target_is_a_hundred_and_zero_is_nothing() -> None:
    more = version(GoalType.MAXIMISE)

    found = scores(more, [0.0, 30.0, 48.0, 60.0, 90.0], target=60.0, scale=TARGET_100)

    assert found == pytest.approx([0.0, 50.0, 80.0, 100.0, 100.0])
    assert colours(more, [47.9, 48.0, 59.9, 60.0], target=60.0, scale=TARGET_100) == [
        "red",
        "amber",
        "amber",
        "green",
    ]


def test_target_is_a_hundred_with_over_achievement_up_to_a_hundred_and_twenty() -> None:
    found = scores(
        version(GoalType.MAXIMISE), [60.0, 66.0, 72.0, 90.0], target=60.0, scale=TARGET_100_CAP_120
    )

    assert found == pytest.approx([100.0, 110.0, 120.0, 120.0])


def test_target_is_a_hundred_and_the_baseline_is_nothing() -> None:
    less = version(GoalType.MINIMISE, baseline=9.0)

    found = scores(less, [9.0, 10.0, 7.5, 6.6, 6.0], target=6.0, scale=TARGET_100)

    assert found == pytest.approx([0.0, 0.0, 50.0, 80.0, 100.0])


def test_less_is_better_without_a_baseline_reaches_zero_at_twice_the_target() -> None:
    found = scores(version(GoalType.MINIMISE), [10.0, 5.0, 6.0, 0.0], target=5.0, scale=TARGET_100)

    assert found == pytest.approx([0.0, 100.0, 80.0, 100.0])


def test_target_is_a_hundred_has_its_own_borders_whatever_the_thresholds_say() -> None:
    strict = version(GoalType.MAXIMISE, Thresholds(red=0.99, best=1.01))

    assert colours(strict, [85.0], target=100.0, scale=TARGET_100, red=[99.0]) == ["amber"]


def test_the_red_flag_is_a_third_the_goal_two_thirds_and_the_ends_lie_as_far_out() -> None:
    flagged = version(
        GoalType.MAXIMISE,
        Thresholds(ThresholdBasis.ABSOLUTE, red=60.0, best=200.0, worst=0.0),
        natural_max=81.0,
    )

    found = scores(flagged, [40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0], target=80.0, scale=GOAL_RED_FLAG)

    assert [round(score / 10, 2) for score in found] == [0.0, 1.67, 3.33, 5.0, 6.67, 8.33, 10.0]
    assert colours(flagged, [59.9, 60.0, 80.0], target=80.0, scale=GOAL_RED_FLAG) == ["red", "amber", "green"]


def test_between_the_worst_and_the_best_possible_value() -> None:
    share = version(GoalType.MAXIMISE, natural_min=20.0, natural_max=120.0)
    waste = version(GoalType.MINIMISE, natural_min=20.0, natural_max=120.0)

    assert scores(share, [10.0, 20.0, 45.0, 120.0], scale=MIN_MAX) == pytest.approx([0.0, 0.0, 25.0, 100.0])
    assert scores(waste, [20.0, 45.0, 120.0], scale=MIN_MAX) == pytest.approx([100.0, 75.0, 0.0])
    assert colours(share, [53.0, 54.0, 87.0], scale=MIN_MAX) == ["red", "amber", "green"]


def test_the_published_example_of_progress_from_a_baseline() -> None:
    found = scores(version(GoalType.MINIMISE, baseline=9.0), [7.4], target=6.0, scale=PROGRESS)

    assert found == pytest.approx([53.3], abs=0.05)


@pytest.mark.parametrize("scale", [TARGET_100, TARGET_100_CAP_120, PROGRESS, GOAL_RED_FLAG, MIN_MAX], ids=str)
def test_a_band_is_full_inside_and_keeps_the_borders_of_every_scale(scale) -> None:
    band = version(
        GoalType.BAND, Thresholds(tolerance=2.0, red=4.0, worst=6.0), band=(40.0, 60.0), baseline=0.0
    )

    assert scores(band, [50.0, 62.0, 64.0], scale=scale) == pytest.approx([100.0, scale.green, scale.amber])
    assert colours(band, [50.0, 62.0, 64.0, 64.1], scale=scale) == ["green", "green", "amber", "red"]
