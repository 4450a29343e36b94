"""How far a counted share may be off: Wilson's interval."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["wilson_interval"]

Floats = NDArray[np.float64]

_NORMAL: Final = 1.959963984540054  # the standard normal quantile of .975: an interval of 95 %


def wilson_interval(count: Floats, of: Floats) -> tuple[Floats, Floats]:
    """Between which shares the true one lies with 95 % confidence, if every case came out by itself.

    Args:
        count: of cases that did, any shape; NaN is missing.
        of: of all cases, the same shape.

    Returns: lower and upper end, between 0 and 1; NaN where a number is missing, there are no cases, or the count is
        not among them.

    Source: METHOD M2.2 (45 of 60: .628 to .842), M3.2, §2.9; Wilson, JASA 22, 1927.

    >>> low, high = wilson_interval(np.array([45.0]), np.array([60.0]))
    >>> low.round(3).item(), high.round(3).item()
    (0.628, 0.842)
    """
    with np.errstate(all="ignore"):
        share = count / of
        squared = _NORMAL * _NORMAL / of
        middle = share + 0.5 * squared
        reach = np.sqrt(squared * (share * (1.0 - share) + 0.25 * squared))
        low, high = (middle - reach) / (1.0 + squared), (middle + reach) / (1.0 + squared)
    fits = (of >= 1.0) & (count >= 0.0) & (count <= of)
    # At the very ends the interval ends there too; what is left of the subtraction is rounding.
    low, high = np.where(count == 0.0, 0.0, low), np.where(count == of, 1.0, high)
    return np.where(fits, low, np.nan), np.where(fits, high, np.nan)
