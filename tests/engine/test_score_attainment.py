"""Attainment and progress are ratios of values, not scores (METHOD §2.1)."""

import pytest

from fourfold.engine.quantities import NotComputable, Polarity, Why
from fourfold.engine.score import attainment, progress


def test_attainment_is_the_share_of_the_target_reached() -> None:
    assert attainment(45.0, 60.0, polarity=Polarity.MAXIMISE) == 0.75


@pytest.mark.parametrize("polarity", [Polarity.MINIMISE, Polarity.BAND, Polarity.EXACT])
def test_attainment_means_something_only_where_more_is_better(polarity: Polarity) -> None:
    assert attainment(45.0, 60.0, polarity=polarity) == NotComputable(Why.NOT_APPLICABLE)


@pytest.mark.parametrize(("target", "reason"), [(0.0, Why.ZERO_DENOMINATOR), (-5.0, Why.NOT_APPLICABLE)])
def test_attainment_needs_a_target_above_zero(target: float, reason: Why) -> None:
    assert attainment(45.0, target, polarity=Polarity.MAXIMISE) == NotComputable(reason)


def test_the_published_example_of_progress() -> None:
    assert progress(7.4, baseline=9.0, target=6.0) == pytest.approx(0.533, abs=0.0005)


def test_progress_may_be_behind_the_start_or_beyond_the_end() -> None:
    assert progress(10.5, baseline=9.0, target=6.0) == -0.5
    assert progress(4.5, baseline=9.0, target=6.0) == 1.5


def test_there_is_no_progress_where_there_is_no_way_to_go() -> None:
    assert progress(5.0, baseline=6.0, target=6.0) == NotComputable(Why.ZERO_DENOMINATOR)
