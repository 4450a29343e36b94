"""What a test of so many periods could have found."""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy

__all__ = ["minimal_detectable", "periods_needed", "power_of"]

_FOUR_IN_FIVE: Final = 0.8416  # the normal quantile of a power of 80 %, as METHOD prints it
_LEVEL: Final = 0.05


def minimal_detectable(periods: float, *, lags: int) -> float:
    """The correlation that a test over the maximum of so many lags finds four times in five.

    Args:
        periods: those left after differencing, prewhitening and the lag. lags: K.

    Returns: 1 where fewer than four periods are left.

    Source: METHOD M1.2 (tanh((z(1 − .025 ÷ K) + .8416) ÷ √(n_eff − 3))).

    >>> [round(minimal_detectable(n, lags=k), 2) for n, k in ((24, 6), (36, 9), (60, 12), (120, 12))]
    [0.64, 0.56, 0.45, 0.33]
    """
    if periods <= 3.0:
        return 1.0
    return float(np.tanh((_border(lags) + _FOUR_IN_FIVE) / np.sqrt(periods - 3.0)))


def power_of(correlation: float, *, periods: float, lags: int) -> float:
    """How often such a test finds a correlation of this size.

    Args: as for `minimal_detectable`.

    Source: METHOD M1.2, turned round: the power at the minimal detectable correlation is 80 %.

    >>> round(power_of(minimal_detectable(60, lags=12), periods=60, lags=12), 3)
    0.8
    """
    if periods <= 3.0:
        return 0.0
    size = np.arctanh(min(abs(correlation), 1.0 - 1e-12))
    return float(scipy.special.ndtr(size * np.sqrt(periods - 3.0) - _border(lags)))


def periods_needed(correlation: float, *, lags: int, spent: int) -> int:
    """How many periods would find a correlation of this size four times in five; 0 where none would.

    Args:
        spent: periods lost to differencing, prewhitening, period means and the lag.

    Source: as `minimal_detectable`, solved for n.

    >>> periods_needed(0.3, lags=12, spent=5)
    152
    """
    size = np.arctanh(min(abs(correlation), 1.0 - 1e-12))
    if size <= 0.0:
        return 0
    return int(np.ceil(((_border(lags) + _FOUR_IN_FIVE) / size) ** 2 + 3.0)) + spent


def _border(lags: int) -> float:
    """The normal quantile for one of so many lags, both sides."""
    return float(scipy.special.ndtri(1.0 - _LEVEL / 2.0 / lags))
