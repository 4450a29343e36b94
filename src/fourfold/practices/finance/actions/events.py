"""What the journal keeps of the markets behind measures."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.platform.audit.events import Event

__all__ = ["MarketChosen"]


@dataclass(frozen=True, slots=True)
class MarketChosen(Event):
    """From the period on these measures tell what the market did; empty where none does."""

    kind: str
    period: str
    size: str
    share: str
    margin: float | None
    other: str
    reason: str
