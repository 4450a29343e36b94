"""A parent says what it knows, how much that is, and what the rest could still change (METHOD §2.5, §8)."""

from collections.abc import Sequence

import numpy as np
import pytest

from fourfold.engine.definitions import RollupMethod
from fourfold.engine.quantities import Why
from fourfold.engine.rollup import RollupBlock, rollup_block
from fourfold.engine.score import ANCHORED, STATUS_CODES, TARGET_100_CAP_120, Scale, status_of_score
from tests.engine.rolling import same_bits

GAP = Why.MISSING_DUE
PUBLISHED = ([80.0, 60.0, GAP, 90.0], [0.4, 0.3, 0.2, 0.1])


def parent(
    children: Sequence[float | Why],
    weights: Sequence[float] | None = None,
    *,
    critical: Sequence[bool] | None = None,
    method: RollupMethod = RollupMethod.ARITHMETIC,
    coverage_min: float = 0.75,
    scale: Scale = ANCHORED,
) -> RollupBlock:
    """One cell; a child is its score, or why it has none. Both backends answer, and must agree."""
    states = [child if isinstance(child, Why) else Why.PRESENT for child in children]
    known = [np.nan if isinstance(child, Why) else child for child in children]
    scores = np.array(known, dtype=float).reshape(-1, 1, 1)
    weight = np.array([1.0] * len(children) if weights is None else weights, dtype=float)
    one, other = (
        rollup_block(
            scores,
            np.array(states, dtype=np.uint8).reshape(-1, 1, 1),
            status=status_of_score(scores, scale),
            weights=weight.reshape(-1, 1),
            critical=critical,
            method=method,
            coverage_min=coverage_min,
            scale=scale,
            backend=backend,
        )
        for backend in ("numba", "numpy")
    )
    assert same_bits(one, other)
    return one


def colour(block: RollupBlock) -> str:
    return STATUS_CODES[block.status.item()].value


def test_the_published_example_renormalises_and_shows_its_coverage_and_bounds() -> None:
    found = parent(*PUBLISHED)

    assert found.score.item() == pytest.approx(73.75)
    assert found.coverage.item() == pytest.approx(0.80)
    assert (found.low.item(), found.high.item()) == pytest.approx((59.0, 79.0))
    assert colour(found) == "green"


def test_the_published_example_as_a_geometric_mean() -> None:
    found = parent(*PUBLISHED, method=RollupMethod.GEOMETRIC)

    assert found.score.item() == pytest.approx(72.88, abs=0.005)
    assert found.low.item() < 72.88 < found.high.item()


def test_a_geometric_mean_takes_scores_below_one_as_one() -> None:
    assert parent([0.0, 100.0], method=RollupMethod.GEOMETRIC).score.item() == pytest.approx(10.0)


def test_a_gap_bounds_the_geometric_mean_by_one_and_a_hundred() -> None:
    found = parent([50.0, 50.0, 50.0, GAP], method=RollupMethod.GEOMETRIC)

    assert found.low.item() == pytest.approx(50.0**0.75)
    assert found.high.item() == pytest.approx(50.0**0.75 * 100**0.25)


def test_the_weakest_link_is_the_lowest_score() -> None:
    found = parent(*PUBLISHED, method=RollupMethod.MINIMUM)

    assert (found.score.item(), found.low.item(), found.high.item()) == (60.0, 0.0, 60.0)
    assert parent([80.0, 60.0], method=RollupMethod.MINIMUM).low.item() == 60.0


def test_counting_gives_the_weight_share_of_children_on_target() -> None:
    found = parent(*PUBLISHED, method=RollupMethod.COUNT)

    assert found.score.item() == pytest.approx(100 * 0.5 / 0.8)
    assert (found.low.item(), found.high.item()) == pytest.approx((50.0, 70.0))


@pytest.mark.parametrize("state", [Why.NOT_DUE, Why.NOT_APPLICABLE, Why.INFORMATIONAL])
def test_a_number_nobody_owes_leaves_the_denominator(state: Why) -> None:
    found = parent([80.0, 60.0, state])

    assert (found.score.item(), found.coverage.item()) == (70.0, 1.0)
    assert found.low.item() == found.high.item() == 70.0


@pytest.mark.parametrize(
    "state", [why for why in Why if why is not Why.PRESENT and not why.leaves_the_denominator]
)
def test_every_other_absence_reduces_coverage(state: Why) -> None:
    found = parent([80.0, 60.0, 70.0, state])

    assert (found.score.item(), found.coverage.item()) == (70.0, 0.75)
    assert (found.low.item(), found.high.item()) == (52.5, 77.5)


def test_below_the_gate_the_score_is_held_back_but_its_bounds_are_shown() -> None:
    found = parent([80.0, 60.0, GAP])

    assert np.isnan(found.score.item())
    assert (found.why.item(), colour(found)) == (Why.INSUFFICIENT, "grey")
    assert (found.low.item(), found.high.item()) == pytest.approx((140 / 3, 80.0))
    assert found.worst_child.item() == 1


def test_three_quarters_is_enough_even_where_binary_arithmetic_falls_short() -> None:
    assert 0.3 / (0.1 + 0.3) < 0.75
    assert parent([GAP, 70.0], [0.1, 0.3]).why.item() == Why.PRESENT
    assert parent([GAP, 70.0], [0.1, 0.2999]).why.item() == Why.INSUFFICIENT


def test_a_parent_of_gaps_only_is_insufficient_and_could_still_be_anything() -> None:
    found = parent([GAP, GAP], coverage_min=0.0)

    assert found.why.item() == Why.INSUFFICIENT
    assert (found.coverage.item(), found.low.item(), found.high.item()) == (0.0, 0.0, 100.0)


@pytest.mark.parametrize(
    ("children", "reason"),
    [
        ([Why.NOT_APPLICABLE, Why.NOT_DUE], Why.NOT_DUE),
        ([Why.NOT_APPLICABLE, Why.INFORMATIONAL], Why.NOT_APPLICABLE),
        ([Why.INFORMATIONAL], Why.INFORMATIONAL),
        ([], Why.NOT_APPLICABLE),
    ],
)
def test_where_nobody_owes_anything_the_parent_is_neither_scored_nor_insufficient(
    children: list[Why], reason: Why
) -> None:
    found = parent(children)

    assert found.why.item() == reason
    assert colour(found) == "grey"
    assert np.isnan([found.score.item(), found.coverage.item(), found.low.item(), found.high.item()]).all()


def test_a_child_without_weight_only_informs() -> None:
    found = parent([80.0, 0.0], [1.0, 0.0], critical=[False, True])

    assert (found.score.item(), found.coverage.item(), found.red_children.item()) == (80.0, 1.0, 0)
    assert (found.worst_child.item(), colour(found)) == (0, "green")
    assert parent([50.0], [0.0]).why.item() == Why.INFORMATIONAL


def test_a_critical_red_child_caps_the_colour_and_leaves_the_score() -> None:
    found = parent([100.0, 100.0, 30.0], critical=[False, False, True])

    assert found.score.item() == pytest.approx(230 / 3)
    assert colour(found) == "amber"
    assert colour(parent([100.0, 100.0, 30.0])) == "green"


def test_a_veto_lifts_nothing() -> None:
    assert colour(parent([20.0, 30.0], critical=[True, True])) == "red"
    assert colour(parent([GAP, 30.0], critical=[True, True])) == "grey"


def test_a_critical_child_that_is_amber_or_missing_vetoes_nothing() -> None:
    assert colour(parent([100.0, 100.0, 50.0, GAP], critical=[False, False, True, True])) == "green"


def test_red_children_are_counted_and_the_worst_is_named_by_listed_order() -> None:
    found = parent([90.0, 20.0, 10.0, 10.0])

    assert (found.red_children.item(), found.worst_child.item()) == (3, 2)
    assert parent([GAP, GAP]).worst_child.item() == -1


@pytest.mark.parametrize("weights", [[1.0] * 7, [0.1] * 7, [0.3, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1]])
def test_a_parent_of_children_exactly_on_target_is_green(weights: list[float]) -> None:
    assert colour(parent([200 / 3] * 7, weights)) == "green"


def test_over_achievement_is_rewarded_only_on_a_scale_that_says_so() -> None:
    found = parent([120.0, 120.0, 120.0, GAP], scale=TARGET_100_CAP_120)

    assert (found.score.item(), found.high.item()) == (120.0, 120.0)


def test_weights_may_change_from_period_to_period() -> None:
    scores = np.array([[[0.0], [0.0]], [[100.0], [100.0]]])
    found = rollup_block(
        scores,
        np.zeros(scores.shape, np.uint8),
        status=status_of_score(scores, ANCHORED),
        weights=np.array([[1.0, 1.0], [1.0, 3.0]]),
    )

    assert found.score.ravel().tolist() == [50.0, 75.0]


def test_only_the_named_children_count_and_in_the_named_order() -> None:
    scores = np.array([10.0, 50.0, 50.0, 90.0]).reshape(4, 1, 1)
    found = rollup_block(
        scores,
        np.zeros(scores.shape, np.uint8),
        status=status_of_score(scores, ANCHORED),
        weights=np.ones((2, 1)),
        children=[2, 1],
    )

    assert (found.score.item(), found.worst_child.item()) == (50.0, 0)
