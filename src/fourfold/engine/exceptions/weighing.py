"""Of which kinds an exception is, and how urgent each of them (METHOD M6.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.exceptions.kinds import ExceptionKind
from fourfold.engine.exceptions.shifts import Shift
from fourfold.engine.exceptions.standing import Standing, Terms
from fourfold.engine.spc import Assurance, ControlChart, Icons, Variation

__all__ = ["Told"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_STALE_SEVERITY: Final = 0.5  # nothing is known to be wrong, and nothing is known
_KINDS: Final = len(ExceptionKind)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything known of the series, in one place; `wanted` and `aims` are (series,)."""

    chart: ControlChart
    icons: Icons
    shift: Shift
    wanted: NDArray[np.int8]
    aims: Floats
    standing: Standing
    terms: Terms

    def kinds(self) -> Bools:
        """(series, kind)."""
        found = np.zeros((len(self.wanted), _KINDS), dtype=np.bool_)
        rows = np.flatnonzero(self.shift.named)
        better = self._better(rows)
        found[rows, ExceptionKind.ADVERSE] = better < 0
        found[rows, ExceptionKind.FAVOURABLE] = better > 0
        found[rows, ExceptionKind.CHANGED] = better == 0
        # Limits promise nothing while the latest point shows that the process has left them.
        is_promised = self.icons.variation < Variation.IMPROVEMENT
        found[:, ExceptionKind.MISSES] = is_promised & (self.icons.assurance == Assurance.CONSISTENTLY_MISS)
        self._beside(found)
        return found

    def _beside(self, found: Bools) -> None:
        """Kinds that the standing tells."""
        say = self.standing
        if say.hit is not None:
            found[:, ExceptionKind.UNLIKELY] = say.hit < self.terms.unlikely
        if say.red_periods is not None:
            found[:, ExceptionKind.OFF_TARGET] = say.red_periods >= self.terms.red_periods
        if say.flipped is not None:
            found[:, ExceptionKind.SIGN_FLIP] = say.flipped
        if say.quarantined is not None:
            found[:, ExceptionKind.QUARANTINED] = say.quarantined
        if say.overdue is not None:
            found[:, ExceptionKind.STALE] = say.overdue > 0

    def _better(self, rows: Ints) -> NDArray[np.int8]:
        """+1 where the latest signal went for the better, −1 for the worse, 0 where nobody says."""
        wanted, way = self.wanted[rows], self.shift.way[rows]
        off = self.shift.mean[rows] - self.aims[rows]
        was = self.shift.centre[rows] - self.aims[rows]
        with np.errstate(invalid="ignore"):
            nearer = (np.abs(off) < np.abs(was)).astype(np.int8) - (np.abs(off) > np.abs(was))
        # A pattern that points neither way leads nowhere.
        return np.where(way == 0, 0, np.where(wanted == 0, nearer, wanted * way)).astype(np.int8)

    def weighed(
        self, rows: Ints, kinds: Bools, *, chance: Floats
    ) -> tuple[Floats, Ints, Floats, Floats, NDArray[np.int8]]:
        """Severity, periods, confidence, priority and the way it went; each (exception, kind)."""
        severity, confidence = np.zeros(kinds.shape), np.zeros(kinds.shape)
        periods, moved = np.ones(kinds.shape, dtype=np.int64), np.zeros(kinds.shape, dtype=np.int8)
        sure = 1.0 - np.nan_to_num(chance[rows])
        for kind in (ExceptionKind.ADVERSE, ExceptionKind.FAVOURABLE, ExceptionKind.CHANGED):
            severity[:, kind] = np.minimum(self.shift.far[rows] / 2.0, 1.0)
            periods[:, kind], moved[:, kind] = np.maximum(self.shift.count[rows], 1), self.shift.way[rows]
            confidence[:, kind] = sure
        severity[:, ExceptionKind.MISSES] = np.minimum(self._off_limits(rows) / 2.0, 1.0)
        deficit = 1.0 - np.nan_to_num(_taken(self.standing.score, rows, 0.0)) / 100.0
        severity[:, ExceptionKind.OFF_TARGET] = deficit
        short = 1.0 - np.nan_to_num(_taken(self.standing.hit, rows, 1.0), nan=1.0) / self.terms.unlikely
        severity[:, ExceptionKind.UNLIKELY] = np.maximum(deficit, short / 2.0)
        severity[:, ExceptionKind.SIGN_FLIP] = severity[:, ExceptionKind.QUARANTINED] = 1.0
        severity[:, ExceptionKind.STALE] = _STALE_SEVERITY
        self._lasted(rows, periods, confidence)
        weight = _taken(self.standing.tier, rows, 1.0) * _taken(self.standing.materiality, rows, 1.0)
        priority = weight[:, np.newaxis] * severity * (1.0 + np.log(periods)) * confidence
        return (
            severity * kinds,
            periods * kinds,
            confidence * kinds,
            priority * kinds,
            (moved * kinds).astype(np.int8),
        )

    def _lasted(self, rows: Ints, periods: Ints, confidence: Floats) -> None:
        """How long it has been so, and how sure that is, of the kinds that the standing tells."""
        red = np.maximum(_taken(self.standing.red_periods, rows, 1.0), 1.0).astype(np.int64)
        for kind in (ExceptionKind.MISSES, ExceptionKind.UNLIKELY, ExceptionKind.OFF_TARGET):
            periods[:, kind] = red
            confidence[:, kind] = np.nan_to_num(_taken(self.standing.coverage, rows, 1.0))
        confidence[:, ExceptionKind.UNLIKELY] = 1.0 - np.nan_to_num(_taken(self.standing.hit, rows, 0.0))
        confidence[:, ExceptionKind.SIGN_FLIP :] = 1.0
        overdue = np.maximum(_taken(self.standing.overdue, rows, 1.0), 1.0).astype(np.int64)
        periods[:, ExceptionKind.STALE] = overdue

    def _off_limits(self, rows: Ints) -> Floats:
        """How far the target lies from the centre at the latest point, in reaches."""
        at = np.maximum(self.icons.point[rows], 0)
        lines = (self.chart.shown_centre, self.chart.upper, self.chart.lower)
        centre, reach, low = (self.chart.over_points(line)[rows, at] for line in lines)
        aims = self.aims[rows]
        with np.errstate(all="ignore"):
            far = np.where(
                aims > centre, (aims - centre) / (reach - centre), (centre - aims) / (centre - low)
            )
        return np.where(np.isfinite(far), np.maximum(far, 1.0), 1.0)


def _taken(known: Floats | Ints | None, rows: Ints, otherwise: float) -> Floats:
    """What is known of these series, or the same for all."""
    if known is None:
        return np.full(len(rows), otherwise)
    return np.asarray(known[rows], dtype=np.float64)
