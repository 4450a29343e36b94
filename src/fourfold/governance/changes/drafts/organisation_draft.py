"""The organisation and its fiscal calendar. The key never changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, NamedBy, YearEndRule
from fourfold.engine.definitions import Definitions, Organisation
from fourfold.folder.currency import CURRENCIES
from fourfold.governance.changes.drafts.kind import Building, FieldRefused, Kind, Noun
from fourfold.platform.accounts.permissions import Act

__all__ = [
    "CALENDAR_KINDS",
    "MONTHS",
    "NAMED_BY",
    "ORGANISATION",
    "WEEKDAYS",
    "YEAR_ENDS",
    "OrganisationDraft",
]

CALENDAR_KINDS: tuple[tuple[str, str | Promise], ...] = (
    (CalendarKind.GREGORIAN.value, _("Calendar months")),
    (CalendarKind.WEEKS_4_4_5.value, _("Quarters of 4, 4 and 5 weeks")),
    (CalendarKind.WEEKS_4_5_4.value, _("Quarters of 4, 5 and 4 weeks")),
    (CalendarKind.WEEKS_5_4_4.value, _("Quarters of 5, 4 and 4 weeks")),
)
MONTHS: tuple[tuple[str, str | Promise], ...] = tuple(
    zip(
        map(str, range(1, 13)),
        (
            _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
            _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
        ),
        strict=True,
    )
)  # fmt: skip
WEEKDAYS: tuple[tuple[str, str | Promise], ...] = (
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)
NAMED_BY: tuple[tuple[str, str | Promise], ...] = (
    ("", _("As is usual for this calendar")),
    (NamedBy.START.value, _("The calendar year it begins in")),
    (NamedBy.END.value, _("The calendar year it ends in")),
)
YEAR_ENDS: tuple[tuple[str, str | Promise], ...] = (
    (YearEndRule.LAST.value, _("The last such weekday of the month")),
    (YearEndRule.NEAREST.value, _("The one nearest to the month's end")),
)


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """As typed; what only serves week-based calendars stays with its default in others."""

    name: str = ""
    time_zone: str = ""
    currency: str = ""
    kind: str = CalendarKind.GREGORIAN.value
    start_month: str = "1"
    named_by: str = ""
    week_ends_on: str = "5"
    anchor_month: str = "1"
    year_end: str = YearEndRule.NEAREST.value


class _OrganisationKind(Kind[Organisation, OrganisationDraft]):
    name = "organisation"
    noun = Noun(_("Organisation and calendar"), _("Organisation and calendar"), _("Organisation"))
    act = Act.EDIT_CALENDAR

    def find(self, whole: Definitions, key: str) -> Organisation:
        return whole.organisation

    def drafted(self, thing: Organisation) -> OrganisationDraft:
        calendar = thing.calendar
        return OrganisationDraft(
            name=thing.name,
            time_zone=thing.time_zone,
            currency=thing.currency,
            kind=calendar.kind.value,
            start_month=str(calendar.start_month),
            named_by=calendar.named_by.value if calendar.named_by else "",
            week_ends_on=str(calendar.week_ends_on),
            anchor_month=str(calendar.anchor_month),
            year_end=calendar.rule.value,
        )

    def blank(self, whole: Definitions) -> OrganisationDraft:
        return OrganisationDraft()

    def new_key(self, draft: OrganisationDraft, whole: Definitions) -> str:
        return whole.organisation.key

    def build(self, draft: OrganisationDraft, into: Building[Organisation]) -> Organisation:
        before = into.before
        assert before is not None  # there is always one
        if draft.time_zone not in available_timezones():
            raise FieldRefused("time_zone", _("There is no such time zone; write it like Europe/Lisbon."))
        if draft.currency not in CURRENCIES:
            raise FieldRefused("currency", _("There is no such currency; write its three letters, like EUR."))
        calendar = _calendar(draft)
        if calendar != before.calendar:
            _refuse_other_periods(into)
        if draft.currency != before.currency:
            _refuse_other_money(into)
        return replace(
            before,
            name=draft.name,
            time_zone=draft.time_zone,
            currency=draft.currency,
            calendar=calendar,
        )

    def put(self, whole: Definitions, thing: Organisation) -> Definitions:
        return replace(whole, organisation=thing)

    def titled(self, thing: Organisation) -> str:
        return thing.name


def _calendar(draft: OrganisationDraft) -> FiscalCalendar:
    return FiscalCalendar(
        kind=CalendarKind(draft.kind),
        start_month=int(draft.start_month),
        named_by=NamedBy(draft.named_by) if draft.named_by else None,
        week_ends_on=int(draft.week_ends_on),
        anchor_month=int(draft.anchor_month),
        rule=YearEndRule(draft.year_end),
    )


def _refuse_other_periods(into: Building[Organisation]) -> None:
    """Values and targets name a period of the calendar they were said in; in another it is another stretch of days."""
    if into.whole.targets or into.facts.any_values():
        raise FieldRefused(
            "kind",
            _("There are values or targets already, and each belongs to a period of this calendar. Another calendar "
              "is a new installation: export the folder, change its calendar, and load it with data by day."),
        )  # fmt: skip


def _refuse_other_money(into: Building[Organisation]) -> None:
    if into.facts.any_values() or any(each.budget or each.spent for each in into.whole.initiatives):
        raise FieldRefused(
            "currency",
            _("Amounts are kept in this currency already, and none of them would be converted."),
        )


ORGANISATION = _OrganisationKind()
