"""Rate and mix: how much of a total's change each segment's own rate made, and how much its share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.segments.counted import SegmentCounts
from fourfold.engine.segments.refusals import SegmentsUncounted

__all__ = ["RateAndMix", "rate_and_mix"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RateAndMix:
    """The split of ΔR, in the unit of the rate; NaN where `why` says why not.

    `rate` and `mix` are (..., segment) and add up to `total_change` (...). `rate_change` is Δr_i, 0 where a segment
    was empty in one of the periods; `weight` is the mean of both shares, `size` (...) the largest rate that takes part.
    """

    rate: Floats
    mix: Floats
    total_change: Floats
    rate_change: Floats
    weight: Floats
    why: NDArray[np.uint8]
    size: Floats

    @property
    def rate_total(self) -> Floats:
        """All rate effects together, (...)."""
        return np.asarray(self.rate.sum(axis=-1))

    @property
    def mix_total(self) -> Floats:
        """All mix effects together, (...)."""
        return np.asarray(self.mix.sum(axis=-1))


def rate_and_mix(before: SegmentCounts, after: SegmentCounts) -> RateAndMix:
    """Split the change of a total rate exactly, for all pairs of periods at once (Bennet).

    rate_i = w̄_i Δr_i and mix_i = (r̄_i − R̄) Δw_i, bars meaning the mean of both periods. A segment that was empty in
    one period has no rate there: its other rate stands in, so all it does is mix.

    Args:
        before: (..., segment) counts; any leading axes (measures, units, pairs of periods).
        after: the same segments in the same order.

    Raises:
        SegmentsUncounted: the two do not list the same segments.

    Source: METHOD M2.3; Bennet, Journal of the Royal Statistical Society 83, 1920.

    >>> kidneys = SegmentCounts.of([234, 55], [270, 80]), SegmentCounts.of([81, 192], [87, 263])
    >>> split = rate_and_mix(*kidneys)
    >>> round(float(split.rate_total), 4), round(float(split.mix_total), 4)
    (0.0537, -0.0994)
    """
    if before.base.shape != after.base.shape:
        raise SegmentsUncounted(
            f"{before.base.shape} and {after.base.shape}: both periods need the same segments"
        )
    first, second = _filled(before.rates, after.rates), _filled(after.rates, before.rates)
    start, end = before.weights, after.weights
    middle = (before.total_rate + after.total_rate) / 2.0
    weight, change = (start + end) / 2.0, second - first
    why = np.where(before.why == Why.PRESENT, after.why, before.why).astype(np.uint8)
    missing = (why != Why.PRESENT)[..., np.newaxis]
    mix = ((first + second) / 2.0 - middle[..., np.newaxis]) * (end - start)
    return RateAndMix(
        rate=np.where(missing, np.nan, weight * change),
        mix=np.where(missing, np.nan, mix),
        total_change=np.where(missing[..., 0], np.nan, after.total_rate - before.total_rate),
        rate_change=np.where(missing, np.nan, change),
        weight=np.where(missing, np.nan, weight),
        why=why,
        size=np.where(missing[..., 0], np.nan, np.maximum(np.abs(first), np.abs(second)).max(axis=-1)),
    )


def _filled(rates: Floats, others: Floats) -> Floats:
    """Rates with the other period's where there is none; 0 where a segment never held anybody."""
    found = np.where(np.isnan(rates), others, rates)
    return np.where(np.isnan(found), 0.0, found)
