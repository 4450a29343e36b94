"""What this room shows on a measure's page: the sentence that a total cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.platform.ui import slots
from fourfold.platform.ui.slots import SlotContent, SlotPlace, slot
from fourfold.practices.customers.pages.segments_reading import read_segments
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.known_once import definitions_once
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["fill_slots"]

NAME = "customers"


def fill_slots() -> None:
    """Register every provider; again replaces."""
    slot(slots.MEASURE_ACTIONS).register(NAME, ways_in)
    slot(slots.MEASURE_PANELS).register(NAME, panels)


def ways_in(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """To the segments of segmented measures."""
    values = {"unit": place.unit, "period": place.period, "query": place.query}
    return {
        key: SlotContent("customers/_way_in.html", {"measure": key, **values})
        for key in _segmented(keys, place)
    }


def panels(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """What a year did to rates and mix, as known when the page is."""
    if place.at is None:
        return {}
    found = {}
    for key in _segmented(keys, place):
        asked = AskedAgainst(key, Place(place.unit, place.period), Against.LAST_YEAR, place.as_of)
        page = read_segments(asked, scope=place.scope, at=place.at)
        if page.has_split:
            found[key] = SlotContent(
                "customers/_panel.html", {"page": page, "unit": place.unit, "period": place.period}
            )
    return found


def _segmented(keys: Sequence[str], place: SlotPlace) -> list[str]:
    """Those that declare segments, as listed. A page shows one measure: reading each by itself is no loop of rows."""
    wanted = {each.key for each in definitions_once(place).measures if each.versions[-1].segments}
    return [key for key in keys if key in wanted]
