"""Two tests from opposite sides: KPSS supposes a stationary level, Dickey and Fuller a unit root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.leadlag.regression import fitted, lagged

__all__ = ["StationarityTest", "dickey_fuller", "kpss"]

MOST_LAGS: Final = 4  # of the differences in Dickey and Fuller's regression, as of every autoregression here
_KPSS_FIVE_PERCENT: Final = 0.463  # Kwiatkowski, Phillips, Schmidt and Shin (1992), table 1, level
# MacKinnon, Critical Values for Cointegration Tests (2010), table 1: constant, one series, 5 %.
_MACKINNON: Final = (-2.86154, -2.8903, -4.234, -40.040)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StationarityTest:
    """A statistic beside its critical value of 5 %; `lags` were used."""

    statistic: float
    critical: float
    lags: int
    is_rejected: bool


def kpss(values: Floats) -> StationarityTest:
    """Whether a stationary level must be given up; lags after Hobijn, Franses and Ooms.

    Args:
        values: (period,), without gaps, not all equal.

    Source: Kwiatkowski et al., J. Econometrics 54 (1992); Hobijn et al., Statistica Neerlandica 58 (2004).

    >>> kpss(np.arange(40.0)).is_rejected
    True
    """
    off = values - values.mean()
    lags = _bandwidth(off)
    spread = float(off @ off)
    for lag in range(1, lags + 1):
        spread += 2.0 * float(off[lag:] @ off[:-lag]) * (1.0 - lag / (lags + 1.0))
    statistic = float((np.cumsum(off) ** 2).sum()) / (off.size * spread)
    return StationarityTest(statistic, _KPSS_FIVE_PERCENT, lags, statistic > _KPSS_FIVE_PERCENT)


def _bandwidth(off: Floats) -> int:
    """How many autocovariances the long-run variance needs, from the values themselves."""
    total, leaning = float(off @ off) / off.size, 0.0
    for lag in range(1, int(off.size ** (2.0 / 9.0)) + 1):
        product = float(off[lag:] @ off[:-lag]) / (off.size / 2.0)
        total, leaning = total + product, leaning + lag * product
    wanted = 1.1447 * ((leaning / total) ** 2) ** (1.0 / 3.0) * off.size ** (1.0 / 3.0)
    return min(int(wanted), off.size - 1)


def dickey_fuller(values: Floats) -> StationarityTest:
    """Whether a unit root can be given up: the augmented regression with a constant, its lags (≤ 4) by AIC.

    Args:
        values: (period,), without gaps, at least 12.

    Source: Said and Dickey, Biometrika 71 (1984); critical values: MacKinnon (2010).

    >>> rng = np.random.default_rng(2)
    >>> dickey_fuller(rng.normal(size=60)).is_rejected, dickey_fuller(rng.normal(size=60).cumsum()).is_rejected
    (True, False)
    """
    most = max(0, min(MOST_LAGS, values.size // 2 - 2))
    scores = [fitted(*_augmented(values, lags, start=most)).akaike for lags in range(most + 1)]
    lags = int(np.argmin(scores))
    outcome = fitted(*_augmented(values, lags, start=lags))
    rows = values.size - 1 - lags
    critical = sum(part / rows**power for power, part in enumerate(_MACKINNON))
    statistic = outcome.statistic_of(1)
    return StationarityTest(statistic, critical, lags, statistic < critical)


def _augmented(values: Floats, lags: int, *, start: int) -> tuple[Floats, Floats]:
    """The differences on a constant, the level before, and so many differences before; rows from `start` on."""
    steps = np.diff(values)
    level = values[start:-1, np.newaxis]
    return np.hstack([np.ones_like(level), level, lagged(steps, range(1, lags + 1), start=start)]), steps[
        start:
    ]
