"""Years made of whole weeks: METHOD M4.6 and the National Retail Federation's published calendar."""

from datetime import date

import pytest

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, Frequency, NamedBy, Period, YearEndRule

RETAIL = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4)


@pytest.mark.parametrize(
    ("year", "starts", "weeks"),
    [
        ("2023", date(2023, 1, 29), 53),
        ("2024", date(2024, 2, 4), 52),
        ("2025", date(2025, 2, 2), 52),
        ("2026", date(2026, 2, 1), 52),
    ],
)
def test_the_retail_year_starts_after_the_saturday_nearest_the_end_of_january(year, starts, weeks):
    assert RETAIL.first_day(RETAIL.parse(year)) == starts
    assert RETAIL.weeks_in(int(year)) == weeks


def test_the_retail_years_of_53_weeks_are_the_published_ones():
    assert [year for year in range(2010, 2031) if RETAIL.weeks_in(year) == 53] == [2012, 2017, 2023, 2028]


@pytest.mark.parametrize(
    ("kind", "weeks_of_months"),
    [
        (CalendarKind.WEEKS_4_4_5, [4, 4, 5] * 4),
        (CalendarKind.WEEKS_4_5_4, [4, 5, 4] * 4),
        (CalendarKind.WEEKS_5_4_4, [5, 4, 4] * 4),
    ],
)
def test_a_kind_names_the_weeks_of_its_months(kind, weeks_of_months):
    calendar = FiscalCalendar(kind=kind)
    months = calendar.inside(Period(Frequency.YEAR, 2024), Frequency.MONTH)

    assert [
        len(calendar.inside(Period(Frequency.MONTH, m), Frequency.WEEK)) for m in months
    ] == weeks_of_months


def test_the_53rd_week_joins_the_last_month():
    december = RETAIL.parse("2023-P12")

    assert len(RETAIL.inside(december, Frequency.WEEK)) == 5
    assert RETAIL.last_day(december) == date(2024, 2, 3)


def test_the_last_saturday_of_january_is_a_different_rule_from_the_nearest():
    last = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4, rule=YearEndRule.LAST)

    assert last.last_day(last.parse("2023")) == date(2024, 1, 27)
    assert RETAIL.last_day(RETAIL.parse("2023")) == date(2024, 2, 3)


def test_a_year_of_weeks_may_end_on_a_sunday_near_the_end_of_june_and_be_named_by_its_end():
    calendar = FiscalCalendar(kind=CalendarKind.WEEKS_4_4_5, anchor_month=6, week_ends_on=6)

    assert calendar.last_day(calendar.parse("2026")) == date(2026, 6, 28)
    assert calendar.first_day(calendar.parse("2026")) == date(2025, 6, 30)


def test_a_retail_year_is_named_by_its_start_unless_told_otherwise():
    by_end = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4, named_by=NamedBy.END)

    assert by_end.parse("2024").shifted(-1) == RETAIL.parse("2023")
    assert by_end.first_day(by_end.parse("2024")) == RETAIL.first_day(RETAIL.parse("2023"))


@pytest.mark.parametrize("named_by", list(NamedBy))
def test_a_year_of_weeks_near_the_calendar_year_has_one_number_either_way(named_by):
    calendar = FiscalCalendar(kind=CalendarKind.WEEKS_4_4_5, anchor_month=12, named_by=named_by)

    assert calendar.first_day(calendar.parse("2026")) == date(2026, 1, 4)
    assert calendar.last_day(calendar.parse("2026")) == date(2027, 1, 2)


def test_weeks_of_a_week_based_year_are_numbered_from_its_start():
    first = RETAIL.period_of(Frequency.WEEK, date(2026, 2, 1))

    assert RETAIL.key(first) == "2026-W01"
    assert RETAIL.first_day(first) == date(2026, 2, 1)
    assert RETAIL.key(first.shifted(-1)) == "2025-W52"


def test_after_a_year_of_53_weeks_a_week_is_compared_with_its_own_number_53_weeks_before():
    week = RETAIL.parse("2024-W10")
    before = RETAIL.same_period_last_year(week)

    assert RETAIL.key(before) == "2023-W10"
    assert week.ordinal - before.ordinal == 53


def test_week_53_is_compared_with_the_last_week_of_the_year_before():
    assert RETAIL.key(RETAIL.same_period_last_year(RETAIL.parse("2023-W53"))) == "2022-W52"


def test_a_day_of_a_week_based_year_is_compared_with_the_same_weekday_of_the_same_week():
    monday = RETAIL.period_of(Frequency.DAY, date(2024, 2, 5))
    before = RETAIL.first_day(RETAIL.same_period_last_year(monday))

    assert before == date(2023, 1, 30)
    assert before.weekday() == 0


@pytest.mark.parametrize(
    ("month", "anchor", "weekday"), [(0, 1, 5), (13, 1, 5), (1, 0, 5), (1, 13, 5), (1, 1, 7)]
)
def test_a_calendar_with_an_impossible_month_or_weekday_is_refused(month, anchor, weekday):
    with pytest.raises(ValueError, match=r"1 to 12|0 \(Monday\)"):
        FiscalCalendar(start_month=month, anchor_month=anchor, week_ends_on=weekday)


def test_a_calendar_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="4-4-4"):
        FiscalCalendar(kind="4-4-4")
