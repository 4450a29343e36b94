"""Segments without dilution: METHOD M2.3's kidney stones, and what must hold for any segments."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from fourfold.engine.quantities import Status, Why
from fourfold.engine.segments import (
    SegmentCounts,
    SegmentsOverlap,
    SegmentsUncounted,
    SimpsonAlarm,
    cohen_h,
    dilution,
    heterogeneity,
    mainly_by_mix,
    pooled,
    rate_and_mix,
    simpson_alarm,
    simpson_alarms,
    standard_mix,
    standardised,
)

A = SegmentCounts.of([81, 192], [87, 263])  # open surgery: small and large stones (Charig 1986)
B = SegmentCounts.of([234, 55], [270, 80])  # percutaneous nephrolithotomy


@pytest.mark.method("M2.3")
def test_kidney_stones_have_the_published_rates() -> None:
    assert (100 * A.rates).round(1).tolist() == [93.1, 73.0]
    assert (100 * B.rates).round(1).tolist() == [86.7, 68.8]
    assert [round(100 * each.total_rate.item(), 1) for each in (A, B)] == [78.0, 82.6]


def test_standardised_to_the_pooled_mix_the_better_treatment_is_better() -> None:
    mix = standard_mix(A, B)

    assert (mix * 700).tolist() == pytest.approx([357, 343])
    assert [round(100 * standardised(each, mix).item(), 1) for each in (A, B)] == [83.3, 77.9]


def test_kidney_stones_split_into_rate_and_mix() -> None:
    split = rate_and_mix(B, A)

    assert round(100 * split.rate_total.item(), 2) == 5.37
    assert round(100 * split.mix_total.item(), 2) == -9.94
    assert round(100 * split.total_change.item(), 2) == -4.57


def test_kidney_stones_raise_the_strict_alarm() -> None:
    assert simpson_alarm(rate_and_mix(B, A)) is SimpsonAlarm.STRICT
    assert simpson_alarm(rate_and_mix(A, B)) is SimpsonAlarm.STRICT


@given(
    tables=arrays.arrays(np.float64, (4, 3, 5), elements=st.floats(0.0, 1e6)).filter(
        lambda tables: (tables[[1, 3]].sum(axis=-1) > 1.0).all()
    )
)
def test_rate_and_mix_sum_to_the_change_for_any_segments(tables) -> None:
    shares, base = tables[[0, 2]] / 1e6, tables[[1, 3]]
    before, after = (SegmentCounts.of(shares[at] * base[at], base[at]) for at in (0, 1))
    split = rate_and_mix(before, after)

    assert (split.why == Why.PRESENT).all()
    assert np.abs(split.rate_total + split.mix_total - split.total_change).max() <= 1e-12


@given(base=arrays.arrays(np.float64, (4,), elements=st.integers(1, 1000).map(float)))
def test_without_a_change_of_rates_everything_is_mix(base) -> None:
    rates = np.array([0.9, 0.5, 0.3, 0.1])
    before, after = SegmentCounts.of(rates * 100, [100] * 4), SegmentCounts.of(rates * base, base)

    assert rate_and_mix(before, after).rate == pytest.approx(np.zeros(4), abs=1e-12)


def test_the_soft_alarm_needs_four_fifths_of_the_weight() -> None:
    # Two of three segments fall, the total rises: strictly not all, softly 80 % of the weight and more.
    before = SegmentCounts.of([45, 9, 1], [50, 40, 10])
    soft = SegmentCounts.of([80, 1, 1.5], [90, 8, 10])
    split = rate_and_mix(before, soft)

    assert split.total_change > 0
    assert np.sign(split.rate_change).tolist() == [-1, -1, 1]
    assert simpson_alarm(split) is SimpsonAlarm.SOFT


def test_a_small_segments_leap_is_no_mix_though_it_contradicts_most_of_the_base() -> None:
    leap = rate_and_mix(SegmentCounts.of([425, 15], [850, 150]), SegmentCounts.of([416, 90], [850, 150]))

    assert simpson_alarm(leap) is SimpsonAlarm.SOFT
    assert float(leap.mix_total) == pytest.approx(0.0, abs=1e-12)
    assert not mainly_by_mix(leap)


@pytest.mark.parametrize("alarm", [SimpsonAlarm.STRICT, SimpsonAlarm.SOFT])
def test_a_total_against_its_rates_moves_mainly_by_mix(alarm: SimpsonAlarm) -> None:
    strict = SegmentCounts.of([9, 1], [10, 10]), SegmentCounts.of([40, 0], [50, 10])
    soft = SegmentCounts.of([45, 9, 1], [50, 40, 10]), SegmentCounts.of([80, 1, 1.5], [90, 8, 10])
    split = rate_and_mix(*(strict if alarm is SimpsonAlarm.STRICT else soft))

    assert simpson_alarm(split) is alarm
    assert mainly_by_mix(split)


def test_a_segment_that_stands_still_is_on_nobodys_side() -> None:
    before, after = SegmentCounts.of([9, 1], [10, 10]), SegmentCounts.of([40, 1], [50, 10])

    assert rate_and_mix(before, after).rate_change.round(12).tolist() == [-0.1, 0.0]
    assert simpson_alarm(rate_and_mix(before, after)) is SimpsonAlarm.NONE


def test_a_total_that_stands_still_raises_no_alarm() -> None:
    assert simpson_alarm(rate_and_mix(A, A)) is SimpsonAlarm.NONE


def test_many_pairs_are_judged_at_once_and_each_as_alone() -> None:
    before = SegmentCounts.of([B.numerator, A.numerator], [B.base, A.base])
    after = SegmentCounts.of([A.numerator, A.numerator], [A.base, A.base])

    assert simpson_alarms(rate_and_mix(before, after)).tolist() == [SimpsonAlarm.STRICT, SimpsonAlarm.NONE]


def test_a_new_segment_is_all_mix() -> None:
    split = rate_and_mix(SegmentCounts.of([50, 0], [100, 0]), SegmentCounts.of([50, 90], [100, 100]))

    assert split.rate.tolist() == [0.0, 0.0]
    assert split.mix_total == pytest.approx(0.2)


def test_a_missing_segment_makes_the_pair_not_computable() -> None:
    split = rate_and_mix(SegmentCounts.of([1, np.nan], [2, 2]), SegmentCounts.of([1, 1], [2, 2]))

    assert Why(split.why.item()) is Why.MISSING_REQUIRED
    assert np.isnan(split.rate).all()


def test_an_empty_base_has_no_total() -> None:
    assert Why(rate_and_mix(SegmentCounts.of([0, 0], [0, 0]), A).why.item()) is Why.ZERO_DENOMINATOR


def test_overlapping_segments_are_refused() -> None:
    with pytest.raises(SegmentsOverlap, match="counted twice"):
        SegmentCounts.of([10, 20], [60, 60], whole=100)


@pytest.mark.parametrize(("numerator", "base"), [([1, 2], [3]), ([1, 2], [3, -1]), ([1, np.inf], [1, 1])])
def test_counts_that_cannot_be_are_refused(numerator, base) -> None:
    with pytest.raises(SegmentsUncounted):
        SegmentCounts.of(numerator, base)


def test_heterogeneity_is_pearsons_chi_square() -> None:
    found = heterogeneity(A)
    table = np.array([A.numerator, A.base - A.numerator])
    peer = stats.chi2_contingency(table, correction=False)

    assert found.statistic.item() == pytest.approx(peer.statistic)
    assert found.p.item() == pytest.approx(peer.pvalue)
    assert found.degrees.item() == 1


def test_q_values_are_those_of_benjamini_and_hochberg() -> None:
    counts = SegmentCounts.of([50, 55, 80, 52], [100, 100, 100, 100])
    alone = [
        stats.chi2_contingency(
            [[n, counts.numerator.sum() - n], [b - n, (counts.base - counts.numerator).sum() - b + n]],
            correction=False,
        ).pvalue
        for n, b in zip(counts.numerator, counts.base, strict=True)
    ]

    assert heterogeneity(counts).q == pytest.approx(stats.false_discovery_control(alone))
    assert heterogeneity(counts).worth_own_target.tolist() == [False, False, True, False]


def test_a_difference_too_small_to_matter_is_not_worth_a_target() -> None:
    found = heterogeneity(SegmentCounts.of([50_000, 51_500], [100_000, 100_000]))

    assert (found.q < 0.05).all()
    assert not found.worth_own_target.any()


def test_cohens_h_of_known_shares() -> None:
    assert cohen_h(0.5, 0.4).item() == pytest.approx(0.20136, abs=5e-6)
    assert cohen_h(1.0, 0.0).item() == pytest.approx(np.pi)


def test_what_is_no_count_has_no_chi_square() -> None:
    assert np.isnan(heterogeneity(SegmentCounts.of([120, 3], [100, 100])).statistic)


def test_segments_below_the_least_number_hide_together_and_not_alone() -> None:
    small = (
        SegmentCounts.of([1, 2, 40, 30], [3, 20, 60, 50]),
        SegmentCounts.of([2, 2, 40, 30], [9, 20, 60, 50]),
    )
    found = pooled(*small, least=5)

    assert found.groups == ((2,), (3,), (0, 1))
    assert found.is_suppressed
    assert found.before.total_rate == small[0].total_rate


def test_large_segments_are_all_shown_and_empty_ones_hide_nobody() -> None:
    found = pooled(
        SegmentCounts.of([0, 9, 9], [0, 10, 10]), SegmentCounts.of([5, 9, 9], [10, 10, 10]), least=5
    )

    assert found.groups == ((0,), (1,), (2,))


def test_a_failing_strategic_segment_under_a_green_total_is_named() -> None:
    assert dilution(Status.GREEN, {"key": Status.RED, "rest": Status.GREEN}).segments == ("key",)
    assert dilution(Status.AMBER, {"key": Status.RED}) is None
    assert dilution(Status.GREEN, {"key": Status.AMBER}) is None


def test_large_rates_that_stand_still_raise_no_alarm_by_their_rounding() -> None:
    """A cost per piece of a hundred thousand to a million: the segments' own values stay, only the mix moves."""
    rng = np.random.default_rng(7)
    rates = rng.uniform(1e5, 1e6, (2000, 1, 4))
    base = rng.uniform(1.0, 1000.0, (2000, 2, 4))
    counts = [SegmentCounts.of((rates * base)[:, at], base[:, at]) for at in (0, 1)]

    assert not simpson_alarms(rate_and_mix(*counts)).any()
