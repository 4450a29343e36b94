"""Gregorian periods as plain integers: a month is year × 12 + month − 1, longer periods are whole divisions of it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from functools import cache

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Page:
    """What is looked at: a month, quarter, half, year, or the year to the end of a month."""

    grain: str
    ordinal: int

    @property
    def months(self) -> range:
        if self.grain == "ytd":
            return range(self.ordinal // 12 * 12, self.ordinal + 1)
        length = MONTHS[self.grain]
        return range(self.ordinal * length, (self.ordinal + 1) * length)

    @property
    def first_day(self) -> date:
        return first_day("month", self.months[0])

    @property
    def last_day(self) -> date:
        return last_day_of_month(self.months[-1])


@cache
def last_day_of_month(month: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, calendar.monthrange(year, index + 1)[1])


@cache
def first_day(frequency: str, ordinal: int) -> date:
    year, index = divmod(ordinal * MONTHS[frequency], 12)
    return date(year, index + 1, 1)


@cache
def last_day(frequency: str, ordinal: int) -> date:
    return last_day_of_month((ordinal + 1) * MONTHS[frequency] - 1)


@cache
def whole_periods(frequency: str, page: Page) -> list[int]:
    """The periods of a frequency that lie entirely inside a page, in order."""
    length, months = MONTHS[frequency], page.months
    return [
        ordinal
        for ordinal in range(months[0] // length, months[-1] // length + 1)
        if ordinal * length >= months[0] and (ordinal + 1) * length - 1 <= months[-1]
    ]


def last_closed(frequency: str, page: Page) -> int:
    """The last period of a frequency that is over by the page's end."""
    return (page.months[-1] + 1) // MONTHS[frequency] - 1
