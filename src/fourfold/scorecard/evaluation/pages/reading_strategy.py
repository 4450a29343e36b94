"""One call per page: the strategy map and the objective, read at the ledger's head."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import Definitions
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.finding import Finding, Severity
from fourfold.engine.map_rules import check_map
from fourfold.engine.map_thresholds import MapThresholds
from fourfold.engine.policies import Policies
from fourfold.engine.wording import check_wording
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.slots import MAP_EDGES, OBJECTIVE_MARKS, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.initiatives_building import initiatives_page
from fourfold.scorecard.evaluation.pages.initiatives_page import InitiativesPage
from fourfold.scorecard.evaluation.pages.link_lines import LinkKind
from fourfold.scorecard.evaluation.pages.map_building import (
    map_page,
    with_edge_contents,
    with_evidence,
    with_objective_marks,
)
from fourfold.scorecard.evaluation.pages.map_page import MapPage
from fourfold.scorecard.evaluation.pages.objective_building import ObjectiveNotHere, objective_page
from fourfold.scorecard.evaluation.pages.objective_page import ObjectivePage
from fourfold.scorecard.evaluation.pages.reading import Place
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.sight import units_in_sight
from fourfold.scorecard.strategy.models.objective import ObjectiveUnknown

__all__ = [
    "ObjectiveOfOtherUnits",
    "looking",
    "map_findings",
    "read_initiatives",
    "read_map",
    "read_objective",
]


class ObjectiveOfOtherUnits(Refusal):
    code, status = "OBJECTIVE_OF_OTHER_UNITS", 404
    sentence = _("“{objective}” is not an objective of this unit.")
    remedy = _("Open it from the strategy map of a unit that it belongs to.")


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
    findings = map_findings(definitions) if scope.roles & _KEEPERS else None
    return replace(with_edge_contents(page, contents), findings=findings)


def read_initiatives(scope: Scope, place: Place, *, at: datetime) -> InitiativesPage:
    """What a unit undertakes, with how its objectives stand in a period.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with looking(scope, place, at=at) as seen:
        return initiatives_page(seen.evaluation, unit=place.unit, shown=seen.shown, visible=seen.visible)


def read_objective(scope: Scope, place: Place, *, objective: str, at: datetime) -> ObjectivePage:
    """One objective in a unit and period as known now. Slots are asked once for all links.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, ObjectiveUnknown, ObjectiveOfOtherUnits.
    """
    with looking(scope, place, at=at) as seen:
        definitions = seen.evaluation.book.definitions
        readable = units_in_sight(definitions, scope)
        named = {each.key: each.name for each in definitions.objectives if each.units.unit in readable}
        if objective not in named:
            raise ObjectiveUnknown(key=objective)
        try:
            page = objective_page(
                seen.evaluation, objective=objective, unit=place.unit, shown=seen.shown, visible=seen.visible
            )
        except ObjectiveNotHere as elsewhere:
            raise ObjectiveOfOtherUnits(objective=named[objective]) from elsewhere
    here = SlotPlace(place.unit, place.period, scope=scope, at=at)
    keys = [line.key for line in (*page.causes, *page.effects) if line.kind is not LinkKind.IDENTITY]
    contents = slot(MAP_EDGES).contents(keys, place=here)
    return replace(
        page, causes=with_evidence(page.causes, contents), effects=with_evidence(page.effects, contents)
    )


def map_findings(definitions: Definitions) -> tuple[Finding, ...]:
    """What the rules of the map and of wording object to, the gravest first (METHOD §3.2, §3.3)."""
    thresholds = MapThresholds.of(Policies.of(definitions.policies))
    found = [
        *check_map(definitions, thresholds=thresholds),
        *(finding for objective in definitions.objectives for finding in check_wording(objective)),
    ]
    return tuple(sorted(found, key=lambda finding: _GRAVEST_FIRST.index(finding.severity)))


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit's evaluation at the shown grain, and the units the viewer may go to."""

    evaluation: Evaluation
    shown: GrainPeriod
    visible: frozenset[str] | None


@contextmanager
def looking(scope: Scope, place: Place, *, at: datetime, depth: int | None = None) -> Iterator[Seen]:
    """Hold the cube while a page is read from it; a period outside it is refused."""
    with known(at) as cube:
        unit = visible_unit(cube.book, place.unit, scope=scope)
        shown = grain_period(cube.book, place.period)
        evaluation = evaluate(cube.book, cube.cube, grains=(shown.grain,), unit=unit, depth=depth)
        try:
            yield Seen(evaluation, shown, None if scope.sees_everything else scope.unit_keys)
        except IndexError as outside:
            raise PeriodNotCovered(period=place.period) from outside
