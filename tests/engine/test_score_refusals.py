"""Thresholds out of order are refused by name and number; a cell that cannot be scored says why (METHOD §0.3, §2.3)."""

import math

import numpy as np
import pytest

from fourfold.engine.definitions import MeasureVersion, ThresholdBasis, Thresholds
from fourfold.engine.quantities import GoalType, Why
from fourfold.engine.score import (
    MIN_MAX,
    PROGRESS,
    ThresholdMissing,
    ThresholdOrder,
    ThresholdShareNeedsPositiveTarget,
    anchor_rule,
    anchors_at,
)
from tests.engine.scoring import scored, version

SHARE, DISTANCE, ABSOLUTE = ThresholdBasis.SHARE, ThresholdBasis.DISTANCE, ThresholdBasis.ABSOLUTE


@pytest.mark.parametrize(
    ("measured", "offender"),
    [
        (version(GoalType.MAXIMISE, Thresholds(SHARE, red=1.0)), "red 1, target 1"),
        (version(GoalType.MAXIMISE, Thresholds(SHARE, red=0.9, worst=0.95)), "worst 0.95, red 0.9"),
        (version(GoalType.MAXIMISE, Thresholds(SHARE, red=0.9, best=1.0)), "target 1, best 1"),
        (version(GoalType.MINIMISE, Thresholds(SHARE, red=0.9)), "red 0.9, target 1"),
        (version(GoalType.MINIMISE, Thresholds(SHARE, red=1.1, best=1.05)), "target 1, best 1.05"),
        (version(GoalType.MAXIMISE, Thresholds(DISTANCE, red=-5.0)), "target 0, red -5"),
        (version(GoalType.MINIMISE, Thresholds(DISTANCE, red=5.0, worst=5.0)), "red 5, worst 5"),
        (version(GoalType.MAXIMISE, Thresholds(DISTANCE, red=5.0, best=0.0)), "target 0, best 0"),
        (version(GoalType.MAXIMISE, Thresholds(ABSOLUTE, red=90.0, worst=95.0)), "worst 95, red 90"),
        (version(GoalType.MINIMISE, Thresholds(ABSOLUTE, red=8.0, best=8.5)), "red 8, best 8.5"),
        (version(GoalType.MAXIMISE, natural_min=10.0, natural_max=10.0), "natural maximum 10"),
        (version(GoalType.BAND, Thresholds(tolerance=2.0), band=(60.0, 40.0)), "60 to 40"),
        (version(GoalType.BAND, Thresholds(tolerance=4.0, red=3.0), band=(40.0, 60.0)), "tolerance 4, red 3"),
        (version(GoalType.EXACT, Thresholds(tolerance=-1.0)), "tolerance -1"),
        (version(GoalType.EXACT, Thresholds(tolerance=1.0, red=2.0, worst=2.0)), "red 2, worst 2"),
        (version(GoalType.ORDINAL, rubric=((1.0, 120.0),)), "120"),
    ],
)
def test_thresholds_that_no_target_puts_in_order_are_refused_with_their_numbers(
    measured: MeasureVersion, offender: str
) -> None:
    with pytest.raises(ThresholdOrder, match=offender) as refusal:
        anchor_rule(measured)

    assert refusal.value.code == "THRESHOLD_ORDER"


@pytest.mark.parametrize(
    ("measured", "scale"),
    [
        (version(GoalType.BAND, Thresholds(tolerance=1.0)), MIN_MAX),
        (version(GoalType.BAND, band=(1.0, 2.0)), MIN_MAX),
        (version(GoalType.EXACT), MIN_MAX),
        (version(GoalType.ORDINAL), MIN_MAX),
        (version(GoalType.MAXIMISE), PROGRESS),
        (version(GoalType.MAXIMISE, natural_min=0.0), MIN_MAX),
    ],
)
def test_a_goal_or_scale_without_its_numbers_is_refused(measured: MeasureVersion, scale) -> None:
    with pytest.raises(ThresholdMissing) as refusal:
        anchor_rule(measured, scale=scale)

    assert refusal.value.code == "THRESHOLD_MISSING"


@pytest.mark.parametrize(
    ("measured", "target"),
    [
        (version(GoalType.MAXIMISE, Thresholds(ABSOLUTE, red=90.0)), 85.0),
        (version(GoalType.MAXIMISE, Thresholds(ABSOLUTE, red=90.0)), 90.0),
        (version(GoalType.MAXIMISE, Thresholds(ABSOLUTE, red=90.0, best=100.0)), 100.0),
        (version(GoalType.MINIMISE, Thresholds(ABSOLUTE, red=8.0)), 9.0),
        (version(GoalType.MAXIMISE, Thresholds(red=0.9), natural_max=100.0), 105.0),
        (version(GoalType.MINIMISE, Thresholds(DISTANCE, red=2.0), natural_min=0.0), -1.0),
    ],
)
def test_a_target_that_leaves_the_thresholds_out_of_order_is_refused_and_scores_nothing(
    measured: MeasureVersion, target: float
) -> None:
    with pytest.raises(ThresholdOrder):
        anchors_at(anchor_rule(measured), target)

    found = scored(measured, [50.0], target=target)
    assert math.isnan(found.score.item())
    assert (found.status.item(), found.why.item()) == (0, Why.MISSING_REQUIRED)


@pytest.mark.parametrize("target", [0.0, -20.0])
@pytest.mark.parametrize("goal", [GoalType.MAXIMISE, GoalType.MINIMISE])
def test_a_share_of_a_target_that_is_not_positive_is_refused(goal: GoalType, target: float) -> None:
    with pytest.raises(ThresholdShareNeedsPositiveTarget, match="distance") as refusal:
        anchors_at(anchor_rule(version(goal)), target)

    assert refusal.value.code == "THRESHOLD_SHARE_NEEDS_POSITIVE_TARGET"
    assert scored(version(goal), [-30.0], target=target).why.item() == Why.MISSING_REQUIRED


def test_a_target_row_with_its_own_red_needs_no_share() -> None:
    found = scored(version(GoalType.MAXIMISE), [-10.0, -20.0], target=-10.0, red=[-20.0, -20.0])

    assert found.score.tolist() == pytest.approx([200 / 3, 100 / 3])


def test_a_missing_value_keeps_its_own_reason() -> None:
    reasons = [Why.NOT_DUE, Why.STALE, Why.QUARANTINED, Why.NOT_ADDITIVE]

    found = scored(version(GoalType.MAXIMISE), [1.0] * 4, target=1.0, why=reasons)

    assert found.why.tolist() == reasons
    assert found.status.tolist() == [0] * 4
    assert np.isnan(found.score).all()


def test_a_missing_target_is_missing_required_but_the_values_reason_comes_first() -> None:
    found = scored(version(GoalType.MAXIMISE), [1.0, 1.0], why=[Why.PRESENT, Why.NOT_DUE])

    assert found.why.tolist() == [Why.MISSING_REQUIRED, Why.NOT_DUE]


@pytest.mark.parametrize("goal", [GoalType.MAXIMISE, GoalType.EXACT])
def test_a_value_that_is_no_number_is_never_scored(goal: GoalType) -> None:
    measured = version(goal, Thresholds(red=0.9) if goal is GoalType.MAXIMISE else Thresholds(tolerance=1.0))

    found = scored(measured, [math.nan, math.inf, -math.inf], target=1.0)

    assert found.why.tolist() == [Why.NOT_FINITE] * 3
    assert found.status.tolist() == [0] * 3


def test_an_informational_measure_is_never_scored_whatever_it_holds() -> None:
    found = scored(
        version(GoalType.INFORMATIONAL), [1.0, 2.0], target=1.0, why=[Why.PRESENT, Why.MISSING_DUE]
    )

    assert found.why.tolist() == [Why.INFORMATIONAL] * 2
    assert found.status.tolist() == [0, 0]


def test_a_value_outside_the_rubric_is_not_computable() -> None:
    found = scored(version(GoalType.ORDINAL, rubric=((1.0, 50.0),)), [1.0, 1.5])

    assert found.why.tolist() == [Why.PRESENT, Why.MISSING_REQUIRED]


def test_a_band_needs_no_target_and_an_exact_goal_does() -> None:
    band = version(GoalType.BAND, Thresholds(tolerance=1.0), band=(1.0, 2.0))
    exact = version(GoalType.EXACT, Thresholds(tolerance=1.0))

    assert scored(band, [1.5]).why.item() == Why.PRESENT
    assert scored(exact, [1.5]).why.item() == Why.MISSING_REQUIRED
    assert not anchor_rule(band).needs_target
    assert anchor_rule(exact).needs_target
