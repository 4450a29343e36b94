"""The stretch of time that arrays cover: whole fiscal years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period

__all__ = ["Timeline"]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Fiscal years `first` to `last`, both included; every frequency has one axis of consecutive ordinals."""

    calendar: FiscalCalendar
    first: int
    last: int

    @classmethod
    def over(cls, calendar: FiscalCalendar, *, first: date, last: date) -> Timeline:
        """The fiscal years that hold two days."""
        years = calendar.ordinals(Frequency.YEAR, first=first, last=last)
        return cls(calendar, years.start, years.stop - 1)

    def ordinals(self, frequency: Frequency) -> range:
        """The periods of a frequency inside these years."""
        if frequency is Frequency.YEAR:
            return range(self.first, self.last + 1)
        start = self.calendar.inside(Period(Frequency.YEAR, self.first), frequency).start
        return range(start, self.calendar.inside(Period(Frequency.YEAR, self.last), frequency).stop)

    def covers(self, period: Period) -> bool:
        """Whether a period lies inside."""
        return period.ordinal in self.ordinals(period.frequency)

    def reaching(self, period: Period) -> Timeline:
        """The timeline widened to whole fiscal years so that it covers a period."""
        year = self.calendar.containing(period, Frequency.YEAR).ordinal
        return Timeline(self.calendar, min(self.first, year), max(self.last, year))
