"""What must hold for any series, and the same work once more in plain Python."""

from __future__ import annotations

from itertools import combinations
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from fourfold.engine import trend
from fourfold.engine.quantities import Why
from tests.engine.trend.leaning_series import LEANING

Floats = NDArray[np.float64]
# Whole numbers, so that shifting and scaling by powers of two round nothing and even ties stay ties.
whole = arrays.arrays(np.float64, (2, 20), elements=st.integers(-40, 40).map(float))
gappy = arrays.arrays(np.float64, 20, elements=st.one_of(st.integers(-9, 9).map(float), st.just(np.nan)))


@given(values=whole, scale=st.sampled_from([0.5, 2.0, 1024.0]), shift=st.integers(-1000, 1000))
def test_another_unit_or_zero_scales_the_slope_and_changes_no_test(
    values: Floats, scale: float, shift: int
) -> None:
    one, other = trend.trend(values), trend.trend(values * scale + shift)

    for end in ("slope", "lower", "upper"):
        assert getattr(other, end) == pytest.approx(getattr(one, end) * scale, nan_ok=True)
    assert other.score.tolist() == pytest.approx(one.score.tolist(), nan_ok=True)
    assert (other.direction == one.direction).all()


@given(values=whole, steepness=st.integers(-20, 20))
def test_a_line_added_adds_its_slope(values: Floats, steepness: int) -> None:
    one, other = trend.trend(values), trend.trend(values + steepness * np.arange(20))

    both = (one.why == Why.PRESENT) & (other.why == Why.PRESENT)
    assert other.slope[both] == pytest.approx(one.slope[both] + steepness)


@given(values=whole)
def test_a_mirrored_series_falls_where_the_other_rises(values: Floats) -> None:
    there, back = trend.trend(values), trend.trend(-values)

    known = there.why == Why.PRESENT
    assert back.slope[known] == pytest.approx(-there.slope[known])
    assert (back.direction[known] == -there.direction[known]).all()


@given(values=whole)
def test_a_series_does_not_care_who_stands_beside_it(values: Floats) -> None:
    together, alone = trend.trend(values, cycle=4), trend.trend(values[1], cycle=4)

    assert together.slope[1].tobytes() == alone.slope[0].tobytes()
    assert together.p[1].tobytes() == alone.p[0].tobytes()


@given(values=gappy, cycle=st.sampled_from([1, 4]))
def test_gaps_keep_their_place_in_time(values: Floats, cycle: int) -> None:
    """Second opinion: pair by pair, in plain Python."""
    found = trend.compare(values[np.newaxis], cycle=cycle)
    pairs = [
        (early, late)
        for early, late in combinations(range(20), 2)
        if (late - early) % cycle == 0 and np.isfinite(values[[early, late]]).all()
    ]
    slopes = [(values[late] - values[early]) / (late - early) for early, late in pairs]

    assert found.score.item() == sum(np.sign(slopes)) if slopes else found.score.item() == 0.0
    assert found.pairs.item() == len(pairs)
    if slopes:
        assert trend.theil_sen(found)[0].item() == pytest.approx(median(slopes), abs=1e-12)


@given(values=whole)
def test_the_interval_holds_the_slope_and_a_surer_one_is_wider(values: Floats) -> None:
    eighty, surer = trend.trend(values, confidence=0.8), trend.trend(values, confidence=0.99)

    known = (eighty.why == Why.PRESENT) & np.isfinite(surer.lower)
    assert (eighty.lower[known] <= eighty.slope[known]).all()
    assert (eighty.slope[known] <= eighty.upper[known]).all()
    assert (surer.lower[known] <= eighty.lower[known]).all()
    assert (surer.upper[known] >= eighty.upper[known]).all()


walks = st.tuples(
    arrays.arrays(np.float64, 36, elements=st.integers(-3, 3).map(float)), st.integers(-4, 4)
).map(lambda made: np.cumsum(made[0]) + made[1] * np.arange(36) / 4.0)


@given(
    values=walks, cycle=st.sampled_from([1, 4, 12]), correction=st.sampled_from(["first_order", "hamed_rao"])
)
def test_what_may_be_chance_has_an_interval_with_zero_or_none(
    values: Floats, cycle: int, correction: trend.Correction
) -> None:
    found = trend.trend(values, cycle=cycle, correction=correction)

    is_held = (found.lower <= 0.0) & (found.upper >= 0.0)
    is_absent = np.isnan(found.lower) & np.isnan(found.upper)
    assert (is_held | is_absent)[found.p >= 0.05].all()


def test_three_years_by_season_that_lean_on_one_another_have_no_interval() -> None:
    """Of 36 slopes the ranks 36 ± 46.4 are none; the extreme ones hold less than 95 %, and p says .139."""
    found = trend.trend(np.array(LEANING), cycle=12)

    assert found.p.item() == pytest.approx(0.139, abs=0.0005)
    assert found.slope.item() > 0.0
    assert np.isnan([found.lower, found.upper]).all()


def test_many_series_at_once_are_cut_into_chunks_that_change_nothing() -> None:
    values = np.random.default_rng(3).normal(size=(400, 120))

    together = trend.trend(values, cycle=12)
    last = trend.trend(values[-1], cycle=12)

    assert together.slope[-1].tobytes() == last.slope[0].tobytes()


def test_without_series_there_are_no_trends() -> None:
    assert trend.trend(np.zeros((0, 12))).slope.shape == (0,)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([1.0, 2, 3, 4, 5, 6, 7], Why.TOO_FEW_POINTS),
        ([1.0, np.nan, 3, 4, np.inf, 6, 7, 8], Why.TOO_FEW_POINTS),
        ([4.0] * 12, Why.NO_VARIATION),
        ([], Why.TOO_FEW_POINTS),
        ([np.nan] * 12, Why.TOO_FEW_POINTS),
    ],
)
def test_what_has_no_trend_says_why(values: list[float], why: Why) -> None:
    found = trend.trend(np.array(values))

    assert Why(found.why.item()) is why
    assert np.isnan([found.slope, found.lower, found.upper, found.p, found.score]).all()
    assert trend.Direction(found.direction.item()) is trend.Direction.NOT_COMPUTABLE


@pytest.mark.parametrize("wrong", [{"cycle": 0}, {"confidence": 1.0}, {"correction": "none"}])
def test_a_question_without_an_answer_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(trend.TrendRefused) as refused:
        trend.trend(np.arange(12.0), **wrong)  # type: ignore[arg-type]

    assert refused.value.code == "TREND_WRONG"
