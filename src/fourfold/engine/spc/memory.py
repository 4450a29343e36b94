"""Charts with a memory as a measure's chart: what is plotted, what is a signal, and how often chance makes one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.basis import Basis
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.false_alarms import SEED, FalseAlarms
from fourfold.engine.spc.patterns import BEYOND, DOWN
from fourfold.engine.spc.refusals import RulesUnfit
from fourfold.engine.spc.rules import Rule
from fourfold.engine.spc.signals import Signals, signals
from fourfold.engine.spc.slow_drift import (
    CUSUM_DECISION,
    CUSUM_SLACK,
    EWMA_WEIGHT,
    EWMA_WIDTH,
    Cusum,
    cusum,
    ewma,
)

__all__ = [
    "CUSUM_RULE",
    "EWMA_RULE",
    "WITH_MEMORY",
    "MemoryTerms",
    "Remembered",
    "memory_alarm_rate",
    "remembered",
]

Floats = NDArray[np.float64]

WITH_MEMORY: Final = frozenset({ChartKind.EWMA, ChartKind.CUSUM})
"""Charts whose every point carries what came before it."""

EWMA_RULE: Final = Rule("ewma", "an average beyond its limits", BEYOND)
CUSUM_RULE: Final = Rule("cusum", "a sum of deviations beyond the decision", BEYOND)

_SIMULATED: Final = 5_000  # the standard error of a rate is then at most .7 of a percentage point


@dataclass(frozen=True, slots=True)
class MemoryTerms:
    """λ and L of an EWMA, k and h of a CUSUM; the last three in sigma."""

    weight: float = EWMA_WEIGHT
    width: float = EWMA_WIDTH
    slack: float = CUSUM_SLACK
    decision: float = CUSUM_DECISION


@dataclass(frozen=True, slots=True)
class Remembered:
    """The averages of an EWMA with their limits, or the sums of a CUSUM; the other one is None."""

    signals: Signals
    averages: ControlChart | None = None
    sums: Cusum | None = None


def remembered(
    values: Floats, *, kind: ChartKind, terms: MemoryTerms | None = None, basis: Basis | None = None
) -> Remembered:
    """Smooth values, or add up what lies off their centre, and mark the points that are special cause.

    Args:
        values: (series, period), oldest first; what is missing, or excluded by the basis, is passed over: a known
            special cause would stay in an average and in a sum long after it is gone.
        kind: EWMA or CUSUM.
        terms, basis: as for `ewma` and `cusum`.

    Raises:
        RulesUnfit: a chart without a memory.

    Source: METHOD M3.4; Montgomery §9.1, §9.2.

    >>> calm = np.tile([9.0, 11.0, 10.0, 12.0, 8.0], 5)
    >>> found = remembered(np.append(calm, [12.0] * 7), kind=ChartKind.CUSUM, basis=Basis(baseline=24))
    >>> [(signal.rule.key, signal.direction, signal.points) for signal in found.signals.found_in(0)]
    [('cusum', 1, (31,))]
    """
    basis = basis or Basis()
    known = basis.kept(np.atleast_2d(np.asarray(values, dtype=np.float64)))
    chosen = terms or MemoryTerms()
    match kind:
        case ChartKind.EWMA:
            chart = ewma(known, weight=chosen.weight, width=chosen.width, basis=basis)
            marks = signals(chart, rules="rule1", backend=basis.backend).marks
            return Remembered(Signals((EWMA_RULE,), marks), averages=chart)
        case ChartKind.CUSUM:
            sums = cusum(known, slack=chosen.slack, decision=chosen.decision, basis=basis)
            up, down = sums.signals_up.astype(np.uint16), sums.signals_down.astype(np.uint16)
            both = np.asarray(up | (down << np.uint16(DOWN)), dtype=np.uint16)
            return Remembered(Signals((CUSUM_RULE,), both), sums=sums)
        case _:
            raise RulesUnfit(f"a {kind} chart remembers nothing")


@cache
def memory_alarm_rate(
    kind: ChartKind, *, used: int, fresh: int, latest: int, terms: MemoryTerms | None = None
) -> FalseAlarms:
    """The share of stable normal series with a signal on one of the latest points; equal arguments, equal digits.

    Args:
        kind: EWMA or CUSUM.
        used: of how many points the limits are made, at least 8.
        fresh: how many points came after those.
        latest: how many points at the end are looked at.

    Source: METHOD M6.3 asks for the number of false alarms; simulated.

    >>> memory_alarm_rate(ChartKind.EWMA, used=120, fresh=7, latest=7).rate < 0.05
    True
    """
    values = np.random.default_rng(SEED).standard_normal((_SIMULATED, used + fresh))
    basis = Basis(baseline=used, backend="numpy")
    special = remembered(values, kind=kind, terms=terms, basis=basis).signals.is_special[:, -latest:]
    rate = float(special.any(axis=1).mean())
    return FalseAlarms(rate, float(np.sqrt(rate * (1.0 - rate) / _SIMULATED)))
