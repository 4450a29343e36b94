"""Rare events: how many cases, or how much time, from one to the next (g and t charts)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.basis import Basis, reasons
from fourfold.engine.spc.by_segment import charted_by_segment
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.individual import table_of, xmr
from fourfold.engine.spc.refusals import refuse_counts
from fourfold.engine.spc.summing import sum_up

__all__ = ["NORMAL_POWER", "between_events", "time_between_events"]

Floats = NDArray[np.float64]

NORMAL_POWER: Final = 3.6  # x to the power 1/3.6 makes exponential times nearly normal (Nelson 1994)


def between_events(cases: Floats, *, basis: Basis | None = None) -> ControlChart:
    """g chart: cases between events, say operations between two infections; mean ± 3 √(mean · (mean + 1)).

    Args:
        cases: (series, event) or (event,), 0 or more, oldest first; NaN is missing.
        basis: which points count, segments.

    Returns: limits from 0 up; NO_VARIATION where every count is 0.

    Raises:
        CountsWrong: a negative count.

    Source: METHOD M3.4; Benneyan, Health Care Management Science 4, 2001; Montgomery §7.3.5.

    >>> between_events(np.array([12.0, 4, 30, 8, 17, 2, 25, 14])).upper.round(2).item()
    57.47
    """
    basis = basis or Basis()
    points = _not_negative(cases)
    segments = basis.segments_over(points)
    total, used = sum_up(basis.kept(points), segments, baseline=basis.first_points, backend=basis.backend)
    with np.errstate(all="ignore"):
        mean = total / used
        reach = 3.0 * np.sqrt(mean * (mean + 1.0))
    return charted_by_segment(
        ChartKind.G,
        points,
        centre=mean,
        reach=reach,
        why=reasons(used >= basis.least, reach),
        used=used,
        segments=segments,
        floor=0.0,
    )


def time_between_events(
    times: Floats, *, basis: Basis | None = None, screening: bool = False
) -> ControlChart:
    """t chart: time between events; the limits of an XmR chart of the 3.6th roots, taken back to time.

    Args:
        times: (series, event) or (event,), 0 or more, oldest first, any unit of time; NaN is missing.
        basis: which points count, segments, constants.
        screening: as for `xmr`.

    Returns: `points`, `centre` and `reach` are roots, which the rules judge; `shown_points`, `lower` and `upper` times.

    Raises:
        CountsWrong: a negative time.

    Source: METHOD M3.4; Nelson, J. Quality Technology 26, 1994; Montgomery §7.3.5.

    >>> chart = time_between_events(np.array([286.0, 948, 536, 124, 816, 729, 4, 143]))
    >>> chart.lower.item(), bool(chart.upper.item() > 948)
    (0.0, True)
    """
    roots = _not_negative(times) ** (1.0 / NORMAL_POWER)
    chart = xmr(roots, basis=basis, screening=screening)
    return replace(chart, kind=ChartKind.T, floor=0.0, power=NORMAL_POWER)


def _not_negative(values: Floats) -> Floats:
    points = table_of(values)
    refuse_counts(points < 0.0, "counts and times between events are never negative")
    return points
