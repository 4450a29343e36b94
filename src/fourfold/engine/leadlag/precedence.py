"""Whether the past of one series tells more of the other than its own past does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.leadlag.regression import autoregressive_order, fitted, lagged

__all__ = ["LEAST_DEGREES", "Precedence", "granger"]

LEAST_DEGREES: Final = 5  # below, an F says nothing

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Precedence:
    """Granger's F with its p; `lags` of x were tested beside `order` of y. `is_augmented`: after Toda and Yamamoto.

    Both numbers are NaN where too few rows are left.
    """

    f: float
    p: float
    lags: int
    order: int
    degrees: int
    is_augmented: bool


def granger(x: Floats, y: Floats, *, lags: int, is_integrated: bool = False, spent: int = 0) -> Precedence:
    """The F test of `lags` lags of x in an autoregression of y whose order (≤ 4) AIC chose.

    Args:
        x, y: (period,), levels without gaps.
        lags: the end of the hypothesised lag window.
        is_integrated: either series has a unit root: one more lag of each is fitted and not tested.
        spent: degrees already used, by period means.

    Source: METHOD M1.2 step 6, §8; Granger, Econometrica 37 (1969); Toda and Yamamoto, J. Econometrics 66 (1995).

    >>> x = np.random.default_rng(3).normal(size=60)
    >>> granger(x, np.roll(x, 2), lags=2).p < 0.001, granger(np.roll(x, 2), x, lags=2).p > 0.05
    (True, True)
    """
    order, more = autoregressive_order(y), int(is_integrated)
    start = max(order, lags) + more
    own = lagged(y, range(1, order + more + 1), start=start)
    past = lagged(x, range(1, lags + more + 1), start=start)
    ones = np.ones((y.size - start, 1))
    without = fitted(np.hstack([ones, own, past[:, lags:]]), y[start:])
    whole = fitted(np.hstack([ones, own, past]), y[start:])
    degrees = whole.degrees - spent
    if degrees < LEAST_DEGREES or whole.squares <= 0.0:
        return Precedence(np.nan, np.nan, lags, order, degrees, is_integrated)
    f = max((without.squares - whole.squares) / lags / (whole.squares / degrees), 0.0)
    return Precedence(f, float(scipy.special.fdtrc(lags, degrees, f)), lags, order, degrees, is_integrated)
