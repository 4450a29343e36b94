"""How a period is written in files, addresses and on pages, and read back."""

from __future__ import annotations

import re
from datetime import date
from typing import NoReturn

from fourfold.engine.calendar.fiscal_year import FiscalYearRule
from fourfold.engine.calendar.nesting import first_inside, holding
from fourfold.engine.calendar.periods import Frequency, Grain, GrainPeriod, Period, PeriodUnknown

__all__ = ["key", "key_of", "label", "label_of", "parse", "parse_grain", "year_and_week"]

YEAR_TO_DATE = "-ytd"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHAPES = {
    Frequency.DAY: re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<number>\d{2})", re.ASCII),
    Frequency.WEEK: re.compile(r"(?P<year>\d{4})-W(?P<number>\d{2})", re.ASCII),
    Frequency.QUARTER: re.compile(r"(?P<year>\d{4})-Q(?P<number>\d)", re.ASCII),
    Frequency.HALF: re.compile(r"(?P<year>\d{4})-H(?P<number>\d)", re.ASCII),
    Frequency.YEAR: re.compile(r"(?P<year>\d{4})(?P<number>)", re.ASCII),
}
_CALENDAR_MONTH = re.compile(r"(?P<year>\d{4})-(?P<number>\d{2})", re.ASCII)
_FISCAL_MONTH = re.compile(r"(?P<year>\d{4})-P(?P<number>\d{2})", re.ASCII)


def key(rule: FiscalYearRule, period: Period) -> str:
    """The one spelling of a period in files, addresses and answers."""
    number = _number(rule, period)
    match period.frequency:
        case Frequency.DAY:
            return date.fromordinal(period.ordinal).isoformat()
        case Frequency.WEEK:
            year, week = year_and_week(rule, period.ordinal)
            return f"{year:04d}-W{week:02d}"
        case Frequency.MONTH if rule.is_week_based:
            return f"{_year(period)}-P{number:02d}"
        case Frequency.MONTH:
            return date.fromordinal(int(rule.month_start(period.ordinal))).isoformat()[:7]
        case Frequency.YEAR:
            return f"{_year(period)}"
        case _:
            return f"{_year(period)}-{period.frequency.value[0].upper()}{number}"


def key_of(rule: FiscalYearRule, page: GrainPeriod) -> str:
    """The spelling of a page's period: its period's key, with `-ytd` for the year to that month."""
    return key(rule, page.period) + (YEAR_TO_DATE if page.grain is Grain.YTD else "")


def label(rule: FiscalYearRule, period: Period) -> str:
    """What an English reader calls a period: `September 2026`, `Q3 2026`, `Q3 FY2027`, `Week 39, 2026`."""
    number = _number(rule, period)
    match period.frequency:
        case Frequency.DAY:
            day = date.fromordinal(period.ordinal)
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        case Frequency.WEEK:
            year, week = year_and_week(rule, period.ordinal)
            return f"Week {week}, {'FY' if rule.is_week_based else ''}{year}"
        case Frequency.MONTH if not rule.is_week_based:
            first = date.fromordinal(int(rule.month_start(period.ordinal)))
            return f"{MONTHS[first.month - 1]} {first.year}"
        case Frequency.MONTH:
            return f"P{number} {_year_label(rule, period)}"
        case Frequency.YEAR:
            return _year_label(rule, period)
        case _:
            return f"{period.frequency.value[0].upper()}{number} {_year_label(rule, period)}"


def label_of(rule: FiscalYearRule, page: GrainPeriod) -> str:
    """What an English reader calls a page's period; a year to date reads `2026 to September`."""
    if page.grain is not Grain.YTD:
        return label(rule, page.period)
    month = label(rule, page.period)
    return f"{_year_label(rule, page.period)} to {month.split()[0] if rule.is_calendar_year else month}"


def parse(rule: FiscalYearRule, text: str) -> Period:
    """Read a key; the frequency follows from its shape.

    Raises:
        PeriodUnknown: the text has no period's shape, or the calendar has no such period.
    """
    shapes = _SHAPES | {Frequency.MONTH: _FISCAL_MONTH if rule.is_week_based else _CALENDAR_MONTH}
    for frequency, shape in shapes.items():
        found = shape.fullmatch(text.strip())
        if found:
            try:
                period = _period(rule, frequency, found=found)
                _insist_covered(rule, period)
            except ValueError as refusal:
                _refuse(rule, text, because=str(refusal))
            return period
    return _refuse(rule, text, because="it has the shape of no period")


def parse_grain(rule: FiscalYearRule, text: str) -> GrainPeriod:
    """Read a page's key: a period's, or a month's with `-ytd`.

    Raises:
        PeriodUnknown: neither.
    """
    spelt = text.strip()
    period = parse(rule, spelt.removesuffix(YEAR_TO_DATE))
    if not spelt.endswith(YEAR_TO_DATE):
        return GrainPeriod(Grain(period.frequency.value), period.ordinal)
    if period.frequency is not Frequency.MONTH:
        _refuse(rule, text, because="a year to date runs to a month")
    return GrainPeriod(Grain.YTD, period.ordinal)


def year_and_week(rule: FiscalYearRule, ordinal: int) -> tuple[int, int]:
    """The year and number of a week: ISO 8601, or counted from the start of a week-based fiscal year."""
    first_day = 7 * ordinal + rule.week_phase
    if not rule.is_week_based:
        year, week, _ = date.fromordinal(first_day).isocalendar()
        return year, week
    year = int(holding(rule, ordinal, fine=Frequency.WEEK, coarse=Frequency.YEAR))
    return year, ordinal - _first_week(rule, year) + 1


def _first_week(rule: FiscalYearRule, year: int) -> int:
    return int(first_inside(rule, year, coarse=Frequency.YEAR, fine=Frequency.WEEK))


def _number(rule: FiscalYearRule, period: Period) -> int:
    months = period.frequency.months
    return period.ordinal % (12 // months) + 1 if months else 0


def _year(period: Period) -> int:
    return period.ordinal * period.frequency.months // 12


def _year_label(rule: FiscalYearRule, period: Period) -> str:
    return f"{'' if rule.is_calendar_year else 'FY'}{_year(period)}"


def _period(rule: FiscalYearRule, frequency: Frequency, *, found: re.Match[str]) -> Period:
    year, number = int(found["year"]), int(found["number"] or 1)
    if frequency is Frequency.DAY:
        return Period(frequency, date(year, int(found["month"]), number).toordinal())
    if frequency is Frequency.WEEK:
        return Period(frequency, _week(rule, year, number=number))
    if frequency is Frequency.MONTH and not rule.is_week_based:
        return Period(frequency, int(rule.month_holding(date(year, number, 1).toordinal())))
    in_a_year = 12 // frequency.months
    if not 1 <= number <= in_a_year:
        raise ValueError(f"a year has {in_a_year} of them")
    return Period(frequency, year * in_a_year + number - 1)


def _week(rule: FiscalYearRule, year: int, *, number: int) -> int:
    if not rule.is_week_based:
        return date.fromisocalendar(year, number, 1).toordinal() // 7
    weeks = _first_week(rule, year + 1) - _first_week(rule, year)
    if not 1 <= number <= weeks:
        raise ValueError(f"{year} has {weeks} weeks")
    return _first_week(rule, year) + number - 1


def _insist_covered(rule: FiscalYearRule, period: Period) -> None:
    """A covered period's first day, and the day after its last, are both on the calendar."""
    for ordinal in (period.ordinal, period.ordinal + 1):
        rule.month_holding(first_inside(rule, ordinal, coarse=period.frequency, fine=Frequency.DAY))


def _refuse(rule: FiscalYearRule, text: str, *, because: str) -> NoReturn:
    month = "2026-P08" if rule.is_week_based else "2026-09"
    raise PeriodUnknown(
        f"{text!r} is not a period of this calendar ({because}). Write a month as {month}, a quarter as 2026-Q3, "
        f"a half as 2026-H2, a year as 2026, a week as 2026-W39, a day as 2026-09-30, a year to date as {month}-ytd."
    )
