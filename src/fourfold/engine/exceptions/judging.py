"""Which of many series are exceptions, of which kinds, and how urgent each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.exceptions.alarms import chance_of_alarm
from fourfold.engine.exceptions.kinds import ExceptionKind
from fourfold.engine.exceptions.shifts import Shift, shifts
from fourfold.engine.exceptions.standing import Standing, Terms
from fourfold.engine.exceptions.window import latest_of
from fourfold.engine.quantities import Polarity
from fourfold.engine.score import Backend
from fourfold.engine.spc import (
    Assurance,
    ControlChart,
    Icons,
    Signals,
    Variation,
    last_points,
    signals,
)

__all__ = ["Exceptions", "Marked", "exceptions"]

Number = TypeVar("Number", bound=np.generic)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_STALE_SEVERITY: Final = 0.5  # nothing is known to be wrong, and nothing is known
_KINDS: Final = len(ExceptionKind)
_BETTER: Final = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


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


def exceptions(
    chart: ControlChart,
    icons: Icons,
    *,
    polarity: Polarity | NDArray[np.int8] | None,
    target: float | Floats | None = None,
    standing: Standing | None = None,
    rules: str = "mdc",
    screening: bool = True,
    terms: Terms | None = None,
    marked: Marked | None = None,
    backend: Backend | None = None,
) -> Exceptions:
    """Say which series deserve attention now.

    Args:
        chart: (series, period), all ending at the period that is looked at; limits should not be made of the latest
            points (`spc.Basis.baseline`, or `excluded=spared(values)`): a change would widen them.
        icons: of this chart, made with the same polarity and target: what its latest point says, and the assurance.
        polarity: as for `spc.icons`; where neither way is better, away from the target is worse.
        target: one number or (series,), NaN where there is none.
        standing: scores, forecasts, tiers and the state of the data.
        rules, screening: of the chart.
        marked: what a chart with a memory found; None: the rules look at the latest points of this chart. Severity is
            then still that of the single values.
        backend: both give the same bits.

    Returns: a series may be of several kinds, of at most one that is a signal; special cause counts on the latest
        points only, patterns wholly among them. It went the way of the latest signal, which is what the variation icon
        says where the latest point is special; points that went the other way before are not named. An assurance
        counts where the icons promise it: not while the latest point is special. Severity is half the mean distance of
        the named points from the centre, in reaches (½ at a limit, 1 at twice its distance); of an assurance the
        target's distance likewise; of scores their deficit ÷ 100, and of a forecast at least half of how far P(hit)
        falls short of the border; of data 1, ½ where stale. Confidence is 1 − the chance of a false alarm, 1 − P(hit),
        or the coverage.

    Raises:
        StandingWrong, UnknownRules.

    Source: METHOD M6.3.

    >>> from fourfold.engine import spc
    >>> calm = [50.0, 52, 49, 51, 48, 50, 53, 49, 51, 50, 48, 52, 51, 49, 50, 52]
    >>> values = np.array([[*calm, 61, 62, 60, 63, 61, 62, 60]])
    >>> chart = spc.xmr(values, basis=spc.Basis(baseline=16))
    >>> icons = spc.icons(chart, spc.signals(chart), polarity=Polarity.MINIMISE)
    >>> found = exceptions(chart, icons, polarity=Polarity.MINIMISE)
    >>> [kind.code for kind in found.kinds_of(0)], found.periods[0, 0].item()
    (['adverse'], 7)
    """
    terms, standing = terms or Terms(), standing or Standing()
    count = len(chart.points)
    standing.check(count)
    recent = latest_of(chart, terms.latest)
    if marked is None:
        found_lately = signals(recent, rules=rules.split(","), backend=backend)
        alarm = _chance(chart, recent, rules=rules, screening=screening, terms=terms)
    else:
        found_lately, alarm = marked.over_the(recent.points.shape[1]), marked.chance
    better = _wanted(polarity, count)
    found = shifts(recent, found_lately, icons=icons, wanted=better)
    judged = np.asarray((recent.has_limits & np.isfinite(recent.points)).any(axis=1))
    chance = np.where(judged, alarm, np.nan)
    told = _Told(chart, icons, found, better, _aims(target, count), standing, terms)
    kinds = told.kinds()
    rows = np.flatnonzero(kinds.any(axis=1))
    weighed = told.weighed(rows, kinds[rows], chance=chance)
    return Exceptions(rows, kinds[rows], *weighed, found_lately, judged, chance)


@dataclass(frozen=True, slots=True)
class Marked:
    """The signals of a chart with a memory over all its periods, and (series,) the chance of a false alarm."""

    signals: Signals
    chance: Floats

    def over_the(self, latest: int) -> Signals:
        """Those of so many latest periods; what came before them is part of each."""
        return Signals(self.signals.rules, np.ascontiguousarray(self.signals.marks[:, -latest:]))


@dataclass(frozen=True, slots=True)
class _Told:
    """Everything known of the series, in one place."""

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
        centre, reach = _at(self.chart.shown_centre, rows, at), _at(self.chart.upper, rows, at)
        low = _at(self.chart.lower, rows, at)
        aims = self.aims[rows]
        with np.errstate(all="ignore"):
            far = np.where(
                aims > centre, (aims - centre) / (reach - centre), (centre - aims) / (centre - low)
            )
        return np.where(np.isfinite(far), np.maximum(far, 1.0), 1.0)


def _chance(
    chart: ControlChart, recent: ControlChart, *, rules: str, screening: bool, terms: Terms
) -> Floats:
    """Limits of all points but the latest ones, of all, or of some of them."""
    last = np.maximum(last_points(recent.points), 0)
    used = _at(recent.used, np.arange(len(last)), last).astype(np.float64)
    beyond = np.isfinite(chart.points).sum(axis=1) - used
    fresh = np.minimum(beyond, np.isfinite(recent.points).sum(axis=1)).astype(np.float64)
    return chance_of_alarm(used, fresh, rules=rules, screening=screening, latest=terms.latest)


def _wanted(polarity: Polarity | NDArray[np.int8] | None, series: int) -> NDArray[np.int8]:
    if isinstance(polarity, np.ndarray):
        return np.sign(polarity).astype(np.int8)
    return np.full(series, 0 if polarity is None else _BETTER.get(polarity, 0), dtype=np.int8)


def _aims(target: float | Floats | None, series: int) -> Floats:
    aim = np.nan if target is None else target
    return np.broadcast_to(np.asarray(aim, dtype=np.float64), (series,))


def _taken(known: Floats | Ints | None, rows: Ints, otherwise: float) -> Floats:
    """What is known of these series, or the same for all."""
    if known is None:
        return np.full(len(rows), otherwise)
    return np.asarray(known[rows], dtype=np.float64)


def _at(limits: NDArray[Number], rows: Ints, at: Ints) -> NDArray[Number]:
    return np.asarray(limits[rows, at if limits.shape[1] > 1 else np.zeros_like(at)])
