"""What the people of the demo organisation have decided on the limits of their measures (`fourfold demo`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from fourfold.platform.accounts.scope import Scope

__all__ = ["decide_on_limits"]

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
