"""What an organisation that was just founded still has to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.definitions import Definitions, Measure, MeasureVersion, OrgValues, Unit, UnitSelector
from fourfold.engine.quantities import AggregationKind
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import today
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Table
from fourfold.scorecard.evaluation.queries import known_definitions

__all__ = ["MeasureToFill", "WhatNext", "empty_table", "read_what_next"]

ROWS_AT_MOST = 10_000  # of the table to fill: an organisation at its beginning has some hundred
UNITS_NAMED = 4
PARTS = {
    AggregationKind.RATIO: ("numerator", "denominator"),
    AggregationKind.RATE: ("numerator", "denominator"),
    AggregationKind.NET_SHARE: ("numerator", "denominator"),
    AggregationKind.MEAN: ("value", "n"),
}
"""What a value of a kind is made of where it is not one number (METHOD §2.6)."""
COLUMNS = ("value", "numerator", "denominator", "n", "target")


@dataclass(frozen=True, slots=True)
class MeasureToFill:
    """A measure, how it is counted, and who owes its values."""

    key: str
    name: str
    objective: str
    unit_of_measure: str
    frequency: str
    parts: tuple[str, ...]
    definition: str
    units: tuple[Unit, ...]
    period: str

    @property
    def units_named(self) -> str:
        """The first few by name, and how many more."""
        names = ", ".join(unit.name for unit in self.units[:UNITS_NAMED])
        more = len(self.units) - UNITS_NAMED
        return f"{names} + {more}" if more > 0 else names


@dataclass(frozen=True, slots=True)
class WhatNext:
    """Measure by measure in the order of the map; `may_import` and `may_invite`: where the reader may go from here."""

    organisation: str
    measures: tuple[MeasureToFill, ...]
    may_import: bool
    may_invite: bool


def read_what_next(scope: Scope, *, at: datetime) -> WhatNext:
    """The measures that the reader's units owe values for, as defined now.

    Raises:
        NotFounded.
    """
    definitions = known_definitions()
    return WhatNext(
        definitions.organisation.name,
        tuple(_to_fill(definitions, scope=scope, at=at)),
        may_import=scope.may(Act.IMPORT_VALUES),
        may_invite=scope.may(Act.MANAGE_PEOPLE),
    )


def empty_table(page: WhatNext) -> Table:
    """A row for each measure and unit at its last period; what a measure does not need stays out of its row."""
    columns = (
        Column("measure"),
        Column("unit"),
        Column("period"),
        *(Column(name, ColumnKind.NUMBER) for name in COLUMNS),
    )
    rows: list[tuple[Cell, ...]] = [
        (measure.key, unit.key, measure.period, *([None] * len(COLUMNS)))
        for measure in page.measures
        for unit in measure.units
    ]
    return Table("values", columns, rows[:ROWS_AT_MOST])


def _to_fill(definitions: Definitions, *, scope: Scope, at: datetime) -> Iterator[MeasureToFill]:
    calendar = definitions.organisation.calendar
    day = today(definitions.organisation, at=at)
    names = {each.key: each.name for each in definitions.objectives}
    for measure in _in_order_of_the_map(definitions):
        version = measure.versions[-1]
        units = tuple(
            unit for unit in owing_units(measure, version, units=definitions.units) if scope.sees(unit.key)
        )
        if version.formula is not None or not units:
            continue
        yield MeasureToFill(
            key=measure.key,
            name=measure.name,
            objective=next((names[share.objective] for share in measure.objectives), ""),
            unit_of_measure=version.unit_of_measure,
            frequency=version.frequency.value,
            parts=PARTS.get(version.kind, ("value",)),
            definition=version.operational_definition,
            units=units,
            period=calendar.key(calendar.period_of(version.frequency, day).shifted(-1)),
        )


def _in_order_of_the_map(definitions: Definitions) -> list[Measure]:
    place = {each.key: number for number, each in enumerate(definitions.objectives)}
    last = len(place)
    return sorted(
        definitions.measures,
        key=lambda each: min((place.get(share.objective, last) for share in each.objectives), default=last),
    )


def owing_units(measure: Measure, version: MeasureVersion, *, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The selected units that type their values in; of an aggregated measure those with no selected unit below."""
    selected = _selected(measure.units, units)
    if version.org_values is OrgValues.ENTERED:
        return selected
    above = {unit.parent for unit in selected}
    return tuple(unit for unit in selected if unit.key not in above)


def _selected(selector: UnitSelector, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    parents = {unit.key: unit.parent for unit in units}
    return tuple(unit for unit in units if _is_selected(unit, selector, parents=parents))


def _is_selected(unit: Unit, selector: UnitSelector, *, parents: dict[str, str | None]) -> bool:
    if selector.levels and unit.level not in selector.levels:
        return False
    if selector.keys and unit.key not in selector.keys:
        return False
    here: str | None = unit.key
    while here is not None and here != selector.unit:
        here = parents.get(here)
    return here == selector.unit
