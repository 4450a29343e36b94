"""What the signals room shows on lower pages: each provider answers for a whole list in constant queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.governance.signals.pages.icon_marks import IconContent
from fourfold.governance.signals.pages.panel import read_panel
from fourfold.governance.signals.pages.reading import read_standings
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.ui import slots
from fourfold.platform.ui.slots import SlotContent, SlotPlace, slot
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["fill_slots"]

NAME = "signals"


def fill_slots() -> None:
    """Register every provider; again replaces."""
    slot(slots.MEASURE_PANELS).register(NAME, panels)
    slot(slots.MEASURE_MARKS).register(NAME, marks)
    slot(slots.SCORECARD_COLUMNS).register(NAME, marks)


def panels(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The control chart of each measure, and its capability where something is asked for."""
    if place.at is None:
        return {}
    found = {}
    for key in keys:  # a page has one
        try:
            panel = read_panel(
                ChartPlace(key, place.unit, place.period, place.as_of), scope=place.scope, at=place.at
            )
        except MeasureUnknown:
            continue
        found[key] = SlotContent("signals/_panel.html", {"panel": panel})
    return found


def marks(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Both icons of each measure that has a chart."""
    if place.at is None:
        return {}
    found = read_standings(
        keys, unit=place.unit, period=place.period, as_of=place.as_of, scope=place.scope, at=place.at
    )
    return {key: IconContent.of(standing) for key, standing in found.items()}
