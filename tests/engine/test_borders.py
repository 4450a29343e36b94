"""Where the colours begin on each page of a measure."""

import math

import pytest

from fourfold.engine.book import UnknownUnit
from fourfold.engine.calendar import Grain
from fourfold.engine.definitions import ThresholdBasis, Thresholds
from fourfold.engine.evaluate.borders import anchors_over
from fourfold.engine.quantities import AggregationKind, GoalType
from tests.engine.small_books import CALENDAR, cell, definitions, evaluated, measure, target

NEAR = Thresholds(ThresholdBasis.DISTANCE, red=10.0)


def border(found, key, unit, period):
    page = CALENDAR.parse_grain(period)
    borders = anchors_over(found, measure=key, unit=unit, grain=page.grain)
    return borders[found.at(page.grain).position(page.ordinal)]


def sold(**fields):
    rows = "\n".join(
        f"sold {unit} 2026-{month:02} {value}"
        for month in (7, 8, 9)
        for unit, value in (("north", 95), ("south", 40))
    )
    targets = [target("sold", "north", 100.0), target("sold", "south", 50.0)]
    return evaluated(definitions(measure("sold", **fields), targets=targets), rows)


def test_red_is_a_share_of_each_unit_s_own_target():
    found = sold()

    assert border(found, "sold", "north", "2026-09").green == (100.0, math.inf)
    assert border(found, "sold", "north", "2026-09").amber == (90.0, math.inf)
    assert border(found, "sold", "company", "2026-09").green == (150.0, math.inf)


def test_distances_grow_with_the_months_a_sum_is_made_of():
    found = sold(thresholds=NEAR)

    assert border(found, "sold", "north", "2026-09").amber[0] == 90.0
    assert border(found, "sold", "north", "2026-Q3").amber[0] == 270.0


def test_distances_grow_with_the_units_a_target_is_summed_from():
    found = sold(thresholds=NEAR)

    assert border(found, "sold", "company", "2026-09").amber[0] == 130.0
    assert border(found, "sold", "company", "2026-Q3").amber[0] == 390.0


@pytest.mark.parametrize("goal", [GoalType.MAXIMISE, GoalType.MINIMISE])
@pytest.mark.parametrize("period", ["2026-09", "2026-Q3", "2026-09-ytd"])
@pytest.mark.parametrize("unit", ["company", "north", "south"])
def test_a_value_is_green_exactly_where_its_zone_is(goal, period, unit):
    found = sold(goal=goal)
    scored, zones = cell(found, "sold", unit, period), border(found, "sold", unit, period)
    value, score = float(scored["value"]), float(scored["score"])
    if math.isnan(score):
        assert math.isnan(value)
        return

    assert (zones.green[0] <= value <= zones.green[1]) == (score >= 200 / 3 - 1e-9)
    assert (zones.amber[0] <= value <= zones.amber[1]) == (score >= 100 / 3 - 1e-9)


def test_a_computed_measure_has_borders_too():
    measures = (
        measure("late", kind=AggregationKind.RATIO),
        measure("twice", kind=AggregationKind.RATE, formula="2 * late"),
    )
    found = evaluated(
        definitions(*measures, targets=[target("twice", "company", 0.5)]), "late north 2026-09 1 / 10"
    )

    assert border(found, "twice", "company", "2026-09").green == (0.5, math.inf)


def test_a_target_row_s_own_red_goes_before_the_version_s():
    written = definitions(measure("sold"), targets=[target("sold", "north", 100.0, red=70.0)])
    found = evaluated(written, "sold north 2026-09 95")

    assert border(found, "sold", "north", "2026-09").amber == (70.0, math.inf)


def test_without_a_target_or_a_scored_goal_there_is_no_border():
    assert (
        border(evaluated(definitions(measure("sold")), "sold north 2026-09 1"), "sold", "north", "2026-09")
        is None
    )
    informs = evaluated(definitions(measure("sold", goal=GoalType.INFORMATIONAL)), "sold north 2026-09 1")
    assert border(informs, "sold", "north", "2026-09") is None


def test_an_unknown_unit_is_refused():
    with pytest.raises(UnknownUnit):
        anchors_over(sold(), measure="sold", unit="nowhere", grain=Grain.MONTH)
