"""Whether a day lies in a month that is closed for a unit: what holds from it on would rewrite a final score."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import known_closing
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit

__all__ = ["FinalValuesChange", "InFinalPeriod", "Span", "refuse_in_final_month", "refuse_in_final_months"]

Span = tuple[date | None, date | None]
"""First and last day; None: without end on that side."""


class InFinalPeriod(Refusal):
    code, status = "DEFINITION_IN_FINAL_PERIOD", 409
    sentence = _("{period} is final for “{unit}”; from {day} on it would be scored anew.")
    remedy = _("Choose a day after the closed periods, or have them reopened for a restatement.")


class FinalValuesChange(InFinalPeriod):
    """The same of what changes which values a month is made of. Callers with a better remedy have their own class."""

    sentence = _("{period} is final for “{unit}”; what it shows would change.")
    remedy = _(
        "Have the period reopened for a restatement, or let the change begin after the closed periods."
    )


def refuse_in_final_months(
    spans: Mapping[str, Span], *, calendar: FiscalCalendar, refusal: type[FinalValuesChange]
) -> None:
    """Refuse days between which a final month of one of these units (by key) would change.

    Three queries; one where no period was ever moved. A unit that does not exist yet has no final month.

    Raises:
        FinalValuesChange: of the class given, naming the first such month.
    """
    if not spans:
        return
    closing = known_closing()
    if not closing.has_final:
        return
    found = Unit.objects.filter(key__in=spans).order_by("path").values_list("key", "path", "name")
    places = list(found)
    for month in sorted(closing.steps):
        period = Period(Frequency.MONTH, month)
        first, last = calendar.first_day(period), calendar.last_day(period)
        for key, path, name in places:
            begins, ends = spans[key]
            is_touched = (begins or date.min) <= last and first <= (ends or date.max)
            if is_touched and closing.state(month, path=path) == PeriodState.FINAL:
                raise refusal(period=calendar.label(period), unit=name)


def refuse_in_final_month(day: date, *, unit: str, calendar: FiscalCalendar) -> None:
    """Refuse a day from which on a final month of the unit, or of any unit below it, would change.

    Three queries; one where no period was ever moved.

    Raises:
        InFinalPeriod: naming the first such month.
    """
    closing = known_closing()
    if not closing.has_final:
        return
    first = calendar.period_of(Frequency.MONTH, day).ordinal
    head = Unit.objects.get_or_refuse(key=unit)
    below = Unit.objects.at_or_below(head).order_by("path").values_list("path", "name")
    for month in sorted(month for month in closing.steps if month >= first):
        for path, name in below:
            if closing.state(month, path=path) == PeriodState.FINAL:
                period = calendar.label(Period(Frequency.MONTH, month))
                raise InFinalPeriod(period=period, unit=name, day=day)
