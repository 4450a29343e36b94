"""The numbers that METHOD M4.1 prints, digit by digit."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import drivers
from fourfold.engine.drivers import Capital, CapitalBasis, Method, attribute
from fourfold.engine.formula import parse

DUPONT = parse("margin * turns * leverage")
BEFORE = {"margin": 0.05, "turns": 1.2, "leverage": 2.0}
AFTER = {"margin": 0.04, "turns": 1.3, "leverage": 2.2}
ROIC = parse("(revenue - cogs - opex) * (1 - tax) / (working-capital + fixed-assets)")
ROIC_BEFORE = {
    "revenue": 1000,
    "cogs": 600,
    "opex": 250,
    "tax": 0.25,
    "working-capital": 150,
    "fixed-assets": 350,
}
ROIC_AFTER = {
    "revenue": 1080,
    "cogs": 670,
    "opex": 255,
    "tax": 0.25,
    "working-capital": 190,
    "fixed-assets": 360,
}


@pytest.mark.method("M4.1")
def test_a_return_on_equity_falls_apart_by_lmdi() -> None:
    found = attribute(DUPONT, before=BEFORE, after=AFTER)

    assert found.method is Method.LMDI
    assert found.change.item() == pytest.approx(-0.0056, abs=1e-9)
    assert found.contributions.ravel() == pytest.approx([-0.026147, 0.009379, 0.011168], abs=5e-7)
    assert found.contributions.sum() == pytest.approx(-0.0056, abs=1e-12)


def test_the_same_return_falls_apart_by_shapley() -> None:
    # Written as a sum of one, the product is no pure product any more.
    found = attribute(parse("margin * turns * leverage + 0"), before=BEFORE, after=AFTER)

    assert found.method is Method.SHAPLEY
    assert found.contributions.ravel() == pytest.approx([-0.026267, 0.009433, 0.011233], abs=5e-7)


def test_a_return_on_invested_capital_falls_apart_down_to_its_capital() -> None:
    found = attribute(ROIC, before=ROIC_BEFORE, after=ROIC_AFTER)

    assert found.before.item() == pytest.approx(0.2250, abs=1e-12)
    assert found.after.item() == pytest.approx(0.21136, abs=5e-6)
    assert {leaf: round(found.of(leaf).item(), 5) for leaf in found.leaves} == {
        "revenue": 0.11449,
        "cogs": -0.10018,
        "opex": -0.00716,
        "tax": 0.0,
        "working-capital": -0.01663,
        "fixed-assets": -0.00417,
    }


def test_roic_is_margin_times_turns_on_average_capital() -> None:
    found = drivers.return_on_capital(revenue=1000, ebit=150, tax_rate=0.25, capital=Capital(480, 520))

    assert found.value == pytest.approx(0.225)
    assert found.margin * found.turns == pytest.approx(0.225)
    assert found.basis is CapitalBasis.AVERAGE


def test_sampled_orders_come_as_near_as_their_standard_error_says() -> None:
    def worth(chosen: np.ndarray) -> np.ndarray:
        values = {leaf: np.where(chosen[at], AFTER[leaf], BEFORE[leaf]) for at, leaf in enumerate(BEFORE)}
        return (values["margin"] * values["turns"] * values["leverage"])[:, np.newaxis]

    exact = drivers.shapley(worth, 3)
    mean, error = drivers.sampled_shapley(worth, 3)

    assert (np.abs(mean - exact) <= 4 * error).all()
    assert (error > 0).all()
    assert mean.sum() == pytest.approx(-0.0056, abs=1e-12)
    assert mean.tolist() == drivers.sampled_shapley(worth, 3)[0].tolist()
