"""Any other formula: the Shapley value of every leaf."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["PERMUTATIONS", "SEED", "Worth", "sampled_shapley", "shapley"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Worth = Callable[[Bools], Floats]
"""From coalitions (leaf, coalition), true where a leaf has its new value, to the formula's values (coalition, case)."""

PERMUTATIONS: Final = 5_000  # METHOD M4.1
SEED: Final = 20_050  # fixed: the same numbers give the same contributions
AT_ONCE: Final = 500  # permutations in memory together


def shapley(worth: Worth, leaves: int) -> Floats:
    """What each leaf adds on average over all orders in which the leaves may change, (leaf, case).

    Costs one evaluation of 2^leaves coalitions at once. The parts sum to worth(all) − worth(none).

    Args:
        worth: the formula over coalitions.
        leaves: at most about 20: 2^20 numbers fit the memory.

    Source: METHOD M4.1; Shapley, Contributions to the Theory of Games II, 1953.

    >>> shapley(lambda chosen: (chosen[0] * 1.0 + chosen[1] * 2.0)[:, np.newaxis], 2).tolist()
    [[1.0], [2.0]]
    """
    numbers = np.arange(1 << leaves)
    chosen = (numbers >> np.arange(leaves)[:, np.newaxis]) & 1 == 1
    values = worth(chosen)
    sizes = chosen.sum(axis=0)
    weights = np.array(
        [factorial(size) * factorial(leaves - 1 - size) / factorial(leaves) for size in range(leaves)]
    )
    found = np.empty((leaves, values.shape[1]))
    for leaf in range(leaves):
        without = numbers[~chosen[leaf]]
        gain = values[without + (1 << leaf)] - values[without]
        found[leaf] = (weights[sizes[without], np.newaxis] * gain).sum(axis=0)
    return found


def sampled_shapley(
    worth: Worth, leaves: int, *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> tuple[Floats, Floats]:
    """The same from random orders: the mean and its standard error, both (leaf, case).

    Every order's gains sum to the whole change, and so does their mean.

    Args:
        permutations: how many orders, 2 at least.
        seed: fixed, so that a page shows the same digits every time.

    Source: METHOD M4.1 (5,000 sampled permutations with SE); Castro and others, Computers & OR 36, 2009.

    >>> mean, error = sampled_shapley(lambda chosen: chosen.sum(axis=0)[:, np.newaxis] * 1.0, 3, permutations=4)
    >>> mean.ravel().tolist(), error.ravel().tolist()
    ([1.0, 1.0, 1.0], [0.0, 0.0, 0.0])
    """
    rng = np.random.default_rng(seed)
    orders = rng.permuted(np.tile(np.arange(leaves), (permutations, 1)), axis=1)
    gains = np.concatenate(
        [_gains(worth, orders[start : start + AT_ONCE]) for start in range(0, permutations, AT_ONCE)]
    )
    return gains.mean(axis=0), gains.std(axis=0, ddof=1) / np.sqrt(permutations)


def _gains(worth: Worth, orders: NDArray[np.int64]) -> Floats:
    """What each leaf adds in each order, (order, leaf, case)."""
    count, leaves = orders.shape
    place = np.argsort(orders, axis=1)  # when each leaf's turn is
    steps = np.arange(leaves + 1)
    chosen = place[:, np.newaxis, :] < steps[:, np.newaxis]  # (order, step, leaf)
    values = worth(chosen.reshape(-1, leaves).T).reshape(count, leaves + 1, -1)
    by_turn = np.diff(values, axis=1)
    return np.take_along_axis(by_turn, place[:, :, np.newaxis], axis=1)
