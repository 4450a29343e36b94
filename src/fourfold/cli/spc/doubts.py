"""What makes the limits of a file's series doubtful, in stable codes: the same for charts, sums and capability."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.series_table import SeriesTable
from fourfold.engine import spc

__all__ = ["coded", "doubts_of_gaps", "doubts_of_values", "last_stretch", "overlapping_in"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def overlapping_in(table: SeriesTable, said: bool | None) -> Bools:
    """Which series are running totals: as was said; else those that run like one."""
    if said is not None:
        return np.full(len(table.keys), said)
    return spc.looks_cumulative(table.values)


def doubts_of_values(values: Floats, *, cycle: int, overlapping: Bools, is_judged: bool) -> dict[str, Bools]:
    """What the values say of themselves; `is_judged`: running totals were recognised, and nobody said so.

    Args:
        values: (series, period), of the last stretch only: a jump between two would look like likeness.
    """
    return {
        "gaps": doubts_of_gaps(values),
        "autocorrelated": np.nan_to_num(spc.autocorrelation(values)) > spc.MOST_AUTOCORRELATION,
        "seasonal": spc.is_seasonal(values, cycle=cycle) & ~overlapping,
        "looks_cumulative": overlapping & is_judged,
    }


def doubts_of_gaps(values: Floats) -> Bools:
    """Whether a point is missing between a series' first and its last."""
    there = np.isfinite(values)
    span = values.shape[1] - there.argmax(axis=1) - there[:, ::-1].argmax(axis=1)
    return np.asarray(there.any(axis=1) & (span > there.sum(axis=1)))


def last_stretch(values: Floats, segments: spc.Segments | None) -> Floats:
    """The values since limits last began anew; NaN before."""
    if segments is None:
        return values
    number = np.broadcast_to(segments.number, values.shape)
    return np.where(number == number.max(axis=1, keepdims=True), values, np.nan)


def coded(found: Mapping[str, Bools], *, count: int) -> tuple[tuple[str, ...], ...]:
    """The codes that hold, a row a series."""
    return tuple(tuple(code for code, holds in found.items() if holds[place]) for place in range(count))
