"""All kinds that stand in a list, in the order of the overview."""

from __future__ import annotations

from typing import Any

from fourfold.governance.changes.drafts.initiative_draft import INITIATIVES
from fourfold.governance.changes.drafts.kind import Kind, ListedKind
from fourfold.governance.changes.drafts.link_draft import CAUSAL_LINKS, IDENTITY_LINKS
from fourfold.governance.changes.drafts.objective_draft import OBJECTIVES
from fourfold.governance.changes.drafts.organisation_draft import ORGANISATION
from fourfold.governance.changes.drafts.perspective_draft import PERSPECTIVES
from fourfold.governance.changes.drafts.policy_draft import POLICY
from fourfold.governance.changes.drafts.strategy_draft import STRATEGY
from fourfold.governance.changes.drafts.theme_draft import THEMES
from fourfold.governance.changes.drafts.unit_draft import UNITS

__all__ = ["KINDS", "LISTED"]

LISTED: tuple[ListedKind[Any, Any], ...] = (
    PERSPECTIVES,
    THEMES,
    OBJECTIVES,
    CAUSAL_LINKS,
    IDENTITY_LINKS,
    INITIATIVES,
    UNITS,
)
KINDS: tuple[Kind[Any, Any], ...] = (STRATEGY, *LISTED, POLICY, ORGANISATION)
