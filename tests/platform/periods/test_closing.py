"""The state of a unit's month: the fold of the steps taken there and above."""

import pytest

from fourfold.engine.calendar import FiscalCalendar
from fourfold.platform.periods.models import PeriodState, PeriodStep
from fourfold.platform.periods.queries import Closing, month_of

ROOT, NORTH = 1, 2
PATHS = {ROOT: "acme/", NORTH: "acme/north/"}


def state(path, *steps):
    rows = [PeriodStep(month=1, unit_id=unit, state=to, is_reopening=again) for unit, to, again in steps]
    return Closing({1: rows}, PATHS).state(1, path=path)


@pytest.mark.parametrize(
    ("path", "steps", "expected"),
    [
        ("acme/", [], "open"),
        ("acme/north/oslo/", [(ROOT, "final", False)], "final"),
        ("acme/", [(NORTH, "final", False)], "open"),
        ("acme/northern/", [(NORTH, "final", False)], "open"),
        ("acme/north/", [(NORTH, "final", False), (ROOT, "flash", False)], "final"),
        ("acme/north/", [(ROOT, "final", False), (NORTH, "provisional", True)], "provisional"),
        ("acme/", [(ROOT, "final", False), (NORTH, "provisional", True)], "final"),
    ],
)
def test_the_furthest_step_counts_and_only_a_reopening_leads_back(path, steps, expected):
    assert state(path, *steps) is PeriodState(expected)


@pytest.mark.parametrize(
    ("period", "month"),
    [("2026-09-30", "2026-09"), ("2026-W40", "2026-10"), ("2026-Q3", "2026-09"), ("2026", "2026-12")],
)
def test_a_period_is_closed_with_the_month_that_holds_or_ends_it(period, month):
    calendar = FiscalCalendar()

    assert month_of(calendar, calendar.parse(period)) == calendar.parse(month).ordinal
