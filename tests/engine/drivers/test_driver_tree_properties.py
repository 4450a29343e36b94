"""What must hold for any formula and any two periods: nothing is left over, and names and order do not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fourfold.engine.drivers import Method, attribute, shapley
from fourfold.engine.formula import Expression, parse

positive = st.floats(0.01, 1000.0)
anything = st.floats(-1000.0, 1000.0)
PRODUCTS = ("a * b * c", "a / b / c", "2 * a * b ^ 2 / c", "ratio(a, b) * c", "a * a / b * c")
OTHERS = (
    "a - b + c",
    "(a - b) * c",
    "max(a, b) - min(b, c)",
    "if(a < b, a * c, b + c)",
    "avg(a, b, c) ^ 2",
    "-(a * b) + c",
)


def _values(draw: st.DrawFn, numbers: st.SearchStrategy[float]) -> dict[str, list[float]]:
    return {leaf: [draw(numbers), draw(numbers)] for leaf in "abc"}


@st.composite
def _of(
    draw: st.DrawFn, formulas: tuple[str, ...], numbers: st.SearchStrategy[float]
) -> tuple[Expression, dict[str, list[float]], dict[str, list[float]]]:
    return parse(draw(st.sampled_from(formulas))), _values(draw, numbers), _values(draw, numbers)


@pytest.mark.method("M4.1")
@given(world=_of(PRODUCTS, positive))
def test_parts_of_a_product_sum_to_its_change(world) -> None:
    formula, before, after = world
    found = attribute(formula, before=before, after=after)

    scale = np.maximum(np.abs(found.before), np.abs(found.after))
    assert found.method is Method.LMDI
    assert (np.abs(found.contributions.sum(axis=0) - found.change) <= 1e-9 * np.maximum(scale, 1.0)).all()


@given(world=_of(OTHERS, anything))
def test_parts_of_any_other_formula_sum_to_its_change(world) -> None:
    formula, before, after = world
    found = attribute(formula, before=before, after=after)

    scale = np.maximum(np.abs(found.before), np.abs(found.after))
    assert found.method is Method.SHAPLEY
    assert (np.abs(found.contributions.sum(axis=0) - found.change) <= 1e-9 * np.maximum(scale, 1.0)).all()


@given(world=_of(("a - b + 3 * c",), anything))
def test_in_a_sum_each_leaf_has_just_what_it_added(world) -> None:
    formula, before, after = world
    found = attribute(formula, before=before, after=after)
    moved = {leaf: np.array(after[leaf]) - np.array(before[leaf]) for leaf in "abc"}

    assert found.of("a") == pytest.approx(moved["a"], abs=1e-9)
    assert found.of("b") == pytest.approx(-moved["b"], abs=1e-9)
    assert found.of("c") == pytest.approx(3 * moved["c"], abs=1e-9)


@given(world=_of(("(a - b) * c", "a * b * c", "a / b + c"), positive))
def test_the_way_back_undoes_the_way_there(world) -> None:
    formula, before, after = world
    there = attribute(formula, before=before, after=after)
    back = attribute(formula, before=after, after=before)

    assert there.contributions == pytest.approx(-back.contributions, rel=1e-9, abs=1e-6)


@given(factor=st.sampled_from([100.0, 0.001]), world=_of(("(a - b) * c",), positive))
def test_another_unit_of_measure_scales_the_parts(factor: float, world) -> None:
    formula, before, after = world
    one = attribute(formula, before=before, after=after)
    other = attribute(formula, before=before, after=after, factor=factor)

    assert other.contributions == pytest.approx(one.contributions * factor, rel=1e-9, abs=1e-9)


@given(numbers=st.lists(st.tuples(anything, anything), min_size=1, max_size=8))
def test_leaves_that_enter_alike_share_alike(numbers: list[tuple[float, float]]) -> None:
    assume(len(numbers) > 1)

    def largest(chosen: np.ndarray) -> np.ndarray:
        return chosen.any(axis=0)[:, np.newaxis] * 1.0

    parts = shapley(largest, len(numbers))

    assert parts.ravel() == pytest.approx([1.0 / len(numbers)] * len(numbers))
