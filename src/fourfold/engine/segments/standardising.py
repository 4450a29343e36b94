"""Direct standardisation: what the total would be if the mix had stayed the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourfold.engine.segments.counted import SegmentCounts
from fourfold.engine.segments.refusals import SegmentsUncounted

__all__ = ["standard_mix", "standardised"]

Floats = NDArray[np.float64]


def standard_mix(*periods: SegmentCounts) -> Floats:
    """The mix of several periods pooled: each segment's share in all their bases, (..., segment).

    Source: METHOD M2.3, §8 (standard mix = pooled).

    >>> standard_mix(SegmentCounts.of([0, 0], [1, 1]), SegmentCounts.of([0, 0], [2, 4])).tolist()
    [0.375, 0.625]
    """
    together = sum((period.base for period in periods), start=np.zeros_like(periods[0].base))
    with np.errstate(all="ignore"):
        return np.asarray(together / together.sum(axis=-1, keepdims=True))


def standardised(counts: SegmentCounts, mix: ArrayLike) -> Floats:
    """Σ mix_i r_i, (...); NaN where a segment with a share in the mix is empty.

    Args:
        counts: (..., segment).
        mix: (segment,) or (..., segment), shares that sum to 1.

    Raises:
        SegmentsUncounted: a negative share, or shares that do not sum to 1.

    Source: METHOD M2.3; Charig and others, British Medical Journal 292, 1986.

    >>> stones = SegmentCounts.of([81, 192], [87, 263])
    >>> round(float(standardised(stones, [357 / 700, 343 / 700])), 3)
    0.833
    """
    shares = np.asarray(mix, dtype=np.float64)
    if (shares < 0.0).any() or not np.allclose(shares.sum(axis=-1), 1.0, rtol=0.0, atol=1e-9):
        raise SegmentsUncounted("the shares of a mix are not negative and sum to 1")
    rates = counts.rates
    parts = np.where(shares > 0.0, shares * rates, 0.0)
    return np.asarray(parts.sum(axis=-1))
