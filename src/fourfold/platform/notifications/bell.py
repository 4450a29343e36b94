"""The bell at the head of every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.platform.notifications.queries import unread_count
from fourfold.platform.ui.slots import SlotContent, SlotPlace

__all__ = ["bell"]


def bell(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """For the person who is signed in, whatever the page; one query."""
    content = SlotContent("notifications/_bell.html", {"unread": unread_count(place.scope)})
    return dict.fromkeys(keys, content)
