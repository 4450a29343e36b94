"""The objective, read at the ledger's head."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.ui.slots import MAP_EDGES, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.objective.building import ObjectiveNotHere, objective_page
from fourfold.scorecard.evaluation.pages.objective.page import ObjectivePage
from fourfold.scorecard.evaluation.pages.place import Place, looking
from fourfold.scorecard.evaluation.pages.strategy_map.building import with_evidence
from fourfold.scorecard.evaluation.pages.strategy_map.link_lines import LinkKind
from fourfold.scorecard.evaluation.queries.sight import units_in_sight
from fourfold.scorecard.strategy.models.objective import ObjectiveUnknown

__all__ = ["ObjectiveOfOtherUnits", "read_objective"]


class ObjectiveOfOtherUnits(Refusal):
    code, status = "OBJECTIVE_OF_OTHER_UNITS", 404
    sentence = _("“{objective}” is not an objective of this unit.")
    remedy = _("Open it from the strategy map of a unit that it belongs to.")


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
