"""Simpson's alarm: the total moves one way and the segments the other."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.segments.bennet import RateAndMix

__all__ = ["SOFT_SHARE", "SimpsonAlarm", "mainly_by_mix", "simpson_alarm", "simpson_alarms"]

SOFT_SHARE: Final = 0.80  # of the weight on the other side (METHOD M2.3)
STILL: Final = 1e-12  # a change this small beside the rates it is made of has no direction: sums of float64


class SimpsonAlarm(IntEnum):
    """How far the segments contradict their total."""

    NONE = 0
    SOFT = 1
    STRICT = 2


def simpson_alarm(split: RateAndMix) -> SimpsonAlarm:
    """The alarm of one pair of periods; see `simpson_alarms`.

    Source: METHOD M2.3, §8.

    >>> from fourfold.engine.segments import SegmentCounts, rate_and_mix
    >>> simpson_alarm(rate_and_mix(SegmentCounts.of([9, 1], [10, 10]), SegmentCounts.of([40, 0], [50, 10]))).name
    'STRICT'
    """
    return SimpsonAlarm(int(simpson_alarms(split)))


def simpson_alarms(split: RateAndMix) -> NDArray[np.uint8]:
    """STRICT where every segment's rate moved against the total, SOFT where those with ≥ 80 % of the weight did.

    No change is no direction: such a segment is on nobody's side, and a total that stands still raises no alarm. A
    segment that nobody was ever in has no say.

    Args:
        split: any leading axes.

    Returns: (...), a `SimpsonAlarm` code; NONE where there is no split.

    Source: METHOD M2.3, §8 (the soft alarm weighs by w̄; Δ = 0 counts as no direction).

    >>> from fourfold.engine.segments import SegmentCounts, rate_and_mix
    >>> same = SegmentCounts.of([[9, 1], [9, 1]], [[10, 10], [10, 10]])
    >>> later = SegmentCounts.of([[40, 0], [9, 1]], [[50, 10], [10, 10]])
    >>> simpson_alarms(rate_and_mix(same, later)).tolist()
    [2, 0]
    """
    total = _direction(split.total_change, size=split.size)[..., np.newaxis]
    own = _direction(split.rate_change, size=split.size[..., np.newaxis])
    opposite = (own == -total) & (total != 0.0)
    counts = split.weight > 0.0
    strict = (opposite | ~counts).all(axis=-1) & opposite.any(axis=-1)
    share = np.where(opposite, split.weight, 0.0).sum(axis=-1)
    soft = share >= SOFT_SHARE - STILL
    found = np.where(strict, SimpsonAlarm.STRICT, np.where(soft, SimpsonAlarm.SOFT, SimpsonAlarm.NONE))
    return np.where(split.why == Why.PRESENT, found, SimpsonAlarm.NONE).astype(np.uint8)


def mainly_by_mix(split: RateAndMix) -> NDArray[np.bool_]:
    """Whether the mix moved the total its way, and by more than the segments' own rates did.

    A strict alarm always is; a soft one need not be: a small segment's own leap can outweigh all the others.

    Args:
        split: any leading axes.

    Returns: (...); False where there is no split.

    Source: METHOD M2.3 (rate and mix add up to the change).

    >>> from fourfold.engine.segments import SegmentCounts, rate_and_mix
    >>> leap = rate_and_mix(SegmentCounts.of([425, 15], [850, 150]), SegmentCounts.of([416, 90], [850, 150]))
    >>> simpson_alarm(leap).name, bool(mainly_by_mix(leap))
    ('SOFT', False)
    """
    same_way = _direction(split.mix_total, size=split.size) == _direction(split.total_change, size=split.size)
    with np.errstate(invalid="ignore"):
        outweighs = np.abs(split.mix_total) > np.abs(split.rate_total) + STILL * split.size
    return np.asarray((split.why == Why.PRESENT) & same_way & outweighs)


def _direction(change: NDArray[np.float64], *, size: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.where(np.abs(change) <= STILL * size, 0.0, np.sign(change)))
