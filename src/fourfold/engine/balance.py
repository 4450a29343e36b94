"""Whether a scorecard looks ahead as well as back, and at more than money (METHOD M1.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from fourfold.engine.cycles import reachable
from fourfold.engine.definitions import CausalLink, Definitions, Measure, MeasureRole
from fourfold.engine.policies import Policies

__all__ = ["Balance", "BalanceBorders", "WeighedMeasure", "balance", "evenness", "weighed_measures"]

_MONEY = ("financ", "fiduc")
"""How the key of a perspective begins that looks at money; perspectives are configurable (METHOD §3.1)."""


@dataclass(frozen=True, slots=True)
class WeighedMeasure:
    """A measure as the balance sees it; `weight` is its nominal share in the objective."""

    key: str
    objective: str
    perspective: str
    weight: float
    is_lead: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """Shares of the measures' weight; None where there is nothing to take a share of.

    `lead_share` L, `financial_share` F (None without a financial perspective), `backward_exposure` B, `evenness` H
    over the perspectives, `lead_coverage` of the lag outcomes; `uncovered` names those no lead measure leads to.
    """

    measures: int
    lead_share: float | None
    financial_share: float | None
    backward_exposure: float | None
    evenness: float | None
    lead_coverage: float | None
    uncovered: tuple[str, ...] = ()
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Lead and lag measures of each perspective, in listed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceBorders:
    """Judgement, not law: from where on a scorecard is warned of; `of` takes what the organisation decided.

    Source: METHOD M1.2 (L < 0.35, F > 0.35, lead coverage < 0.8, H < 0.85), §0.5.

    >>> BalanceBorders.of(Policies()) == BalanceBorders()
    True
    """

    lead_share_least: float = 0.35
    financial_share_most: float = 0.35
    lead_coverage_least: float = 0.8
    evenness_least: float = 0.85

    @classmethod
    def of(cls, policies: Policies) -> BalanceBorders:
        """The borders as the policy table has them."""
        return cls(
            lead_share_least=policies.number("balance.lead_share_min"),
            financial_share_most=policies.number("balance.financial_share_max"),
            lead_coverage_least=policies.number("balance.lead_coverage_min"),
            evenness_least=policies.number("balance.evenness_min"),
        )


def evenness(shares: Sequence[float]) -> float | None:
    """Shannon's evenness over K perspectives: 1 when all weigh the same; None for fewer than two or no weight.

    Source: METHOD M1.2 (H = −Σ p ln p ÷ ln K, 0·ln 0 = 0).

    >>> round(evenness([5, 5, 9, 5]), 3), round(evenness([14, 4, 4, 2]), 3)
    (0.973, 0.807)
    """
    total = sum(shares)
    if len(shares) < 2 or total <= 0.0:
        return None
    parts = [share / total for share in shares if share > 0.0]
    return -sum(part * log(part) for part in parts) / log(len(shares))


def weighed_measures(definitions: Definitions, *, objectives: Sequence[str]) -> tuple[WeighedMeasure, ...]:
    """The measures of these objectives with their latest weights and roles; informational ones (weight 0) are left out.

    Source: METHOD M1.2 (In).

    >>> from fourfold.engine.calendar import FiscalCalendar
    >>> from fourfold.engine.definitions import Organisation, Strategy
    >>> acme = Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar())
    >>> weighed_measures(Definitions(acme, (), Strategy("", "", (), None, None), *[()] * 10), objectives=[])
    ()
    """
    perspective = {each.key: each.perspective for each in definitions.objectives if each.key in objectives}
    return tuple(
        WeighedMeasure(measure.key, share.objective, perspective[share.objective], weight, _leads(measure))
        for measure in definitions.measures
        for share in measure.objectives
        if share.objective in perspective and (weight := float(share.weights[-1].weight)) > 0.0
    )


def balance(
    measures: Sequence[WeighedMeasure], *, perspectives: Sequence[str], links: Sequence[CausalLink]
) -> Balance:
    """The numbers of M1.2's balance for the measures of one scorecard.

    Args:
        perspectives: keys, top first; one without a measure counts as a share of nought.
        links: feedback is passed over, as everywhere (METHOD §3.2).

    Source: METHOD M1.2.

    >>> early = WeighedMeasure("training", "people", "learning", 1.0, is_lead=True)
    >>> late = WeighedMeasure("margin", "money", "financial", 3.0, is_lead=False)
    >>> found = balance([early, late], perspectives=["financial", "learning"], links=[])
    >>> found.lead_share, found.backward_exposure, found.lead_coverage
    (0.25, 0.75, 0.0)
    """
    money = {key for key in perspectives if key.startswith(_MONEY)}
    leading = {each.key for each in measures if each.is_lead}
    covered, uncovered = _coverage(measures, links)
    return Balance(
        measures=len({each.key for each in measures}),
        lead_share=_share(measures, leading),
        financial_share=_share(measures, _of(measures, money)) if money else None,
        backward_exposure=_share(measures, _of(measures, money) - leading) if money else None,
        evenness=evenness(
            [sum(each.weight for each in measures if each.perspective == key) for key in perspectives]
        ),
        lead_coverage=covered,
        uncovered=uncovered,
        counts={key: _counted(measures, key) for key in perspectives},
    )


def _leads(measure: Measure) -> bool:
    return measure.versions[-1].role is MeasureRole.LEAD


def _of(measures: Sequence[WeighedMeasure], perspectives: set[str]) -> set[str]:
    return {each.key for each in measures if each.perspective in perspectives}


def _share(measures: Sequence[WeighedMeasure], keys: set[str]) -> float | None:
    total = sum(each.weight for each in measures)
    return sum(each.weight for each in measures if each.key in keys) / total if total > 0.0 else None


def _counted(measures: Sequence[WeighedMeasure], perspective: str) -> tuple[int, int]:
    inside = {each.key: each.is_lead for each in measures if each.perspective == perspective}
    return sum(inside.values()), len(inside) - sum(inside.values())


def _coverage(
    measures: Sequence[WeighedMeasure], links: Sequence[CausalLink]
) -> tuple[float | None, tuple[str, ...]]:
    """The share of lag outcomes with a lead measure at their own objective or at one that leads there."""
    following: dict[str, list[str]] = {each.objective: [] for each in measures}
    for link in links:
        following.setdefault(link.source, [])
        following.setdefault(link.target, [])
        if not link.feedback:
            following[link.source].append(link.target)
    led = set(reachable(following, [each.objective for each in measures if each.is_lead]))
    outcomes = dict.fromkeys(each.key for each in measures if not each.is_lead)
    reached = {each.key for each in measures if not each.is_lead and each.objective in led}
    if not outcomes:
        return None, ()
    return len(reached) / len(outcomes), tuple(key for key in outcomes if key not in reached)
