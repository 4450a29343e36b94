"""Which units' wording somebody may read."""

from __future__ import annotations

from fourfold.engine.definitions import Definitions, Measure
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["measure_in_sight", "units_in_sight"]


def units_in_sight(whole: Definitions, scope: Scope) -> frozenset[str]:
    """The units whose values are seen and, for their wording alone, those above them (DESIGN §5, visibility)."""
    parents = {unit.key: unit.parent for unit in whole.units}
    seen = {unit.key for unit in whole.units if scope.sees(unit.key)}
    for key in tuple(seen):
        above = parents[key]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
    return frozenset(seen)


def measure_in_sight(whole: Definitions, key: str, *, scope: Scope) -> Measure:
    """The measure, if its wording may be read: one that others declare is not even known to be there.

    Raises:
        MeasureUnknown: 404.
    """
    readable = units_in_sight(whole, scope)
    for measure in whole.measures:
        if measure.key == key and measure.units.unit in readable:
            return measure
    raise MeasureUnknown(key=key)
