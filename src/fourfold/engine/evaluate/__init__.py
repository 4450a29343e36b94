"""From book and cube to every value, target, score and status: a pure function (DESIGN §2)."""

from fourfold.engine.evaluate.evaluation import evaluate, last_complete
from fourfold.engine.evaluate.results import (
    Evaluation,
    GrainNotEvaluated,
    GrainResults,
    MeasureResults,
    RollupResults,
)

__all__ = [
    "Evaluation",
    "GrainNotEvaluated",
    "GrainResults",
    "MeasureResults",
    "RollupResults",
    "evaluate",
    "last_complete",
]
