"""XmR: single values and the ranges between neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.spc.basis import Basis, reasons
from fourfold.engine.spc.by_segment import charted_by_segment
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.summing import individuals

__all__ = [
    "NaturalSpread",
    "left_unscreened",
    "moving_range_chart",
    "natural_spread",
    "overlapped",
    "table_of",
    "xmr",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]


def xmr(
    values: Floats, *, basis: Basis | None = None, screening: bool = True, overlapping: Bools | None = None
) -> ControlChart:
    """Natural process limits of single values: the mean ± 2.66 mean moving ranges.

    Args:
        values: (series, period) or (period,), oldest first, in the measure's unit; NaN is missing. A gap has no moving
            range across it.
        basis: which points count, segments, constants.
        screening: drop moving ranges of 3.267 mean moving ranges or more, once, and take the mean of the rest; none
            where that would leave no range above zero (`left_unscreened`).
        overlapping: (series,), running totals and rolling windows: their neighbours share their parts, so that their
            ranges say nothing. OVERLAPPING.

    Returns: limits NaN with TOO_FEW_POINTS below `basis.least` points or one moving range fewer, NO_VARIATION where
        every moving range is zero.

    Source: METHOD M3.4, §8; Montgomery, Introduction to Statistical Quality Control, §6.4; Nelson, J. Quality
        Technology 14, 1982 (screening).

    >>> chart = xmr(np.array([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1.0]), screening=False)
    >>> chart.centre.round(4).item(), chart.lower.round(4).item(), chart.upper.round(4).item()
    (1.9444, -3.0626, 6.9515)
    """
    basis = basis or Basis()
    points = table_of(values)
    segments = basis.segments_over(points)
    found = natural_spread(points, basis=basis, screening=screening)
    return charted_by_segment(
        ChartKind.XMR,
        points,
        centre=found.mean,
        reach=basis.numbers.limit_per_mean_range * found.mean_range,
        why=overlapped(found.why, overlapping),
        used=found.used,
        segments=segments,
        deviation=found.mean_range / basis.numbers.mean_range_per_sigma,
    )


def overlapped(why: Bytes, overlapping: Bools | None) -> Bytes:
    """The reasons, with OVERLAPPING over whole series whose neighbours share their parts; None: nobody says so."""
    if overlapping is None:
        return why
    return np.where(np.asarray(overlapping)[:, np.newaxis], np.uint8(Why.OVERLAPPING), why)


@dataclass(frozen=True, slots=True)
class NaturalSpread:
    """Mean and mean moving range with the reason why not, each (series, segment).

    `unscreened` says where screening would have dropped every range above zero, and dropped none.
    """

    mean: Floats
    mean_range: Floats
    why: Bytes
    used: NDArray[np.int64]
    unscreened: Bools


def left_unscreened(values: Floats, *, basis: Basis | None = None) -> Bools:
    """Whether a series' limits rest on all its moving ranges, since screening would have left none above zero.

    Args: as for `xmr`.

    Returns: (series,). More than half of neighbours are then equal: of counts a c, g or t chart says more.

    Source: METHOD M3.4 (screening is an option; a series that varies has limits), §8.

    >>> left_unscreened(np.array([[0.0] * 42 + [1.0] * 6, [1.0, 2.0] * 24])).tolist()
    [True, False]
    """
    found = natural_spread(table_of(values), basis=basis or Basis(), screening=True)
    return np.asarray(found.unscreened.any(axis=1))


def natural_spread(points: Floats, *, basis: Basis, screening: bool) -> NaturalSpread:
    """The two numbers that an XmR chart, a t chart, an EWMA and a CUSUM rest on."""
    sums = individuals(
        basis.kept(points),
        basis.segments_over(points),
        baseline=basis.first_points,
        screen=basis.numbers.range_ceiling if screening else 0.0,
        backend=basis.backend,
    )
    with np.errstate(all="ignore"):
        mean = sums.total / sums.points
        # Where most neighbours are equal, screening would drop every range there is: then none is dropped.
        nothing_left = (sums.ranges == 0.0) & (sums.every > 0.0)
        mean_range = np.where(nothing_left, sums.every / sums.pairs, sums.ranges / sums.spans)
    enough = (sums.points >= basis.least) & (sums.pairs >= basis.least - 1)
    return NaturalSpread(mean, mean_range, reasons(enough, mean_range), sums.points, nothing_left & enough)


def moving_range_chart(values: Floats, *, basis: Basis | None = None, screening: bool = True) -> ControlChart:
    """The lower half of an XmR chart: each point's range to the one before, with its upper limit 3.267 mean ranges.

    Args: as for `xmr`.

    Source: METHOD M3.4; Montgomery §6.4.

    >>> chart = moving_range_chart(np.array([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1.0]))
    >>> chart.upper.item(), chart.points[0, :3].tolist()
    (3.267, [nan, 1.0, 1.0])
    """
    basis = basis or Basis()
    points = table_of(values)
    segments = basis.segments_over(points)
    found = natural_spread(points, basis=basis, screening=screening)
    ranges = np.full(points.shape, np.nan)
    with np.errstate(invalid="ignore"):
        ranges[:, 1:] = np.abs(np.diff(points, axis=1))
    number = np.broadcast_to(segments.number, points.shape)
    ranges[:, 1:][number[:, 1:] != number[:, :-1]] = np.nan
    return charted_by_segment(
        ChartKind.R,
        ranges,
        centre=found.mean_range,
        reach=found.mean_range * (basis.numbers.range_ceiling - 1.0),
        why=found.why,
        used=found.used,
        segments=segments,
        floor=0.0,
    )


def table_of(values: Floats) -> Floats:
    """One series as a table of one, no period as one that is missing; what is not finite is not there."""
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if not table.shape[1]:
        return np.full((len(table), 1), np.nan)
    return table if not np.isinf(table).any() else np.where(np.isinf(table), np.nan, table)
