"""One unit's own targets of a measure through time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.engine.definitions import Definitions, Measure, Target
from fourfold.governance.changes.pages.measure_form import listed_measures
from fourfold.governance.changes.pages.target_draft import points_text
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import today
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.units.models import UnitUnknown
from fourfold.scorecard.evaluation.actions.change_definitions import edition
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.evaluation.queries.wanted_targets import (
    last_ended,
    target_of,
    wanted_table,
)
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = [
    "OneTarget",
    "read_target",
    "targeted_measure",
]


@dataclass(frozen=True, slots=True)
class OneTarget:
    """One unit's own target: the form's beginning, and what is past."""

    measure: str
    name: str
    unit: str
    unit_name: str
    frequency: Frequency
    calendar: FiscalCalendar
    unit_of_measure: str
    initial: dict[str, Any]
    edition: str
    is_own: bool
    derived: str
    past: str
    ends: str
    baseline: str
    example: str


def targeted_measure(known: Definitions, key: str, *, scope: Scope) -> Measure:
    """The measure, once it is known to be there and in sight: one that others declare is not even known to be there.

    Raises:
        MeasureUnknown.
    """
    for measure in listed_measures(known, scope=scope):
        if measure.key == key:
            return measure
    raise MeasureUnknown(key=key)


def read_target(scope: Scope, measure: str, *, unit: str, at: datetime) -> OneTarget:
    """One unit's own target for the form; what has ended stands apart.

    Raises:
        MeasureUnknown, UnitUnknown, OutOfScope, NotPermitted.
    """
    known = known_definitions()
    found = targeted_measure(known, measure, scope=scope)
    name = next((each.name for each in known.units if each.key == unit), None)
    if name is None and scope.sees(known.units[0].key):
        raise UnitUnknown(key=unit)
    scope.require(unit)
    scope.require_to(Act.EDIT_TARGETS, unit=unit)
    assert name is not None  # who does not see the whole sees only units that exist
    version, calendar = found.versions[-1], known.organisation.calendar
    own, day = target_of(known, measure, unit=unit), today(known.organisation, at=at)
    ended = last_ended(known, version.frequency, today=day)
    points = own.points if own else ()
    value, is_sum = wanted_table(known, measure, today=day).at(ended + 1, unit)
    form = ValueFormat(version.decimals, version.unit_of_measure)
    derived = "" if own or math.isnan(value) else (_("sum of the units below") if is_sum else _("inherited"))
    return OneTarget(
        measure=measure,
        name=found.name,
        unit=unit,
        unit_name=name,
        frequency=version.frequency,
        calendar=calendar,
        unit_of_measure=version.unit_of_measure,
        initial=_initial(
            own, points_text([p for p in points if p.period.ordinal > ended], calendar=calendar)
        ),
        edition=edition(own),
        is_own=own is not None,
        derived=f"{form.shown(value)}, {derived}" if derived else "",
        past=points_text([p for p in points if p.period.ordinal <= ended], calendar=calendar),
        ends=calendar.label(Period(version.frequency, ended)),
        baseline="" if version.baseline is None else str(form.shown(version.baseline)),
        example=calendar.key(Period(version.frequency, ended + 1)),
    )


def _initial(own: Target | None, points: str) -> dict[str, Any]:
    if own is None:
        return {"trajectory": "step", "points": "", "origin": "negotiated"}
    origin, _colon, reason = own.origin.partition(": ")
    return {
        "trajectory": own.trajectory.value,
        "points": points,
        "red": own.red,
        "best": own.best,
        "origin": origin,
        "reason": reason,
    }
