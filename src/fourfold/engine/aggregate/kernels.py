"""Native totals compiled with Numba. Must agree with `evaluate.native` to the last bit: change both or neither."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from fourfold.engine.aggregate.semantics import Operator

__all__ = ["LAST", "MAX", "MIN", "SUM", "native_rows"]

SUM, LAST, MAX, MIN = int(Operator.SUM), int(Operator.LAST), int(Operator.MAX), int(Operator.MIN)

Array = Any  # NumPy arrays; Numba reads their types from the arguments
_compiled = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)


@_compiled
def native_rows(  # noqa: C901 - one compiled pass; cutting it up would hide its order
    n: Array, d: Array, c: Array, q: Array, numerators: Array, denominators: Array, owed: Array, expected: Array,
    due: Array, units: Array, first_child: Array, parents: Array, over_units: int, rolled: bool, first: int, stop: int,
    shown: int,
) -> None:  # fmt: skip
    """Native rows [first, stop): numerators, denominators, present and due counts, rolled up.

    What is due is told of the first `shown` units only: nobody looks at the others once they are added up.
    """
    quotient = d.size > 0
    neutral = -np.inf if over_units == MAX else (np.inf if over_units == MIN else 0.0)
    is_whole = units.size == 0
    for p in range(first, stop):
        seen, counted = n[p], c[p]
        if is_whole:
            for u in range(n.shape[1]):
                seen[u] = numerators[p, u]
        else:
            for u in range(n.shape[1]):
                seen[u] = numerators[p, units[u]]
        for u in range(n.shape[1]):
            counted[u] = 1 if owed[p, u] and seen[u] == seen[u] else 0  # unequal to itself: NaN only
        if quotient:
            for u in range(n.shape[1]):
                below = denominators[p, u if is_whole else units[u]]
                d[p, u] = below if counted[u] > 0 else 0.0
        for u in range(n.shape[1]):
            seen[u] = seen[u] if counted[u] > 0 else neutral
        if rolled:
            for k in range(parents.size):
                u = parents[k]
                start, end = first_child[u], first_child[u + 1]
                count = 0
                if over_units == SUM and quotient:
                    total, below = 0.0, 0.0
                    for child in range(start, end):
                        total += seen[child]
                        below += d[p, child]
                        count += counted[child]
                    seen[u] += total
                    d[p, u] += below
                elif over_units == SUM:
                    total = 0.0
                    for child in range(start, end):
                        total += seen[child]
                        count += counted[child]
                    seen[u] += total
                elif over_units == MAX:
                    for child in range(start, end):
                        seen[u] = max(seen[u], seen[child])
                        count += counted[child]
                else:
                    for child in range(start, end):
                        seen[u] = min(seen[u], seen[child])
                        count += counted[child]
                counted[u] += count
        if due[p]:
            for u in range(shown):
                q[p, u] = expected[p, u]
        else:
            for u in range(shown):
                if c[p, u] == expected[p, u]:
                    q[p, u] = expected[p, u]
                else:
                    q[p, u] = 0
                    n[p, u] = neutral
                    c[p, u] = 0
                    if quotient:
                        d[p, u] = 0.0
