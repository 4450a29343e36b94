"""Values to scores and colours: scales, thresholds, and the piecewise-linear core that everything else uses.

Source: METHOD §2.1–2.3, §2.9; DESIGN §5. One page: docs/algorithms/score.md.
"""

from fourfold.engine.score.anchors import Anchor, Anchors, anchors_at
from fourfold.engine.score.attainment import attainment, progress
from fourfold.engine.score.block import Backend, ScoreBlock, positions, score_block
from fourfold.engine.score.hysteresis import CROSSING_SHARE, SETTLING_PERIODS, HeldStatus, hysteresis
from fourfold.engine.score.refusals import (
    ThresholdMissing,
    ThresholdOrder,
    ThresholdRefused,
    ThresholdShareNeedsPositiveTarget,
)
from fourfold.engine.score.rule import AnchorRule, Edges, Line, RuleShape
from fourfold.engine.score.scales import (
    ANCHORED,
    GOAL_RED_FLAG,
    MIN_MAX,
    PROGRESS,
    SCALES,
    TARGET_100,
    TARGET_100_CAP_120,
    Scale,
    ScaleFamily,
    UnknownScale,
    scale_named,
)
from fourfold.engine.score.status import (
    AMBER,
    BORDER_TOLERANCE,
    GREEN,
    GREY,
    RED,
    SCORE_TOLERANCE,
    STATUS_CODES,
    status_of_score,
)
from fourfold.engine.score.thresholds import DEFAULT_RED_SHARE, anchor_rule

__all__ = [
    "AMBER",
    "ANCHORED",
    "BORDER_TOLERANCE",
    "CROSSING_SHARE",
    "DEFAULT_RED_SHARE",
    "GOAL_RED_FLAG",
    "GREEN",
    "GREY",
    "MIN_MAX",
    "PROGRESS",
    "RED",
    "SCALES",
    "SCORE_TOLERANCE",
    "SETTLING_PERIODS",
    "STATUS_CODES",
    "TARGET_100",
    "TARGET_100_CAP_120",
    "Anchor",
    "AnchorRule",
    "Anchors",
    "Backend",
    "Edges",
    "HeldStatus",
    "Line",
    "RuleShape",
    "Scale",
    "ScaleFamily",
    "ScoreBlock",
    "ThresholdMissing",
    "ThresholdOrder",
    "ThresholdRefused",
    "ThresholdShareNeedsPositiveTarget",
    "UnknownScale",
    "anchor_rule",
    "anchors_at",
    "attainment",
    "hysteresis",
    "positions",
    "progress",
    "scale_named",
    "score_block",
    "status_of_score",
]
