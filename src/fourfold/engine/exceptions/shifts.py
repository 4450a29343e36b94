"""How far, how often and which way the latest points left the centre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc import ControlChart, Signals
from fourfold.engine.spc.patterns import DOWN

__all__ = ["Shift", "Side", "shifts"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Side:
    """The named points that went one way, each (series,): any, how many, how far in reaches, and their mean.

    The mean is in the unit of the target; NaN where no point is named.
    """

    named: Bools
    count: Ints
    far: Floats
    mean: Floats


@dataclass(frozen=True, slots=True)
class Shift:
    """Both ways; `neither` where only rules speak that point no way, `far` and `count` of all named points."""

    up: Side
    down: Side
    neither: Bools
    far: Floats
    count: Ints
    centre: Floats


def shifts(recent: ControlChart, found: Signals) -> Shift:
    """Sum up the signals of the latest points.

    Source: METHOD M6.3 (severity is a distance).

    >>> from fourfold.engine.spc import signals, xmr
    >>> chart = xmr(np.array([[8, 9, 8, 10, 9, 8, 9, 10, 9, 8, 9, 20.0]]))
    >>> shift = shifts(chart, signals(chart))
    >>> shift.up.count.tolist(), shift.down.named.tolist()
    ([1], [False])
    """
    directed = sum(1 << place for place, rule in enumerate(found.rules) if rule.is_directed)
    ups = found.marks & np.uint16(directed) != 0
    downs = found.marks & np.uint16(directed << DOWN) != 0
    both = found.marks != 0
    up, down = _side(recent, ups), _side(recent, downs)
    every = _side(recent, both)
    centre = np.broadcast_to(recent.shown_centre, recent.points.shape)[:, -1]
    return Shift(up, down, every.named & ~up.named & ~down.named, every.far, every.count, centre)


def _side(recent: ControlChart, marked: Bools) -> Side:
    """Reckoned for the series that have a mark only: most have none."""
    named: Bools = np.asarray(marked.any(axis=1), dtype=np.bool_)
    rows = np.flatnonzero(named)
    count = np.zeros(len(named), dtype=np.int64)
    far, mean = np.zeros(len(named)), np.full(len(named), np.nan)
    here = marked[rows]
    points, shape = recent.points[rows], recent.points.shape
    centre = np.broadcast_to(recent.centre, shape)[rows]
    reach = np.broadcast_to(recent.reach, shape)[rows]
    with np.errstate(invalid="ignore"):
        distance = np.where(here, np.abs(points - centre) / reach, 0.0)
    count[rows] = here.sum(axis=1)
    far[rows] = distance.sum(axis=1) / count[rows]
    mean[rows] = np.where(here, recent.shown_points[rows], 0.0).sum(axis=1) / count[rows]
    return Side(named, count, far, mean)
