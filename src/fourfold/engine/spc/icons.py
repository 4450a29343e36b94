"""The two icons beside a status: does it change (variation), and will it meet its target (assurance)?"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Polarity
from fourfold.engine.spc.chart import ControlChart
from fourfold.engine.spc.signals import Signals

__all__ = ["Assurance", "Icons", "Variation", "icons", "last_points"]

Number = TypeVar("Number", bound=np.generic)
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

_WANTED = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


class Variation(IntEnum):
    """What the latest point says; one byte a series."""

    NOT_COMPUTABLE = 0
    COMMON_CAUSE = 1
    IMPROVEMENT = 2
    CONCERN = 3
    NEUTRAL_HIGH = 4  # special cause without a wanted direction
    NEUTRAL_LOW = 5
    NEUTRAL = 6  # special cause that points neither way

    @property
    def code(self) -> str:
        """The stable spelling in JSON."""
        return self.name.lower()

    @property
    def is_special(self) -> bool:
        """Whether something has changed."""
        return self >= Variation.IMPROVEMENT


class Assurance(IntEnum):
    """What the limits promise about the target; one byte a series."""

    NOT_COMPUTABLE = 0  # no limits, no target, or no wanted direction
    CONSISTENTLY_MEET = 1
    HIT_OR_MISS = 2
    CONSISTENTLY_MISS = 3

    @property
    def code(self) -> str:
        """The stable spelling in JSON."""
        return self.name.lower()


class Icons(NamedTuple):
    """Both icons as bytes and the point they speak of (−1: none), each (series,)."""

    variation: Bytes
    assurance: Bytes
    point: Ints


def icons(
    chart: ControlChart,
    signals: Signals,
    *,
    polarity: Polarity | NDArray[np.int8] | None,
    target: float | Floats | None = None,
) -> Icons:
    """Say for every series whether its latest point is signal or noise, and whether its limits hold the target.

    Args:
        chart, signals: of one another.
        polarity: which way is better: for all series, or (series,) of +1 (higher), −1 (lower), 0 (neither). A band or
            an exact target has no single better way: neutral.
        target: one number or (series,), in the measure's unit; NaN or None where there is none.

    Returns: variation of the last point there is, assurance of the limits at that point: with higher better, a target
        below the lower limit will consistently be met, one above the upper limit consistently missed, any other one
        is hit or missed by chance; mirrored with lower better.

    Source: METHOD M3.4; NHSRplotthedots, ptd_calculate_assurance_type; Making Data Count.

    >>> from fourfold.engine.spc import signals, xmr
    >>> chart = xmr(np.array([8, 9, 8, 10, 9, 8, 9, 10, 9, 8, 9, 20.0]))
    >>> found = icons(chart, signals(chart), polarity=Polarity.MINIMISE, target=30.0)
    >>> Variation(found.variation[0]).code, Assurance(found.assurance[0]).code
    ('concern', 'consistently_meet')
    """
    wanted = _wanted(polarity, len(chart.points))
    point = last_points(chart.points)
    series = np.arange(len(point))
    at = np.maximum(point, 0)
    judged = (point >= 0) & _at(chart.has_limits, series, at)
    marks = Signals(signals.rules, signals.marks[series, at][:, np.newaxis])
    special, way = marks.is_special[:, 0], marks.direction[:, 0]
    neutral = np.where(
        way > 0, Variation.NEUTRAL_HIGH, np.where(way < 0, Variation.NEUTRAL_LOW, Variation.NEUTRAL)
    )
    better = np.where(way == wanted, Variation.IMPROVEMENT, Variation.CONCERN)
    spoken = np.where((wanted == 0) | (way == 0), neutral, better)
    variation = np.where(judged, np.where(special, spoken, Variation.COMMON_CAUSE), Variation.NOT_COMPUTABLE)
    assurance = _assured(chart, target, wanted=wanted, series=series, at=at, judged=judged)
    return Icons(variation.astype(np.uint8), assurance, point)


def last_points(points: Floats) -> Ints:
    """The place of the last point there is in each series; −1 where there is none.

    Source: METHOD M3.4 (only signals on the latest points open exceptions).

    >>> last_points(np.array([[1.0, 2.0, np.nan], [np.nan, np.nan, np.nan]])).tolist()
    [1, -1]
    """
    there = np.isfinite(points)
    periods = points.shape[1]
    return np.where(there.any(axis=1), periods - 1 - there[:, ::-1].argmax(axis=1), -1)


def _wanted(polarity: Polarity | NDArray[np.int8] | None, series: int) -> NDArray[np.int8]:
    if isinstance(polarity, np.ndarray):
        return np.sign(polarity).astype(np.int8)
    way = 0 if polarity is None else _WANTED.get(polarity, 0)
    return np.full(series, way, dtype=np.int8)


def _assured(
    chart: ControlChart,
    target: float | Floats | None,
    *,
    wanted: NDArray[np.int8],
    series: Ints,
    at: Ints,
    judged: NDArray[np.bool_],
) -> Bytes:
    if target is None:
        return np.zeros(len(series), dtype=np.uint8)
    aim = np.broadcast_to(np.asarray(target, dtype=np.float64), series.shape)
    here = ControlChart(
        chart.kind,
        chart.points[series, at][:, np.newaxis],
        centre=_at(chart.centre, series, at)[:, np.newaxis],
        reach=_at(chart.reach, series, at)[:, np.newaxis],
        why=chart.why[:, :1],
        used=chart.used[:, :1],
        segments=chart.segments,
        floor=chart.floor,
        ceiling=chart.ceiling,
        power=chart.power,
    )
    with np.errstate(invalid="ignore"):
        below, above = aim < here.lower[:, 0], aim > here.upper[:, 0]
    met, missed = np.where(wanted > 0, below, above), np.where(wanted > 0, above, below)
    certain = np.where(met, Assurance.CONSISTENTLY_MEET, np.where(missed, Assurance.CONSISTENTLY_MISS, 2))
    known = judged & (wanted != 0) & np.isfinite(aim)
    return np.where(known, certain, Assurance.NOT_COMPUTABLE).astype(np.uint8)


def _at(limits: NDArray[Number], series: Ints, at: Ints) -> NDArray[Number]:
    """A limit or reason at one point of each series."""
    return np.asarray(limits[series, at if limits.shape[1] > 1 else np.zeros_like(at)])
