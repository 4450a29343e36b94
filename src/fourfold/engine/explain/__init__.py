"""Why a number is what it is (DESIGN §2)."""

from fourfold.engine.explain.explain import explain
from fourfold.engine.explain.explanation import (
    Anchors,
    Explanation,
    MissingPart,
    ObservationCell,
    TargetLeg,
    TargetParts,
)

__all__ = ["Anchors", "Explanation", "MissingPart", "ObservationCell", "TargetLeg", "TargetParts", "explain"]
