"""A control chart of many series at once: points, centre, limits, and why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.spc.segments import Segments

__all__ = ["FIRM_POINTS", "NEAR", "TRIAL_POINTS", "ChartKind", "ControlChart"]

Number = TypeVar("Number", bound=np.generic)
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]

TRIAL_POINTS: Final = 8  # fewer make no limits; policy `spc.min_points.trial` (METHOD §0.5, §8)
FIRM_POINTS: Final = 12  # fewer make trial limits; policy `spc.min_points.firm`
NEAR: Final = 2.0 / 3.0  # of the way from the centre to a limit (METHOD M3.4)


class ChartKind(StrEnum):
    """Which chart; the values are those of `fourfold spc --chart`."""

    XMR = "xmr"
    XBAR_R = "xbar-r"
    XBAR_S = "xbar-s"
    R = "r"
    S = "s"
    P = "p"
    NP = "np"
    C = "c"
    U = "u"
    P_PRIME = "p-prime"
    U_PRIME = "u-prime"
    G = "g"
    T = "t"
    EWMA = "ewma"
    CUSUM = "cusum"


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Limits lie `reach` (three sigma) on either side of `centre`.

    Args:
        points: (series, period), what is plotted, NaN where there is nothing.
        centre: (series, 1) where limits do not change, else (series, period); NaN where there are none.
        reach: the same, but (series, period) where each point has its own limits.
        why: centre's shape: PRESENT where there are limits.
        used: centre's shape: of how many points the limits are made.
        floor, ceiling: what the plotted quantity cannot pass; limits stop there.
        power: of what the rules see to what is shown: 3.6 for a t chart, whose limits are made of roots.
        dispersion: (series, 1 or period), Laney's σ_z for p′ and u′, and as advice for p and u; None elsewhere.
        deviation: centre's shape, one sigma where the tables' constants make it other than a third of `reach`.
    """

    kind: ChartKind
    points: Floats
    centre: Floats
    reach: Floats
    why: Bytes
    used: NDArray[np.int32]
    segments: Segments
    floor: float = -np.inf
    ceiling: float = np.inf
    power: float = 1.0
    dispersion: Floats | None = None
    deviation: Floats | None = None

    @property
    def sigma(self) -> Floats:
        """One sigma of what is plotted: a mean moving range ÷ 1.128 for XmR, else a third of the way to a limit."""
        return self.reach / 3.0 if self.deviation is None else self.deviation

    @property
    def upper(self) -> Floats:
        """The upper limit, as shown."""
        return self._shown(self.centre + self.reach)

    @property
    def lower(self) -> Floats:
        """The lower limit, as shown."""
        return self._shown(self.centre - self.reach)

    @property
    def near_upper(self) -> Floats:
        """Two thirds of the way up."""
        return self._shown(self.centre + self.reach * NEAR)

    @property
    def near_lower(self) -> Floats:
        """Two thirds of the way down."""
        return self._shown(self.centre - self.reach * NEAR)

    @property
    def shown_centre(self) -> Floats:
        """The centre in the unit of measure."""
        return self._shown(self.centre)

    @property
    def shown_points(self) -> Floats:
        """The points in the unit of measure."""
        return self._shown(self.points)

    @property
    def has_limits(self) -> Bools:
        """Where a point can be judged; centre's shape."""
        return np.asarray(self.why == Why.PRESENT)

    @property
    def is_trial(self) -> Bools:
        """Limits of too few points to be firm; centre's shape."""
        return self.has_limits & (self.used < FIRM_POINTS)

    def over_points(self, limits: NDArray[Number]) -> NDArray[Number]:
        """Limits, centre or reasons spread over every point, (series, period); a view where they do not change."""
        return np.broadcast_to(limits, self.points.shape)

    def _shown(self, plotted: Floats) -> Floats:
        bounded = np.clip(plotted, self.floor, self.ceiling)
        return bounded if self.power == 1.0 else np.asarray(bounded**self.power, dtype=np.float64)
