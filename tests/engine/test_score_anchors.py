"""The anchors shown on a chart are those the score was computed with."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fourfold.engine.definitions import ThresholdBasis, Thresholds
from fourfold.engine.quantities import GoalType
from fourfold.engine.score import (
    SCALES,
    TARGET_100,
    Anchors,
    ThresholdRefused,
    anchor_rule,
    anchors_at,
    score_block,
)
from tests.engine.scoring import version


def table(anchors: Anchors | None) -> list[tuple[str, float, float]]:
    assert anchors is not None
    return [(point.name, point.value, round(point.score, 1)) for point in anchors.points]


def test_more_is_better_reads_from_worst_to_best() -> None:
    rule = anchor_rule(
        version(GoalType.MAXIMISE, Thresholds(ThresholdBasis.ABSOLUTE, red=90.0, best=100.0, worst=80.0))
    )
    anchors = anchors_at(rule, 95.0)

    assert table(anchors) == [("worst", 80, 0), ("red", 90, 33.3), ("target", 95, 66.7), ("best", 100, 100)]
    assert (anchors.green, anchors.amber) == ((95.0, math.inf), (90.0, math.inf))


def test_less_is_better_reads_from_best_to_worst() -> None:
    anchors = anchors_at(anchor_rule(version(GoalType.MINIMISE, Thresholds(red=1.2), natural_min=4.5)), 5.0)

    assert table(anchors) == [("best", 4.5, 100), ("target", 5, 66.7), ("red", 6, 33.3), ("worst", 7, 0)]
    assert (anchors.green, anchors.amber) == ((-math.inf, 5.0), (-math.inf, 6.0))


def test_a_band_has_every_border_twice() -> None:
    rule = anchor_rule(
        version(GoalType.BAND, Thresholds(tolerance=2.0, red=4.0, worst=8.0), band=(40.0, 60.0))
    )
    anchors = anchors_at(rule)

    assert [point.value for point in anchors.points] == [32, 36, 38, 40, 60, 62, 64, 68]
    assert anchors.named("red") == (36.0, 64.0)
    assert (anchors.green, anchors.amber) == ((38.0, 62.0), (36.0, 64.0))


def test_target_is_a_hundred_ends_at_the_target() -> None:
    anchors = anchors_at(anchor_rule(version(GoalType.MAXIMISE), scale=TARGET_100), 50.0)

    assert table(anchors) == [("worst", 0, 0), ("red", 40, 80), ("target", 50, 100)]


def test_where_the_target_is_the_best_possible_value_the_score_jumps_there() -> None:
    anchors = anchors_at(
        anchor_rule(
            version(GoalType.MAXIMISE),
        ),
        100.0,
        best=None,
    )
    capped = anchors_at(anchor_rule(version(GoalType.MAXIMISE, natural_max=100.0)), 100.0)

    assert anchors.named("best") == (110.0,)
    assert table(capped)[-2:] == [("target", 100.0, 66.7), ("best", 100.0, 100.0)]


def test_a_table_has_no_anchors() -> None:
    assert anchors_at(anchor_rule(version(GoalType.BOOLEAN))) is None
    assert anchors_at(anchor_rule(version(GoalType.INFORMATIONAL))) is None


numbers = st.floats(-1e4, 1e4, allow_nan=False).map(lambda number: round(number, 3))
distances = st.floats(0.001, 1e4, allow_nan=False).map(lambda number: round(number, 3))


@given(
    goal=st.sampled_from([GoalType.MAXIMISE, GoalType.MINIMISE, GoalType.BAND, GoalType.EXACT]),
    scale=st.sampled_from(list(SCALES.values())),
    steps=st.tuples(distances, distances, distances),
    target=numbers,
    bounds=st.tuples(st.none() | numbers, st.none() | numbers),
    multiplicity=st.sampled_from([1.0, 3.0]),
    values=st.lists(numbers, min_size=1, max_size=20),
)
def test_interpolating_the_anchors_gives_the_score(
    goal, scale, steps, target, bounds, multiplicity, values
) -> None:
    given_thresholds = Thresholds(
        ThresholdBasis.DISTANCE,
        red=steps[0] + steps[1],
        worst=steps[0] + steps[1] + steps[2],
        best=steps[2],
        tolerance=steps[0],
    )
    measured = version(
        goal,
        given_thresholds,
        band=(target, target + steps[2]),
        baseline=target - steps[0] if goal is GoalType.MAXIMISE else target + steps[0],
        natural_min=bounds[0],
        natural_max=bounds[1],
    )
    try:
        rule = anchor_rule(measured, scale=scale)
        anchors = anchors_at(rule, target, multiplicity=multiplicity)
    except ThresholdRefused:
        assume(False)
    at = [point.value for point in anchors.points]
    known = np.array([value for value in values if all(abs(value - knot) > 1e-3 for knot in at)])

    found = score_block(
        known,
        np.full(known.shape, target),
        rule=rule,
        why=np.zeros(known.shape, np.uint8),
        multiplicity=np.full(known.shape, multiplicity),
        backend="numpy",
    )

    drawn = np.interp(known, at, [point.score for point in anchors.points])
    assert found.score == pytest.approx(drawn, abs=1e-4)
    assert (found.status == 3).tolist() == [anchors.green[0] <= value <= anchors.green[1] for value in known]
    assert (found.status >= 2).tolist() == [anchors.amber[0] <= value <= anchors.amber[1] for value in known]
