"""Reading definitions, and evaluating them at one seq of the ledger."""

from fourfold.scorecard.evaluation.queries.current import (
    KnownEvaluation,
    current_evaluation,
    evaluation_as_of,
    explained,
    last_complete_period,
    root_unit,
)
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.evaluation.queries.document import scorecard_document
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.evaluation.queries.places import (
    PeriodNotCovered,
    PeriodUnknownHere,
    grain_period,
    visible_unit,
)

__all__ = [
    "KnownEvaluation",
    "PeriodNotCovered",
    "PeriodUnknownHere",
    "current_evaluation",
    "evaluation_as_of",
    "explained",
    "grain_period",
    "known_definitions",
    "last_complete_period",
    "read_definitions",
    "root_unit",
    "scorecard_document",
    "visible_unit",
]
