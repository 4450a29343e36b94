"""From which day a unit takes a measure (decision 13): said only of units that take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fourfold.engine.definitions import Measure, Unit, UnitSelector

__all__ = ["forgotten_unit", "said_of_selected", "selects"]


def said_of_selected(selector: UnitSelector, units: Sequence[Unit]) -> UnitSelector:
    """The same without the days of units that it does not select: taken again one day, they begin anew."""
    known = {unit.key: unit for unit in units}
    kept = tuple((unit, day) for unit, day in selector.since if selects(selector, unit, known=known))
    return replace(selector, since=kept)


def forgotten_unit(measure: Measure, unit: str) -> Measure:
    """The measure without a day for a unit that is taken away."""
    kept = tuple((key, day) for key, day in measure.units.since if key != unit)
    return (
        measure if kept == measure.units.since else replace(measure, units=replace(measure.units, since=kept))
    )


def selects(selector: UnitSelector, key: str, *, known: Mapping[str, Unit]) -> bool:
    """Whether it lies at or below the selector's unit and matches every list."""
    unit = known.get(key)
    if unit is None or (selector.levels and unit.level not in selector.levels):
        return False
    if selector.keys and key not in selector.keys:
        return False
    here: Unit | None = unit
    while here is not None and here.key != selector.unit:
        here = known.get(here.parent) if here.parent else None
    return here is not None
