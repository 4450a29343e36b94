"""What is known of each series beside its control chart, and from where on it matters."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

__all__ = ["Standing", "StandingWrong", "Terms"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class StandingWrong(ValueError):
    """What is said of the series does not fit them."""

    code = "STANDING_WRONG"


@dataclass(frozen=True, slots=True)
class Terms:
    """From where on something is an exception (METHOD M6.3); `latest` points are looked at."""

    latest: int = 7
    unlikely: float = 0.2
    red_periods: int = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """Beside the chart, each (series,); None where nothing is known of any.

    Args:
        tier: 3 executive, 2 management, 1 operational; None: all 1.
        score: 0–100, NaN where there is none.
        coverage: 0–1, of the status; None: 1.
        red_periods: how many periods in a row the status has been red, the latest among them.
        hit: the forecast's probability of reaching the target, NaN where there is no forecast.
        materiality: 0–1, how much a deviation of this size matters; None: 1.
        overdue: how many values in a row were due and are not there, the latest among them.
        flipped: whether a latest value was restated to the other side of zero.
        quarantined: whether the latest value is held back.
    """

    tier: Ints | None = None
    score: Floats | None = None
    coverage: Floats | None = None
    red_periods: Ints | None = None
    hit: Floats | None = None
    materiality: Floats | None = None
    overdue: Ints | None = None
    flipped: Bools | None = None
    quarantined: Bools | None = None

    def check(self, series: int) -> None:
        """Refuse what does not fit so many series.

        Raises:
            StandingWrong: another length, a share outside 0 to 1, a tier that is none.
        """
        for each in fields(self):
            found = getattr(self, each.name)
            if found is not None and found.shape != (series,):
                raise StandingWrong(f"{each.name} is of {found.shape} for {series} series")
        for name, highest in (("coverage", 1.0), ("materiality", 1.0), ("hit", 1.0), ("score", 100.0)):
            found = getattr(self, name)
            # NaN is "not known", so the comparison asks for what is out of bounds.
            if found is not None and ((found < 0.0) | (found > highest)).any():
                raise StandingWrong(f"{name} lies between 0 and {highest:g}")
        if self.tier is not None and not np.isin(self.tier, (1, 2, 3)).all():
            raise StandingWrong("a tier is 1 (operational), 2 (management) or 3 (executive)")
