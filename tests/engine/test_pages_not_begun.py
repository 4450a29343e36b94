"""A page whose first day lies after today shows nothing, whatever is known already."""

from datetime import date

import numpy as np
import pytest

from fourfold.engine.calendar import Frequency, Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.explain import explain
from fourfold.engine.quantities import AggregationKind, GoalType, Why
from fourfold.engine.score import GREY
from fourfold.engine.update import apply
from tests.engine.small_books import (
    CALENDAR,
    book,
    cell,
    definitions,
    evaluated,
    measure,
    observations,
    target,
    value,
)

TODAY = date(2026, 10, 8)
YEARLY = measure("retention", frequency=Frequency.YEAR, kind=AggregationKind.RATIO, grace_periods=1)
WRITTEN = definitions(
    YEARLY,
    measure("sales"),
    measure("shared", formula="sales / sales", kind=AggregationKind.RATIO),
    measure("known", goal=GoalType.INFORMATIONAL, thresholds=None),
    targets=[
        target("retention", "north", 0.5, since="2025"),
        target("sales", "north", 10.0),
        target("shared", "north", 1.0),
    ],
)
# November's sales were entered early.
ROWS = "retention north 2025 9 / 10\nsales north 2026-09 10\nsales north 2026-11 10\nknown north 2026-11 1"


def objective(found: Evaluation, unit: str, period: str) -> tuple[Why, int, float, float]:
    page = CALENDAR.parse_grain(period)
    results = found.at(page.grain).objectives
    where = (0, found.at(page.grain).position(page.ordinal), found.units.index(unit))
    return Why(results.why[where]), int(results.status[where]), results.score[where], results.coverage[where]


def test_a_month_to_come_shows_no_carried_year_and_is_not_scored_by_it():
    found = evaluated(WRITTEN, ROWS, today=TODAY)

    assert value(found, "retention", "north", "2026-10") == 0.9  # the page that contains today
    later = cell(found, "retention", "north", "2026-11")
    assert (later["why"], later["score_why"], later["status"]) == (Why.NOT_DUE, Why.NOT_DUE, GREY)
    assert np.isnan([later["value"], later["target"], later["score"]]).all()
    assert (later["present"], later["due"]) == (0, 0)
    shown = found.at(Grain.MONTH).shown[found.measure_index("retention")]
    place = found.at(Grain.MONTH).position(CALENDAR.parse_grain("2026-11").ordinal)
    assert shown[place, found.units.index("north")] == -1
    told = explain(found, node=("measure", "retention"), unit="north", period=CALENDAR.parse_grain("2026-11"))
    assert (told.value_why, told.value, told.target) == (Why.NOT_DUE, None, None)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_a_value_entered_early_waits_until_its_page_begins(backend):
    compiled = book(WRITTEN, today=TODAY)
    found = evaluate(
        compiled, Cube.of(compiled, observations(WRITTEN, ROWS)), grains=(Grain.MONTH,), backend=backend
    )

    early = cell(found, "sales", "north", "2026-11")
    assert (early["why"], early["present"], early["due"], early["target"]) == (Why.NOT_DUE, 0, 0, 10.0)
    assert value(found, "shared", "north", "2026-11") is Why.NOT_DUE
    assert value(found, "sales", "company", "2026-11") is Why.NOT_DUE
    begun = evaluated(WRITTEN, ROWS, today=date(2026, 11, 1))
    assert value(begun, "sales", "north", "2026-11") == 10.0


def test_objectives_of_a_page_to_come_are_not_due_and_grey():
    found = evaluated(WRITTEN, ROWS, today=TODAY)

    assert objective(found, "north", "2026-09")[0] is Why.PRESENT
    for unit, period in (("north", "2026-11"), ("north", "2026-12"), ("company", "2026-12")):
        why, status, score, coverage = objective(found, unit, period)
        assert (why, status) == (Why.NOT_DUE, GREY)
        assert np.isnan([score, coverage]).all()


def test_what_only_informs_or_does_not_apply_says_so_ahead_too():
    found = evaluated(WRITTEN, ROWS, today=TODAY)

    assert cell(found, "known", "north", "2026-11")["score_why"] is Why.INFORMATIONAL
    assert value(found, "known", "north", "2026-11") is Why.NOT_DUE


@pytest.mark.parametrize("today", [date(2026, 10, 31), date(2026, 11, 1)])
def test_a_page_begins_on_its_first_day(today):
    found = evaluated(WRITTEN, ROWS, today=today)

    has_begun = today.month == 11
    assert (value(found, "retention", "north", "2026-11") == 0.9) is has_begun
    assert value(found, "sales", "north", "2026-Q4") is Why.MISSING_REQUIRED  # October is owed
    assert value(found, "retention", "north", "2026-11-ytd") == 0.9  # began in January


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_a_value_that_comes_early_updates_to_the_bits_of_evaluating_again(backend):
    compiled = book(WRITTEN, today=TODAY)
    cube = Cube.of(compiled, observations(WRITTEN, ROWS), backend=backend)
    grains = (Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR)
    kept = evaluate(compiled, cube, grains=grains, backend=backend)

    updated = apply(kept, observations(WRITTEN, "sales north 2026-12 7\nretention north 2026 1 / 10"))

    assert updated.differs_from(evaluate(compiled, cube, grains=grains, backend=backend)) == ()
    assert value(updated, "sales", "north", "2026-12") is Why.NOT_DUE
