"""Which of the things on a page this person may edit: what the slots on lower pages ask, one call a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.governance.changes.queries.listing import EDITING
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.slots import SlotContent, SlotPlace
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions

__all__ = ["for_initiatives", "for_map", "for_objectives", "for_scorecard", "for_units"]

PLACE = "changes/_edit_place.html"


def for_objectives(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Edit, and add a link from it; the definitions are read only for somebody who may anything of it."""
    scope = place.scope
    if not (scope.may(Act.EDIT_OBJECTIVES) or scope.may(Act.EDIT_LINKS)):
        return {}
    wanted = set(keys)
    units = {each.key: each.units.unit for each in known_definitions().objectives if each.key in wanted}
    return {
        key: SlotContent(
            "changes/_edit_objective.html",
            {
                "key": key,
                "edit": scope.may(Act.EDIT_OBJECTIVES, unit=unit),
                "link": scope.may(Act.EDIT_LINKS, unit=unit),
            },
        )
        for key, unit in units.items()
    }


def for_scorecard(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Edit the strategy, add an objective; no query."""
    return {key: each for key in keys if (each := _at_place(key, place, links=False))}


def for_map(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The same, and add a link; no query."""
    return {key: each for key in keys if (each := _at_place(key, place, links=True))}


def for_initiatives(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Edit, where the units of all it serves permit."""
    if not place.scope.may(Act.EDIT_INITIATIVES):
        return {}
    whole = known_definitions()
    units = {each.key: each.units.unit for each in whole.objectives}
    wanted = set(keys)
    return {
        each.key: _one("changes:initiative", each.key, name=each.name)
        for each in whole.initiatives
        if each.key in wanted
        and all(
            place.scope.may(Act.EDIT_INITIATIVES, unit=units[key]) for key in each.objectives if key in units
        )
    }


def for_units(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Edit the unit; no query."""
    return {
        key: _one("changes:unit", key, name="") for key in keys if place.scope.may(Act.EDIT_UNITS, unit=key)
    }


def _one(address: str, key: str, *, name: str) -> SlotContent:
    return SlotContent("changes/_edit_one.html", {"address": address, "key": key, "name": name})


def _at_place(key: str, place: SlotPlace, *, links: bool) -> SlotContent | None:
    scope = place.scope
    values = {
        "key": key,
        "strategy": any(scope.may(act) for act in EDITING),
        "objective": scope.may(Act.EDIT_OBJECTIVES, unit=key),
        "link": links and scope.may(Act.EDIT_LINKS, unit=key),
    }
    return (
        SlotContent(PLACE, values)
        if any(values[name] for name in ("strategy", "objective", "link"))
        else None
    )
