"""The scales a scorecard may be printed on; each owns the scores at which its colours change (METHOD §2.3, §2.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "ANCHORED",
    "GOAL_RED_FLAG",
    "MIN_MAX",
    "PROGRESS",
    "SCALES",
    "TARGET_100",
    "TARGET_100_CAP_120",
    "Scale",
    "ScaleFamily",
    "UnknownScale",
    "scale_named",
]


class ScaleFamily(StrEnum):
    """Where the zero and the hundred of a scale come from."""

    ANCHORED = "anchored"  # worst, red, target and best, each with its own score
    EXTRAPOLATED = "extrapolated"  # red and target; the ends lie as far out again
    FROM_BASELINE = "from_baseline"  # a baseline (else 0) and the target
    BETWEEN_BOUNDS = "between_bounds"  # the worst and the best possible value


@dataclass(frozen=True, slots=True)
class Scale:
    """What scores mean: green from `green`, amber from `amber`, none above `ceiling`. `sentence` goes on every page."""

    key: str
    family: ScaleFamily
    amber: float
    green: float
    ceiling: float
    sentence: str
    needs_baseline: bool = False

    @property
    def step(self) -> float:
        """Points of score that one amber width is worth."""
        return self.green - self.amber

    @property
    def widths_up(self) -> float:
        """How many amber widths above the green border the ceiling lies, where nothing else is given."""
        return round(
            (self.ceiling - self.green) / self.step, 9
        )  # thirds are not exact in binary, their ratio is

    @property
    def widths_down(self) -> float:
        """How many amber widths below the red border the zero lies, where nothing else is given."""
        return round(self.amber / self.step, 9)


class UnknownScale(ValueError):
    """No scale has this name."""

    code = "SCALE_UNKNOWN"


# Thirds as METHOD §2.3 has them: the colour borders are the same number at every level of the scorecard.
ONE_THIRD, TWO_THIRDS = 100 / 3, 200 / 3

ANCHORED = Scale(
    "anchored", ScaleFamily.ANCHORED, ONE_THIRD, TWO_THIRDS, 100.0, "anchored 0 / 33⅓ / 66⅔ / 100"
)
TARGET_100 = Scale("target_100", ScaleFamily.FROM_BASELINE, 80.0, 100.0, 100.0, "target = 100, red below 80")
TARGET_100_CAP_120 = Scale(
    "target_100_cap_120",
    ScaleFamily.FROM_BASELINE,
    80.0,
    100.0,
    120.0,
    "target = 100, red below 80, up to 120",
)
# Spider Impact prints 3.33 and 6.67 of 10; only exact thirds put the extrapolated ends on 0 and 10. Times ten here.
GOAL_RED_FLAG = Scale(
    "goal_red_flag",
    ScaleFamily.EXTRAPOLATED,
    ONE_THIRD,
    TWO_THIRDS,
    100.0,
    "goal and red flag: 33.3 at the red flag, 66.7 at the goal",
)
MIN_MAX = Scale(
    "min_max",
    ScaleFamily.BETWEEN_BOUNDS,
    ONE_THIRD,
    TWO_THIRDS,
    100.0,
    "0 at the worst possible value, 100 at the best; colours by thirds",
)
PROGRESS = Scale(
    "progress",
    ScaleFamily.FROM_BASELINE,
    80.0,
    100.0,
    100.0,
    "0 at the baseline, 100 at the target, red below 80",
    needs_baseline=True,
)

SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        scale.key: scale
        for scale in (ANCHORED, TARGET_100, TARGET_100_CAP_120, GOAL_RED_FLAG, MIN_MAX, PROGRESS)
    }
)


def scale_named(key: str) -> Scale:
    """Find the scale that the policy `score.scale` names.

    Raises:
        UnknownScale: no scale has this key.

    Source: METHOD §2.3, §2.10; DESIGN §5 (Scales).

    >>> scale_named("target_100").green
    100.0
    """
    if key not in SCALES:
        raise UnknownScale(f"{key!r} is not a scale; there are {', '.join(SCALES)}")
    return SCALES[key]
