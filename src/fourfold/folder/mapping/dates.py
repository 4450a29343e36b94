"""Periods as files write them: the calendar's keys, dates in any format, or year and month apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period, PeriodUnknown
from fourfold.folder.mapping.headings import read_heading

__all__ = ["SERIAL", "WORDS", "PeriodFormat", "PeriodTexts", "serial_day"]

ISO_DAY = len("2026-09-30")

WORDS = "words"
"""The pattern of periods as headings name them: Oktober 2026, Q1-2026, KW 5 2026, FY26 P3."""

SERIAL = "serial"
"""The pattern of days as a spreadsheet counts them: 46296 is 1 October 2026."""

SERIAL_DAYS = range(14_612, 91_313)  # 1940 to 2149: other numbers of five digits are no days
_SERIAL_ZERO = date(1899, 12, 30).toordinal()

PeriodTexts = tuple[str, ...]
"""One text, or those of year and month or quarter."""


@dataclass(frozen=True, slots=True)
class PeriodFormat:
    """How one file writes periods: `key`, `WORDS`, `SERIAL` or a pattern of `strptime`; `parts` names the columns of
    split periods.

    `has_dates`: cells of a workbook may be true dates, which stand as 2026-09-30 whatever the pattern says.
    `takes_finer`: a key of a finer frequency stands for the period it lies in, as a date does.
    """

    pattern: str = "key"
    parts: tuple[str, ...] = ()
    has_dates: bool = False
    takes_finer: bool = False

    def read(self, texts: PeriodTexts, *, frequency: Frequency, calendar: FiscalCalendar) -> Period:
        """The period of that frequency.

        Raises:
            PeriodUnknown: the text names none, one of another frequency, or a stretch longer than the period.
        """
        if self.parts:
            return self._of_parts(texts, frequency=frequency, calendar=calendar)
        text = texts[0].strip()
        if self.has_dates and (day := _day(text)) is not None:
            return calendar.period_of(frequency, day)
        if self.pattern == SERIAL:
            return calendar.period_of(frequency, serial_day(text))
        if self.pattern in ("key", WORDS):
            period = calendar.parse(text) if self.pattern == "key" else _worded(text, calendar)
            if self.takes_finer and frequency.is_coarser_than(period.frequency):
                return calendar.containing(period, frequency)
            if self.pattern == WORDS and period.frequency is Frequency.DAY:
                return calendar.containing(period, frequency)
            return _of_frequency(period, frequency, calendar=calendar)
        try:
            day = datetime.strptime(text, self.pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError as problem:
            raise PeriodUnknown(f"{text!r} is not written as {self.pattern}") from problem
        _refuse_finer(frequency, than=_resolution(self.pattern), text=text)
        return calendar.period_of(frequency, day)

    def _of_parts(self, texts: PeriodTexts, *, frequency: Frequency, calendar: FiscalCalendar) -> Period:
        found = dict(zip(self.parts, (text.strip() for text in texts), strict=True))
        if not all(text.isascii() and text.isdigit() for text in found.values()):
            raise PeriodUnknown(f"{' '.join(texts)!r} is not made of whole numbers")
        year = found["year"].zfill(4)
        if "month" in found:
            # The month of a week-based year is its number; otherwise the calendar's own.
            mark = "P" if calendar.is_week_based else ""
            key = f"{year}-{mark}{int(found['month']):02d}"
        elif "quarter" in found:
            key = f"{year}-Q{int(found['quarter'])}"
        else:
            key = year
        return _of_frequency(calendar.parse(key), frequency, calendar=calendar)


def serial_day(text: str) -> date:
    """The day that a spreadsheet's number counts; a part of a day behind it is its time.

    Raises:
        PeriodUnknown: it is no such number.

    >>> serial_day("46296")
    datetime.date(2026, 10, 1)
    """
    whole, _, rest = text.partition(".")
    if (
        not (whole.isascii() and whole.isdecimal() and (rest or "0").isdecimal())
        or int(whole) not in SERIAL_DAYS
    ):
        raise PeriodUnknown(f"{text!r} is no day as a spreadsheet counts them")
    return date.fromordinal(_SERIAL_ZERO + int(whole))


def _worded(text: str, calendar: FiscalCalendar) -> Period:
    found = read_heading(text, calendar=calendar)
    if found is None or not found.key or found.role:
        raise PeriodUnknown(f"{text!r} names no period, or may mean several")
    return calendar.parse(found.key)


def _day(text: str) -> date | None:
    """A date as unpacked from a cell; None for any other text."""
    try:
        return date.fromisoformat(text) if len(text) == ISO_DAY else None
    except ValueError:
        return None


def _of_frequency(period: Period, frequency: Frequency, *, calendar: FiscalCalendar) -> Period:
    if period.frequency == frequency:
        return period
    raise PeriodUnknown(
        f"{calendar.key(period)} is a {period.frequency}, but the measure has one value a {frequency}"
    )


def _resolution(pattern: str) -> Frequency:
    if "%d" in pattern or "%j" in pattern:
        return Frequency.DAY
    if any(mark in pattern for mark in ("%m", "%b", "%B")):
        return Frequency.MONTH
    return Frequency.YEAR


def _refuse_finer(frequency: Frequency, *, than: Frequency, text: str) -> None:
    if than.is_coarser_than(frequency):
        raise PeriodUnknown(f"{text!r} names a {than}, but the measure has one value a {frequency}")
