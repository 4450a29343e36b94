"""Every finding that the written definitions alone allow, before there is a single observation."""

from __future__ import annotations

from fourfold.engine.alignment import check_alignment
from fourfold.engine.counts import check_counts
from fourfold.engine.definitions import Definitions
from fourfold.engine.finding import Finding
from fourfold.engine.map_rules import check_map
from fourfold.engine.map_thresholds import MapThresholds
from fourfold.engine.policies import Policies
from fourfold.engine.wording import check_wording

__all__ = ["check_definitions"]


def check_definitions(definitions: Definitions) -> tuple[Finding, ...]:
    """The findings of the map, the counts, the cascade and the wording, in this order and then in listed order.

    The limits are those of the organisation's own policies.

    Raises:
        PolicyWrong: a policy has an unknown key or a value it does not take.

    Source: METHOD §3.2, §3.3, §3.5, M1.1.

    >>> from fourfold.engine.calendar import FiscalCalendar
    >>> from fourfold.engine.definitions import Organisation, Strategy
    >>> acme = Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar())
    >>> empty = ((), Strategy("", "", (), None, None), *[()] * 9)
    >>> [finding.rule for finding in check_definitions(Definitions(acme, *empty))]
    ['PERSPECTIVE_COUNT', 'THEME_COUNT', 'OBJECTIVE_COUNT']
    """
    limits = MapThresholds.of(Policies.of(definitions.policies))
    return (
        *check_map(definitions, thresholds=limits),
        *check_counts(definitions, thresholds=limits),
        *check_alignment(definitions, thresholds=limits),
        *(finding for objective in definitions.objectives for finding in check_wording(objective)),
    )
