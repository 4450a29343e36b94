"""A measure's segments, each added up as the total is."""

from dataclasses import replace

import numpy as np
import pytest

from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Segment
from fourfold.engine.evaluate import evaluate
from fourfold.engine.evaluate.segments import evaluate_segments
from fourfold.engine.quantities import AggregationKind, Why
from tests.engine.small_books import CALENDAR, book, definitions, measure, observations, target

PARTS = {"segment_dimension": "cargo", "segments": (Segment("dry", "Dry"), Segment("cold", "Cold"))}
ROWS = """
    late:1 north 2026-08 2 / 4
    late:2 north 2026-08 1 / 2
    late:1 north 2026-09 2 / 4
    late:2 north 2026-09 1 / 2
    late:1 south 2026-08 2 / 100
    late:1 south 2026-09 2 / 100
"""


def made(kind=AggregationKind.RATIO, *, targets=()):
    written = definitions(measure("late", kind=kind, **PARTS), targets=targets)
    compiled = book(written)
    return compiled, Cube.of(compiled, observations(written, ROWS), backend="numpy")


def value(found, segment, unit, period):
    place = found.position(CALENDAR.parse_grain(period).ordinal)
    where = (found.keys.index(segment), place, found.units.index(unit))
    why = Why(int(found.why[where]))
    return float(found.value[where]) if why is Why.PRESENT else why


def test_a_segment_is_the_ratio_of_its_own_sums_over_units():
    found = evaluate_segments(*made(), measure="late")

    assert found.keys == ("dry", "cold")
    assert value(found, "dry", "company", "2026-09") == 4 / 104
    assert value(found, "cold", "company", "2026-09") == 0.5


def test_a_segment_is_added_up_over_time_before_it_is_divided():
    compiled, cube = made()
    found = evaluate_segments(compiled, cube, measure="late", grain=Grain.YTD, unit="north")

    assert value(found, "dry", "north", "2026-09-ytd") == 4 / 8


def test_a_segment_that_a_unit_never_had_does_not_apply_there():
    found = evaluate_segments(*made(), measure="late")

    assert value(found, "cold", "south", "2026-09") is Why.NOT_APPLICABLE


@pytest.mark.parametrize("period", ["2026-08", "2026-09"])
@pytest.mark.parametrize("unit", ["company", "north", "south"])
def test_the_segments_of_a_flow_add_up_to_the_total(period, unit):
    compiled, cube = made(AggregationKind.RATIO)
    flow = replace(compiled.definitions.measures[0].versions[0], kind=AggregationKind.FLOW)
    written = definitions(measure("late", flow))
    compiled = book(written)
    plain = ROWS.replace("/ 4", "").replace("/ 2", "").replace("/ 100", "")
    cube = Cube.of(compiled, observations(written, plain), backend="numpy")
    whole = evaluate(compiled, cube, backend="numpy")
    found = evaluate_segments(compiled, cube, measure="late")
    place, column = found.position(CALENDAR.parse_grain(period).ordinal), found.units.index(unit)

    assert np.nansum(found.value[:, place, column]) == whole.at(Grain.MONTH).measures.value[0, place, column]


def test_a_segment_may_have_a_target_of_its_own():
    wanted = replace(target("late", "company", 0.25), segment="cold")
    found = evaluate_segments(*made(targets=[wanted]), measure="late")
    place = found.position(CALENDAR.parse_grain("2026-09").ordinal)

    assert found.target[found.keys.index("cold"), place, 0] == 0.25
    assert np.isnan(found.target[found.keys.index("dry"), place, 0])


def test_a_measure_without_segments_has_none():
    written = definitions(measure("sold"))
    compiled = book(written)
    cube = Cube.of(compiled, observations(written, "sold north 2026-09 1"), backend="numpy")

    assert evaluate_segments(compiled, cube, measure="sold").value.shape[0] == 0


def test_a_period_outside_the_evaluated_time_is_refused():
    with pytest.raises(IndexError):
        evaluate_segments(*made(), measure="late").position(0)
