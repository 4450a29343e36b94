"""What must hold for every calendar an organisation may keep."""

import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fourfold.engine import calendar as calendar_room
from fourfold.engine.calendar import (
    CalendarKind,
    FiscalCalendar,
    Frequency,
    Grain,
    GrainPeriod,
    NamedBy,
    Period,
    YearEndRule,
    fiscal_calendar,
)

calendars = st.builds(
    FiscalCalendar,
    kind=st.sampled_from(CalendarKind),
    start_month=st.integers(1, 12),
    named_by=st.sampled_from([None, *NamedBy]),
    week_ends_on=st.integers(0, 6),
    anchor_month=st.integers(1, 12),
    rule=st.sampled_from(YearEndRule),
)
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
frequencies = st.sampled_from(Frequency)
coarse_and_fine = st.tuples(frequencies, frequencies).filter(
    lambda pair: pair[0] == pair[1] or pair[0].is_coarser_than(pair[1])
)


@given(calendars, frequencies, days)
def test_every_day_lies_in_exactly_one_period_and_the_next_begins_the_day_after(calendar, frequency, day):
    period = calendar.period_of(frequency, day)

    assert calendar.first_day(period) <= day <= calendar.last_day(period)
    assert calendar.first_day(period.shifted(1)) == calendar.last_day(period) + timedelta(days=1)
    assert calendar.period_of(frequency, calendar.last_day(period)) == period
    assert calendar.period_of(frequency, calendar.first_day(period)) == period


@given(calendars, frequencies, days)
def test_a_period_is_read_back_as_it_was_written(calendar, frequency, day):
    period = calendar.period_of(frequency, day)

    assert calendar.parse(calendar.key(period)) == period


@given(calendars, st.sampled_from(Grain), days)
def test_a_page_is_read_back_as_it_was_written(calendar, grain, day):
    page = calendar.page_of(grain, day)

    assert calendar.parse_grain(calendar.key_of(page)) == page
    assert calendar.label(page)


@given(calendars, coarse_and_fine, days)
def test_a_coarse_period_holds_a_run_of_finer_ones_that_all_name_it(calendar, pair, day):
    coarse, fine = pair
    whole = calendar.period_of(coarse, day)
    parts = calendar.inside(whole, fine)

    assert len(parts) > 0
    assert calendar.inside(whole.shifted(1), fine).start == parts.stop
    for part in (parts[0], parts[-1]):
        assert calendar.containing(Period(fine, part), coarse) == whole
    assert calendar.containing(Period(fine, parts.start - 1), coarse) == whole.shifted(-1)


@given(calendars, days)
def test_month_quarter_half_and_year_nest_through_one_another(calendar, day):
    month = calendar.period_of(Frequency.MONTH, day)
    through_the_quarter = calendar.containing(calendar.containing(month, Frequency.QUARTER), Frequency.YEAR)

    assert calendar.containing(month, Frequency.YEAR) == through_the_quarter
    assert calendar.period_of(Frequency.YEAR, day) == through_the_quarter


@given(calendars.filter(lambda calendar: calendar.is_week_based), days)
def test_where_months_are_whole_weeks_day_week_and_month_nest(calendar, day):
    week = calendar.period_of(Frequency.WEEK, day)

    assert calendar.containing(week, Frequency.MONTH) == calendar.period_of(Frequency.MONTH, day)
    assert calendar.last_day(week).weekday() == calendar.week_ends_on


@given(calendars.filter(lambda calendar: calendar.is_week_based), st.integers(1950, 2150))
def test_a_year_of_weeks_ends_on_its_weekday_by_its_rule(calendar, year):
    ends = calendar.last_day(Period(Frequency.YEAR, year))
    nearest = min(
        (ends + timedelta(days=d) for d in range(-6, 7)), key=lambda d: (not _ends_anchor(calendar, d), d)
    )

    assert calendar.weeks_in(year) in (52, 53)
    assert ends.weekday() == calendar.week_ends_on
    if calendar.rule is YearEndRule.LAST:
        assert ends.month == calendar.anchor_month
        assert (ends + timedelta(days=7)).month != calendar.anchor_month
    else:
        assert abs((ends - nearest).days) <= 3


def _ends_anchor(calendar, day):
    return day.month == calendar.anchor_month and (day + timedelta(days=1)).month != calendar.anchor_month


@given(calendars, st.integers(1950, 2150))
def test_years_follow_one_another_and_are_numbered_by_the_year_they_touch(calendar, year):
    whole = Period(Frequency.YEAR, year)
    middle = calendar.first_day(whole) + timedelta(days=182)

    assert abs(middle.year - year) <= 1
    if calendar.named_by is NamedBy.END and not calendar.is_week_based:
        assert calendar.last_day(whole).year == year
    if calendar.named_by is NamedBy.START and not calendar.is_week_based:
        assert calendar.first_day(whole).year == year


@given(calendars, frequencies, days)
def test_the_same_period_last_year_lies_about_a_year_before(calendar, frequency, day):
    period = calendar.period_of(frequency, day)
    before = calendar.same_period_last_year(period)

    apart = (calendar.first_day(period) - calendar.first_day(before)).days
    assert 52 * 7 <= apart <= 53 * 7 + (frequency is Frequency.DAY)


@given(calendars, frequencies, st.sampled_from(Grain), days, st.integers(0, 30))
def test_many_pages_are_mapped_as_each_page_alone_would_be(calendar, frequency, grain, day, count):
    first = calendar.page_of(grain, day).ordinal
    found = calendar.range_map(frequency, grain, first=first, last=first + count)

    for index in (0, count):
        page = GrainPeriod(grain, first + index)
        start, stop = int(found.start[index]), int(found.stop[index])
        if found.carried[index]:
            closed = Period(frequency, start)
            assert stop == start + 1
            assert calendar.last_day(closed) <= calendar.last_day(page) < calendar.last_day(closed.shifted(1))
        elif grain is not Grain.YTD:
            assert range(start, stop) == calendar.inside(page.period, frequency)
        else:
            year = calendar.containing(page.period, Frequency.YEAR)
            assert start == calendar.inside(year, frequency).start
            assert stop > start


@given(calendars, days, days)
def test_the_elapsed_share_grows_from_nothing_to_the_whole(calendar, day, other):
    year = calendar.period_of(Frequency.YEAR, day)
    earlier, later = sorted((day, other))

    assert 0.0 <= calendar.elapsed_share(year, on=earlier) <= calendar.elapsed_share(year, on=later) <= 1.0
    assert calendar.elapsed_share(year, on=calendar.last_day(year)) == 1.0
    assert calendar.elapsed_share(year, on=calendar.first_day(year) - timedelta(days=1)) == 0.0


def test_the_example_in_the_docstring_holds():
    assert doctest.testmod(fiscal_calendar, extraglobs=vars(calendar_room)).failed == 0
