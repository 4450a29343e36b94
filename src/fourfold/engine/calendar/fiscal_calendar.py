"""The organisation's calendar: what every other room asks about time."""

from __future__ import annotations

import calendar as gregorian
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from fourfold.engine.calendar import keys
from fourfold.engine.calendar.fiscal_year import FiscalYearRule
from fourfold.engine.calendar.nesting import RangeMap, first_inside, holding, range_map
from fourfold.engine.calendar.periods import Frequency, Grain, GrainPeriod, Period

__all__ = ["FiscalCalendar"]

PeriodOrPage = TypeVar("PeriodOrPage", Period, GrainPeriod)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalCalendar(FiscalYearRule):
    """Periods of an organisation: day, week, month, quarter, half, year, and the year to date.

    Each frequency partitions the days. Weeks are ISO 8601 weeks, belonging to the month of their Thursday (DESIGN
    §5); a week-based calendar has its own weeks, numbered within its fiscal year, and its months are whole weeks. In
    a year of 53 weeks the last one joins the last month. Equal rules are equal calendars.

    Every method raises `PeriodUnknown` beyond the fiscal years 1900 to 2199.

    Source: METHOD M4.6; National Retail Federation, 4-5-4 calendar; ISO 8601 §4.3 (weeks).

    >>> from fourfold.engine.calendar import CalendarKind
    >>> retail = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4)
    >>> retail.first_day(retail.parse("2023")), retail.weeks_in(2023)
    (datetime.date(2023, 1, 29), 53)
    """

    def period_of(self, frequency: Frequency, day: date) -> Period:
        """The period a day lies in."""
        return Period(frequency, int(holding(self, day.toordinal(), fine=Frequency.DAY, coarse=frequency)))

    def page_of(self, grain: Grain, day: date) -> GrainPeriod:
        """The page a day would be shown on."""
        return GrainPeriod(grain, self.period_of(grain.frequency, day).ordinal)

    def first_day(self, when: Period | GrainPeriod) -> date:
        """The day a period begins; a year to date begins with its fiscal year."""
        period = when if isinstance(when, Period) else when.period
        if isinstance(when, GrainPeriod) and when.grain is Grain.YTD:
            period = self.containing(period, Frequency.YEAR)
        return date.fromordinal(self._start(period))

    def last_day(self, when: Period | GrainPeriod) -> date:
        """The day a period ends, itself included."""
        period = when if isinstance(when, Period) else when.period
        return date.fromordinal(self._start(period.shifted(1)) - 1)

    def key(self, period: Period) -> str:
        """The one spelling of a period: `2026-09` (`2026-P08` where months are weeks), `2026-Q3`, `2026-W39`."""
        return keys.key(self, period)

    def key_of(self, page: GrainPeriod) -> str:
        """The spelling of a page: its period's key, or `2026-09-ytd`."""
        return keys.key_of(self, page)

    def parse(self, text: str) -> Period:
        """Read a key; raises `PeriodUnknown` saying how periods are written."""
        return keys.parse(self, text)

    def parse_grain(self, text: str) -> GrainPeriod:
        """Read a page's key; raises `PeriodUnknown` saying how periods are written."""
        return keys.parse_grain(self, text)

    def label(self, when: Period | GrainPeriod) -> str:
        """What an English reader calls it: `September 2026`, `Q3 FY2027`, `2026 to September`."""
        return keys.label(self, when) if isinstance(when, Period) else keys.label_of(self, when)

    def ordinals(self, frequency: Frequency, *, first: date, last: date) -> range:
        """The periods from the one that holds `first` to the one that holds `last`, both included."""
        return range(self.period_of(frequency, first).ordinal, self.period_of(frequency, last).ordinal + 1)

    def inside(self, period: Period, frequency: Frequency) -> range:
        """The finer periods a period holds, in order; ValueError where `frequency` is coarser."""
        after = period.shifted(1)
        start, stop = (
            int(first_inside(self, each.ordinal, coarse=period.frequency, fine=frequency))
            for each in (period, after)
        )
        return range(start, stop)

    def containing(self, period: Period, frequency: Frequency) -> Period:
        """The coarser period it belongs to; ValueError where `frequency` is finer."""
        return Period(frequency, int(holding(self, period.ordinal, fine=period.frequency, coarse=frequency)))

    def range_map(self, frequency: Frequency, grain: Grain, *, first: int, last: int) -> RangeMap:
        """For the pages `first` to `last` (ordinals of the grain, both included): native periods [start, stop).

        Where one native period is longer than a page, the last one closed by the page's end, marked `carried`.
        """
        return range_map(self, frequency, grain=grain, first=first, last=last)

    def weeks_in(self, fiscal_year: int) -> int:
        """How many weeks a fiscal year holds: 52 or 53."""
        return len(self.inside(Period(Frequency.YEAR, fiscal_year), Frequency.WEEK))

    def same_period_last_year(self, when: PeriodOrPage) -> PeriodOrPage:
        """The same month, quarter, half, week number or date one year before.

        Weeks compare by number, unrestated (METHOD M4.6): after a year of 53 weeks they lie 53 weeks apart. What has
        no counterpart (week 53, 29 February) is set against the last that exists: week 52, 28 February. A day of a
        week-based calendar is set against the same weekday of the same week number.
        """
        if isinstance(when, GrainPeriod):
            return GrainPeriod(when.grain, self._year_before(when.period))
        return Period(when.frequency, self._year_before(when))

    def elapsed_share(self, when: Period | GrainPeriod, *, on: date) -> float:
        """The share of a period's days that are over at the end of `on`: 0.0 before it, 1.0 from its last day."""
        first, last = self.first_day(when).toordinal(), self.last_day(when).toordinal()
        return min(1.0, max(0.0, (on.toordinal() - first + 1) / (last - first + 1)))

    @lru_cache(maxsize=4096)  # noqa: B019 - few calendars, all of them frozen; a page asks for one day hundreds of times
    def _start(self, period: Period) -> int:
        return int(first_inside(self, period.ordinal, coarse=period.frequency, fine=Frequency.DAY))

    def _year_before(self, period: Period) -> int:
        if period.frequency.months:
            return period.ordinal - 12 // period.frequency.months
        if period.frequency is Frequency.WEEK:
            return self._week_a_year_before(period.ordinal)
        if self.is_week_based:
            week = self.containing(period, Frequency.WEEK)
            return self._week_a_year_before(week.ordinal) * 7 + period.ordinal - week.ordinal * 7
        day = date.fromordinal(period.ordinal)
        days_in_month = gregorian.monthrange(day.year - 1, day.month)[1]
        return date(day.year - 1, day.month, min(day.day, days_in_month)).toordinal()

    def _week_a_year_before(self, ordinal: int) -> int:
        year, week = keys.year_and_week(self, ordinal)
        fifty_two_before = ordinal - 52
        is_same_number = keys.year_and_week(self, fifty_two_before) == (year - 1, week)
        # After 53 weeks the same number lies one further back, and behind a week 53 lies the week 52 before it.
        return fifty_two_before if is_same_number else fifty_two_before - 1
