"""What an organisation has written down: frozen, complete, and the same whether a folder or a database yields it.

Everything is named by its immutable `key`. Order in every tuple is the listed order and is meaningful: units list a
parent before its children, perspectives run from the top of the map downwards.
"""

from fourfold.engine.definitions.measure import (
    Measure,
    MeasureVersion,
    ObjectiveShare,
    Segment,
    Target,
    TargetPoint,
    Thresholds,
)
from fourfold.engine.definitions.organisation import (
    Membership,
    Organisation,
    Person,
    PolicyValue,
    Unit,
    UnitSelector,
)
from fourfold.engine.definitions.strategy import (
    CausalLink,
    IdentityLink,
    Initiative,
    Milestone,
    Objective,
    Perspective,
    Strategy,
    Theme,
    WeightFrom,
)
from fourfold.engine.definitions.vocabulary import (
    ContributionMode,
    EvidenceState,
    FormulaOrder,
    InitiativeStatus,
    MeasureRole,
    MissingOperand,
    OrgValues,
    RollupMethod,
    ThresholdBasis,
    Tier,
    Trajectory,
)
from fourfold.engine.definitions.whole import Definitions

__all__ = [
    "CausalLink",
    "ContributionMode",
    "Definitions",
    "EvidenceState",
    "FormulaOrder",
    "IdentityLink",
    "Initiative",
    "InitiativeStatus",
    "Measure",
    "MeasureRole",
    "MeasureVersion",
    "Membership",
    "Milestone",
    "MissingOperand",
    "Objective",
    "ObjectiveShare",
    "OrgValues",
    "Organisation",
    "Person",
    "Perspective",
    "PolicyValue",
    "RollupMethod",
    "Segment",
    "Strategy",
    "Target",
    "TargetPoint",
    "Theme",
    "ThresholdBasis",
    "Thresholds",
    "Tier",
    "Trajectory",
    "Unit",
    "UnitSelector",
    "WeightFrom",
]
