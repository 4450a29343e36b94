"""Other units take a measure: what is final for them stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Measure, Unit
from fourfold.governance.changes.drafts.taken_since import selects
from fourfold.scorecard.evaluation.queries.final_months import FinalValuesChange, Span, refuse_in_final_months

__all__ = ["UnitsTakingInFinalPeriod", "refuse_units_in_final_months"]


class UnitsTakingInFinalPeriod(FinalValuesChange):
    sentence = _("{period} is final for “{unit}”; it would gain or lose this measure.")
    remedy = _(
        "Apply the measure to the unit from a period after the closed ones, or have the period reopened."
    )


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
