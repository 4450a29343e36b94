"""A refused place says what would have been one."""

from __future__ import annotations

import re

import pytest

from fourfold.cli.refusing import _REMEDIES
from fourfold.engine.calendar import CalendarKind, FiscalCalendar, Frequency, PeriodUnknown
from fourfold.scorecard.evaluation.queries.places import PeriodUnknownHere

SPELT = re.compile(r"\d{4}(?:-\w+)*")
REMEDIES = [str(PeriodUnknownHere.remedy), _REMEDIES["PERIOD_UNKNOWN"]]


@pytest.mark.parametrize("remedy", REMEDIES)
def test_every_frequency_is_named_in_a_spelling_that_some_calendar_reads(remedy: str) -> None:
    calendar, weeks = FiscalCalendar(), FiscalCalendar(kind=CalendarKind.WEEKS_4_4_5)
    spelt = [each for each in SPELT.findall(remedy) if "-P" not in each]

    named = {calendar.parse_grain(each).grain.value for each in spelt}

    assert named == {frequency.value for frequency in Frequency} | {"ytd"}
    assert weeks.parse_grain("2026-P08").grain.value == "month"
    assert "2026-P08" in remedy
    with pytest.raises(PeriodUnknown):
        calendar.parse_grain("2026-P08")
