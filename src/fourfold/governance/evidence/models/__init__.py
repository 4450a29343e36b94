"""What was expected of a link, what its tests found, and what was decided."""

from fourfold.governance.evidence.models.link_decision import Choice, LinkDecision
from fourfold.governance.evidence.models.link_test import EvidenceRun, LinkTest, LinkTestUnknown
from fourfold.governance.evidence.models.of_unit import OfUnit, OfUnitQuerySet
from fourfold.governance.evidence.models.registration import Registration

__all__ = [
    "Choice",
    "EvidenceRun",
    "LinkDecision",
    "LinkTest",
    "LinkTestUnknown",
    "OfUnit",
    "OfUnitQuerySet",
    "Registration",
]
