"""Where fiscal years and their twelve months begin: the one table every conversion reads."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar.periods import PeriodUnknown

__all__ = ["FIRST_YEAR", "LAST_YEAR", "CalendarKind", "FiscalYearRule", "IntOrInts", "NamedBy", "YearEndRule"]

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Fiscal years a calendar covers: wide enough for any scorecard, narrow enough to catch a mistyped year."""

IntOrInts = TypeVar("IntOrInts", int, NDArray[np.int64])
"""Arithmetic on ordinals is the same for one and for many."""


class CalendarKind(StrEnum):
    """Calendar months, or quarters of thirteen weeks split as the name says (METHOD M4.6)."""

    GREGORIAN = "gregorian"
    WEEKS_4_4_5 = "4-4-5"
    WEEKS_4_5_4 = "4-5-4"
    WEEKS_5_4_4 = "5-4-4"


class YearEndRule(StrEnum):
    """Which weekday ends a week-based year: the last in the anchor month, or the one nearest to that month's end."""

    LAST = "last"
    NEAREST = "nearest"


class NamedBy(StrEnum):
    """Which calendar year gives a fiscal year its number: the one it starts in or the one it ends in."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalYearRule:
    """How an organisation cuts time into fiscal years and months.

    `start_month` (1 to 12) serves Gregorian calendars; `week_ends_on` (0 Monday … 6 Sunday), `anchor_month` and
    `rule` the week-based ones, whose defaults are the 4-5-4 retail calendar's. `named_by` None: by the end, except a
    week-based year that ends around January, which retailers name by its start. A year from January to December has
    one number either way.
    """

    kind: CalendarKind = CalendarKind.GREGORIAN
    start_month: int = 1
    named_by: NamedBy | None = None
    week_ends_on: int = 5
    anchor_month: int = 1
    rule: YearEndRule = YearEndRule.NEAREST

    def __post_init__(self) -> None:
        CalendarKind(self.kind)
        YearEndRule(self.rule)
        if not (1 <= self.start_month <= 12 and 1 <= self.anchor_month <= 12):
            raise ValueError("start_month and anchor_month are months: 1 to 12")
        if not 0 <= self.week_ends_on <= 6:
            raise ValueError("week_ends_on is a weekday: 0 (Monday) to 6 (Sunday)")

    @property
    def is_week_based(self) -> bool:
        """Whether months are made of whole weeks."""
        return self.kind != CalendarKind.GREGORIAN

    @property
    def is_calendar_year(self) -> bool:
        """Whether the fiscal year is the calendar year, so that no one needs to be told which is meant."""
        return not self.is_week_based and self.start_month == 1

    @property
    def year_shift(self) -> int:
        """What to add to the calendar year a fiscal year starts in to get its number: 0 or 1."""
        first_month = self.anchor_month % 12 + 1 if self.is_week_based else self.start_month
        by_default = NamedBy.START if self.is_week_based and self.anchor_month == 1 else NamedBy.END
        return int(first_month != 1 and (self.named_by or by_default) == NamedBy.END)

    @property
    def week_phase(self) -> int:
        """The first day of week w has the day ordinal 7 w + phase. ISO weeks start on Monday, whose phase is 1."""
        return (self.week_ends_on + 2) % 7 if self.is_week_based else 1

    def month_start(self, ordinals: IntOrInts) -> IntOrInts:
        """The day ordinal on which each fiscal month begins.

        Raises:
            PeriodUnknown: a month lies outside the years the calendar covers.
        """
        rows = np.asarray(ordinals) - FIRST_YEAR * 12
        starts = _month_starts(self)
        if rows.size and (rows.min() < 0 or rows.max() >= starts.size):
            raise PeriodUnknown(f"this calendar covers the fiscal years {FIRST_YEAR} to {LAST_YEAR}")
        found: Any = starts[rows]
        return cast("IntOrInts", found)

    def month_holding(self, days: IntOrInts) -> IntOrInts:
        """The fiscal month each day (by its ordinal) lies in.

        Raises:
            PeriodUnknown: a day lies outside the years the calendar covers.
        """
        starts = _month_starts(self)
        wanted = np.asarray(days)
        if wanted.size and (wanted.min() < starts[0] or wanted.max() > starts[-1]):
            raise PeriodUnknown(f"this calendar covers the fiscal years {FIRST_YEAR} to {LAST_YEAR}")
        found: Any = np.searchsorted(starts, wanted, side="right") - 1 + FIRST_YEAR * 12
        return cast("IntOrInts", found)


@cache
def _month_starts(rule: FiscalYearRule) -> NDArray[np.int64]:
    """Day ordinals on which the months of all covered years begin, and the day after the last of them."""
    starts = _week_based_starts(rule) if rule.is_week_based else _gregorian_starts(rule)
    table = np.fromiter(starts, dtype=np.int64)[: (LAST_YEAR - FIRST_YEAR + 1) * 12 + 1]
    table.setflags(write=False)
    return table


def _gregorian_starts(rule: FiscalYearRule) -> Iterator[int]:
    for fiscal_year in range(FIRST_YEAR, LAST_YEAR + 2):
        for month in range(rule.start_month - 1, rule.start_month + 11):
            yield date(fiscal_year - rule.year_shift + month // 12, month % 12 + 1, 1).toordinal()


def _week_based_starts(rule: FiscalYearRule) -> Iterator[int]:
    """Twelve starts a year; a 53rd week needs no mention, the next year simply begins a week later."""
    before, week = 0, []
    for length in (int(part) for part in rule.kind.split("-") * 4):
        week.append(before)
        before += length
    for fiscal_year in range(FIRST_YEAR, LAST_YEAR + 2):
        first = _week_based_year_end(rule, fiscal_year - 1) + 1
        yield from (first + 7 * weeks for weeks in week)


def _week_based_year_end(rule: FiscalYearRule, fiscal_year: int) -> int:
    year = fiscal_year - rule.year_shift + (rule.anchor_month != 12)
    month_end = date(year, rule.anchor_month, gregorian.monthrange(year, rule.anchor_month)[1])
    last = month_end.toordinal() - (month_end.weekday() - rule.week_ends_on) % 7
    if rule.rule == YearEndRule.NEAREST and month_end.toordinal() - last > 3:
        return last + 7
    return last
