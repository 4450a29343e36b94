"""What was found: which series are exceptions, and how many were looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.exceptions.kinds import ExceptionKind
from fourfold.engine.spc import Signals

__all__ = ["Exceptions"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The series that are exceptions, and how many were looked at.

    Args:
        series: (exception,), their places, rising.
        kinds: (exception, kind), which kinds apply.
        severity, periods, confidence: (exception, kind), what the priority is made of; 0 where a kind does not apply.
        priority: (exception, kind), tier × severity × (1 + ln periods) × materiality × confidence.
        moved: (exception, kind) of −1, 0, +1: which way the values went, of kinds that are signals.
        recent: the signals of the latest points alone, (series, latest).
        judged: (series,), whether rules could look at the latest points.
        chance: (series,), the probability of a false alarm, NaN where nothing was judged.
    """

    series: Ints
    kinds: Bools
    severity: Floats
    periods: Ints
    confidence: Floats
    priority: Floats
    moved: NDArray[np.int8]
    recent: Signals
    judged: Bools
    chance: Floats

    @property
    def lead(self) -> Ints:
        """The kind of highest priority of each exception; of equals the first listed."""
        ranked = np.where(self.kinds, self.priority, -1.0)
        return np.asarray(ranked.argmax(axis=1), dtype=np.int64)

    @property
    def highest(self) -> Floats:
        """The priority of that kind."""
        return np.asarray(self.priority[np.arange(len(self.series)), self.lead], dtype=np.float64)

    @property
    def normal(self) -> Ints:
        """The places of the series that were judged and are no exceptions."""
        behaved = self.judged.copy()
        behaved[self.series] = False
        return np.flatnonzero(behaved)

    @property
    def expected_false_alarms(self) -> float:
        """How many of the judged series chance alone would make exceptions of, had nothing changed."""
        return float(np.nansum(self.chance))

    def kinds_of(self, place: int) -> tuple[ExceptionKind, ...]:
        """All kinds of one exception, the most urgent first."""
        found = [ExceptionKind(int(kind)) for kind in np.flatnonzero(self.kinds[place])]
        return tuple(sorted(found, key=lambda kind: -self.priority[place, kind]))

    def points_of(self, place: int, kind: ExceptionKind) -> tuple[int, ...]:
        """The points that make an exception of that kind, counted among the latest; empty for kinds without signals."""
        if not kind.is_signal:
            return ()
        row = int(self.series[place])
        here = Signals(self.recent.rules, self.recent.marks[row : row + 1])
        went = here.is_special & (here.direction == self.moved[place, kind])
        return tuple(np.flatnonzero(went[0]).tolist())
