"""How often rules cry wolf: the share of stable series in which chance alone makes a signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.basis import Basis
from fourfold.engine.spc.chart import ControlChart
from fourfold.engine.spc.individual import xmr
from fourfold.engine.spc.rules import rules_named
from fourfold.engine.spc.signals import signals

__all__ = [
    "MOST_SIMULATED",
    "SIMULATED_SERIES",
    "FalseAlarms",
    "chances_of_false_alarm",
    "expected_false_alarms",
    "false_alarm_rate",
]

Floats = NDArray[np.float64]

SIMULATED_SERIES: Final = 20_000  # the standard error of a rate is then at most a third of a percentage point
SIMULATED_CELLS: Final = 1_200_000  # beyond 60 points fewer series, so that a long one costs no more
MOST_SIMULATED: Final = 480  # points; what is longer signals at the same rate per point
SEED: Final = 20_140_611
_BETWEEN: Final = (
    8,
    12,
    16,
    24,
    36,
    48,
    60,
    120,
    240,
    MOST_SIMULATED,
)  # points; lengths between are interpolated


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """The share of stable series with a signal, with its standard error."""

    rate: float
    standard_error: float

    def among(self, series: int) -> float:
        """How many of so many stable series are expected to signal."""
        return self.rate * series

    def over(self, times: float) -> FalseAlarms:
        """Of series so many times as long, whose stretches signal independently of each other."""
        calm = 1.0 - self.rate
        return FalseAlarms(1.0 - calm**times, self.standard_error * times * calm ** (times - 1.0))


def false_alarm_rate(
    rules: str | Sequence[str] = "mdc",
    *,
    points: int = 24,
    baseline: int | None = None,
    latest: int | None = None,
    screening: bool = False,
) -> FalseAlarms:
    """Simulate stable normal series and count those with a signal; equal arguments give equal digits.

    Args:
        rules: as for `signals`.
        points: the length of a series; above `MOST_SIMULATED` the rate per point is that of so many.
        baseline: limits stay fixed on the first so many points; None: on all.
        latest: only signals that touch one of the last so many points count; None: any.
        screening: as for `xmr`.

    Source: METHOD M3.4, M6.3 (the report says how many alarms chance alone would raise).

    >>> 0.05 < false_alarm_rate("rule1", points=24).rate < 0.07
    True
    """
    keys = tuple(rule.key for rule in rules_named(rules))
    if points <= MOST_SIMULATED:
        return _simulated(keys, points, baseline, latest, screening)
    fixed = None if baseline is None or baseline >= points else min(baseline, MOST_SIMULATED // 2)
    found = _simulated(keys, MOST_SIMULATED, fixed, latest, screening)
    return found if latest is not None else found.over(points / MOST_SIMULATED)


@cache
def _simulated(
    rules: tuple[str, ...], points: int, baseline: int | None, latest: int | None, screening: bool
) -> FalseAlarms:
    series = min(SIMULATED_SERIES, SIMULATED_CELLS // points)
    values = np.random.default_rng(SEED).standard_normal((series, points))
    # In plain NumPy: a tenth of a second, where loading the kernels for one answer takes ten times that.
    chart = xmr(values, basis=Basis(baseline=baseline, backend="numpy"), screening=screening)
    special = signals(chart, rules=rules, backend="numpy").is_special[:, -(latest or points) :]
    rate = float(special.any(axis=1).mean())
    return FalseAlarms(rate, sqrt(rate * (1.0 - rate) / series))


def chances_of_false_alarm(
    chart: ControlChart,
    rules: str | Sequence[str] = "mdc",
    *,
    baseline: int | None = None,
    screening: bool = True,
) -> Floats:
    """The probability that chance alone makes a signal somewhere on each series of an XmR chart, (series,).

    Args:
        chart: of `xmr`; only points with limits count, and the stretches between rebases each by themselves.
        rules, baseline, screening: as the chart was made and is judged.

    Returns: NaN where a series has no limits. Lengths are interpolated between simulated ones.

    Source: METHOD M3.4 [S].

    >>> from fourfold.engine.spc.segments import Segments
    >>> values = np.random.default_rng(1).standard_normal((1, 48))
    >>> whole, cut = xmr(values), xmr(values, basis=Basis(segments=Segments.rebased(48, at=[45])))
    >>> [chances_of_false_alarm(chart).round(2).item() for chart in (whole, cut)]
    [0.39, 0.36]
    """
    judged = chart.over_points(chart.has_limits) & np.isfinite(chart.points)
    number = np.broadcast_to(chart.segments.number, judged.shape)
    counts = np.stack([(judged & (number == k)).sum(axis=1) for k in range(max(chart.segments.count, 1))])
    known, place = np.unique(counts, return_inverse=True)
    calm = _calm(known, rules, baseline=baseline, screening=screening)[place.reshape(counts.shape)]
    return np.where(judged.any(axis=1), 1.0 - calm.prod(axis=0), np.nan)


def _calm(
    counts: NDArray[np.int64], rules: str | Sequence[str], *, baseline: int | None, screening: bool
) -> Floats:
    """The chance of no signal on so many points, whose logarithm runs about straight between simulated lengths."""
    grid = np.array(sorted({*_BETWEEN, *([] if baseline is None else [baseline])}))

    def logarithm(points: int) -> float:
        fixed = baseline if baseline is not None and baseline < points else None
        found = false_alarm_rate(rules, points=points, baseline=fixed, screening=screening)
        return float(np.log(max(1.0 - found.rate, np.finfo(float).tiny)))

    calm = np.ones(len(counts))
    for place, points in enumerate(counts.tolist()):
        if not points:
            continue
        after = int(np.searchsorted(grid, points))
        ends = [points] if after in (0, len(grid)) else grid[after - 1 : after + 1].tolist()
        calm[place] = np.exp(np.interp(points, ends, [logarithm(end) for end in ends]))
    return calm


def expected_false_alarms(
    series: int,
    rules: str | Sequence[str] = "mdc",
    *,
    points: int = 24,
    baseline: int | None = None,
    latest: int | None = None,
) -> float:
    """How many of so many measures would signal though nothing has changed.

    Args: as for `false_alarm_rate`.

    Source: METHOD M3.4, M6.3.

    >>> round(expected_false_alarms(100, "mdc", points=24))
    16
    """
    return false_alarm_rate(rules, points=points, baseline=baseline, latest=latest).among(series)
