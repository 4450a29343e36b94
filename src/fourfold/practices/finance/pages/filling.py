"""What this room shows on a measure's page: the ways to its driver tree and to its variance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.platform.ui import slots
from fourfold.platform.ui.slots import SlotContent, SlotPlace, slot
from fourfold.practices.finance.queries.linked import causal_drivers
from fourfold.scorecard.evaluation.pages.known_once import definitions_once

__all__ = ["fill_slots"]

NAME = "finance"


def fill_slots() -> None:
    """Register every provider; again replaces."""
    slot(slots.MEASURE_ACTIONS).register(NAME, ways_in)


def ways_in(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """To driver tree and variance, for computed measures and for those to which a causal link leads."""
    definitions = definitions_once(place)
    computed = {each.key for each in definitions.measures if each.versions[-1].formula}
    values = {"unit": place.unit, "period": place.period, "query": place.query}
    return {
        key: SlotContent("finance/_ways_in.html", {"measure": key, **values})
        for key in keys
        if key in computed or causal_drivers(definitions, key)
    }
