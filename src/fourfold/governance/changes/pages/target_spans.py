"""In which periods a unit has a measure at all: a target of any other would never be judged."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import Period
from fourfold.engine.definitions import Definitions, Measure, TargetPoint
from fourfold.governance.changes.pages.target_beside import own_targets
from fourfold.platform.refusals import Refusal

__all__ = ["TargetSpans", "TargetWithoutMeasure", "refuse_outside_spans"]


class TargetWithoutMeasure(Refusal):
    code, status = "TARGET_WITHOUT_MEASURE", 409
    sentence = _("“{unit}” does not have this measure in {period}: it is not open then, or does not take it.")
    remedy = _("Give targets to periods in which the unit is open and takes the measure.")


class TargetSpans:
    """When each unit exists and takes one measure, by the rules that say what it owes."""

    def __init__(self, known: Definitions, measure: Measure) -> None:
        self.calendar = known.organisation.calendar
        self.since = dict(measure.units.since)
        self.begins = measure.versions[0].valid_from or date.min
        self.retired_on = measure.retired_on or date.max
        self.units = {unit.key: unit for unit in known.units}

    def holds(self, unit: str, period: Period) -> bool:
        """Whether the unit exists on a day of the period, and has the measure at its end."""
        first, last = self.calendar.first_day(period), self.calendar.last_day(period)
        lives = self.units[unit]
        exists = (lives.valid_from or date.min) <= last and first <= (lives.valid_to or date.max)
        return exists and max(self.begins, self.since.get(unit, date.min)) <= last < self.retired_on


def refuse_outside_spans(
    given: Mapping[str, Sequence[TargetPoint]], *, measure: Measure, known: Definitions
) -> None:
    """Refuse the first new value (by unit) of a period in which its unit does not have the measure.

    A value that stands there already may be sent along, and taken away (NaN).

    Raises:
        TargetWithoutMeasure.
    """
    spans, own = TargetSpans(known, measure), own_targets(known.targets, measure.key)
    for unit, points in given.items():
        standing = own[unit].points if unit in own else ()
        for point in points:
            is_new = not math.isnan(point.value) and point not in standing
            if is_new and not spans.holds(unit, point.period):
                period = spans.calendar.label(point.period)
                raise TargetWithoutMeasure(unit=spans.units[unit].name, period=period)
