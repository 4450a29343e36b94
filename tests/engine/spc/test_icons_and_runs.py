"""The two icons, Anhøj's runs, and what makes limits doubtful."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from fourfold.engine import spc
from fourfold.engine.quantities import Polarity

CALM = np.array([50.0, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50])
HIGH = np.append(CALM, 90.0)
LOW = np.append(CALM, 10.0)


def variation(values: NDArray[np.float64], polarity: Polarity | None) -> str:
    chart = spc.xmr(values)
    return spc.Variation(spc.icons(chart, spc.signals(chart), polarity=polarity).variation[0]).code


def assurance(target: float | None, polarity: Polarity | None, *, values: NDArray[np.float64] = CALM) -> str:
    chart = spc.xmr(values)
    found = spc.icons(chart, spc.signals(chart), polarity=polarity, target=target)
    return spc.Assurance(found.assurance[0]).code


@pytest.mark.parametrize(
    ("values", "polarity", "icon"),
    [
        (CALM, Polarity.MAXIMISE, "common_cause"),
        (HIGH, Polarity.MAXIMISE, "improvement"),
        (HIGH, Polarity.MINIMISE, "concern"),
        (LOW, Polarity.MAXIMISE, "concern"),
        (LOW, Polarity.MINIMISE, "improvement"),
        (HIGH, Polarity.BAND, "neutral_high"),
        (LOW, None, "neutral_low"),
        (CALM[:7], Polarity.MAXIMISE, "not_computable"),
        (np.full(12, 1.0), Polarity.MAXIMISE, "not_computable"),
    ],
)
def test_variation_says_whether_the_latest_point_is_signal_and_which_way(
    values: NDArray[np.float64], polarity: Polarity | None, icon: str
) -> None:
    assert variation(values, polarity) == icon


def test_an_old_signal_does_not_colour_the_latest_point() -> None:
    assert variation(np.append(HIGH, CALM[:6]), Polarity.MAXIMISE) == "common_cause"


def test_the_latest_point_is_the_last_there_is() -> None:
    assert variation(np.append(HIGH, [np.nan, np.nan]), Polarity.MAXIMISE) == "improvement"


@pytest.mark.parametrize(
    ("target", "polarity", "icon"),
    [
        (30.0, Polarity.MAXIMISE, "consistently_meet"),
        (70.0, Polarity.MAXIMISE, "consistently_miss"),
        (50.0, Polarity.MAXIMISE, "hit_or_miss"),
        (30.0, Polarity.MINIMISE, "consistently_miss"),
        (70.0, Polarity.MINIMISE, "consistently_meet"),
        (50.0, Polarity.MINIMISE, "hit_or_miss"),
        (30.0, Polarity.EXACT, "not_computable"),
        (None, Polarity.MAXIMISE, "not_computable"),
        (float("nan"), Polarity.MAXIMISE, "not_computable"),
    ],
)
def test_assurance_compares_the_target_with_the_limits(
    target: float | None, polarity: Polarity | None, icon: str
) -> None:
    assert assurance(target, polarity) == icon


def test_a_target_on_the_limit_is_hit_or_missed() -> None:
    upper = spc.xmr(CALM).upper.item()

    assert assurance(upper, Polarity.MAXIMISE) == "hit_or_miss"


def test_assurance_uses_the_limits_of_the_last_segment() -> None:
    values = np.concatenate([CALM, CALM + 100.0])
    chart = spc.xmr(values, basis=spc.Basis(segments=spc.Segments.rebased(24, at=(12,))))

    found = spc.icons(chart, spc.signals(chart), polarity=Polarity.MAXIMISE, target=100.0)

    assert spc.Assurance(found.assurance[0]) is spc.Assurance.CONSISTENTLY_MEET


def test_each_series_has_its_own_direction_and_target() -> None:
    chart = spc.xmr(np.vstack([HIGH, HIGH, HIGH]))

    found = spc.icons(
        chart,
        spc.signals(chart),
        polarity=np.array([1, -1, 0], dtype=np.int8),
        target=np.array([500.0, 500.0, 500.0]),
    )

    assert [spc.Variation(code).code for code in found.variation] == [
        "improvement",
        "concern",
        "neutral_high",
    ]
    assert [spc.Assurance(code).code for code in found.assurance] == [
        "consistently_miss",
        "consistently_meet",
        "not_computable",
    ]


@pytest.mark.parametrize(
    ("useful", "longest_most", "crossings_least"), [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8)]
)
def test_the_bounds_of_runs_are_those_of_anhoejs_table(
    useful: int, longest_most: int, crossings_least: int
) -> None:
    """qicharts2, vignette, appendix 2."""
    found = spc.runs(np.arange(float(useful)))

    assert (found.useful.item(), found.longest_most.item(), found.crossings_least.item()) == (
        useful,
        longest_most,
        crossings_least,
    )


@pytest.mark.parametrize("useful", [*range(2, 120), 1_000, 1_026, 5_000])
def test_the_least_crossings_are_the_binomial_quantile(useful: int) -> None:
    found = spc.runs(np.where(np.arange(useful) % 2 == 0, 1.0, -1.0))

    if found.useful.item() == useful:
        assert found.crossings_least.item() == stats.binom.ppf(0.05, useful - 1, 0.5)


def test_points_on_the_median_neither_count_nor_interrupt() -> None:
    found = spc.runs(np.array([1.0, 1, 2, 2, 1, 3, 3, 2, 3, 3, np.nan, 1, 1, 3]))

    assert found.median.item() == 2.0
    assert (found.useful.item(), found.longest.item(), found.crossings.item()) == (10, 4, 3)


def test_a_series_that_moves_once_has_shifted_and_a_restless_one_has_not() -> None:
    moved = np.array([5.0, 6, 5, 6, 5, 6, 5, 6, 5, 6, 9, 10, 9, 10, 9, 10, 9, 10, 9, 10])
    restless = np.tile([5.0, 9.0, 9.5, 4.0], 5)

    assert spc.runs(np.vstack([moved, restless])).has_shifted.tolist() == [True, False]


def test_equal_values_are_neither_alike_nor_seasonal() -> None:
    """A mean of tenths is no tenth: what is left is rounding."""
    equal = np.full(48, 0.1)

    assert np.isnan(spc.autocorrelation(equal)).all()
    assert not spc.is_seasonal(equal, cycle=12).any()


def test_a_series_without_a_point_has_no_runs() -> None:
    found = spc.runs(np.full((1, 12), np.nan))

    assert (found.useful.item(), found.has_shifted.item()) == (0, False)
    assert np.isnan(found.median.item())


def test_neighbours_that_are_alike_are_told() -> None:
    rng = np.random.default_rng(8)
    alone = rng.standard_normal((2000, 60))
    leaning = alone.copy()
    for point in range(1, 60):
        leaning[:, point] += 0.8 * leaning[:, point - 1]

    assert np.median(spc.autocorrelation(alone)) == pytest.approx(0.0, abs=0.05)
    assert np.median(spc.autocorrelation(leaning)) > spc.MOST_AUTOCORRELATION
    assert np.isnan(spc.autocorrelation(CALM[:7])).all()


def test_a_season_shows_at_its_own_lag() -> None:
    season = np.tile([0.0, 1, 4, 9, 7, 3, 2, 8, 6, 1, 0, 5], 5)

    assert spc.autocorrelation(season, lag=12).item() > 0.7
    assert abs(spc.autocorrelation(season, lag=5).item()) < 0.7


@pytest.mark.parametrize("months", [14, 24, 30, 60])
def test_totals_to_date_are_recognised_whatever_the_first_month(months: int) -> None:
    rng = np.random.default_rng(4)
    flows = rng.uniform(1.0, 9.0, (50, months))
    for first in range(12):
        totals = flows.copy()
        for month in range(1, months):
            if (month + first) % 12 != 0:
                totals[:, month] += totals[:, month - 1]
        assert spc.looks_cumulative(totals).mean() > 0.9


def test_stable_and_shifting_and_rare_series_do_not_look_like_totals() -> None:
    rng = np.random.default_rng(5)
    stable = rng.standard_normal((20_000, 24))
    rare = rng.poisson(0.3, (20_000, 24)).astype(float)

    assert spc.looks_cumulative(stable).sum() <= 2
    assert spc.looks_cumulative(rare).sum() == 0
    assert not spc.looks_cumulative(np.array([[0.0] * 11 + [1.0]])).any()
