"""What objectives and measures share: the units they belong to, and what they weigh from when on."""

from __future__ import annotations

from datetime import date
from typing import Any

from fourfold.engine.definitions import UnitSelector, WeightFrom
from fourfold.engine.quantities import Weight

__all__ = ["Fields", "build_selector", "build_weights", "day"]

Fields = dict[str, Any]
"""A mapping of a document whose shape the schema has confirmed."""


def build_selector(said: Fields, *, root: str) -> UnitSelector:
    """The units an objective or measure belongs to; the root and everything below it when nothing is said."""
    narrowed = said.get("units", {})
    return UnitSelector(
        said.get("unit", root),
        tuple(narrowed.get("levels", ())),
        tuple(narrowed.get("keys", ())),
        tuple((unit, date.fromisoformat(text)) for unit, text in sorted(narrowed.get("since", {}).items())),
    )


def build_weights(said: float | list[Fields]) -> tuple[WeightFrom, ...]:
    """One weight from the beginning on, or several over time."""
    if isinstance(said, list):
        return tuple(WeightFrom(Weight(float(each["weight"])), day(each.get("from"))) for each in said)
    return (WeightFrom(Weight(float(said))),)


def day(text: str | None) -> date | None:
    """A date the schema has confirmed, or nothing."""
    return None if text is None else date.fromisoformat(text)
