"""What each unit of a panel says by itself, beside what they say together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from numpy.typing import NDArray

from fourfold.engine.leadlag.examining import Hypothesis
from fourfold.engine.leadlag.panel import comparable, within
from fourfold.engine.leadlag.windows import window_mean

__all__ = ["UnitSlope", "unit_slopes"]

_LEAST: Final = 8  # judgement: periods of a unit below which its interval says nothing
_LEVEL: Final = 0.05
_NOTHING: Final = 1e-10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class UnitSlope:
    """One unit's slope with its 95 % interval, and its `share` of the pooled one; `place` is its row."""

    place: int
    slope: float
    low: float
    high: float
    share: float


def unit_slopes(x: Floats, y: Floats, *, hypothesis: Hypothesis) -> tuple[UnitSlope, ...]:
    """The slope of every unit of a panel, after its own mean and what moved all units in a period are taken out.

    The panel's slope is their mean, weighted by `share`: by how much a unit's x varies beside both effects. A unit's
    error allows for neighbours that are alike (Newey and West), with two degrees less than its periods; that effects
    of periods were estimated is not in it, so that intervals of few units are a little short.

    Args:
        x, y, hypothesis: as for `panel`.

    Returns: rows in order; without those of fewer than eight usable periods and those whose x does not vary.

    Source: METHOD §3.8 (panel over units); Newey and West, Econometrica 55 (1987); drawn as a forest plot: Lewis and
        Clarke, BMJ 322 (2001).

    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(5, 30))
    >>> y = 0.5 * np.roll(x, 2, axis=1) + rng.normal(size=(5, 30)) / 4
    >>> found = unit_slopes(x[:, 2:], y[:, 2:], hypothesis=Hypothesis(1, 2, 2))
    >>> len(found), round(sum(each.share for each in found), 6)
    (5, 1.0)
    """
    earlier = window_mean(x, hypothesis.lag_from, last=hypothesis.lag_to)
    usable = comparable(np.isfinite(earlier) & np.isfinite(y))
    if not usable.any():
        return ()
    own, answers = within(earlier, usable), within(y, usable)
    weights = (own * own).sum(axis=1)
    least = _NOTHING * max(float(weights.sum()), _NOTHING)
    return tuple(
        _slope(place, own[place, there], answers[place, there], whole=float(weights.sum()))
        for place, there in enumerate(usable)
        if there.sum() >= _LEAST and weights[place] > least
    )


def _slope(place: int, x: Floats, y: Floats, *, whole: float) -> UnitSlope:
    weight, degrees = float(x @ x), x.size - 2
    slope = float(x @ y) / weight
    scores = x * (y - slope * x)
    lags = int(np.ceil(0.75 * x.size ** (1.0 / 3.0)))
    middle = float(scores @ scores)
    for lag in range(1, lags + 1):
        middle += 2.0 * (1.0 - lag / (lags + 1.0)) * float(scores[lag:] @ scores[:-lag])
    error = np.sqrt(max(middle, 0.0) * x.size / degrees) / weight
    reach = float(scipy.special.stdtrit(degrees, 1.0 - _LEVEL / 2.0) * error)
    return UnitSlope(place, slope, slope - reach, slope + reach, weight / whole)
