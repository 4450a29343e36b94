"""The default scale: 0 at worst, 33⅓ at red, 66⅔ at the target, 100 at best (METHOD §2.2, §2.3)."""

import numpy as np
import pytest

from fourfold.engine.definitions import ThresholdBasis, Thresholds
from fourfold.engine.quantities import GoalType
from tests.engine.scoring import colours, scores, version

EIGHTY_TO_HUNDRED = version(
    GoalType.MAXIMISE, Thresholds(ThresholdBasis.ABSOLUTE, red=90.0, best=100.0, worst=80.0)
)
TWELVE_TO_TWO = version(GoalType.MINIMISE, Thresholds(ThresholdBasis.ABSOLUTE, red=8.0, best=2.0, worst=12.0))


@pytest.mark.parametrize(
    ("value", "score"), [(85, 16.67), (90, 33.33), (92.5, 50), (95, 66.67), (98, 86.67), (110, 100)]
)
def test_the_published_example_for_more_is_better(value: float, score: float) -> None:
    assert scores(EIGHTY_TO_HUNDRED, [value], target=95.0) == pytest.approx([score], abs=0.005)


@pytest.mark.parametrize(("value", "score"), [(10, 16.67), (6, 55.56), (5, 66.67), (4, 77.78)])
def test_the_published_example_for_less_is_better(value: float, score: float) -> None:
    assert scores(TWELVE_TO_TWO, [value], target=5.0) == pytest.approx([score], abs=0.005)


def test_nothing_scores_below_worst_or_above_best() -> None:
    assert scores(EIGHTY_TO_HUNDRED, [80.0, 10.0, 100.0, 1e9], target=95.0) == [0.0, 0.0, 100.0, 100.0]


def test_with_red_and_target_only_the_ends_lie_as_far_out_again() -> None:
    only_red = version(GoalType.MAXIMISE, Thresholds(ThresholdBasis.ABSOLUTE, red=90.0))

    assert scores(only_red, [85.0, 87.5, 97.5, 100.0], target=95.0) == pytest.approx(
        [0.0, 100 / 6, 500 / 6, 100.0]
    )


def test_the_colours_change_at_red_and_at_the_target() -> None:
    found = colours(EIGHTY_TO_HUNDRED, [89.999, 90.0, 94.999, 95.0], target=95.0)

    assert found == ["red", "amber", "amber", "green"]


@pytest.mark.parametrize("target", [95.0, 0.1, 1e-9, 1 / 3, 123_456_789.123, 57.0])
def test_exactly_on_target_is_green_whatever_the_target(target: float) -> None:
    share = version(GoalType.MAXIMISE, Thresholds(red=0.9))

    assert colours(share, [target], target=target) == ["green"]
    assert colours(version(GoalType.MINIMISE, Thresholds(red=1.1)), [target], target=target) == ["green"]


def test_a_ratio_that_is_on_target_but_for_binary_arithmetic_is_green() -> None:
    fifty_seven_of_hundred = 57 / 100 * 100

    assert fifty_seven_of_hundred < 57.0
    assert colours(version(GoalType.MAXIMISE), [fifty_seven_of_hundred], target=57.0) == ["green"]


def test_values_are_compared_unrounded() -> None:
    assert colours(version(GoalType.MAXIMISE), [94.9999], target=95.0) == ["amber"]


def test_with_only_a_target_red_is_ninety_percent_of_it() -> None:
    assert colours(version(GoalType.MAXIMISE), [89.9, 90.0], target=100.0) == ["red", "amber"]
    assert colours(version(GoalType.MINIMISE), [110.1, 110.0], target=100.0) == ["red", "amber"]


def test_a_distance_is_measured_from_the_target() -> None:
    less = version(GoalType.MINIMISE, Thresholds(ThresholdBasis.DISTANCE, red=2.0, best=4.0, worst=3.0))

    assert scores(less, [10.0, 6.0, 12.0, 12.5, 13.0], target=10.0) == pytest.approx(
        [200 / 3, 100.0, 100 / 3, 50 / 3, 0.0]
    )


def test_a_distance_scores_a_target_of_zero_where_a_share_cannot() -> None:
    accidents = version(GoalType.MINIMISE, Thresholds(ThresholdBasis.DISTANCE, red=2.0))

    assert colours(accidents, [0.0, 1.0, 3.0], target=0.0) == ["green", "amber", "red"]
    assert np.isnan(scores(version(GoalType.MINIMISE), [0.0], target=0.0)).all()


def test_a_natural_bound_caps_best() -> None:
    share = version(GoalType.MAXIMISE, Thresholds(red=0.9), natural_max=100.0)

    assert scores(share, [97.5, 100.0], target=95.0) == pytest.approx([250 / 3, 100.0])


def test_where_the_target_is_the_best_possible_value_reaching_it_gives_a_hundred() -> None:
    share = version(GoalType.MAXIMISE, Thresholds(red=0.9), natural_max=100.0)

    assert scores(share, [99.0, 100.0], target=100.0) == pytest.approx([190 / 3, 100.0])
    assert colours(share, [99.0, 100.0], target=100.0) == ["amber", "green"]


def test_a_natural_bound_caps_worst() -> None:
    few = version(GoalType.MAXIMISE, Thresholds(ThresholdBasis.DISTANCE, red=8.0), natural_min=0.0)

    assert scores(few, [2.0, 1.0, 0.0], target=10.0) == pytest.approx([100 / 3, 50 / 3, 0.0])


def test_a_milestone_is_best_when_everything_is_done() -> None:
    milestone = version(GoalType.MILESTONE, Thresholds(red=0.8))

    assert scores(milestone, [40.0, 50.0, 100.0], target=50.0) == pytest.approx([100 / 3, 200 / 3, 100.0])
    assert scores(milestone, [100.0], target=100.0) == [100.0]


def test_a_target_row_may_bring_its_own_red_and_best() -> None:
    share = version(GoalType.MAXIMISE, Thresholds(red=0.9))

    found = scores(
        share, [80.0, 120.0, 90.0], target=100.0, red=[80.0, np.nan, np.nan], best=[130.0, 140.0, np.nan]
    )

    assert found == pytest.approx([100 / 3, 250 / 3, 100 / 3])


def test_distances_of_a_summed_target_are_summed_too() -> None:
    per_month = version(GoalType.MAXIMISE, Thresholds(ThresholdBasis.DISTANCE, red=10.0))

    assert colours(per_month, [271.0, 269.0], target=300.0, multiplicity=3.0) == ["amber", "red"]


def test_inside_a_band_is_a_hundred_and_both_sides_fall_alike() -> None:
    band = version(GoalType.BAND, Thresholds(tolerance=2.0, red=4.0, worst=8.0), band=(40.0, 60.0))

    below = scores(band, [50.0, 40.0, 38.0, 36.0, 34.0, 32.0, 0.0])
    above = scores(band, [50.0, 60.0, 62.0, 64.0, 66.0, 68.0, 100.0])

    assert below == above == pytest.approx([100.0, 100.0, 200 / 3, 100 / 3, 50 / 3, 0.0, 0.0])
    assert colours(band, [38.0, 37.9, 36.0, 35.9]) == ["green", "amber", "amber", "red"]


def test_a_band_with_a_tolerance_only_goes_on_by_the_same_distance() -> None:
    band = version(GoalType.BAND, Thresholds(tolerance=2.0), band=(40.0, 60.0))

    assert scores(band, [39.0, 38.0, 36.0, 34.0]) == pytest.approx([250 / 3, 200 / 3, 100 / 3, 0.0])


def test_a_band_without_tolerance_is_amber_as_soon_as_it_is_left() -> None:
    band = version(GoalType.BAND, Thresholds(red=4.0), band=(40.0, 60.0))

    assert scores(band, [60.0, 62.0, 64.0, 68.0]) == pytest.approx([100.0, 50.0, 100 / 3, 0.0])
    assert colours(band, [60.0, 60.01, 64.01]) == ["green", "amber", "red"]


def test_an_exact_goal_is_a_band_around_its_target() -> None:
    exact = version(GoalType.EXACT, Thresholds(tolerance=1.0, red=2.0, worst=3.0))

    assert scores(exact, [7.0, 8.0, 6.0, 9.0, 5.5, 10.0], target=7.0) == pytest.approx(
        [100.0, 200 / 3, 200 / 3, 100 / 3, 50.0, 0.0]
    )


def test_yes_is_a_hundred_and_no_is_nothing() -> None:
    yes_no = version(GoalType.BOOLEAN)

    assert scores(yes_no, [1.0, 0.0]) == [100.0, 0.0]
    assert colours(yes_no, [1.0, 0.0]) == ["green", "red"]


def test_a_rubric_is_looked_up_never_interpolated() -> None:
    rubric = version(GoalType.ORDINAL, rubric=((1.0, 0.0), (2.0, 50.0), (3.0, 100.0)))

    assert scores(rubric, [1.0, 2.0, 3.0]) == [0.0, 50.0, 100.0]
    assert colours(rubric, [1.0, 2.0, 3.0, 2.5]) == ["red", "amber", "green", "grey"]
