"""What the people of the demo organisation have decided on limits and markets of measures (`fourfold demo`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from fourfold.platform.accounts.scope import Scope

__all__ = ["decide_on_limits", "decide_on_markets"]

ASKED = (
    ("cold-chain-temperature", "meridian", 3.9, 4.1, "The network's promise to customers of chilled goods."),
    ("cold-chain-temperature", "rotterdam", 3.7, 4.3, "Contract with the auctions: 4 °C, give or take 0.3."),
    (
        "cold-chain-temperature",
        "munich",
        3.85,
        4.15,
        "Contract with two pharmacies: 4 °C, give or take 0.15.",
    ),
)
EXPLAINED = (
    (
        "dock-to-dock-time",
        "venlo",
        "2026-02",
        "2026-03",
        "The ramp was rebuilt; freight went by way of Utrecht.",
    ),
    (
        "lost-time-injuries",
        "antwerp",
        "2026-05",
        "2026-05",
        "One fall in the new hall hurt four people at once.",
    ),
)
REBASED = (
    ("quote-turnaround", "meridian", "2024-10", "One quotation desk for all regions opened that month."),
)
UNMOVED = (("fleet-utilisation", "Our own vehicles on our own lanes: no market and no price moves it."),)


def decide_on_limits(scope: Scope, *, at: datetime) -> int:
    """Each by the product's own action; what other folders lack is left out. How many stand."""
    from fourfold.platform.refusals import Refusal

    made = 0
    for act in _acts(scope, at=at):
        try:
            act()
        except Refusal:
            continue
        made += 1
    return made


def decide_on_markets(scope: Scope, *, at: datetime) -> int:
    """The same for what tells of the market behind a measure."""
    from fourfold.platform.refusals import Refusal
    from fourfold.practices.finance.actions.choose_market import MarketWanted, choose_market
    from fourfold.practices.finance.models import MarketKind

    measured = MarketWanted(
        MarketKind.MEASURED,
        "2023-10",
        "The trade association counts everybody's shipments; one of ours was planned to bring 214 euros.",
        size="market-shipments",
        share="market-share",
        margin=0.214,
    )
    made = 0
    chosen = [("revenue", measured)]
    chosen += [(measure, MarketWanted(MarketKind.NOTHING, "2023-10", reason)) for measure, reason in UNMOVED]
    for measure, wanted in chosen:
        try:
            choose_market(measure, wanted=wanted, scope=scope, at=at)
        except Refusal:
            continue
        made += 1
    return made


def _acts(scope: Scope, *, at: datetime) -> list[Callable[[], int]]:
    from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
    from fourfold.governance.signals.actions.rebase_limits import Rebase, rebase_limits
    from fourfold.governance.signals.actions.set_specification import Asked, set_specification

    acts: list[Callable[[], int]] = []
    for measure, unit, lower, upper, reason in ASKED:
        asked = Asked("2023-10", lower, upper, 4.0, reason)
        acts.append(partial(set_specification, measure, unit, asked=asked, scope=scope, at=at))
    for measure, unit, first, last, reason in EXPLAINED:
        cause = SpecialCause(first, last, reason)
        acts.append(partial(mark_special_cause, measure, unit, cause=cause, scope=scope, at=at))
    for measure, unit, period, reason in REBASED:
        acts.append(partial(rebase_limits, measure, unit, rebase=Rebase(period, reason), scope=scope, at=at))
    return acts
