"""Which of many series are exceptions, of which kinds, and how urgent each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.exceptions.alarms import chance_of_alarm
from fourfold.engine.exceptions.found import Exceptions
from fourfold.engine.exceptions.shifts import shifts
from fourfold.engine.exceptions.standing import Standing, Terms
from fourfold.engine.exceptions.weighing import Told
from fourfold.engine.exceptions.window import latest_of
from fourfold.engine.quantities import Polarity
from fourfold.engine.score import Backend
from fourfold.engine.spc import ControlChart, Icons, Signals, last_points, signals

__all__ = ["Marked", "exceptions"]

Floats = NDArray[np.float64]

_BETTER: Final = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


@dataclass(frozen=True, slots=True)
class Marked:
    """The signals of a chart with a memory over all its periods, and (series,) the chance of a false alarm."""

    signals: Signals
    chance: Floats

    def over_the(self, latest: int) -> Signals:
        """Those of so many latest periods; what came before them is part of each."""
        return Signals(self.signals.rules, np.ascontiguousarray(self.signals.marks[:, -latest:]))


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
    told = Told(chart, icons, found, better, _aims(target, count), standing, terms)
    kinds = told.kinds()
    rows = np.flatnonzero(kinds.any(axis=1))
    weighed = told.weighed(rows, kinds[rows], chance=chance)
    return Exceptions(rows, kinds[rows], *weighed, found_lately, judged, chance)


def _chance(
    chart: ControlChart, recent: ControlChart, *, rules: str, screening: bool, terms: Terms
) -> Floats:
    """Limits of all points but the latest ones, of all, or of some of them."""
    last = np.maximum(last_points(recent.points), 0)
    used = recent.over_points(recent.used)[np.arange(len(last)), last].astype(np.float64)
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
