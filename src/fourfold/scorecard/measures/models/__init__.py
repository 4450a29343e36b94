"""One aggregate a file."""

from fourfold.scorecard.measures.models.ledger import (
    LedgerEntry,
    LedgerHead,
    Observation,
    ObservationKind,
    ObservationStatus,
    ReleaseStatus,
    SourceFile,
)
from fourfold.scorecard.measures.models.measure import Measure, MeasureListing, MeasureUnknown
from fourfold.scorecard.measures.models.target import Target, TargetPoint
from fourfold.scorecard.measures.models.version import MeasureSegment, MeasureVersion

__all__ = [
    "LedgerEntry",
    "LedgerHead",
    "Measure",
    "MeasureListing",
    "MeasureSegment",
    "MeasureUnknown",
    "MeasureVersion",
    "Observation",
    "ObservationKind",
    "ObservationStatus",
    "ReleaseStatus",
    "SourceFile",
    "Target",
    "TargetPoint",
]
