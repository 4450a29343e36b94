"""Values a hundred times as large or as small as their series usually is: told, since a sign may have been misread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.mapping.resolving import Resolver
from fourfold.folder.mapping.row_findings import RowFindings

__all__ = ["tell_far_off"]

FACTOR = 100.0
FEWEST = 5
"""Values of a series from which it is known what is usual."""

_SERIES = ("measure", "unit", "segment")


def tell_far_off(columns: Mapping[str, NDArray[Any]], *, resolver: Resolver, findings: RowFindings) -> None:
    """One warning for each row. Zeros are no measure of size, and only plain values are compared."""
    size = np.abs(columns["numerator"])
    chosen = np.flatnonzero((columns["denominator"] == 1.0) & (size > 0))
    if chosen.size < FEWEST:
        return
    series, count = _series({name: columns[name][chosen] for name in _SERIES})
    usual = _medians(series, size[chosen])
    share = size[chosen] / usual[series]
    is_far = (count[series] >= FEWEST) & ((share >= FACTOR) | (share <= 1 / FACTOR))
    rows = chosen[np.flatnonzero(is_far)]
    medians = usual[series[is_far]]

    def say(at: int) -> tuple[str, str]:
        measure = resolver.definitions.measures[int(columns["measure"][rows[at]])].key
        unit = resolver.definitions.units[int(columns["unit"][rows[at]])].key
        value = columns["numerator"][rows[at]]
        return (
            f'{value:.15g} is far from what "{measure}" of "{unit}" is otherwise: about {medians[at]:.15g}.',
            "Compare it with the source: a decimal sign or a percentage may be read wrongly.",
        )

    findings.warn("VALUE_FAR_OFF", columns["line"][rows].astype(np.int32), say=say)


def _series(columns: Mapping[str, NDArray[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The number of each value's series, and how many values each has."""
    joint = np.zeros(columns["measure"].size, dtype=np.int64)
    for name in _SERIES:
        joint = joint * (int(columns[name].max()) + 1) + columns[name].astype(np.int64)
    _, series, count = np.unique(joint, return_inverse=True, return_counts=True)
    return series.astype(np.int64), count.astype(np.int64)


def _medians(series: NDArray[np.int64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """The lower middle of each series' sizes."""
    order = np.lexsort((size, series))
    count = np.bincount(series)
    first = np.cumsum(count) - count
    middle: NDArray[np.float64] = size[order][first + (count - 1) // 2]
    return middle
