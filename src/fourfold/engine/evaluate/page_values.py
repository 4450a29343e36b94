"""One line's pages: native periods combined over time, then the value, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import Operator, PageRanges
from fourfold.engine.book.expectation import Expectation
from fourfold.engine.book.value_rules import ValueRule
from fourfold.engine.evaluate.native import NEUTRAL, NativeTotals
from fourfold.engine.quantities import Why
from fourfold.engine.rollup import COVERAGE_TOLERANCE

__all__ = ["PageSums", "PageValues", "page_sums", "page_values", "rows_counted_last"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class PageSums:
    """Shape (page, unit): what the counted native periods of a page add up to, and how many of those due are there."""

    numerator: Floats
    denominator: Floats | None
    present: Floats
    due: Floats


@dataclass(frozen=True)
class PageValues:
    """Shape (page, unit): values (NaN where missing), why they are missing, and the sums behind them."""

    value: Floats
    why: Bytes
    sums: PageSums


def page_sums(native: NativeTotals, *, rule: ValueRule, ranges: PageRanges) -> PageSums:
    """Combine native periods by the kind's operator over time (METHOD §2.6)."""
    operator = rule.semantics.over_time
    if operator is Operator.LAST:
        rows = rows_counted_last(native.due > 0, ranges)
        return PageSums(
            _gathered(native.numerator, rows),
            None if native.denominator is None else _gathered(native.denominator, rows),
            _gathered(native.present, rows),
            _gathered(native.due, rows),
        )
    combine = {Operator.MAX: np.maximum, Operator.MIN: np.minimum}.get(operator, np.add)
    due = ranges.total(native.due)
    return PageSums(
        ranges.fold(native.numerator, combine, nothing=NEUTRAL[operator]),
        None if native.denominator is None else ranges.total(native.denominator),
        due if native.is_complete else ranges.total(native.present),
        due,
    )


def rows_counted_last(counts: Bools, ranges: PageRanges) -> NDArray[np.int64]:
    """Per page and unit, the last native row that counts; −1 where none does."""
    rows = np.where(counts, np.arange(len(counts))[:, np.newaxis], -1)
    return ranges.fold(rows, np.maximum, nothing=-1)


def _gathered(table: Floats, rows: NDArray[np.int64]) -> Floats:
    if rows.size and rows[:, 0].min() >= 0 and (rows == rows[:, :1]).all():
        return table[rows[:, 0]]  # the usual case: every unit's last period is the same
    found = np.take_along_axis(table, np.maximum(rows, 0), axis=0)
    found[rows < 0] = 0.0
    return found


def page_values(
    sums: PageSums,
    *,
    native: NativeTotals,
    rule: ValueRule,
    expectation: Expectation,
    ranges: PageRanges,
    is_cell: Bools,
    coverage_min: float,
) -> PageValues:
    """Decide each page's value: complete sums, quotients of enough coverage, stored numbers; else the reason.

    Nothing owed is NOT_APPLICABLE, nothing due yet NOT_DUE. A single cell keeps its own reason. A sum with a missing
    part is MISSING_REQUIRED, a quotient below `coverage_min` INSUFFICIENT (DESIGN §5, Gaps).
    """
    value = _value(sums, rule)
    why = np.zeros(value.shape, dtype=np.uint8)
    if not native.is_complete:
        _explain_gaps(why, sums, rule=rule, coverage_min=coverage_min)
        _keep_own_reasons(why, sums, native=native, expectation=expectation, ranges=ranges, is_cell=is_cell)
    if sums.denominator is not None:
        np.copyto(why, int(Why.ZERO_DENOMINATOR), where=(why == Why.PRESENT) & (sums.denominator == 0.0))
    np.copyto(why, int(Why.NOT_FINITE), where=(why == Why.PRESENT) & ~np.isfinite(value))
    waiting = sums.due == 0
    if waiting.any():
        _explain_waiting(why, waiting, native=native, ranges=ranges)
    if rule.semantics.over_time is Operator.NONE:
        _refuse_aggregates(why, waiting, rule=rule, expectation=expectation, ranges=ranges, is_cell=is_cell)
    why[:, ~expectation.selected] = Why.NOT_APPLICABLE
    value[why != Why.PRESENT] = np.nan
    return PageValues(value, why, sums)


def _value(sums: PageSums, rule: ValueRule) -> Floats:
    # The multiplier comes first: 100 × 57 ÷ 100 is 57, 100 × (57 ÷ 100) is a hair less.
    multiplied: Floats = rule.version.multiplier * sums.numerator
    if sums.denominator is None:
        return multiplied
    with np.errstate(all="ignore"):
        return np.asarray(np.divide(multiplied, sums.denominator))


def _explain_gaps(why: Bytes, sums: PageSums, *, rule: ValueRule, coverage_min: float) -> None:
    missing = sums.present < sums.due
    if rule.semantics.needs_all:
        why[missing] = Why.MISSING_REQUIRED
        return
    with np.errstate(all="ignore"):
        thin = sums.present / sums.due < coverage_min - COVERAGE_TOLERANCE
    why[missing & thin] = Why.INSUFFICIENT
    why[missing & (sums.present == 0)] = Why.MISSING_REQUIRED


def _keep_own_reasons(
    why: Bytes,
    sums: PageSums,
    *,
    native: NativeTotals,
    expectation: Expectation,
    ranges: PageRanges,
    is_cell: Bools,
) -> None:
    own = np.full(why.shape, Why.MISSING_DUE, dtype=np.uint8)
    if native.own is not None:
        own[is_cell] = native.own[ranges.start[is_cell]]
    single = is_cell[:, np.newaxis] & expectation.entry & (sums.present == 0) & (sums.due > 0)
    np.copyto(why, own, where=single)


def _refuse_aggregates(
    why: Bytes,
    waiting: Bools,
    *,
    rule: ValueRule,
    expectation: Expectation,
    ranges: PageRanges,
    is_cell: Bools,
) -> None:
    """Kinds that cannot be aggregated have stored cells only; a parent, a total or another grain is NOT_ADDITIVE."""
    whole = ~is_cell[:, np.newaxis] | bool(rule.version.segments)
    np.copyto(why, int(Why.NOT_ADDITIVE), where=~waiting & whole)
    due_below = ranges.total(np.where(expectation.due[:, np.newaxis], expectation.expected, 0.0)) > 0
    np.copyto(why, int(Why.NOT_ADDITIVE), where=waiting & due_below & ~expectation.entry)


def _explain_waiting(why: Bytes, waiting: Bools, *, native: NativeTotals, ranges: PageRanges) -> None:
    owed = ranges.total(native.expected) > 0
    np.copyto(why, np.where(owed, np.uint8(Why.NOT_DUE), np.uint8(Why.NOT_APPLICABLE)), where=waiting)
