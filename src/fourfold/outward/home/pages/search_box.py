"""The search at the head of every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.platform.ui.slots import SlotContent, SlotPlace

__all__ = ["search_box"]


def search_box(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """For whoever is signed in; it carries the unit and period of the page, so that links stay there. No query."""
    content = SlotContent("home/_search_box.html", {"unit": place.unit, "period": place.period})
    return dict.fromkeys(keys, content)
