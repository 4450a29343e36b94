"""One line's targets per page: the same operator over the native periods as the value has (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import PageRanges, TargetOperator
from fourfold.engine.book.targets import TargetTable
from fourfold.engine.evaluate.native import NativeTotals
from fourfold.engine.evaluate.page_values import rows_counted_last
from fourfold.engine.quantities import Why

__all__ = ["PageTargets", "no_targets", "page_targets"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class PageTargets:
    """Shape (page, unit). `times`: how many entered targets a sum is made of, over periods and over units below; None
    where thresholds do not grow.
    """

    value: Floats
    why: Bytes
    red: Floats | None
    best: Floats | None
    times: Floats | None

    def on(self, pages: Bools) -> PageTargets:
        """The targets of some of the pages."""
        red, best, times = (
            None if each is None else each[pages] for each in (self.red, self.best, self.times)
        )
        return PageTargets(self.value[pages], self.why[pages], red, best, times)


def no_targets(never: Bools) -> PageTargets:
    """Nobody said what is wanted; where nothing is ever owed, nobody had to."""
    why = np.where(never, np.uint8(Why.NOT_APPLICABLE), np.uint8(Why.MISSING_REQUIRED))
    return PageTargets(np.full(never.shape, np.nan), why, None, None, None)


def page_targets(
    table: TargetTable | None,
    *,
    operator: TargetOperator,
    native: NativeTotals,
    ranges: PageRanges,
    grows: bool,
    weights: Floats | None = None,
) -> PageTargets:
    """Targets to date: over the native periods that count; over all of a page's periods where none counts yet.

    Sums add up; ratios and their kin weigh by the actual denominators, starting from the first target so that equal
    targets stay exactly equal; stocks and indices take the last; maxima and minima the largest and smallest. A missing
    part makes the whole missing. A formula has no denominators and gives its own `weights`, shape (native, unit).
    """
    counts = _counting(native, ranges)
    times = _times(table, operator=operator, ranges=ranges, counts=counts) if grows else None
    never = counts.not_yet
    if never.any():  # what counts is owed, so that only pages where nothing counts can owe nothing
        never = never & (ranges.total(native.expected) == 0)
    if table is None:
        bare = no_targets(never)
        return PageTargets(bare.value, bare.why, None, None, times)
    value = _over_time(
        table.value,
        operator=operator,
        native=native,
        ranges=ranges,
        counts=counts,
        table=table,
        weights=weights,
    )
    own = [
        None if each is None else _own(each, operator=operator, ranges=ranges, counts=counts)
        for each in (table.red, table.best)
    ]
    value[never] = np.nan
    why = np.where(np.isnan(value), np.uint8(Why.MISSING_REQUIRED), np.uint8(Why.PRESENT))
    why[never] = Why.NOT_APPLICABLE
    return PageTargets(value, why, own[0], own[1], times)


@dataclass(frozen=True)
class _Counting:
    """Native cells that count, all that are ever owed, and the pages where none counts yet."""

    now: Bools
    ever: Bools
    not_yet: Bools

    def total(self, ranges: PageRanges) -> Floats:
        return self.choose(
            ranges.total(self.now.astype(np.float64)), lambda: ranges.total(self.ever.astype(np.float64))
        )

    def choose(self, now: Floats, ever: Callable[[], Floats]) -> Floats:
        """The sums to date; over the whole page where nothing counts yet."""
        return np.where(self.not_yet, ever(), now) if self.not_yet.any() else now


def _counting(native: NativeTotals, ranges: PageRanges) -> _Counting:
    now = native.due > 0
    return _Counting(now, native.expected > 0, ~ranges.fold(now, np.logical_or, nothing=False))


def _times(
    table: TargetTable | None, *, operator: TargetOperator, ranges: PageRanges, counts: _Counting
) -> Floats | None:
    """What distances are multiplied by: a sum over time adds its periods' parts, a state has those of its last one."""
    parts = None if table is None else table.parts
    if operator is TargetOperator.SUM:
        if parts is None:
            return np.maximum(counts.total(ranges), 1.0)
        return np.maximum(_combined(parts, operator=operator, ranges=ranges, counts=counts), 1.0)
    if parts is None:
        return None
    return parts[ranges.start] if ranges.is_native else _last(parts, ranges=ranges, counts=counts)


def _over_time(
    wanted: Floats,
    *,
    operator: TargetOperator,
    native: NativeTotals,
    ranges: PageRanges,
    counts: _Counting,
    table: TargetTable,
    weights: Floats | None,
) -> Floats:
    if ranges.is_native:
        return wanted[ranges.start]
    if operator is TargetOperator.WEIGHTED and not table.is_steady:
        if native.denominator is not None:
            return _weighted(wanted, weights=native.denominator, ranges=ranges, counts=counts)
        alike = _weighted(wanted, weights=np.ones_like(wanted), ranges=ranges, counts=counts)
        if weights is None:
            return alike
        return _weighted(wanted, weights=weights, ranges=ranges, counts=counts, otherwise=alike)
    return _combined(wanted, operator=operator, ranges=ranges, counts=counts)


def _combined(wanted: Floats, *, operator: TargetOperator, ranges: PageRanges, counts: _Counting) -> Floats:
    if operator in (TargetOperator.LAST, TargetOperator.WEIGHTED):
        return _last(wanted, ranges=ranges, counts=counts)
    combine, nothing = {
        TargetOperator.SUM: (np.add, 0.0),
        TargetOperator.MAX: (np.maximum, -np.inf),
        TargetOperator.MIN: (np.minimum, np.inf),
    }[operator]

    def over(chosen: Bools) -> Floats:
        return ranges.fold(np.where(chosen, wanted, nothing), combine, nothing=nothing)

    found = counts.choose(over(counts.now), lambda: over(counts.ever))
    found[~np.isfinite(found)] = np.nan
    return found


def _last(wanted: Floats, *, ranges: PageRanges, counts: _Counting) -> Floats:
    rows = rows_counted_last(counts.now, ranges)
    if counts.not_yet.any():
        rows = np.where(counts.not_yet, np.maximum(ranges.stop - 1, 0)[:, np.newaxis], rows)
    return np.take_along_axis(wanted, rows, axis=0)


def _weighted(
    wanted: Floats,
    *,
    weights: Floats,
    ranges: PageRanges,
    counts: _Counting,
    otherwise: Floats | None = None,
) -> Floats:
    """T_first + Σ (T − T_first) · weight ÷ Σ weight.

    Where nothing counts or weighs, `otherwise`; None: the target of the page's end.
    """
    rows = np.where(counts.now, np.arange(len(wanted))[:, np.newaxis], len(wanted))
    first_rows = ranges.fold(rows, np.minimum, nothing=len(wanted))
    first = np.take_along_axis(wanted, np.minimum(first_rows, len(wanted) - 1), axis=0)
    above = np.zeros_like(first)
    for page, (start, stop) in enumerate(zip(ranges.start.tolist(), ranges.stop.tolist(), strict=True)):
        for row in range(start, stop):
            part = (wanted[row] - first[page]) * weights[row]
            np.add(above[page], part, out=above[page], where=counts.now[row])
    total = ranges.total(np.where(counts.now, weights, 0.0))
    with np.errstate(all="ignore"):
        found = first + above / total
    if otherwise is None:
        otherwise = _last(wanted, ranges=ranges, counts=counts)
    return np.where(total == 0.0, otherwise, found)


def _own(table: Floats, *, operator: TargetOperator, ranges: PageRanges, counts: _Counting) -> Floats:
    """The target rows' own thresholds: sums add up, everything else keeps the last."""
    if ranges.is_native:
        return table[ranges.start]
    if operator is TargetOperator.SUM:
        return _combined(table, operator=operator, ranges=ranges, counts=counts)
    return _last(table, ranges=ranges, counts=counts)
