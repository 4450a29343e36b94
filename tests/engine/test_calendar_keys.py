"""Periods as they are written, read and spoken."""

from datetime import date

import pytest

from fourfold.engine.calendar import (
    CalendarKind,
    FiscalCalendar,
    Frequency,
    Grain,
    GrainPeriod,
    NamedBy,
    Period,
    PeriodUnknown,
)

CALENDAR_YEAR = FiscalCalendar()
FROM_APRIL = FiscalCalendar(start_month=4)
RETAIL = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4)


@pytest.mark.parametrize(
    ("key", "label", "first", "last"),
    [
        ("2026-09-30", "30 September 2026", date(2026, 9, 30), date(2026, 9, 30)),
        ("2026-W39", "Week 39, 2026", date(2026, 9, 21), date(2026, 9, 27)),
        ("2026-09", "September 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("2026-Q3", "Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-H2", "H2 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-09-ytd", "2026 to September", date(2026, 1, 1), date(2026, 9, 30)),
    ],
)
def test_a_page_of_the_calendar_year_is_written_and_spoken(key, label, first, last):
    page = CALENDAR_YEAR.parse_grain(key)

    assert CALENDAR_YEAR.key_of(page) == key
    assert CALENDAR_YEAR.label(page) == label
    assert (CALENDAR_YEAR.first_day(page), CALENDAR_YEAR.last_day(page)) == (first, last)


@pytest.mark.parametrize(
    ("key", "label", "first", "last"),
    [
        ("2026-09", "September 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("2027-Q2", "Q2 FY2027", date(2026, 7, 1), date(2026, 9, 30)),
        ("2027", "FY2027", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026-09-ytd", "FY2027 to September 2026", date(2026, 4, 1), date(2026, 9, 30)),
    ],
)
def test_a_fiscal_year_from_april_is_named_by_the_year_it_ends_in(key, label, first, last):
    page = FROM_APRIL.parse_grain(key)

    assert FROM_APRIL.key_of(page) == key
    assert FROM_APRIL.label(page) == label
    assert (FROM_APRIL.first_day(page), FROM_APRIL.last_day(page)) == (first, last)


def test_a_fiscal_year_may_be_named_by_the_year_it_starts_in():
    by_start = FiscalCalendar(start_month=4, named_by=NamedBy.START)

    assert by_start.first_day(by_start.parse("2026")) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("key", "label"),
    [("2026-P08", "P8 FY2026"), ("2026-W31", "Week 31, FY2026"), ("2026-P08-ytd", "FY2026 to P8 FY2026")],
)
def test_months_of_whole_weeks_are_numbered_not_named(key, label):
    page = RETAIL.parse_grain(key)

    assert RETAIL.key_of(page) == key
    assert RETAIL.label(page) == label


@pytest.mark.parametrize(
    "text",
    [
        "2026-13", "2026-00", "2026-9", "2026-Q5", "2026-Q0", "2026-H3", "2026-W54", "2025-W53", "2026-W00",
        "2026-02-29", "2026-09-31", "0026-09", "20226-09", "1899", "2200", "2026-P08", "2026-Q3-ytd", "2026-ytd",
        "September 2026", "", "٢٠٢٦-٠٩", "2026-09\n2026-10",
    ],
)  # fmt: skip
def test_what_names_no_period_is_refused_with_the_way_to_write_one(text):
    with pytest.raises(PeriodUnknown, match="Write a month as 2026-09") as refusal:
        CALENDAR_YEAR.parse_grain(text)

    assert refusal.value.code == "PERIOD_UNKNOWN"
    assert repr(text.removesuffix("-ytd"))[1:-1] in str(refusal.value)


@pytest.mark.parametrize("text", ["2026-09", "2026-P13", "2024-W53", "2026-P00"])
def test_a_week_based_calendar_says_how_its_own_months_are_written(text):
    with pytest.raises(PeriodUnknown, match="Write a month as 2026-P08"):
        RETAIL.parse(text)


def test_a_year_to_date_is_no_period_of_a_frequency():
    with pytest.raises(PeriodUnknown):
        CALENDAR_YEAR.parse("2026-09-ytd")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_beyond_the_covered_years_is_refused(day):
    with pytest.raises(PeriodUnknown, match="1900 to 2199"):
        CALENDAR_YEAR.period_of(Frequency.MONTH, day)


def test_week_53_of_2026_is_real_and_that_of_2025_is_not():
    assert CALENDAR_YEAR.first_day(CALENDAR_YEAR.parse("2026-W53")) == date(2026, 12, 28)
    with pytest.raises(PeriodUnknown):
        CALENDAR_YEAR.parse("2025-W53")


def test_ordinals_are_those_the_ledger_stores():
    assert CALENDAR_YEAR.parse("2026-09") == Period(Frequency.MONTH, 2026 * 12 + 8)
    assert CALENDAR_YEAR.parse("2026-Q3") == Period(Frequency.QUARTER, 2026 * 4 + 2)
    assert CALENDAR_YEAR.parse("2026-H2") == Period(Frequency.HALF, 2026 * 2 + 1)
    assert CALENDAR_YEAR.parse("2026") == Period(Frequency.YEAR, 2026)
    assert CALENDAR_YEAR.parse("2026-W39") == Period(Frequency.WEEK, date(2026, 9, 21).toordinal() // 7)
    assert CALENDAR_YEAR.parse("2026-09-30") == Period(Frequency.DAY, date(2026, 9, 30).toordinal())
    assert CALENDAR_YEAR.parse_grain("2026-09-ytd") == GrainPeriod(Grain.YTD, 2026 * 12 + 8)
    assert FROM_APRIL.parse("2026-09") == Period(Frequency.MONTH, 2027 * 12 + 5)
