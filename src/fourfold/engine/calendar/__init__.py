"""Periods as objects of a fiscal calendar: Gregorian, offset, or 4-4-5 and its kin (METHOD M4.6, DESIGN §5)."""

from fourfold.engine.calendar.fiscal_calendar import FiscalCalendar
from fourfold.engine.calendar.fiscal_year import FIRST_YEAR, LAST_YEAR, CalendarKind, NamedBy, YearEndRule
from fourfold.engine.calendar.nesting import RangeMap
from fourfold.engine.calendar.periods import Frequency, Grain, GrainPeriod, Period, PeriodUnknown

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "CalendarKind",
    "FiscalCalendar",
    "Frequency",
    "Grain",
    "GrainPeriod",
    "NamedBy",
    "Period",
    "PeriodUnknown",
    "RangeMap",
    "YearEndRule",
]
