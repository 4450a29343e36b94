"""The strategy's words: vision, mission, core values, horizon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Strategy
from fourfold.governance.changes.drafts.kind import Building, Kind, Noun, days_in_order
from fourfold.platform.accounts.permissions import Act

__all__ = ["STRATEGY", "StrategyDraft"]


@dataclass(frozen=True, slots=True)
class StrategyDraft:
    """As typed."""

    vision: str = ""
    mission: str = ""
    core_values: tuple[str, ...] = ()
    horizon_from: date | None = None
    horizon_to: date | None = None


class _StrategyKind(Kind[Strategy, StrategyDraft]):
    name = "strategy"
    noun = Noun(_("Strategy"), _("Strategy"), _("Strategy"))
    act = Act.EDIT_STRATEGY
    crossings = (
        days_in_order("horizon_from", "horizon_to", message=_("The horizon ends before it begins.")),
    )

    def find(self, whole: Definitions, key: str) -> Strategy:
        return whole.strategy

    def drafted(self, thing: Strategy) -> StrategyDraft:
        return StrategyDraft(
            thing.vision, thing.mission, thing.core_values, thing.horizon_from, thing.horizon_to
        )

    def blank(self, whole: Definitions) -> StrategyDraft:
        return StrategyDraft()

    def new_key(self, draft: StrategyDraft, whole: Definitions) -> str:
        return "strategy"

    def build(self, draft: StrategyDraft, into: Building[Strategy]) -> Strategy:
        self.refuse_crossed(draft)
        return Strategy(draft.vision, draft.mission, draft.core_values, draft.horizon_from, draft.horizon_to)

    def put(self, whole: Definitions, thing: Strategy) -> Definitions:
        return replace(whole, strategy=thing)

    def titled(self, thing: Strategy) -> str:
        return str(self.noun.one)


STRATEGY = _StrategyKind()
