"""Stretches of time by name: how often something is measured, and what a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Frequency", "Grain", "GrainPeriod", "Period", "PeriodUnknown"]


class Frequency(StrEnum):
    """How often a value is measured, finest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Fiscal months in one period; 0 for day and week, which are not made of months."""
        return _MONTHS.get(self.value, 0)

    def is_coarser_than(self, other: Frequency) -> bool:
        """Whether one period of this frequency holds several of the other."""
        return _RANK[self.value] > _RANK[other.value]


class Grain(StrEnum):
    """What a page sums up: one period of a frequency, or the fiscal year to the end of a month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    YTD = "ytd"

    @property
    def frequency(self) -> Frequency:
        """The frequency whose ordinals count this grain; year to date is counted in months."""
        return Frequency.MONTH if self is Grain.YTD else Frequency(self.value)


_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_RANK = {frequency.value: rank for rank, frequency in enumerate(Frequency)}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of a fiscal calendar. Ordinals of a frequency are consecutive integers.

    Day: `date.toordinal()`. Week: its first day's `toordinal() // 7`. Month: fiscal year × 12 + month − 1, quarter,
    half and year alike with 4, 2 and 1. Order means time only within one frequency.
    """

    frequency: Frequency
    ordinal: int

    def shifted(self, by: int) -> Period:
        """The period so many steps later (earlier when negative)."""
        return Period(self.frequency, self.ordinal + by)


@dataclass(frozen=True, slots=True, order=True)
class GrainPeriod:
    """What one page shows; the ordinal counts periods of `grain.frequency`."""

    grain: Grain
    ordinal: int

    @property
    def period(self) -> Period:
        """The period that names it; of a year to date, the month it runs to."""
        return Period(self.grain.frequency, self.ordinal)

    def shifted(self, by: int) -> GrainPeriod:
        """The page so many steps later (earlier when negative)."""
        return GrainPeriod(self.grain, self.ordinal + by)


class PeriodUnknown(ValueError):
    """A text or day that names no period of this calendar; the message says how to write one."""

    code = "PERIOD_UNKNOWN"
