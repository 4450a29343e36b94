"""What is refused, what is done to the series, and what verdict comes of it."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import leadlag
from fourfold.engine.leadlag import (
    Doubt,
    Examination,
    Hypothesis,
    HypothesisWrong,
    NotTestable,
    PermutationsWrong,
    Series,
    SeriesUnlike,
    Terms,
    Verdict,
)
from fourfold.engine.quantities import Why

NOISE = np.random.default_rng(11).normal(size=(2, 72))


def pair(periods: int = 60, *, lag: int = 2, sign: int = 1) -> tuple[Series, Series]:
    """y follows x after `lag` periods."""
    x = NOISE[0, :periods]
    return Series(x), Series(sign * np.roll(x, lag) + NOISE[1, :periods] / 2)


def examined(
    x: Series, y: Series, *, expected: Hypothesis | None = None, terms: Terms | None = None
) -> Examination | NotTestable:
    return leadlag.examine(x, y, hypothesis=expected or Hypothesis(1, 2, 2), seed=1, terms=terms)


def verdict(x: Series, y: Series, *, expected: Hypothesis | None = None) -> leadlag.Judged:
    return leadlag.judged([examined(x, y, expected=expected)])[0]


def test_fewer_than_twenty_four_periods_are_refused_with_how_many_are_missing() -> None:
    assert examined(*pair(23)) == NotTestable(Why.TOO_FEW_POINTS, 23, 24)


@pytest.mark.parametrize(("periods", "needs_caution"), [(24, True), (35, True), (36, False)])
def test_up_to_thirty_five_periods_are_tested_with_a_caution(periods: int, needs_caution: bool) -> None:
    found = examined(*pair(periods))

    assert isinstance(found, Examination)
    assert found.needs_caution is needs_caution


def test_only_the_longest_stretch_without_a_gap_is_used() -> None:
    x, y = pair(60)
    x.values[20] = np.nan

    found = examined(Series(x.values.copy()), y)
    x.values[20] = 0.0

    assert isinstance(found, Examination)
    assert (found.stretch.start, found.stretch.stop) == (21, 60)


def test_of_two_equally_long_stretches_the_later_one_counts() -> None:
    values = np.arange(61.0)
    values[30] = np.nan

    assert leadlag.usable_stretch(Series(values), Series(np.arange(61.0))) == leadlag.Stretch(31, 61)


def test_rolling_and_to_date_series_are_refused() -> None:
    x, y = pair()

    assert examined(Series(x.values, overlaps=True), y) == NotTestable(Why.OVERLAPPING, 0, 24)


def test_a_change_of_definition_cuts_the_series_and_refuses_where_too_little_is_left() -> None:
    x, y = pair(60)
    late, middle = (np.array([1] * at + [2] * (60 - at)) for at in (20, 38))

    cut = examined(Series(x.values, late), y)
    refused = examined(Series(x.values[:44], middle[:44]), Series(y.values[:44]))

    assert isinstance(cut, Examination)
    assert cut.stretch == leadlag.Stretch(20, 60)
    assert examined(Series(x.values, late), y, terms=Terms(may_cut_at_breaks=False)) == NotTestable(
        Why.DEFINITION_BREAK, 40, 24
    )
    assert isinstance(refused, Examination)
    assert examined(Series(x.values[:44], np.repeat([1, 2], 22)), Series(y.values[:44])) == NotTestable(
        Why.DEFINITION_BREAK, 22, 24
    )


def test_equal_values_have_nothing_to_compare() -> None:
    _, y = pair()

    assert examined(Series(np.full(60, 7.0)), y) == NotTestable(Why.NO_VARIATION, 60, 24)
    line = Series(np.arange(60.0))
    assert isinstance(found := examined(line, y), NotTestable)
    assert found.why is Why.NO_VARIATION


def test_a_lag_that_a_quarter_of_the_periods_does_not_reach_needs_more_of_them() -> None:
    assert examined(*pair(36), expected=Hypothesis(1, 12, 12)) == NotTestable(Why.TOO_FEW_POINTS, 36, 48)


def test_an_expected_effect_in_the_expected_direction_is_supported() -> None:
    found = verdict(*pair())

    assert (found.verdict, found.doubts) == (Verdict.SUPPORTED, ())
    assert isinstance(found.found, Examination)
    assert (found.found.peak_lag, found.found.is_in_window, found.found.p) == (2, True, 0.001)


def test_an_effect_in_the_other_direction_contradicts() -> None:
    found = verdict(*pair(sign=-1))

    assert (found.verdict, found.doubts) == (Verdict.CONTRADICTED, (Doubt.SIGN,))
    assert verdict(*pair(sign=-1), expected=Hypothesis(-1, 2, 2)).verdict is Verdict.SUPPORTED


def test_where_the_effect_runs_ahead_the_link_is_not_supported() -> None:
    y, x = pair()

    found = verdict(x, y)

    assert found.verdict is Verdict.INCONCLUSIVE
    assert Doubt.REVERSE in found.doubts


def test_chance_alone_is_inconclusive_and_says_what_could_have_been_found() -> None:
    found = verdict(Series(NOISE[0, :48]), Series(NOISE[1, 24:]))

    assert found.verdict is Verdict.INCONCLUSIVE
    assert Doubt.CHANCE in found.doubts
    assert isinstance(found.found, Examination)
    assert 0.4 < found.found.detectable < 0.65


def test_links_beside_it_take_from_a_link_what_alone_would_do() -> None:
    weak = examined(*pair(24))
    noise = [
        leadlag.examine(
            Series(NOISE[0, :48]), Series(NOISE[1, 24:]), hypothesis=Hypothesis(1, 1, 1), seed=seed
        )
        for seed in range(60)
    ]

    alone, among = leadlag.judged([weak])[0], leadlag.judged([weak, *noise])[0]

    assert alone.adjusted_p == 0.001
    assert among.adjusted_p > 0.05
    assert (alone.verdict, among.verdict) == (Verdict.SUPPORTED, Verdict.INCONCLUSIVE)


def test_growth_is_taken_in_logarithms_a_trend_is_differenced_and_a_year_is_taken_out() -> None:
    season = np.tile(np.sin(np.arange(12) * np.pi / 6), 6)
    growing = np.exp(0.05 * np.arange(72) + 0.4 * season + 0.05 * NOISE[0])
    calm = 10.0 + NOISE[1]

    found = examined(Series(growing), Series(calm), terms=Terms(cycle=12))
    young = examined(Series(growing[:35]), Series(calm[:35]), terms=Terms(cycle=12))

    assert isinstance(found, Examination)
    assert isinstance(young, Examination)
    assert (found.shape.log_x, found.shape.log_y, found.shape.cycle) == (True, False, 12)
    assert found.shape.is_differenced
    assert found.precedence.is_augmented
    assert young.shape.cycle == 0


def test_the_same_link_gives_the_same_numbers_again() -> None:
    assert examined(*pair()) == examined(*pair())


def test_the_unit_of_measure_changes_nothing() -> None:
    x, y = pair()

    found, scaled = examined(x, y), examined(Series(1000.0 * x.values), Series(y.values / 7.0 + 3.0))

    assert isinstance(found, Examination)
    assert isinstance(scaled, Examination)
    assert scaled.correlations == pytest.approx(found.correlations)
    assert (scaled.p, scaled.precedence.f) == pytest.approx((found.p, found.precedence.f))


@pytest.mark.parametrize(("sign", "first", "last"), [(0, 1, 1), (2, 1, 1), (1, -1, 2), (1, 3, 2)])
def test_a_hypothesis_that_is_none_is_refused(sign: int, first: int, last: int) -> None:
    with pytest.raises(HypothesisWrong) as refused:
        Hypothesis(sign, first, last)
    assert refused.value.code == "HYPOTHESIS_WRONG"


def test_series_of_different_lengths_and_too_few_permutations_are_refused() -> None:
    x, y = pair()

    with pytest.raises(SeriesUnlike):
        examined(Series(x.values[1:]), y)
    with pytest.raises(PermutationsWrong):
        Terms(permutations=98)


def test_more_periods_find_smaller_correlations() -> None:
    assert leadlag.power_of(0.45, periods=60, lags=12) == pytest.approx(0.8, abs=0.02)
    assert leadlag.power_of(0.45, periods=120, lags=12) > 0.99
    assert leadlag.periods_needed(0.45, lags=12, spent=0) == 62
    assert leadlag.minimal_detectable(62, lags=12) <= 0.45 < leadlag.minimal_detectable(60, lags=12)
