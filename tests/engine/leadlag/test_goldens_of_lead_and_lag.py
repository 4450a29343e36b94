"""METHOD's own numbers, and second opinions: a value of statsmodels 0.15 stands beside what made it."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import leadlag
from fourfold.engine.balance import evenness

RISING = np.array([((7 * i * i + 3 * i) % 23) + 0.4 * i for i in range(40)])
WANDERING = np.cumsum(((np.arange(48) * 37) % 19) - 9.0)
JUMPING = np.array([((5 * i * i + i) % 17) for i in range(36)], dtype=float)


@pytest.mark.parametrize(
    ("periods", "lags", "smallest"), [(24, 6, 0.64), (36, 9, 0.56), (60, 12, 0.45), (120, 12, 0.33)]
)
def test_the_smallest_correlation_that_can_be_found_is_what_method_prints(
    periods: int, lags: int, smallest: float
) -> None:
    assert leadlag.most_lags(periods) == lags
    assert leadlag.minimal_detectable(periods, lags=lags) == pytest.approx(smallest, abs=0.005)


@pytest.mark.parametrize(("counts", "even"), [((5, 5, 9, 5), 0.973), ((14, 4, 4, 2), 0.807)])
def test_the_evenness_of_perspectives_is_what_method_prints(counts: tuple[int, ...], even: float) -> None:
    assert evenness(counts) == pytest.approx(even, abs=0.0005)


def test_a_perspective_without_measures_takes_nothing_from_the_sum_but_makes_it_uneven() -> None:
    assert evenness([3, 3, 0]) == pytest.approx(np.log(2) / np.log(3))
    assert evenness([3]) is None


@pytest.mark.parametrize(
    ("series", "statistic", "critical", "lags"),
    [  # statsmodels: adfuller(series, maxlag=4, regression="c", autolag="AIC")
        (RISING, -1.9771613479752683, -2.9435394610388332, 2),
        (WANDERING, -3.574320897465079, -2.9267849124681518, 1),
        (JUMPING, -3.4417229051114493, -2.9572185644531253, 3),
    ],
)
def test_dickey_and_fullers_statistic_is_that_of_statsmodels(
    series: np.ndarray, statistic: float, critical: float, lags: int
) -> None:
    found = leadlag.dickey_fuller(series)

    assert (found.statistic, found.critical) == pytest.approx((statistic, critical), rel=1e-10)
    assert (found.lags, found.is_rejected) == (lags, statistic < critical)


@pytest.mark.parametrize(
    ("series", "statistic", "lags"),
    [  # statsmodels: kpss(series, regression="c", nlags="auto")
        (RISING, 0.7066483353031512, 3),
        (WANDERING, 0.05457141002633441, 4),
        (JUMPING, 0.1185548165087908, 3),
    ],
)
def test_the_kpss_statistic_is_that_of_statsmodels(series: np.ndarray, statistic: float, lags: int) -> None:
    found = leadlag.kpss(series)

    assert found.statistic == pytest.approx(statistic, rel=1e-10)
    assert (found.lags, found.is_rejected) == (lags, statistic > 0.463)


def test_grangers_f_is_that_of_statsmodels() -> None:
    # statsmodels: grangercausalitytests([y, x], maxlag=[4]), "ssr_ftest"; AIC chooses four lags of y here as well.
    x = np.roll(JUMPING, 2) + ((np.arange(36) * 11) % 7)

    found = leadlag.granger(x, JUMPING, lags=4)

    assert (found.f, found.p) == pytest.approx((1.6402327449321776, 0.1982125738462595), rel=1e-9)
    assert (found.order, found.degrees, found.is_augmented) == (4, 23, False)


def test_adjusted_ps_are_those_of_statsmodels() -> None:
    """By its `multipletests` with the method `fdr_bh`."""
    assert leadlag.adjusted_p([0.01, 0.04, 0.03, 0.005, 0.2]) == pytest.approx(
        [0.025, 0.05, 0.05, 0.025, 0.2]
    )


def plain(x: np.ndarray, y: np.ndarray, lag: int) -> float:
    """Box and Jenkins' cross-correlation in one line."""
    return float(((x - x.mean())[:-lag] * (y - y.mean())[lag:]).sum() / len(x) / (x.std() * y.std()))


def test_every_correlation_is_box_and_jenkins_over_the_whole_series() -> None:
    x, y = JUMPING, RISING[:36]

    found = leadlag.cross_correlations(x, y, most=5)

    for lag in range(1, 6):
        assert found[5 + lag] == pytest.approx(plain(x, y, lag))
        assert found[5 - lag] == pytest.approx(plain(y, x, lag))
    assert found[5] == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_the_permutation_p_is_that_of_a_plain_loop_over_the_same_orders() -> None:
    x, y = JUMPING - JUMPING.mean(), WANDERING[:36]
    orders = np.random.default_rng(9).permuted(np.tile(np.arange(36), (199, 1)), axis=1)

    def largest(series: np.ndarray) -> float:
        return max(abs(plain(series, y, lag)) for lag in range(1, 10))

    reached = sum(largest(x[order]) >= largest(x) for order in orders)

    assert leadlag.permutation_p(x, y, most=9, permutations=199, seed=9) == (1 + reached) / 200
