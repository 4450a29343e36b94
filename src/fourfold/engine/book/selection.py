"""Which units a selector means, and whose numbers are entered rather than added up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.refusals import DefinitionRefused
from fourfold.engine.book.units import UnitTree
from fourfold.engine.definitions import Definitions, UnitSelector

__all__ = ["entry_units", "selected_units"]

Bools = NDArray[np.bool_]


def selected_units(
    selector: UnitSelector, *, definitions: Definitions, units: UnitTree, kind: str, key: str
) -> Bools:
    """The units at or below the declaring one that match every list, shape (unit,).

    Raises:
        DefinitionRefused: UNIT_UNKNOWN.
    """
    for named in (selector.unit, *selector.keys, *(unit for unit, _day in selector.since)):
        if named not in units.positions:
            raise DefinitionRefused("UNIT_UNKNOWN", f"{key}: there is no unit {named!r}", kind=kind, key=key)
    head = units.index(selector.unit)
    below = np.zeros(len(units), dtype=np.bool_)
    below[head] = True
    for position in range(head + 1, len(units)):
        below[position] = below[units.parent[position]]
    if selector.levels:
        levels = [definitions.units[ordinal].level for ordinal in units.definition]
        below &= np.isin(levels, selector.levels)
    if selector.keys:
        below &= np.isin(units.keys, selector.keys)
    return below


def entry_units(selected: Bools, *, units: UnitTree, entered: bool) -> Bools:
    """Selected units without a selected unit below them; all of them where every unit enters its own."""
    if entered:
        return selected.copy()
    has_below = np.zeros(len(units), dtype=np.bool_)
    for position in range(len(units) - 1, 0, -1):
        if selected[position] or has_below[position]:
            has_below[units.parent[position]] = True
    chosen: Bools = selected & ~has_below
    return chosen
