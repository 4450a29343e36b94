"""How far an index may be off: intervals of C_p and C_pk from so many points."""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

__all__ = ["CONFIDENCE", "centred_interval", "degrees_of_moving_ranges", "lower_bound", "spread_interval"]

Floats = NDArray[np.float64]
Number = float | Floats

CONFIDENCE: Final = 0.95
MOVING_RANGE_DEGREES: Final = 0.62  # of n − 1: what a mean moving range knows of sigma (METHOD §8)


def degrees_of_moving_ranges(points: Number) -> Number:
    """Degrees of freedom of a sigma made of moving ranges: about .62 (n − 1), less than a standard deviation has.

    Source: METHOD §8; Wheeler, Advanced Topics in Statistical Process Control, table 23.

    >>> round(degrees_of_moving_ranges(50), 2)
    30.38
    """
    return MOVING_RANGE_DEGREES * (points - 1.0)


def spread_interval(
    index: Number, degrees: Number, *, confidence: float = CONFIDENCE
) -> tuple[Number, Number]:
    """The interval of C_p or P_p: index · √(χ² ÷ degrees) at both tails.

    Args:
        index: C_p or P_p, any shape.
        degrees: n − 1 for the overall standard deviation, `degrees_of_moving_ranges` for σ within.

    Source: METHOD M3.4, §8 (χ²_α is the lower-tail quantile); Montgomery §8.2.

    >>> low, high = spread_interval(1.0, 49)
    >>> round(float(low), 3), round(float(high), 3)
    (0.802, 1.197)
    """
    tail = (1.0 - confidence) / 2.0
    low, high = scipy.special.chdtri(degrees, 1.0 - tail), scipy.special.chdtri(degrees, tail)
    return index * np.sqrt(low / degrees), index * np.sqrt(high / degrees)


def centred_interval(
    index: Number, points: Number, *, degrees: Number | None = None, confidence: float = CONFIDENCE
) -> tuple[Number, Number]:
    """Bissell's interval of C_pk or P_pk: index ± z √(1 ÷ 9n + index² ÷ 2·degrees).

    Args:
        index: C_pk, P_pk or a one-sided index, any shape.
        points: n.
        degrees: of sigma; None: n − 1.

    Source: METHOD M3.4, §8; Bissell, Applied Statistics 39, 1990.

    >>> low, high = centred_interval(2 / 3, 50)
    >>> round(float(low), 3), round(float(high), 3)
    (0.506, 0.828)
    """
    reach = scipy.special.ndtri(0.5 + confidence / 2.0) * _error(index, points, degrees)
    return index - reach, index + reach


def lower_bound(
    index: Number, points: Number, *, degrees: Number | None = None, confidence: float = CONFIDENCE
) -> Number:
    """What C_pk is at least, with this confidence: the one-sided bound, for a supplier who must prove it.

    Args: as for `centred_interval`.

    Source: METHOD M3.4; Bissell 1990.

    >>> [round(float(lower_bound(1.33, n)), 3) for n in (25, 50, 100)]
    [0.996, 1.096, 1.165]
    """
    return np.asarray(index - scipy.special.ndtri(confidence) * _error(index, points, degrees))


def _error(index: Number, points: Number, degrees: Number | None) -> Number:
    known = points - 1.0 if degrees is None else degrees
    return np.sqrt(1.0 / (9.0 * points) + index * index / (2.0 * known))
