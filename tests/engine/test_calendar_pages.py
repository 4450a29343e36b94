"""What a page is made of, how far it has run, and what it is compared with."""

from datetime import date

import numpy as np
import pytest

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, Frequency, Grain, Period

CALENDAR_YEAR = FiscalCalendar()
FROM_APRIL = FiscalCalendar(start_month=4)
RETAIL = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4)


def pieces(calendar, frequency, key):
    """The keys of the native periods a page is made of, and whether it is carried."""
    page = calendar.parse_grain(key)
    found = calendar.range_map(frequency, page.grain, first=page.ordinal, last=page.ordinal)
    natives = range(found.start[0], found.stop[0])
    return [calendar.key(Period(frequency, each)) for each in natives], bool(found.carried[0])


def test_a_week_belongs_to_the_month_of_its_thursday():
    saturday_the_first = CALENDAR_YEAR.period_of(Frequency.WEEK, date(2026, 8, 1))

    assert CALENDAR_YEAR.key(CALENDAR_YEAR.containing(saturday_the_first, Frequency.MONTH)) == "2026-07"
    assert pieces(CALENDAR_YEAR, Frequency.WEEK, "2026-07") == (
        ["2026-W27", "2026-W28", "2026-W29", "2026-W30", "2026-W31"],
        False,
    )


@pytest.mark.parametrize(
    ("week", "month"),
    [
        ("2026-W40", "2026-10"),  # Monday 28 September; Thursday is the first of October
        ("2026-W53", "2026-12"),  # Thursday is the last of December
        ("2026-W31", "2026-07"),
    ],
)
def test_neither_wednesday_nor_friday_decides_where_a_week_belongs(week, month):
    assert CALENDAR_YEAR.key(CALENDAR_YEAR.containing(CALENDAR_YEAR.parse(week), Frequency.MONTH)) == month
    assert week in pieces(CALENDAR_YEAR, Frequency.WEEK, month)[0]


def test_a_quarter_holds_its_months():
    assert pieces(CALENDAR_YEAR, Frequency.MONTH, "2026-Q3") == (["2026-07", "2026-08", "2026-09"], False)


def test_a_year_to_date_runs_from_the_start_of_the_fiscal_year():
    assert pieces(FROM_APRIL, Frequency.MONTH, "2026-06-ytd") == (["2026-04", "2026-05", "2026-06"], False)
    assert pieces(FROM_APRIL, Frequency.MONTH, "2027-02-ytd")[0][0] == "2026-04"


def test_a_month_carries_the_last_quarter_closed_by_its_end():
    assert pieces(CALENDAR_YEAR, Frequency.QUARTER, "2026-08") == (["2026-Q2"], True)
    assert pieces(CALENDAR_YEAR, Frequency.QUARTER, "2026-09") == (["2026-Q3"], True)


def test_an_annual_value_is_carried_through_the_months_of_the_next_year():
    assert pieces(CALENDAR_YEAR, Frequency.YEAR, "2026-11") == (["2025"], True)
    assert pieces(CALENDAR_YEAR, Frequency.YEAR, "2026-12") == (["2026"], True)


def test_a_year_to_date_holds_the_quarters_closed_since_it_began():
    assert pieces(CALENDAR_YEAR, Frequency.QUARTER, "2026-08-ytd") == (["2026-Q1", "2026-Q2"], False)


def test_a_year_to_date_without_a_closed_quarter_carries_the_last_one():
    assert pieces(CALENDAR_YEAR, Frequency.QUARTER, "2026-02-ytd") == (["2025-Q4"], True)


def test_a_week_carries_the_last_month_closed_by_its_sunday():
    assert pieces(CALENDAR_YEAR, Frequency.MONTH, "2026-W31") == (["2026-07"], True)
    assert pieces(CALENDAR_YEAR, Frequency.MONTH, "2026-W30") == (["2026-06"], True)


def test_months_of_whole_weeks_hold_whole_weeks_of_whole_days():
    assert pieces(RETAIL, Frequency.WEEK, "2026-P01")[0] == ["2026-W01", "2026-W02", "2026-W03", "2026-W04"]
    assert len(pieces(RETAIL, Frequency.DAY, "2026-P02")[0]) == 35


def test_a_range_map_answers_for_many_pages_at_once():
    first = CALENDAR_YEAR.parse("2025-11").ordinal
    found = CALENDAR_YEAR.range_map(Frequency.MONTH, Grain.YTD, first=first, last=first + 3)

    np.testing.assert_array_equal(found.stop - found.start, [11, 12, 1, 2])
    assert found.start.dtype == np.int64


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (date(2026, 8, 31), 0.0),
        (date(2026, 9, 3), 0.1),
        (date(2026, 9, 30), 1.0),
        (date(2027, 1, 1), 1.0),
    ],
)
def test_the_elapsed_share_counts_days_that_are_over(on, share):
    assert CALENDAR_YEAR.elapsed_share(CALENDAR_YEAR.parse("2026-09"), on=on) == pytest.approx(share)


def test_a_year_to_date_has_run_from_the_start_of_its_year():
    half_way = CALENDAR_YEAR.elapsed_share(CALENDAR_YEAR.parse_grain("2026-04-ytd"), on=date(2026, 3, 1))

    assert half_way == pytest.approx(60 / 120)


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("2026-09", "2025-09"),
        ("2026-Q1", "2025-Q1"),
        ("2026-H2", "2025-H2"),
        ("2026", "2025"),
        ("2026-09-ytd", "2025-09-ytd"),
        ("2026-W39", "2025-W39"),
        ("2027-W10", "2026-W10"),
        ("2026-W53", "2025-W52"),
        ("2024-02-29", "2023-02-28"),
        ("2026-09-30", "2025-09-30"),
    ],
)
def test_the_same_period_last_year_keeps_its_name(key, before):
    page = CALENDAR_YEAR.parse_grain(key)

    assert CALENDAR_YEAR.key_of(CALENDAR_YEAR.same_period_last_year(page)) == before


def test_the_periods_between_two_days_include_both_ends():
    months = CALENDAR_YEAR.ordinals(Frequency.MONTH, first=date(2025, 12, 31), last=date(2026, 2, 1))

    assert [CALENDAR_YEAR.key(Period(Frequency.MONTH, each)) for each in months] == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]


def test_a_page_is_found_from_a_day():
    assert CALENDAR_YEAR.key_of(CALENDAR_YEAR.page_of(Grain.YTD, date(2026, 9, 12))) == "2026-09-ytd"
    assert CALENDAR_YEAR.key_of(CALENDAR_YEAR.page_of(Grain.QUARTER, date(2026, 9, 12))) == "2026-Q3"


def test_a_month_lies_in_no_week_and_a_week_holds_no_month():
    month, week = CALENDAR_YEAR.parse("2026-09"), CALENDAR_YEAR.parse("2026-W39")

    with pytest.raises(ValueError, match="a month lies in no week"):
        CALENDAR_YEAR.containing(month, Frequency.WEEK)
    with pytest.raises(ValueError, match="a week holds no month"):
        CALENDAR_YEAR.inside(week, Frequency.MONTH)
