"""METHOD's simulation checks of M1.2 with fixed seeds: what is there is found, what is not is not called a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from fourfold.engine import leadlag

SEEDS, PERIODS, WARMING_UP = 200, 60, 50
Pair = tuple[np.ndarray, np.ndarray]


def autoregressive(rng: np.random.Generator, share: float, *, periods: int) -> np.ndarray:
    noise = rng.normal(size=periods + WARMING_UP)
    for place in range(1, noise.size):
        noise[place] += share * noise[place - 1]
    return noise[WARMING_UP:]


def driven(rng: np.random.Generator, *, periods: int = PERIODS) -> Pair:
    """y follows x after three periods: y_t = .4 y_{t−1} + .8 x_{t−3} + e; x is autoregressive with .6."""
    x = autoregressive(rng, 0.6, periods=periods + WARMING_UP)
    y = rng.normal(size=x.size)
    for place in range(3, x.size):
        y[place] += 0.4 * y[place - 1] + 0.8 * x[place - 3]
    return x[WARMING_UP:], y[WARMING_UP:]


def unrelated(rng: np.random.Generator, *, periods: int = PERIODS) -> Pair:
    return autoregressive(rng, 0.6, periods=periods), autoregressive(rng, 0.4, periods=periods)


def wandering(rng: np.random.Generator, *, periods: int = PERIODS) -> Pair:
    return rng.normal(size=periods).cumsum(), rng.normal(size=periods).cumsum()


def outcomes(pair: Callable[[np.random.Generator], Pair], *, cycle: int = 0) -> tuple[Counter[str], int]:
    """How often each verdict falls, and how often the strongest correlation is at lag 3."""
    verdicts: Counter[str] = Counter()
    at_three = 0
    for seed in range(SEEDS):
        x, y = pair(np.random.default_rng(seed))
        found = leadlag.examine(
            leadlag.Series(x),
            leadlag.Series(y),
            hypothesis=leadlag.Hypothesis(1, 3, 3),
            seed=seed,
            terms=leadlag.Terms(cycle=cycle),
        )
        assert isinstance(found, leadlag.Examination)
        verdicts[leadlag.judged([found])[0].verdict] += 1
        at_three += found.peak_lag == 3
    return verdicts, at_three


def test_an_effect_after_three_periods_is_supported_and_its_lag_found() -> None:
    verdicts, at_three = outcomes(driven)

    assert verdicts["supported"] >= 0.90 * SEEDS
    assert at_three >= 0.90 * SEEDS


@pytest.mark.parametrize(("pair", "most"), [(unrelated, 0.08), (wandering, 0.10)])
@pytest.mark.parametrize("cycle", [0, 12])
def test_series_without_a_link_are_seldom_called_linked(
    pair: Callable[[np.random.Generator], Pair], most: float, cycle: int
) -> None:
    verdicts, _ = outcomes(pair, cycle=cycle)

    assert verdicts["supported"] + verdicts["contradicted"] <= most * SEEDS


@pytest.mark.parametrize(("periods", "least"), [(24, 0.30), (36, 0.62)])
def test_shorter_series_find_the_same_effect_less_often(periods: int, least: float) -> None:
    """METHOD's power of .50 and .80 is that without differences, which step 2 takes of many short series."""
    verdicts, _ = outcomes(partial(driven, periods=periods))

    assert least * SEEDS <= verdicts["supported"] < 0.90 * SEEDS


@pytest.mark.parametrize(("periods", "power"), [(24, 0.50), (36, 0.80), (60, 0.99)])
def test_without_the_differences_of_step_two_the_power_is_the_one_method_prints(
    periods: int, power: float
) -> None:
    """So nothing else in the procedure loses any: prewhitening, the permutations and Granger's test are METHOD's."""
    found = 0
    for seed in range(SEEDS):
        x, y = driven(np.random.default_rng(seed), periods=periods)
        most = leadlag.most_lags(periods)
        white = leadlag.filtered(x, y, order=leadlag.autoregressive_order(x))
        r = leadlag.cross_correlations(*white, most=most)
        ahead, behind = r[most + 1 :], r[:most]
        p = leadlag.permutation_p(*white, most=most, permutations=199, seed=seed)
        is_ahead = ahead[np.abs(ahead).argmax()] > 0.0 and np.abs(behind).max() <= np.abs(ahead).max()
        found += bool(p < 0.05 and is_ahead and leadlag.granger(x, y, lags=3).p < 0.05)

    assert found / SEEDS == pytest.approx(power, abs=0.08)


@pytest.mark.parametrize("periods", [24, 36])
def test_shorter_series_without_a_link_are_seldom_called_linked_either(periods: int) -> None:
    verdicts, _ = outcomes(partial(unrelated, periods=periods))

    assert verdicts["supported"] + verdicts["contradicted"] <= 0.08 * SEEDS


@pytest.mark.parametrize(
    ("pair", "periods", "share"),
    [(unrelated, 24, 0.28), (unrelated, 36, 0.44), (unrelated, 60, 0.52), (wandering, 36, 0.79)],
)
def test_the_naive_rule_calls_as_many_unrelated_pairs_linked_as_method_says(
    pair: Callable[..., Pair], periods: int, share: float
) -> None:
    """Why so strict: any correlation beyond ±1.96 ÷ √n. Two standard errors of 1,000 pairs are about .03."""
    most, called = leadlag.most_lags(periods), 0
    for seed in range(1000):
        x, y = pair(np.random.default_rng(seed), periods=periods)
        ahead = leadlag.cross_correlations(x, y, most=most)[most + 1 :]
        called += bool((np.abs(ahead) > 1.96 / np.sqrt(periods)).any())

    assert called / 1000 == pytest.approx(share, abs=0.035)
