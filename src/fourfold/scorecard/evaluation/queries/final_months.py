"""Whether a day lies in a month that is closed for a unit: what holds from it on would rewrite a final score."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import known_closing
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit

__all__ = ["InFinalPeriod", "refuse_in_final_month"]


class InFinalPeriod(Refusal):
    code, status = "DEFINITION_IN_FINAL_PERIOD", 409
    sentence = _("{period} is final for “{unit}”; from {day} on it would be scored anew.")
    remedy = _("Choose a day after the closed periods, or have them reopened for a restatement.")


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
