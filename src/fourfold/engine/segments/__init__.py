"""Why a total moved: the segments' own rates, or their shares in it (METHOD M2.3).

>>> from fourfold.engine.segments import SegmentCounts, rate_and_mix, simpson_alarm
>>> before = SegmentCounts.of([234, 55], [270, 80])
>>> after = SegmentCounts.of([81, 192], [87, 263])
>>> split = rate_and_mix(before, after)
>>> round(float(split.total_change), 4), simpson_alarm(split).name
(-0.0457, 'STRICT')
"""

from fourfold.engine.segments.bennet import RateAndMix, rate_and_mix
from fourfold.engine.segments.counted import SegmentCounts
from fourfold.engine.segments.dilution import DilutionAlert, dilution
from fourfold.engine.segments.heterogeneity import (
    OWN_TARGET_EFFECT,
    OWN_TARGET_Q,
    Heterogeneity,
    adjusted_for_many,
    cohen_h,
    heterogeneity,
)
from fourfold.engine.segments.hiding import hidden_in_tree, hidden_over_time
from fourfold.engine.segments.refusals import SegmentsOverlap, SegmentsRefused, SegmentsUncounted
from fourfold.engine.segments.simpson import (
    SOFT_SHARE,
    SimpsonAlarm,
    mainly_by_mix,
    simpson_alarm,
    simpson_alarms,
)
from fourfold.engine.segments.standardising import standard_mix, standardised
from fourfold.engine.segments.suppression import Pooled, hidden_places, pooled

__all__ = [
    "OWN_TARGET_EFFECT",
    "OWN_TARGET_Q",
    "SOFT_SHARE",
    "DilutionAlert",
    "Heterogeneity",
    "Pooled",
    "RateAndMix",
    "SegmentCounts",
    "SegmentsOverlap",
    "SegmentsRefused",
    "SegmentsUncounted",
    "SimpsonAlarm",
    "adjusted_for_many",
    "cohen_h",
    "dilution",
    "heterogeneity",
    "hidden_in_tree",
    "hidden_over_time",
    "hidden_places",
    "mainly_by_mix",
    "pooled",
    "rate_and_mix",
    "simpson_alarm",
    "simpson_alarms",
    "standard_mix",
    "standardised",
]
