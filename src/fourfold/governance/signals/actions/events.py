"""What the journal keeps of decisions on limits."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.platform.audit.events import Event

__all__ = ["ChartChosen", "LimitDecisionWithdrawn", "LimitsRebased", "SpecialCauseMarked", "SpecificationSet"]


@dataclass(frozen=True, slots=True)
class LimitsRebased(Event):
    """From the period on, limits are made anew."""

    decision: int
    unit: str
    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class SpecialCauseMarked(Event):
    """A point or a stretch whose cause is known is left out of the limits."""

    decision: int
    unit: str
    period: str
    last: str
    reason: str


@dataclass(frozen=True, slots=True)
class SpecificationSet(Event):
    """What is asked of the process from the period on; None where a side is open."""

    decision: int
    unit: str
    period: str
    lower: float | None
    upper: float | None
    target: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class ChartChosen(Event):
    """The measure is judged by another chart than its numbers suggest."""

    decision: int
    unit: str
    chart: str
    reason: str


@dataclass(frozen=True, slots=True)
class LimitDecisionWithdrawn(Event):
    """A decision of that kind is not meant any more."""

    decision: int
    kind: str
    unit: str
    period: str
