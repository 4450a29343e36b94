"""Which measures take no more values, and from which day on."""

from __future__ import annotations

from datetime import date

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from fourfold.engine.calendar import Frequency, Period
from fourfold.platform.periods.queries import known_organisation
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.measures.models import MeasureListing, MeasureVersion

__all__ = ["MeasureRetired", "refuse_retired"]

Ints = NDArray[np.int64]


class MeasureRetired(Refusal):
    code, status = "MEASURE_RETIRED", 409
    sentence = _("Measure “{measure}” is retired from {day} on; it takes no value for {period}.")
    remedy = _("Restore the measure first, or leave the value out.")


def refuse_retired(measures: Ints, periods: Ints) -> None:
    """Refuse rows for periods that end when their measure is retired. One query where none is.

    Raises:
        MeasureRetired: naming the first such measure and period.
    """
    listed = MeasureListing.objects.known_at(None).exclude(retired_on=None).order_by("measure_id")
    for measure, key, day in listed.values_list("measure_id", "measure__key", "retired_on"):
        assert day is not None
        _refuse(np.unique(periods[measures == measure]).tolist(), measure, key=key, day=day)


def _refuse(periods: list[int], measure: int, *, key: str, day: date) -> None:
    if not periods:
        return
    last = (
        MeasureVersion.objects.filter(measure_id=measure)
        .order_by("-number")
        .values_list("frequency", flat=True)
    )
    frequency = Frequency(last[0])
    calendar = known_organisation().calendar
    for period in (Period(frequency, ordinal) for ordinal in periods):
        if calendar.last_day(period) >= day:
            raise MeasureRetired(measure=key, day=day, period=calendar.key(period))
