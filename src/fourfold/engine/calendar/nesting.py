"""Which periods hold which: every coarser period holds a run of consecutive finer ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar.fiscal_year import FiscalYearRule, IntOrInts
from fourfold.engine.calendar.periods import Frequency, Grain

__all__ = ["RangeMap", "first_inside", "holding", "range_map"]

DAYS_TO_MID_WEEK = 3  # Monday to Thursday: a week belongs to the month of its Thursday (DESIGN §5, ISO 8601)


@dataclass(frozen=True, slots=True)
class RangeMap:
    """For each page period the native periods it is made of: `[start, stop)`, int64 ordinals, shape (n,).

    `carried` (bool) marks a page shorter than one native period: it shows the last native period that had closed by
    the page's end, and is not made of it.
    """

    start: NDArray[np.int64]
    stop: NDArray[np.int64]
    carried: NDArray[np.bool_]


def first_inside(
    rule: FiscalYearRule, ordinals: IntOrInts, *, coarse: Frequency, fine: Frequency
) -> IntOrInts:
    """The ordinal of the first `fine` period in each `coarse` one; the next one's first ends the run.

    Raises:
        ValueError: `fine` is coarser than `coarse`.
        PeriodUnknown: outside the years the calendar covers.
    """
    if fine.is_coarser_than(coarse):
        raise ValueError(f"a {coarse} holds no {fine}")
    if fine is coarse:
        return ordinals
    if fine.months:
        return ordinals * (coarse.months // fine.months)
    if coarse is Frequency.WEEK:
        return 7 * ordinals + rule.week_phase
    day = rule.month_start(ordinals * coarse.months)
    if fine is Frequency.DAY:
        return day
    # The first week whose middle is not before the month's first day.
    return -((DAYS_TO_MID_WEEK + rule.week_phase - day) // 7)


def holding(rule: FiscalYearRule, ordinals: IntOrInts, *, fine: Frequency, coarse: Frequency) -> IntOrInts:
    """The ordinal of the `coarse` period each `fine` one belongs to.

    Raises:
        ValueError: `fine` is coarser than `coarse`.
        PeriodUnknown: outside the years the calendar covers.
    """
    if fine.is_coarser_than(coarse):
        raise ValueError(f"a {fine} lies in no {coarse}")
    if fine is coarse:
        return ordinals
    if fine.months:
        return ordinals * fine.months // coarse.months
    if coarse is Frequency.WEEK:
        return (ordinals - rule.week_phase) // 7
    day = ordinals if fine is Frequency.DAY else 7 * ordinals + rule.week_phase + DAYS_TO_MID_WEEK
    return rule.month_holding(day) // coarse.months


def range_map(rule: FiscalYearRule, frequency: Frequency, *, grain: Grain, first: int, last: int) -> RangeMap:
    """Map the pages `first` to `last` (ordinals of `grain`, both included) to native periods.

    Raises:
        PeriodUnknown: outside the years the calendar covers.
    """
    pages = np.arange(first, last + 1, dtype=np.int64)
    unit = grain.frequency
    begins = pages // 12 * 12 if grain is Grain.YTD else pages
    if frequency.is_coarser_than(unit):
        return _closed_by(rule, frequency, grain=grain, pages=pages)
    start = first_inside(rule, begins, coarse=unit, fine=frequency)
    stop = first_inside(rule, pages + 1, coarse=unit, fine=frequency)
    return RangeMap(start, stop, np.zeros(pages.size, dtype=np.bool_))


def _closed_by(
    rule: FiscalYearRule, frequency: Frequency, *, grain: Grain, pages: NDArray[np.int64]
) -> RangeMap:
    """A year to date holds the quarters closed since the year began; where none is, the last one is carried."""
    day_after = first_inside(rule, pages + 1, coarse=grain.frequency, fine=Frequency.DAY)
    closed = holding(rule, day_after, fine=Frequency.DAY, coarse=frequency) - 1
    if grain is not Grain.YTD:
        return RangeMap(closed, closed + 1, np.ones(pages.size, dtype=np.bool_))
    begins = pages // 12 * 12 // frequency.months
    return RangeMap(np.minimum(begins, closed), closed + 1, closed < begins)
