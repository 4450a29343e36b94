"""Other units take a measure: what is final for them stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Measure, Unit
from fourfold.governance.changes.drafts.taken_since import selects
from fourfold.scorecard.evaluation.queries.final_months import FinalValuesChange, Span, refuse_in_final_months

__all__ = [
    "MeasureBeginsInFinalPeriod",
    "UnitsTakingInFinalPeriod",
    "refuse_beginning_in_final_months",
    "refuse_units_in_final_months",
]


class UnitsTakingInFinalPeriod(FinalValuesChange):
    sentence = _("{period} is final for “{unit}”; it would gain or lose this measure.")
    remedy = _(
        "Apply the measure to the unit from a period after the closed ones, or have the period reopened."
    )


class MeasureBeginsInFinalPeriod(FinalValuesChange):
    sentence = _("{period} is final for “{unit}”; with this measure it would be scored anew.")
    remedy = _(
        "Let the measure begin after the closed periods, or have the period reopened for a restatement."
    )


def refuse_beginning_in_final_months(measure: Measure, *, known: Definitions) -> None:
    """Refuse a final month in which a unit would have a new measure; without a first day it has it in every month.

    Raises:
        MeasureBeginsInFinalPeriod.
    """
    firsts = _first_days(measure, {unit.key: unit for unit in known.units})
    spans: dict[str, Span] = {key: (first, None) for key, first in firsts.items()}
    calendar = known.organisation.calendar
    refuse_in_final_months(spans, calendar=calendar, refusal=MeasureBeginsInFinalPeriod)


def refuse_units_in_final_months(before: Measure, after: Measure, *, known: Definitions) -> None:
    """Refuse a final month in which a unit would gain or lose the measure; what is summed from it is closed later.

    Raises:
        UnitsTakingInFinalPeriod.
    """
    units = {unit.key: unit for unit in known.units}
    had, has = (_first_days(each, units) for each in (before, after))
    spans: dict[str, Span] = {}
    for key in had.keys() | has.keys():
        if had.get(key) != has.get(key):
            days = [each[key] for each in (had, has) if key in each]
            spans[key] = (min(days), max(days) if len(days) == 2 else None)
    refuse_in_final_months(spans, calendar=known.organisation.calendar, refusal=UnitsTakingInFinalPeriod)


def _first_days(measure: Measure, units: Mapping[str, Unit]) -> dict[str, date]:
    """From which day each unit takes it."""
    since, first = dict(measure.units.since), measure.versions[0].valid_from or date.min
    return {
        key: max(first, unit.valid_from or date.min, since.get(key, date.min))
        for key, unit in units.items()
        if selects(measure.units, key, known=units)
    }
