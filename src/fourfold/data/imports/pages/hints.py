"""What other pages say about importing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.data.imports.queries.beginnings import (
    has_no_value_yet,
    is_at_the_beginning,
    measures_without_a_whole,
)
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.slots import SlotContent, SlotPlace

__all__ = ["import_hints"]


def import_hints(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Under the heading of a scorecard: where values come from, and why parts make no whole. Its list has one unit."""
    mine = [key for key in keys if place.scope.may(Act.IMPORT_VALUES, unit=key)]
    hints = {key: _hint(key, place) for key in mine} if mine and is_at_the_beginning() else {}
    return {key: hint for key, hint in hints.items() if hint is not None}


def _hint(unit: str, place: SlotPlace) -> SlotContent | None:
    if has_no_value_yet(unit, scope=place.scope):
        return SlotContent("imports/_hint.html")
    without = measures_without_a_whole(unit, scope=place.scope)
    return SlotContent("imports/_without_a_whole.html", {"count": len(without)}) if without else None
