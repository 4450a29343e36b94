"""One aggregate a file."""

from fourfold.scorecard.strategy.models.links import CausalLink, IdentityLink
from fourfold.scorecard.strategy.models.objective import (
    Contribution,
    Objective,
    ObjectiveInitiative,
    ObjectiveTheme,
    ObjectiveVersion,
    ObjectiveWeight,
)
from fourfold.scorecard.strategy.models.objective_measure import ObjectiveMeasure, ObjectiveMeasureWeight
from fourfold.scorecard.strategy.models.strategy import (
    Perspective,
    PerspectiveVersion,
    StrategyVersion,
    Theme,
    ThemeVersion,
)

__all__ = [
    "CausalLink",
    "Contribution",
    "IdentityLink",
    "Objective",
    "ObjectiveInitiative",
    "ObjectiveMeasure",
    "ObjectiveMeasureWeight",
    "ObjectiveTheme",
    "ObjectiveVersion",
    "ObjectiveWeight",
    "Perspective",
    "PerspectiveVersion",
    "StrategyVersion",
    "Theme",
    "ThemeVersion",
]
