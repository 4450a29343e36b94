"""Which formulas an update computes cell by cell: those that read nothing but their own page, and no other."""

import pytest

from fourfold.engine import update
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import evaluate
from fourfold.engine.quantities import AggregationKind
from tests.engine.small_books import book, definitions, measure, observations

LOOKING_BACK = ["lag(a, 1)", "a - lag(a, 1)", "last(a)", "ytd(a)", "rolling(a, 3)", "if(a > 1, ytd(a), a)"]
OWN_PAGE = ["a / b", "a + b", "max(a, b)"]
GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR)


def written(formula):
    kind = AggregationKind.RATIO if "/" in formula else AggregationKind.FLOW
    return definitions(measure("a"), measure("b"), measure("c", formula=formula, kind=kind))


def rule_of(formula):
    compiled = book(written(formula))
    (rule,) = compiled.rules[compiled.measure_index("c")]
    return rule


@pytest.mark.parametrize("formula", LOOKING_BACK)
def test_a_formula_that_looks_back_is_never_computed_cell_by_cell(formula):
    assert not rule_of(formula).is_per_cell_of_page


def test_some_formulas_are():
    assert any(rule_of(formula).is_per_cell_of_page for formula in OWN_PAGE)


@pytest.mark.parametrize("formula", [*LOOKING_BACK, *OWN_PAGE])
def test_an_update_of_one_value_gives_what_a_whole_evaluation_gives(formula):
    all_of_it = written(formula)
    months = [f"2026-{month:02}" for month in range(1, 10)]
    first = "\n".join(
        f"{key} {unit} {month} 4" for key in "ab" for unit in ("north", "south") for month in months
    )
    later = observations(all_of_it, "a north 2026-05 9\nb south 2026-08 2")
    compiled = book(all_of_it)
    cube = Cube.of(compiled, observations(all_of_it, first))
    updated = update.apply(evaluate(compiled, cube, grains=GRAINS), later)
    whole = Cube.of(compiled, observations(all_of_it, first))
    whole.take_in(later)

    assert updated.differs_from(evaluate(compiled, whole, grains=GRAINS)) == ()
