"""The strategy map, read at the ledger's head, and what the rules of maps object to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fourfold.engine.definitions import Definitions
from fourfold.engine.finding import Finding, Severity
from fourfold.engine.map_rules import check_map
from fourfold.engine.map_thresholds import MapThresholds
from fourfold.engine.policies import Policies
from fourfold.engine.wording import check_wording
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.slots import MAP_EDGES, OBJECTIVE_MARKS, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.place import Place, looking
from fourfold.scorecard.evaluation.pages.strategy_map.building import (
    map_page,
    with_edge_contents,
    with_objective_marks,
)
from fourfold.scorecard.evaluation.pages.strategy_map.page import MapPage
from fourfold.scorecard.evaluation.queries.sight import in_sight

__all__ = ["map_findings", "read_map"]

_KEEPERS = frozenset({Role.STRATEGY_OFFICE, Role.ADMINISTRATOR})
"""Who looks after the map, and so is told what is wrong with its shape."""

_GRAVEST_FIRST = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO)


def read_map(scope: Scope, place: Place, *, at: datetime, theme: str = "") -> MapPage:
    """The strategy map of a unit and period as known now. Slots are asked once for all links.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with looking(scope, place, at=at) as seen:
        page = map_page(seen.evaluation, unit=place.unit, shown=seen.shown, theme=theme, visible=seen.visible)
        definitions = seen.evaluation.book.definitions
    here = SlotPlace(place.unit, place.period, scope=scope, at=at)
    page = with_objective_marks(page, slot(OBJECTIVE_MARKS).contents(page.objective_keys, place=here))
    contents = slot(MAP_EDGES).contents(page.causal_keys, place=here)
    findings = map_findings(in_sight(definitions, scope)) if scope.roles & _KEEPERS else None
    return replace(with_edge_contents(page, contents), findings=findings)


def map_findings(definitions: Definitions) -> tuple[Finding, ...]:
    """What the rules of the map and of wording object to, the gravest first (METHOD §3.2, §3.3)."""
    thresholds = MapThresholds.of(Policies.of(definitions.policies))
    found = [
        *check_map(definitions, thresholds=thresholds),
        *(finding for objective in definitions.objectives for finding in check_wording(objective)),
    ]
    return tuple(sorted(found, key=lambda finding: _GRAVEST_FIRST.index(finding.severity)))
