"""How far, how often and which way the latest points left the centre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc import ControlChart, Icons, Signals, Variation

__all__ = ["Shift", "shifts"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ways = NDArray[np.int8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shift:
    """The points that went the way of the latest signal, each (series,).

    `way` is +1 up, −1 down, 0 neither; then whether any point is named, how many, how far they lie from the centre in
    reaches, and their mean. Mean and centre are in the unit of the target; NaN where no point is named.
    """

    way: Ways
    named: Bools
    count: Ints
    far: Floats
    mean: Floats
    centre: Floats


def shifts(recent: ControlChart, found: Signals, *, icons: Icons, wanted: Ways) -> Shift:
    """Sum up the latest signal; older ones that went another way are not named.

    Args:
        recent, found: the latest points and their marks.
        icons: of the whole chart. Where its latest point is special, that is the way, whatever the window alone says.
        wanted: (series,) of +1, −1, 0: what the icons were made with.

    Source: METHOD M6.3 (severity is a distance), M3.4 (the icon speaks of the latest point).

    >>> from fourfold.engine.spc import icons, signals, xmr
    >>> chart = xmr(np.array([[8, 9, 8, 10, 9, 8, 9, 10, 9, 8, 9, 20.0]]))
    >>> found = signals(chart)
    >>> shift = shifts(chart, found, icons=icons(chart, found, polarity=None), wanted=np.zeros(1, np.int8))
    >>> shift.way.tolist(), shift.count.tolist()
    ([1], [1])
    """
    count = len(recent.points)
    way, named = np.zeros(count, dtype=np.int8), np.zeros(count, dtype=np.bool_)
    counts, far, mean = np.zeros(count, dtype=np.int64), np.zeros(count), np.full(count, np.nan)
    centre = np.broadcast_to(recent.shown_centre, recent.points.shape)[:, -1]
    rows = np.flatnonzero(found.is_special.any(axis=1))  # most have none
    went = Signals(found.rules, found.marks[rows])
    way[rows] = _latest_way(went, icons.variation[rows], wanted[rows])
    here = went.is_special & (went.direction == way[rows][:, np.newaxis])
    rows, here = rows[here.any(axis=1)], here[here.any(axis=1)]
    named[rows] = True
    counts[rows] = here.sum(axis=1)
    far[rows] = np.where(here, _distance(recent, rows), 0.0).sum(axis=1) / counts[rows]
    mean[rows] = np.where(here, recent.shown_points[rows], 0.0).sum(axis=1) / counts[rows]
    return Shift(way, named, counts, far, mean, centre)


def _latest_way(found: Signals, variation: NDArray[np.uint8], wanted: Ways) -> Ways:
    """Of the chart's latest point where that is special, else of the latest point that is."""
    periods = found.marks.shape[1]
    last = periods - 1 - found.is_special[:, ::-1].argmax(axis=1)
    before = found.direction[np.arange(len(last)), last]
    said = np.select(
        [variation == each for each in (Variation.IMPROVEMENT, Variation.CONCERN)],
        [wanted, -wanted],
        default=(variation == Variation.NEUTRAL_HIGH).astype(np.int8) - (variation == Variation.NEUTRAL_LOW),
    )
    return np.where(variation >= Variation.IMPROVEMENT, said, before).astype(np.int8)


def _distance(recent: ControlChart, rows: Ints) -> Floats:
    """How far each point lies from the centre, in reaches."""
    shape = recent.points.shape
    centre = np.broadcast_to(recent.centre, shape)[rows]
    reach = np.broadcast_to(recent.reach, shape)[rows]
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(recent.points[rows] - centre) / reach, dtype=np.float64)
