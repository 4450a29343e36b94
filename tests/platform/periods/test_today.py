"""What day it is, and by whose clock."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pytest_django import Settings

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, NamedBy, YearEndRule
from fourfold.engine.definitions import Organisation
from fourfold.platform.periods.actions.write_organisation import ZoneUnknown, write_organisation
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_organisation, today

AUCKLAND = Organisation("kiwi", "Kiwi", "Pacific/Auckland", "NZD", FiscalCalendar(start_month=4))
LATE = datetime(2026, 10, 8, 12, tzinfo=UTC)  # already the 9th in Auckland


def test_the_day_is_the_day_where_the_organisation_is() -> None:
    assert today(AUCKLAND, at=LATE) == date(2026, 10, 9)
    assert today(replace(AUCKLAND, time_zone="America/Lima"), at=LATE) == date(2026, 10, 8)


def test_a_pinned_clock_goes_first_and_the_operator_before_it(settings: Settings) -> None:
    pinned = replace(AUCKLAND, clock=date(2026, 3, 15))
    assert today(pinned, at=LATE) == date(2026, 3, 15)

    settings.FOURFOLD_TODAY = date(2026, 5, 1)
    assert today(pinned, at=LATE) == date(2026, 5, 1)


@pytest.mark.parametrize(
    "calendar",
    [
        FiscalCalendar(),
        FiscalCalendar(start_month=4, named_by=NamedBy.START),
        FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4),
        FiscalCalendar(kind=CalendarKind.WEEKS_4_4_5, week_ends_on=0, anchor_month=6, rule=YearEndRule.LAST),
    ],
)
def test_a_calendar_is_kept_whole(db: None, calendar: FiscalCalendar) -> None:
    organisation = replace(AUCKLAND, calendar=calendar)
    write_organisation(organisation, seq=1)

    assert known_organisation() == organisation


def test_an_organisation_is_known_from_its_seq_on(db: None) -> None:
    write_organisation(AUCKLAND, seq=4)
    write_organisation(replace(AUCKLAND, name="Kiwi Ltd"), seq=9)

    with pytest.raises(NotFounded):
        known_organisation(3)
    assert [known_organisation(seq).name for seq in (4, 8, 9)] == ["Kiwi", "Kiwi", "Kiwi Ltd"]


def test_a_zone_nobody_knows_is_refused(db: None) -> None:
    with pytest.raises(ZoneUnknown):
        write_organisation(replace(AUCKLAND, time_zone="Middle/Earth"), seq=1)
