"""The period stepper: back, forward, another length, any other period."""

from datetime import date

from fourfold.engine.calendar import CalendarKind, FiscalCalendar
from fourfold.platform.ui.stepper import period_stepper, short_label

CIVIL = FiscalCalendar()
FIRST, LAST = date(2024, 1, 1), date(2026, 10, 8)


def stepper(key, calendar=CIVIL):
    return period_stepper(calendar, calendar.parse_grain(key), first=FIRST, last=LAST)


def test_one_step_back_and_one_forward():
    shown = stepper("2026-09")

    assert (shown.previous.key, shown.current.label, shown.following.key) == (
        "2026-08",
        "September 2026",
        "2026-10",
    )


def test_there_is_no_way_past_the_first_period_or_past_today():
    assert stepper("2024-01").previous is None
    assert stepper("2026-10").following is None


def test_another_length_stays_at_the_same_place_in_time():
    assert [grain.key for grain in stepper("2026-09").grains] == ["2026-09", "2026-Q3", "2026-09-ytd", "2026"]


def test_from_the_running_year_the_month_is_todays_not_december():
    assert [grain.key for grain in stepper("2026").grains] == ["2026-10", "2026-Q4", "2026-10-ytd", "2026"]


def test_the_shown_length_and_period_are_marked():
    shown = stepper("2026-Q2")

    assert [grain.label for grain in shown.grains if grain.is_current] == ["Quarter"]
    assert [choice.key for year in shown.years for choice in year.choices if choice.is_current] == ["2026-Q2"]


def test_the_picker_lists_the_newest_year_first_and_opens_the_shown_one():
    shown = stepper("2025-03")

    assert [year.label for year in shown.years] == ["2026", "2025", "2024"]
    assert [year.label for year in shown.years if year.is_open] == ["2025"]
    assert [choice.short for choice in shown.years[0].choices][:3] == ["Jan", "Feb", "Mar"]


def test_half_years_and_weeks_are_offered_within_the_picker():
    shown = stepper("2026-09")

    assert [(grain.label, grain.key) for grain in shown.other_grains] == [
        ("Week", "2026-W39"),
        ("Half-year", "2026-H2"),
    ]


def test_an_unusual_length_that_is_shown_stands_among_the_usual_ones():
    shown = stepper("2026-W39")

    assert [grain.label for grain in shown.grains if grain.is_current] == ["Week"]
    assert [grain.label for grain in shown.grains] == ["Week", "Month", "Quarter", "Year to date", "Year"]
    assert [grain.label for grain in shown.other_grains] == ["Half-year"]
    assert (shown.previous.key, shown.following.key) == ("2026-W38", "2026-W40")


def test_from_a_running_month_the_week_is_the_last_one_that_is_over():
    assert [grain.key for grain in stepper("2026-10").other_grains] == ["2026-W40", "2026-H2"]


def test_a_retail_calendar_steps_through_its_own_months():
    retail = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4)
    shown = stepper("2026-P08", retail)

    assert (shown.previous.key, shown.current.short) == ("2026-P07", "P08")
    assert short_label(retail, retail.parse_grain("2026-P08")) == "P08 26"


def test_short_names_for_axes():
    names = [
        short_label(CIVIL, CIVIL.parse_grain(key)) for key in ("2026-09", "2026-Q3", "2026-09-ytd", "2026")
    ]

    assert names == ["Sep 26", "Q3 26", "Sep 26", "2026"]
