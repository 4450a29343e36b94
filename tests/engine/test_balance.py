"""Lead and lag, money and the rest: shares that anybody can add up again."""

from __future__ import annotations

import pytest

from fourfold.engine.balance import BalanceBorders, WeighedMeasure, balance
from fourfold.engine.definitions import CausalLink, EvidenceState
from fourfold.engine.definitions.organisation import PolicyValue
from fourfold.engine.policies import Policies

PERSPECTIVES = ["financial", "customer", "learning"]


def measure(key: str, objective: str, perspective: str, *, lead: bool, weight: float = 1.0) -> WeighedMeasure:
    return WeighedMeasure(key, objective, perspective, weight, is_lead=lead)


def link(source: str, target: str, *, feedback: bool = False) -> CausalLink:
    return CausalLink(source, target, 1, 3, "strong", EvidenceState.ASSERTED, "Because.", feedback)


MEASURES = [
    measure("margin", "profit", "financial", lead=False, weight=2.0),
    measure("growth", "sales", "financial", lead=False),
    measure("promoters", "loyalty", "customer", lead=False),
    measure("training", "skills", "learning", lead=True),
]


def test_shares_are_of_the_measures_weight() -> None:
    found = balance(MEASURES, perspectives=PERSPECTIVES, links=[link("skills", "loyalty")])

    assert (found.lead_share, found.financial_share, found.backward_exposure) == (0.2, 0.6, 0.6)
    assert found.counts == {"financial": (0, 2), "customer": (0, 1), "learning": (1, 0)}
    assert found.measures == 4


def test_an_outcome_is_covered_where_a_chain_of_links_leads_to_it_from_a_lead_measure() -> None:
    links = [link("skills", "loyalty"), link("loyalty", "profit"), link("sales", "skills")]

    found = balance(MEASURES, perspectives=PERSPECTIVES, links=links)

    assert found.lead_coverage == pytest.approx(2 / 3)
    assert found.uncovered == ("growth",)


def test_feedback_covers_nothing() -> None:
    links = [link("skills", "loyalty", feedback=True)]

    assert balance(MEASURES, perspectives=PERSPECTIVES, links=links).lead_coverage == 0.0


def test_without_a_financial_perspective_there_is_no_financial_share() -> None:
    found = balance(MEASURES[2:], perspectives=["customer", "learning"], links=[])

    assert (found.financial_share, found.backward_exposure) == (None, None)
    assert found.lead_share == 0.5


def test_nothing_to_weigh_gives_no_shares() -> None:
    found = balance([], perspectives=PERSPECTIVES, links=[])

    assert (found.lead_share, found.evenness, found.lead_coverage) == (None, None, None)


def test_an_organisation_decides_its_own_borders() -> None:
    decided = Policies.of((PolicyValue("balance.lead_share_min", "0.5"),))

    assert BalanceBorders.of(decided) == BalanceBorders(lead_share_least=0.5)
