"""Whether segments differ more than chance, and which one is worth a target of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from fourfold.engine.segments.counted import SegmentCounts

__all__ = [
    "OWN_TARGET_EFFECT",
    "OWN_TARGET_Q",
    "Heterogeneity",
    "adjusted_for_many",
    "cohen_h",
    "heterogeneity",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

OWN_TARGET_Q: Final = 0.05  # METHOD M2.3
OWN_TARGET_EFFECT: Final = 0.2  # Cohen: a small effect
FEWEST_EXPECTED: Final = 5.0  # Cochran's rule: below it χ² is rough


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """χ² across segments, (...), and each segment against the rest, (..., segment); NaN where nothing can be told.

    `effect` is Cohen's h of the segment minus the rest, `q` its p-value adjusted for the number of segments.
    `is_rough`: some expected count is below five.
    """

    statistic: Floats
    degrees: NDArray[np.int64]
    p: Floats
    effect: Floats
    q: Floats
    is_rough: Bools

    @property
    def worth_own_target(self) -> Bools:
        """Differs beyond chance (q < .05) and by something that matters (|h| ≥ .2), (..., segment)."""
        return np.asarray((self.q < OWN_TARGET_Q) & (np.abs(self.effect) >= OWN_TARGET_EFFECT))


def heterogeneity(counts: SegmentCounts) -> Heterogeneity:
    """Compare the segments of one period: counted events (numerator) among cases (base).

    Empty segments do not take part. Where the numerator is no count within its base, or all cases are alike, nothing
    can be told: NaN.

    Args:
        counts: (..., segment); numerators within 0 … base.

    Source: METHOD M2.3, §8 (h compares the segment with the rest); Agresti, Categorical Data Analysis, §3.2;
        Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995.

    >>> found = heterogeneity(SegmentCounts.of([81, 192], [87, 263]))
    >>> round(float(found.statistic), 2), found.worth_own_target.tolist()
    (15.39, [True, True])
    """
    events, cases = counts.numerator, counts.base
    is_counted = np.asarray(((events >= 0.0) & (events <= cases)).all(axis=-1))
    all_events, all_cases = events.sum(axis=-1, keepdims=True), cases.sum(axis=-1, keepdims=True)
    with np.errstate(all="ignore"):
        share = all_events / all_cases
        spread = share * (1.0 - share)
        off = np.where(cases > 0.0, (events - cases * share) ** 2 / (cases * spread), 0.0)
        statistic = np.where(is_counted, off.sum(axis=-1), np.nan)
        rest = (all_events - events) / (all_cases - cases)
        own = counts.rates
        # One degree of freedom: the segment against all others.
        single = (own - rest) ** 2 / (spread * (1.0 / cases + 1.0 / (all_cases - cases)))
    degrees = np.maximum((cases > 0.0).sum(axis=-1) - 1, 0)
    known = is_counted[..., np.newaxis] & (cases > 0.0)
    p = np.where(degrees > 0, scipy.special.chdtrc(np.maximum(degrees, 1), statistic), np.nan)
    alone = np.where(known, scipy.special.chdtrc(1.0, single), np.nan)
    least = np.minimum(share, 1.0 - share) * np.where(cases > 0.0, cases, np.inf)
    return Heterogeneity(
        statistic=np.where(degrees > 0, statistic, np.nan),
        degrees=degrees.astype(np.int64),
        p=p,
        effect=np.where(known, cohen_h(own, rest), np.nan),
        q=adjusted_for_many(alone),
        is_rough=np.asarray((least < FEWEST_EXPECTED).any(axis=-1)),
    )


def cohen_h(share: ArrayLike, other: ArrayLike) -> Floats:
    """The difference of two shares on the scale where equal steps are equally hard to see: 2 asin √p − 2 asin √q.

    Source: METHOD M2.3; Cohen, Statistical Power Analysis for the Behavioral Sciences, §6.2.

    >>> round(float(cohen_h(0.5, 0.4)), 3)
    0.201
    """
    with np.errstate(all="ignore"):
        return np.asarray(2.0 * np.arcsin(np.sqrt(share)) - 2.0 * np.arcsin(np.sqrt(other)))


def adjusted_for_many(p: Floats) -> Floats:
    """Benjamini–Hochberg q-values along the last axis: NaN takes no part.

    Source: METHOD M2.3, §0.5; Benjamini and Hochberg 1995.

    >>> adjusted_for_many(np.array([0.01, 0.04, 0.03, np.nan])).round(3).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    known = np.isfinite(p)
    order = np.argsort(np.where(known, p, np.inf), axis=-1, kind="stable")
    ranked = np.take_along_axis(np.where(known, p, 1.0), order, axis=-1)
    ranks = np.arange(1, p.shape[-1] + 1, dtype=np.float64)
    scaled = ranked * known.sum(axis=-1, keepdims=True) / ranks
    least = np.minimum.accumulate(scaled[..., ::-1], axis=-1)[..., ::-1]
    q = np.empty_like(scaled)
    np.put_along_axis(q, order, np.minimum(least, 1.0), axis=-1)
    return np.where(known, q, np.nan)
