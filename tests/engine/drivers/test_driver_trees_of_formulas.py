"""Driver trees of the product's own formulas, and what has none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fourfold.engine.drivers import (
    Capital,
    CapitalBasis,
    CapitalMixed,
    CapitalNotPositive,
    Method,
    TreeCycle,
    attribute,
    dupont,
    expanded,
    leaves_of,
    require_one_basis,
    return_on_capital,
)
from fourfold.engine.formula import parse, to_text
from fourfold.engine.quantities import Why


def test_what_looks_over_time_is_one_leaf() -> None:
    roce = parse(
        "ratio(rolling(revenue, 12) - rolling(cost, 12), capital) + lag(revenue - cost, 12) * ytd(sales)"
    )

    assert list(leaves_of(roce)) == [
        "rolling(revenue, 12)",
        "rolling(cost, 12)",
        "capital",
        "lag(revenue - cost, 12)",
        "ytd(sales)",
    ]


def test_a_leaf_read_twice_counts_once() -> None:
    found = attribute(
        parse("ratio(revenue - cost, revenue)"),
        before={"revenue": 100.0, "cost": 80.0},
        after={"revenue": 125.0, "cost": 80.0},
    )

    assert found.leaves == ("revenue", "cost")
    assert found.of("revenue").item() == pytest.approx(0.36 - 0.20)
    assert found.of("cost").item() == 0.0


def test_formulas_within_formulas_are_opened_down_to_what_was_observed() -> None:
    opened = expanded(parse("profit / capital"), {"profit": parse("revenue - cost")}, of="return")

    assert to_text(opened) == "(revenue - cost) / capital"


def test_a_measure_computed_from_itself_is_refused_by_the_way_round() -> None:
    with pytest.raises(TreeCycle, match="return → profit → return"):
        expanded(
            parse("profit / capital"), {"profit": parse("return + 1"), "return": parse("profit")}, of="return"
        )


def test_a_zero_factor_falls_to_shapley() -> None:
    found = attribute(
        parse("price * volume"), before={"price": 3.0, "volume": 0.0}, after={"price": 4.0, "volume": 5.0}
    )

    assert found.method is Method.SHAPLEY
    assert found.contributions.ravel().tolist() == [2.5, 17.5]


def test_a_missing_leaf_leaves_its_case_alone_without_parts() -> None:
    found = attribute(
        parse("price * volume"),
        before={"price": [3.0, 3.0], "volume": [2.0, math.nan]},
        after={"price": [4.0, 4.0], "volume": [2.0, 2.0]},
    )

    assert found.method is Method.LMDI
    assert [Why(code) for code in found.why] == [Why.PRESENT, Why.MISSING_REQUIRED]
    assert found.contributions[:, 0] == pytest.approx([2.0, 0.0])
    assert np.isnan(found.contributions[:, 1]).all()


def test_a_division_by_zero_on_the_way_is_said_and_not_drawn() -> None:
    # Both ends divide by 1, half the way by 0.
    found = attribute(parse("1 / (a - b)"), before={"a": 2.0, "b": 1.0}, after={"a": 3.0, "b": 2.0})

    assert Why(found.why.item()) is Why.ZERO_DENOMINATOR
    assert np.isnan(found.contributions).all()


def test_more_than_ten_moving_leaves_are_sampled_and_say_how_sure_they_are() -> None:
    names = [f"m{number}" for number in range(12)]
    formula = parse(f"({' + '.join(names[:6])}) * ({' + '.join(names[6:])})")
    before = {name: 1.0 + place for place, name in enumerate(names)}
    after = {name: 2.0 + 1.5 * place for place, name in enumerate(names)}

    found = attribute(formula, before=before, after=after)

    assert found.method is Method.SAMPLED
    assert found.contributions.sum() == pytest.approx(found.change.item(), rel=1e-12)
    # In a product of two sums the exact value is known: Δ of the leaf times the mean of the other sum.
    other = (sum(before[name] for name in names[6:]) + sum(after[name] for name in names[6:])) / 2
    exact = (after["m0"] - before["m0"]) * other
    assert abs(found.of("m0").item() - exact) <= 4 * found.errors[0].item()


def test_leaves_that_stand_still_do_not_count_among_ten() -> None:
    names = [f"m{number}" for number in range(14)]
    before = dict.fromkeys(names, 2.0)
    after = {**before, "m3": 5.0}

    found = attribute(parse(f"max({', '.join(names)})"), before=before, after=after)

    assert found.method is Method.SHAPLEY
    assert found.of("m3").item() == 3.0


@pytest.mark.parametrize("closing", [-20.0, -480.0, -1000.0])
def test_a_return_on_no_capital_is_not_meaningful(closing: float) -> None:
    with pytest.raises(CapitalNotPositive, match="not meaningful"):
        return_on_capital(
            revenue=1.0, ebit=1.0, tax_rate=0.25, capital=Capital(480.0, closing), basis=CapitalBasis.CLOSING
        )


def test_equity_that_is_gone_has_no_leverage() -> None:
    with pytest.raises(CapitalNotPositive, match="equity of 0"):
        dupont(net_income=1.0, sales=1.0, assets=1.0, equity=0.0)


@pytest.mark.parametrize(
    "formula",
    [
        "revenue / capital * profit / avg(capital, lag(capital, 12))",
        "ratio(profit, (capital + lag(capital, 1)) / 2) - ratio(sales, capital)",
    ],
)
def test_average_and_closing_capital_in_one_tree_are_refused(formula: str) -> None:
    with pytest.raises(CapitalMixed, match="capital"):
        require_one_basis(parse(formula), {"capital"})


@pytest.mark.parametrize(
    "formula",
    [
        "profit / avg(capital, lag(capital, 12)) * sales / avg(capital, lag(capital, 12))",
        "profit / capital + sales / capital",
        "capital / lag(capital, 12) - 1",
        "revenue + lag(revenue, 12) - revenue",
    ],
)
def test_one_way_of_counting_capital_is_fine(formula: str) -> None:
    require_one_basis(parse(formula), {"capital"})
