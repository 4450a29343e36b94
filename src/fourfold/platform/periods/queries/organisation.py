"""The organisation as known, and what day it is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, Frequency, NamedBy, YearEndRule
from fourfold.engine.definitions import Organisation
from fourfold.platform.periods.models import NotFounded, OrganisationVersion

__all__ = ["calendar_as_json", "known_organisation", "month_begun", "today"]


def known_organisation(as_of_seq: int | None = None) -> Organisation:
    """The organisation as known at a place of the ledger.

    Raises:
        NotFounded: nothing was loaded yet, or not yet then.
    """
    row = OrganisationVersion.objects.known_at(as_of_seq).first()
    if row is None:
        raise NotFounded
    return Organisation(
        key=row.key,
        name=row.name,
        time_zone=row.time_zone,
        currency=row.currency,
        calendar=_calendar(row.calendar),
        clock=row.clock,
    )


def today(organisation: Organisation, *, at: datetime) -> date:
    """The day it is in the organisation's zone at `at`; FOURFOLD_TODAY or its own pinned clock go first."""
    pinned: date | None = settings.FOURFOLD_TODAY or organisation.clock
    return pinned or at.astimezone(ZoneInfo(organisation.time_zone)).date()


def month_begun(organisation: Organisation, *, at: datetime) -> date:
    """The first day of the running month: what is new from then on owes nothing of the past."""
    calendar = organisation.calendar
    return calendar.first_day(calendar.period_of(Frequency.MONTH, today(organisation, at=at)))


def calendar_as_json(calendar: FiscalCalendar) -> dict[str, Any]:
    """The calendar's rules by name."""
    return {
        "kind": calendar.kind.value,
        "start_month": calendar.start_month,
        "named_by": calendar.named_by.value if calendar.named_by else None,
        "week_ends_on": calendar.week_ends_on,
        "anchor_month": calendar.anchor_month,
        "rule": calendar.rule.value,
    }


def _calendar(rules: Mapping[str, Any]) -> FiscalCalendar:
    return FiscalCalendar(
        kind=CalendarKind(rules["kind"]),
        start_month=rules["start_month"],
        named_by=NamedBy(rules["named_by"]) if rules["named_by"] else None,
        week_ends_on=rules["week_ends_on"],
        anchor_month=rules["anchor_month"],
        rule=YearEndRule(rules["rule"]),
    )
