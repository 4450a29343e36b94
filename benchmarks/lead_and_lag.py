"""One lead–lag test with 999 permutations, and a map of 80 links, against a plain loop over permutations and lags."""

from __future__ import annotations

import numpy as np

from benchmarks.report import Report, best_of, seconds
from fourfold.engine import leadlag

__all__ = ["measure"]

LINKS, PERIODS, PERMUTATIONS, SEED = 80, 60, 999, 6
PEER_PERMUTATIONS = 99  # the loop grows with its permutations: a tenth is measured
MOST_TEST, MOST_MAP, LEAST_TIMES = 0.050, 5.0, 5.0


def measure(report: Report) -> None:
    """Milliseconds for one test, seconds for a map, and how many times faster the permutations are than in a loop."""
    values = np.random.default_rng(SEED).normal(size=(LINKS, 2, PERIODS)).cumsum(axis=2)
    one = best_of(5, lambda: _examined(values[0], link=0))
    report.add(
        f"one lead–lag test, {PERIODS} periods, {PERMUTATIONS} permutations",
        f"{1000 * one:.1f} ms",
        promise=f"at most {1000 * MOST_TEST:g} ms",
        is_kept=one <= MOST_TEST,
    )
    whole = best_of(2, lambda: _map(values))
    report.add(
        f"a map of {LINKS} links",
        f"{whole:.2f} s",
        promise=f"at most {MOST_MAP:g} s",
        is_kept=whole <= MOST_MAP,
    )
    _against_a_loop(report, values[0])


def _examined(pair: np.ndarray, *, link: int) -> leadlag.Examination | leadlag.NotTestable:
    return leadlag.examine(
        leadlag.Series(pair[0]),
        leadlag.Series(pair[1]),
        hypothesis=leadlag.Hypothesis(1, 1, 3),
        seed=link,
        terms=leadlag.Terms(cycle=12, permutations=PERMUTATIONS),
    )


def _map(values: np.ndarray) -> tuple[leadlag.Judged, ...]:
    return leadlag.judged([_examined(pair, link=link) for link, pair in enumerate(values)])


def _against_a_loop(report: Report, pair: np.ndarray) -> None:
    x, y = np.diff(pair[0]), np.diff(pair[1])
    ours = best_of(5, lambda: leadlag.permutation_p(x, y, most=12, permutations=PERMUTATIONS, seed=SEED))
    loop = seconds(lambda: _permuted_in_a_loop(x, y, permutations=PEER_PERMUTATIONS))
    times = loop * PERMUTATIONS / PEER_PERMUTATIONS / ours
    report.add(
        "a loop over permutations and lags ÷ the permutation test",
        f"{times:.0f} ×",
        promise=f"at least {LEAST_TIMES:g} ×",
        is_kept=times >= LEAST_TIMES,
    )
    same = leadlag.permutation_p(x, y, most=12, permutations=PEER_PERMUTATIONS, seed=SEED)
    theirs = _permuted_in_a_loop(x, y, permutations=PEER_PERMUTATIONS)
    report.add(
        "difference of p to the loop", f"{abs(same - theirs):g}", promise="none", is_kept=same == theirs
    )


def _permuted_in_a_loop(x: np.ndarray, y: np.ndarray, *, permutations: int) -> float:
    """The straightforward way: one permutation after another, one lag after another."""
    orders = np.random.default_rng(SEED).permuted(np.tile(np.arange(x.size), (permutations, 1)), axis=1)

    def largest(series: np.ndarray) -> float:
        early, late, whole = series - series.mean(), y - y.mean(), series.size * series.std() * y.std()
        return max(abs((early[:-lag] * late[lag:]).sum() / whole) for lag in range(1, 13))

    reached = sum(largest(x[order]) >= largest(x) - 1e-12 for order in orders)
    return float((1 + reached) / (permutations + 1))
