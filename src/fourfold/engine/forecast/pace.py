"""How fast it must go from here, and how fast it has been going."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.forecast.refusals import HorizonWrong

__all__ = ["TRAILING", "Remaining", "remaining", "required_rate"]

Floats = NDArray[np.float64]

TRAILING = 3  # periods that the remaining need is compared with (METHOD §2.8)


def required_rate(now: float, target: float, *, left: int) -> float:
    """The change per period that leads from the value now to the target.

    Args:
        now: the latest value, in the measure's unit.
        target: what is wanted at the end.
        left: periods from now to the end.

    Raises:
        HorizonWrong: no period is left.

    Source: METHOD §2.8.

    >>> required_rate(89.0, 95.0, left=12)
    0.5
    """
    if left < 1:
        raise HorizonWrong(f"{left} periods are left")
    return (target - now) / left


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a total still needs: together, per remaining period, and what the last three periods brought each."""

    needed: float
    each: float
    trailing: float


def remaining(values: Floats, target: float, *, known: float, left: int) -> Remaining:
    """Compare what an additive target still needs per period with what the last three periods brought.

    Args:
        values: (period,), oldest first, one value a period; NaN is missing and does not count among the three.
        target: the total wanted.
        known: what has come in since the total began.
        left: periods until it ends.

    Raises:
        HorizonWrong: no period is left.

    Source: METHOD §2.8.

    >>> remaining(np.array([8.0, 9, 10, 11]), 120.0, known=38.0, left=8)
    Remaining(needed=82.0, each=10.25, trailing=10.0)
    """
    if left < 1:
        raise HorizonWrong(f"{left} periods are left")
    there = np.asarray(values, dtype=np.float64)
    last = there[np.isfinite(there)][-TRAILING:]
    needed = target - known
    return Remaining(needed, needed / left, float(last.mean()) if last.size else float("nan"))
