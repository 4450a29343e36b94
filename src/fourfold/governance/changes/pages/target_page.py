"""A measure's targets: the grid of units and periods, and one unit's own way through time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Grain, Period
from fourfold.engine.definitions import Definitions, Measure, Target
from fourfold.governance.changes.pages.measure_form import listed_measures
from fourfold.governance.changes.pages.measure_words import TRAJECTORIES
from fourfold.governance.changes.pages.target_draft import points_text
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals.refusal import NotPermitted, OutOfScope
from fourfold.platform.ui.numbers import ABSENT, ValueFormat
from fourfold.platform.units.models import UnitUnknown
from fourfold.scorecard.evaluation.actions.change_definitions import edition
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.evaluation.queries.wanted_targets import (
    WantedTable,
    last_ended,
    target_of,
    wanted_table,
)
from fourfold.scorecard.measures.models import MeasureUnknown
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = [
    "OneTarget",
    "TargetCell",
    "TargetGrid",
    "TargetRow",
    "read_target",
    "read_targets",
    "targeted_measure",
]


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One period's wanted value; `how` is own, sum, inherited, or empty where nothing is wanted."""

    text: str
    how: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One unit's year."""

    unit: str
    name: str
    depth: int
    trajectory: str
    cells: tuple[TargetCell, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class TargetGrid:
    """A fiscal year of one measure's targets, for the units in sight. `edition`: the ledger's seq it shows."""

    measure: str
    name: str
    unit_of_measure: str
    year: str
    before: str
    after: str
    periods: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    example: str
    polarity: str
    may_edit: bool
    edition: str


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
    """The measure, once it is known to be there and in sight.

    Raises:
        MeasureUnknown, OutOfScope.
    """
    found = next((measure for measure in known.measures if measure.key == key), None)
    if found is None:
        raise MeasureUnknown(key=key)
    if found not in listed_measures(known, scope=scope):
        raise OutOfScope(measure=key)
    return found


def read_targets(scope: Scope, measure: str, *, year: str, at: datetime) -> TargetGrid:
    """The grid of a fiscal year, the current one unless named. Constant queries.

    Raises:
        MeasureUnknown, OutOfScope, NotPermitted.
    """
    seen = head_seq()  # before the definitions: what somebody sets in between counts as not seen
    known = known_definitions()
    found = targeted_measure(known, measure, scope=scope)
    if not scope.may(Act.EDIT_TARGETS):
        raise NotPermitted(act=Act.EDIT_TARGETS.value, unit="")
    day, calendar = today(known.organisation, at=at), known.organisation.calendar
    shown = calendar.page_of(Grain.YEAR, day).ordinal
    named = int(year) if year.isdecimal() and len(year) < 6 else shown
    table = wanted_table(known, measure, today=day)
    version = found.versions[-1]
    inside = calendar.inside(Period(Frequency.YEAR, named), version.frequency)
    periods = tuple(Period(version.frequency, ordinal) for ordinal in inside)
    rows = _rows(found, known=known, table=table, periods=periods, scope=scope, day=day)
    return TargetGrid(
        measure=measure,
        name=found.name,
        unit_of_measure=version.unit_of_measure,
        year=calendar.label(Period(Frequency.YEAR, named)),
        before=str(named - 1),
        after=str(named + 1),
        periods=tuple(calendar.key(period) for period in periods),
        rows=rows,
        example=calendar.key(periods[-1]),
        polarity=str(version.goal.polarity or _("not scored")),
        may_edit=any(row.may_edit for row in rows),
        edition=str(seen),
    )


def _rows(
    measure: Measure,
    *,
    known: Definitions,
    table: WantedTable,
    periods: tuple[Period, ...],
    scope: Scope,
    day: date,
) -> tuple[TargetRow, ...]:
    version = measure.versions[-1]
    form = ValueFormat(version.decimals, "")
    ended = last_ended(known, version.frequency, today=day)
    own = {each.unit: each for each in known.targets if each.measure == measure.key and each.segment is None}
    depth = _depths(known)
    rows = []
    for unit in known.units:
        place = table.book.units.index(unit.key)
        if not scope.sees(unit.key) or not table.selected[place]:
            continue
        cells = tuple(
            _cell(table, period.ordinal, unit.key, form=form, own=own.get(unit.key), ended=ended)
            for period in periods
        )
        may_edit = scope.may(Act.EDIT_TARGETS, unit=unit.key)
        rows.append(
            TargetRow(unit.key, unit.name, depth[unit.key], _trajectory(own.get(unit.key)), cells, may_edit)
        )
    return tuple(rows)


def _depths(known: Definitions) -> dict[str, int]:
    depths: dict[str, int] = {}
    parents = {unit.key: unit.parent for unit in known.units}

    def depth(key: str) -> int:
        if key not in depths:
            above = parents[key]
            depths[key] = 0 if above is None else 1 + depth(above)
        return depths[key]

    return {key: depth(key) for key in parents}


def _cell(
    table: WantedTable, ordinal: int, unit: str, *, form: ValueFormat, own: Target | None, ended: int
) -> TargetCell:
    value, is_sum = table.at(ordinal, unit)
    if math.isnan(value):
        return TargetCell(ABSENT, "", ordinal <= ended)
    begins = own.points[0].period.ordinal if own and own.points else None
    is_own = begins is not None and begins <= ordinal
    how = "sum" if is_sum else "own" if is_own else "inherited"
    return TargetCell(form.shown(value).text, how, ordinal <= ended)


def _trajectory(own: Target | None) -> str:
    return "" if own is None else str(dict(TRAJECTORIES)[own.trajectory.value]).split(":")[0]


def read_target(scope: Scope, measure: str, *, unit: str, at: datetime) -> OneTarget:
    """One unit's own target for the form; what has ended stands apart.

    Raises:
        MeasureUnknown, UnitUnknown, OutOfScope, NotPermitted.
    """
    known = known_definitions()
    found = targeted_measure(known, measure, scope=scope)
    name = next((each.name for each in known.units if each.key == unit), None)
    if name is None:
        raise UnitUnknown(key=unit)
    scope.require(unit)
    scope.require_to(Act.EDIT_TARGETS, unit=unit)
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
