"""What only the founder can say, as forms."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, NamedBy, YearEndRule
from fourfold.outward.home.actions.new_organisation import NewOrganisation
from fourfold.outward.home.queries.starters import STARTERS, currencies
from fourfold.platform.ui.time_zones import TimeZoneField

__all__ = ["FolderForm", "OrganisationForm", "SpreadsheetForm"]

KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")  # DESIGN §5: lower-case letters and digits, hyphens between
KEY_LENGTH = 64
MONTHS = [
    (1, _("January: the calendar year")),
    (2, _("February")),
    (3, _("March")),
    (4, _("April")),
    (5, _("May")),
    (6, _("June")),
    (7, _("July")),
    (8, _("August")),
    (9, _("September")),
    (10, _("October")),
    (11, _("November")),
    (12, _("December")),
]
MONTH_NAMES = [(1, _("January")), *MONTHS[1:]]
NAMED_BY = [(NamedBy.END.value, _("the year it ends in")), (NamedBy.START.value, _("the year it begins in"))]
KINDS = [
    (CalendarKind.GREGORIAN.value, _("Calendar months")),
    (CalendarKind.WEEKS_4_4_5.value, _("Weeks: 4, 4 and 5 a quarter")),
    (CalendarKind.WEEKS_4_5_4.value, _("Weeks: 4, 5 and 4 a quarter")),
    (CalendarKind.WEEKS_5_4_4.value, _("Weeks: 5, 4 and 4 a quarter")),
]
WEEKDAYS = list(
    enumerate(
        (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    )
)
RULES = [
    (YearEndRule.NEAREST.value, _("nearest to the end of the month")),
    (YearEndRule.LAST.value, _("the last in the month")),
]


class OrganisationForm(forms.Form):
    """Name, zone, currency and calendar."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    key = forms.CharField(
        label=_("Short name in addresses"),
        required=False,
        max_length=KEY_LENGTH,
        help_text=_(
            "Lower-case letters, digits and hyphens; it never changes. Made from the name if left empty."
        ),
    )
    time_zone = TimeZoneField(
        label=_("Time zone"),
        help_text=_("Type a city, such as Vienna. Days, and so months, begin and end there."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        choices=lambda: [(each, each) for each in currencies()],
        initial="EUR",
        help_text=_("All money is reported in it."),
    )
    start_month = forms.TypedChoiceField(
        label=_("The fiscal year begins in"), choices=MONTHS, coerce=int, initial=1
    )
    named_by = forms.ChoiceField(
        label=_("A fiscal year is called after"),
        choices=NAMED_BY,
        help_text=_("Only of interest where it does not begin in January."),
    )
    kind = forms.ChoiceField(label=_("Months are"), choices=KINDS, initial=CalendarKind.GREGORIAN.value)
    anchor_month = forms.TypedChoiceField(
        label=_("The last week of the year ends in or around"), choices=MONTH_NAMES, coerce=int
    )
    week_ends_on = forms.TypedChoiceField(label=_("A week ends on"), choices=WEEKDAYS, coerce=int, initial=5)
    rule = forms.ChoiceField(label=_("That weekday is"), choices=RULES)

    CALENDAR_OF_WEEKS = ("kind", "anchor_month", "week_ends_on", "rule")

    def clean(self) -> dict[str, Any]:
        """The key follows from the name; what is left of neither is asked for."""
        said = super().clean() or {}
        given = (said.get("key") or "").strip()
        key = given.lower() or slugify(said.get("name", ""))[:KEY_LENGTH].strip("-")
        key = key if given or not key[:1].isdigit() else f"o-{key}"[:KEY_LENGTH]
        if "name" in said and not KEY.fullmatch(key):
            self.add_error(
                "key", ValidationError(_("It holds a character that cannot stand here."), code="key")
            )
        said["key"] = key
        return said

    @property
    def weeks_fields(self) -> list[forms.BoundField]:
        """Shown apart: few organisations have months of whole weeks."""
        return [self[name] for name in self.CALENDAR_OF_WEEKS]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        return [field for field in self.visible_fields() if field.name not in self.CALENDAR_OF_WEEKS]

    @property
    def has_weeks(self) -> bool:
        """Whether the part about weeks should stand open."""
        return self["kind"].value() != CalendarKind.GREGORIAN.value or any(
            field.errors for field in self.weeks_fields
        )

    @property
    def organisation(self) -> NewOrganisation:
        """What was said; only after `is_valid`."""
        said = self.cleaned_data
        return NewOrganisation(
            key=said["key"],
            name=said["name"].strip(),
            time_zone=said["time_zone"],
            currency=said["currency"],
            calendar=_calendar(said),
        )


def _calendar(said: dict[str, Any]) -> FiscalCalendar:
    """What a calendar does not use keeps its default, so that equal calendars are equal values."""
    kind = CalendarKind(said["kind"])
    if kind is not CalendarKind.GREGORIAN:
        return FiscalCalendar(
            kind=kind,
            named_by=NamedBy(said["named_by"]),
            week_ends_on=said["week_ends_on"],
            anchor_month=said["anchor_month"],
            rule=YearEndRule(said["rule"]),
        )
    if said["start_month"] == 1:
        return FiscalCalendar()
    return FiscalCalendar(start_month=said["start_month"], named_by=NamedBy(said["named_by"]))


class SpreadsheetForm(OrganisationForm):
    """An organisation whose units and measures stand in a file."""

    starter = forms.ChoiceField(
        label=_("Strategy to begin with"),
        choices=[(key, name) for key, (name, _sentence) in STARTERS.items()],
        help_text=_("It brings perspectives, objectives and a map; your measures find their place in it."),
    )
    file = forms.FileField(
        label=_("File with values"),
        help_text=_(
            "CSV, XLSX or Parquet: a row for each measure, unit and period, or a column for each measure."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.parquet"}),
    )

    field_order = ["name", "file", "starter"]


class FolderForm(forms.Form):
    """A packed strategy folder."""

    file = forms.FileField(
        label=_("Strategy folder as a ZIP file"),
        help_text=_("With strategy.yaml, units.yaml, measures/ and, if you like, targets.csv and data/."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )
