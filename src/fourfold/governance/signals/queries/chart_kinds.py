"""Which chart suits a measure's values: as somebody decided, else as its numbers tell (METHOD M3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine import spc
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.quantities import AggregationKind
from fourfold.engine.spc import ChartKind
from fourfold.governance.signals.queries.decisions import Decision, DecisionKind

__all__ = [
    "HAPPENING",
    "OF_EVENTS",
    "OF_VALUES",
    "RARE",
    "are_rare",
    "chosen_kind",
    "fits_definition",
    "kind_of",
    "runs_to_date",
    "suits",
]

Floats = NDArray[np.float64]

OF_VALUES: Final = frozenset({ChartKind.XMR, ChartKind.C, ChartKind.G, ChartKind.T}) | spc.WITH_MEMORY
"""Charts of the values themselves; the others are of their numerators and denominators."""

OF_EVENTS: Final = frozenset({ChartKind.C, ChartKind.G, ChartKind.T})
"""Charts of events, or of what lies between two: a temperature or a headcount is neither."""

HAPPENING: Final = frozenset({AggregationKind.FLOW, AggregationKind.DISTINCT, AggregationKind.PRECOMPUTED})
"""Kinds whose values may be what happens in a period, or to date; what is precomputed may be anything."""

RARE: Final = 1.0  # events a period on average, below which limits of counts say little


def kind_of(series: NativeSeries, decisions: Sequence[Decision] = ()) -> ChartKind:
    """The chart; a choice that the values have outgrown does not hold."""
    chosen = chosen_kind(decisions)
    return chosen if chosen is not None and suits(chosen, series) else _of_numbers(series)


def chosen_kind(decisions: Sequence[Decision]) -> ChartKind | None:
    """What was decided about a measure; None where nobody did."""
    return next((ChartKind(each.chart) for each in decisions if each.kind is DecisionKind.CHART), None)


def suits(kind: ChartKind, series: NativeSeries) -> bool:
    """Whether such a chart can be made of the values, and means something of what they are."""
    if not fits_definition(kind, series):
        return False
    there = series.value[np.isfinite(series.value)]
    if kind is ChartKind.C:
        return _are_counts(there)
    return kind not in OF_EVENTS or bool((there >= 0.0).all())


def fits_definition(kind: ChartKind, series: NativeSeries) -> bool:
    """Whether a measure of this kind may have such a chart: events happen, means, stocks and ratios do not."""
    return kind not in OF_EVENTS or series.version.kind in HAPPENING


def runs_to_date(series: NativeSeries, values: Floats) -> bool:
    """Whether values run like a total to date; what the definition calls a stock, a mean or a ratio is none."""
    return series.version.kind in HAPPENING and bool(spc.looks_cumulative(values)[0])


def are_rare(series: NativeSeries) -> float | None:
    """How many events a period has on average where they are counted and rare; else None."""
    if _of_numbers(series) is ChartKind.XMR:
        events = series.value if series.version.kind is AggregationKind.FLOW else np.zeros(0)
    else:
        events = np.zeros(0) if series.numerator is None else series.numerator
    there = events[np.isfinite(events)]
    if not there.size or not _are_counts(there) or not 0.0 < there.mean() < RARE:
        return None
    return float(there.mean())


def _of_numbers(series: NativeSeries) -> ChartKind:
    """Counts in counts make shares, counts in anything rates; all else is single values."""
    above, below = series.numerator, series.denominator
    if above is None or below is None or not _are_counts(above) or (below < 0.0).any():
        return ChartKind.XMR
    if series.version.kind is AggregationKind.RATE:
        return ChartKind.U
    if series.version.kind is not AggregationKind.RATIO or not _are_counts(below) or (above > below).any():
        return ChartKind.XMR
    return ChartKind.P


def _are_counts(numbers: Floats) -> bool:
    there = numbers[np.isfinite(numbers)]
    return bool((there >= 0.0).all() and (there == np.floor(there)).all())
