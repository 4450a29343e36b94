"""What other pages say about importing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.data.imports.queries.beginnings import has_no_value_yet
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.slots import SlotContent, SlotPlace

__all__ = ["import_hints"]


def import_hints(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Under the heading of a scorecard without a single value: where values come from. Its list has one unit."""
    return {
        key: SlotContent("imports/_hint.html")
        for key in keys
        if place.scope.may(Act.IMPORT_VALUES, unit=key) and has_no_value_yet(key, scope=place.scope)
    }
