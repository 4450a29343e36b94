"""How often rules cry wolf: the share of stable series in which chance alone makes a signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Final

import numpy as np

from fourfold.engine.spc.basis import Basis
from fourfold.engine.spc.individual import xmr
from fourfold.engine.spc.rules import rules_named
from fourfold.engine.spc.signals import signals

__all__ = ["SIMULATED_SERIES", "FalseAlarms", "expected_false_alarms", "false_alarm_rate"]

SIMULATED_SERIES: Final = 20_000  # the standard error of a rate is then at most a third of a percentage point
SEED: Final = 20_140_611


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """The share of stable series with a signal, with its standard error."""

    rate: float
    standard_error: float

    def among(self, series: int) -> float:
        """How many of so many stable series are expected to signal."""
        return self.rate * series


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
        points: the length of a series.
        baseline: limits stay fixed on the first so many; None: on all.
        latest: only signals that touch one of the last so many points count; None: any.
        screening: as for `xmr`.

    Source: METHOD M3.4, M6.3 (the report says how many alarms chance alone would raise).

    >>> 0.05 < false_alarm_rate("rule1", points=24).rate < 0.07
    True
    """
    keys = tuple(rule.key for rule in rules_named(rules))
    return _simulated(keys, points, baseline, latest, screening)


@cache
def _simulated(
    rules: tuple[str, ...], points: int, baseline: int | None, latest: int | None, screening: bool
) -> FalseAlarms:
    values = np.random.default_rng(SEED).standard_normal((SIMULATED_SERIES, points))
    # In plain NumPy: a tenth of a second, where loading the kernels for one answer takes ten times that.
    chart = xmr(values, basis=Basis(baseline=baseline, backend="numpy"), screening=screening)
    special = signals(chart, rules=rules, backend="numpy").is_special[:, -(latest or points) :]
    rate = float(special.any(axis=1).mean())
    return FalseAlarms(rate, sqrt(rate * (1.0 - rate) / SIMULATED_SERIES))


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
