"""A template in the name of one organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.definitions import Definitions, Measure, Objective, Organisation, Unit, UnitSelector

__all__ = ["NewOrganisation", "adopted", "frame_only"]

TEMPLATE_CURRENCY = re.compile(r"\bEUR\b")
"""The templates count money in euros; the organisation's own currency takes their place."""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What only the founder can say."""

    key: str
    name: str
    time_zone: str
    currency: str
    calendar: FiscalCalendar


def adopted(template: Definitions, organisation: NewOrganisation) -> Definitions:
    """The template as this organisation's own: its name at the root, its currency, its calendar."""
    old = _root(template).key
    new = _free_key(organisation.key, template)
    return replace(
        template,
        organisation=Organisation(
            organisation.key,
            organisation.name,
            organisation.time_zone,
            organisation.currency,
            organisation.calendar,
        ),
        units=tuple(_unit(each, old=old, new=new, name=organisation.name) for each in template.units),
        objectives=tuple(
            replace(each, units=_selector(each.units, old=old, new=new)) for each in template.objectives
        ),
        measures=tuple(
            _measure(each, old=old, new=new, currency=organisation.currency) for each in template.measures
        ),
    )


def frame_only(template: Definitions) -> Definitions:
    """The strategy and its map alone: units and measures come from the founder's own file."""
    root = _root(template)
    return replace(
        template,
        units=(root,),
        objectives=tuple(_everywhere(each, root=root.key) for each in template.objectives),
        measures=(),
        targets=(),
    )


def _root(template: Definitions) -> Unit:
    return next(unit for unit in template.units if unit.parent is None)


def _free_key(key: str, template: Definitions) -> str:
    """The organisation's key names its root unit too, unless a department of the template has it."""
    taken = {unit.key for unit in template.units if unit.parent is not None}
    return f"{key}-whole" if key in taken else key


def _unit(unit: Unit, *, old: str, new: str, name: str) -> Unit:
    if unit.key == old:
        return replace(unit, key=new, name=name)
    return replace(unit, parent=new) if unit.parent == old else unit


def _selector(selector: UnitSelector, *, old: str, new: str) -> UnitSelector:
    return replace(selector, unit=new) if selector.unit == old else selector


def _everywhere(objective: Objective, *, root: str) -> Objective:
    return replace(objective, units=UnitSelector(root))


def _measure(measure: Measure, *, old: str, new: str, currency: str) -> Measure:
    versions = tuple(
        replace(each, unit_of_measure=TEMPLATE_CURRENCY.sub(currency, each.unit_of_measure))
        for each in measure.versions
    )
    return replace(measure, units=_selector(measure.units, old=old, new=new), versions=versions)
