"""Looking at many links at once makes some of them look linked: Benjamini and Hochberg's answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["adjusted_p"]


def adjusted_p(ps: Sequence[float]) -> tuple[float, ...]:
    """Each p as it stands beside the others: the lowest false discovery rate at which it would be called.

    Args:
        ps: in any order; none is missing.

    Source: METHOD M1.2 step 7; Benjamini and Hochberg, J. Royal Statistical Society B 57 (1995).

    >>> [round(p, 3) for p in adjusted_p([0.01, 0.04, 0.03, 0.005])]
    [0.02, 0.04, 0.04, 0.02]
    """
    if not ps:
        return ()
    given = np.asarray(ps, dtype=np.float64)
    falling = np.argsort(-given, kind="stable")
    scaled = given[falling] * given.size / np.arange(given.size, 0, -1)
    found = np.empty(given.size)
    found[falling] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return tuple(found.tolist())
