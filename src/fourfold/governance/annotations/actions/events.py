"""What the journal keeps of all this: who, where and what sort; the words stay where they were written."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.platform.audit.events import Event

__all__ = [
    "AnalysisWritten",
    "AnnotationReopened",
    "AnnotationResolved",
    "AnnotationWritten",
    "OverrideWithdrawn",
    "RemarkAdded",
    "RemarkCorrected",
    "StatusOverridden",
]


@dataclass(frozen=True, slots=True)
class AnnotationWritten(Event):
    """Somebody opened a thread about the object."""

    annotation: int
    unit: str
    period: str
    type: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemarkAdded(Event):
    """Somebody answered."""

    annotation: int
    number: int
    unit: str
    period: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemarkCorrected(Event):
    """Somebody put own words right; the former ones stay readable."""

    annotation: int
    number: int
    edition: int
    unit: str
    period: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnotationResolved(Event):
    """The matter is settled."""

    annotation: int
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class AnnotationReopened(Event):
    """It is not settled after all."""

    annotation: int
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class AnalysisWritten(Event):
    """An edition of the owner's words about a period."""

    unit: str
    period: str
    edition: int


@dataclass(frozen=True, slots=True)
class StatusOverridden(Event):
    """A judgement beside the computed status."""

    unit: str
    period: str
    computed: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class OverrideWithdrawn(Event):
    """The computed status stands alone again."""

    unit: str
    period: str
    status: str
