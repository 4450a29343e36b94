"""How alike one series is to the other some periods later, and how often chance alone does as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.leadlag.shaping import without_period_means

__all__ = ["cross_correlations", "permutation_p"]

_ALIKE = 1e-12  # a permutation that equals what was observed counts as reaching it

Floats = NDArray[np.float64]


def cross_correlations(x: Floats, y: Floats, *, most: int) -> Floats:
    """The cross-correlation of x, k periods earlier, with y, for k = −most … most; (2·most + 1,).

    Σ (x(t − k) − x̄)(y(t) − ȳ) ÷ (n s(x) s(y)), means and spreads over all n periods: far lags, which rest on few
    pairs, come out smaller instead of wilder.

    Args:
        x, y: (period,), of one length. For a negative k it is y that comes first.

    Returns: NaN where either does not vary.

    Source: METHOD M1.2 step 4; Box, Jenkins and Reinsel, Time Series Analysis, ch. 12 (as R's `ccf`).

    >>> x = np.array([0.0, 1.0, 0.0, 0.0, 2.0, 0.0, 1.0, 0.0])
    >>> cross_correlations(x, np.roll(x, 1), most=1).round(2)
    array([ 0.06, -0.5 ,  0.94])
    """
    ahead = _along(x[np.newaxis, :], y, lags=range(most + 1))[0]
    behind = _along(y[np.newaxis, :], x, lags=range(1, most + 1))[0]
    return np.concatenate([behind[::-1], ahead])


def permutation_p(x: Floats, y: Floats, *, most: int, permutations: int, seed: int, cycle: int = 0) -> float:
    """How often the largest correlation over the lags 1 … most is at least as large when x comes in random order.

    Args:
        x, y: (period,), prewhitened. cycle: where period means were removed they are removed from every permutation
            too: else it would vary more freely than what was observed.
        permutations: B; p is (1 + those that reach it) ÷ (B + 1).

    Source: METHOD M1.2 step 5; Phipson and Smyth, Statistical Applications in Genetics 9 (2010) for the 1 + … .

    >>> x = np.random.default_rng(0).normal(size=40)
    >>> permutation_p(x, np.roll(x, 2), most=6, permutations=999, seed=7)
    0.001
    """
    observed = _largest(x[np.newaxis, :], y, most=most)[0]
    order = np.tile(np.arange(x.size), (permutations, 1))
    shuffled = x[np.random.default_rng(seed).permuted(order, axis=1)]
    if cycle:
        shuffled = without_period_means(shuffled, cycle=cycle)
    reached = int((_largest(shuffled, y, most=most) >= observed - _ALIKE).sum())
    return (1 + reached) / (permutations + 1)


def _largest(table: Floats, y: Floats, *, most: int) -> Floats:
    return np.asarray(np.nan_to_num(np.abs(_along(table, y, lags=range(1, most + 1)))).max(axis=1))


def _along(table: Floats, y: Floats, *, lags: range) -> Floats:
    """The correlation of every row with y so many periods later, (row, lag), over means and spreads of the whole."""
    size = y.size
    later, rows = y - y.mean(), table - table.mean(axis=1, keepdims=True)
    shifted = np.zeros((size, len(lags)))
    for column, lag in enumerate(lags):
        shifted[: size - lag, column] = later[lag:]
    spread = np.sqrt((rows * rows).sum(axis=1, keepdims=True) * (later @ later))
    with np.errstate(all="ignore"):
        return np.asarray((rows @ shifted) / np.where(spread > 0.0, spread, np.nan))
