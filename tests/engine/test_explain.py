"""Why a number is what it is, down to the observations."""

import numpy as np
import pytest

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import Target, TargetPoint, Trajectory
from fourfold.engine.explain import explain
from fourfold.engine.quantities import AggregationKind, Why
from tests.engine.small_books import CALENDAR, definitions, evaluated, measure, target

ROWS = """
    late north 2026-08 1 / 10
    late north 2026-09 2 / 4
    late south 2026-09 2 / 100
"""


def explained(found, kind: str, key: str, unit: str, period: str):
    return explain(found, node=(kind, key), unit=unit, period=CALENDAR.parse_grain(period))


def late():
    measures = (
        measure("late", kind=AggregationKind.RATIO),
        measure("share", kind=AggregationKind.RATE, formula="late"),
    )
    return evaluated(definitions(*measures, targets=[target("late", "company", 0.5)]), ROWS)


def test_a_ratio_is_explained_by_its_sums_and_its_sites():
    found = explained(late(), "measure", "late", "company", "2026-09")

    assert (found.rule, found.numerator, found.denominator, found.value) == (
        "ratio_of_sums",
        4.0,
        104.0,
        4 / 104,
    )
    assert [(each.unit, each.rule, each.value) for each in found.inputs] == [
        ("north", "observation", 0.5),
        ("south", "observation", 0.02),
    ]
    assert [(each.period_key, each.numerator) for each in found.inputs[0].observations] == [("2026-09", 2.0)]


def test_gaps_are_named_with_their_period():
    found = explained(late(), "measure", "late", "company", "2026-Q3")

    assert (found.present, found.due, found.value_why) == (3, 6, Why.INSUFFICIENT)
    assert [each.key for each in found.missing] == ["north", "south"]
    assert [each.period_key for each in found.inputs[1].missing] == ["2026-07", "2026-08"]


def test_targets_and_thresholds_say_where_they_come_from():
    found = explained(late(), "measure", "late", "north", "2026-09")

    assert (found.target, found.target_rule, found.target_from) == (0.5, "inherited", "company")
    assert (found.thresholds.red, found.thresholds.green) == (0.45, 0.5)
    assert (found.version, found.weight) == (1, None)


def test_a_formula_leads_to_its_operands_and_an_objective_to_its_measures():
    found = explained(late(), "perspective", "financial", "company", "2026-09")
    objective = found.inputs[0]

    assert [each.key for each in objective.inputs] == ["late", "share"]
    assert objective.inputs[1].formula == "late"
    assert objective.inputs[1].inputs[0].value == objective.inputs[0].value
    assert objective.coverage == 0.5


def test_a_carried_value_names_the_period_it_is_from():
    audit = measure("audit", kind=AggregationKind.STOCK, frequency=Frequency.YEAR)
    found = explained(
        evaluated(definitions(audit), "audit north 2025 7"), "measure", "audit", "north", "2026-09"
    )

    assert (found.value, found.shown_period) == (7.0, "2025")
    assert [each.period_key for each in found.observations] == ["2025"]


def test_the_sums_explained_are_the_value_shown():
    found = late()
    for unit in ("company", "north", "south"):
        for period in ("2026-09", "2026-Q3", "2026-09-ytd"):
            each = explained(found, "measure", "late", unit, period)
            if each.value is not None:
                assert np.isclose(each.numerator / each.denominator, each.value, rtol=1e-15)


def test_an_interpolated_target_names_the_typed_ones_around_it_and_a_longer_page_its_parts():
    ends = tuple(
        TargetPoint(CALENDAR.parse(month), value) for month, value in (("2026-01", 0.2), ("2026-12", 0.75))
    )
    wanted = Target("late", "company", ends, Trajectory.LINEAR)
    found = evaluated(definitions(measure("late", kind=AggregationKind.RATIO), targets=[wanted]), ROWS)

    leg = explained(found, "measure", "late", "north", "2026-09").target_way
    assert (leg.start_key, leg.end_key, leg.passed, leg.length) == ("2026-01", "2026-12", 8, 11)
    assert leg.start.value + (leg.end.value - leg.start.value) * leg.passed / leg.length == pytest.approx(0.6)

    whole = explained(found, "measure", "late", "north", "2026-Q3")
    assert [key for key, _value in whole.target_way.parts] == ["2026-07", "2026-08", "2026-09"]
    assert explained(found, "measure", "late", "north", "2026-12").target_way is None
