"""What was decided about the natural limits of measures, as far as other numbers follow from it (METHOD M3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from fourfold.engine.calendar import FiscalCalendar, Frequency, PeriodUnknown

__all__ = ["NONE_DECIDED", "NO_DECISIONS", "DecidedLimits", "LimitDecisions", "ordinal_in"]


@dataclass(frozen=True, slots=True)
class DecidedLimits:
    """Of one measure in one unit, by keys of periods: where limits begin anew, and stretches with a special cause."""

    anew: tuple[str, ...] = ()
    special: tuple[tuple[str, str], ...] = ()


NONE_DECIDED: Final = DecidedLimits()


class LimitDecisions(Protocol):
    """Where to ask what was decided; whoever keeps decisions answers."""

    def of(self, measure: str, unit: str) -> DecidedLimits:
        """What stands there."""


class _NoDecisions:
    def of(self, measure: str, unit: str) -> DecidedLimits:
        return NONE_DECIDED


NO_DECISIONS: Final[LimitDecisions] = _NoDecisions()
"""Files hold no decisions."""


def ordinal_in(text: str, frequency: Frequency, *, calendar: FiscalCalendar, is_end: bool) -> int | None:
    """The period of that frequency which the named one begins, or ends, in; None for a key of another calendar.

    Source: METHOD §0.3 (a period belongs to a calendar).

    >>> from fourfold.engine.calendar import Period
    >>> calendar = FiscalCalendar()
    >>> first = ordinal_in("2026-Q2", Frequency.MONTH, calendar=calendar, is_end=False)
    >>> calendar.key(Period(Frequency.MONTH, first))
    '2026-04'
    """
    try:
        named = calendar.parse(text)
    except PeriodUnknown:
        return None
    if named.frequency is frequency:
        return named.ordinal
    day = calendar.last_day(named) if is_end else calendar.first_day(named)
    return calendar.period_of(frequency, day).ordinal
