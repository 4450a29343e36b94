"""What a measure's segments are made of: numerators and bases that add up to its total."""

from math import isnan

from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Segment
from fourfold.engine.evaluate.segment_sums import segment_sums
from fourfold.engine.quantities import AggregationKind
from tests.engine.small_books import CALENDAR, book, definitions, measure, observations

PARTS = {"segment_dimension": "cargo", "segments": (Segment("dry", "Dry"), Segment("cold", "Cold"))}
ROWS = """
    late:1 north 2026-08 2 / 4
    late:2 north 2026-08 1 / 2
    late:1 north 2026-09 2 / 4
    late:2 north 2026-09 1 / 2
    late:1 south 2026-08 2 / 100
    late:1 south 2026-09 2 / 100
"""


def made(kind=AggregationKind.RATIO, *, rows=ROWS):
    written = definitions(measure("late", kind=kind, **PARTS))
    compiled = book(written)
    return compiled, Cube.of(compiled, observations(written, rows), backend="numpy")


def cells(found, unit, period):
    at, column = found.position(CALENDAR.parse_grain(period).ordinal), found.units.index(unit)
    bases = [None] * len(found.segments) if found.base is None else found.base[:, at, column].tolist()
    return list(zip(found.numerator[:, at, column].tolist(), bases, strict=True))


def test_numerators_and_bases_are_added_up_over_units():
    assert cells(segment_sums(*made(), measure="late"), "company", "2026-09") == [(4.0, 104.0), (1.0, 2.0)]


def test_numerators_and_bases_are_added_up_over_time():
    found = segment_sums(*made(), measure="late", grain=Grain.YTD, unit="north")

    assert cells(found, "north", "2026-09-ytd") == [(4.0, 8.0), (2.0, 4.0)]


def test_a_segment_that_a_unit_never_had_holds_nobody():
    assert cells(segment_sums(*made(), measure="late"), "south", "2026-09") == [(2.0, 100.0), (0.0, 0.0)]


def test_what_is_due_and_missing_is_no_number_and_not_nobody():
    later = ROWS.replace("late:2 north 2026-09 1 / 2", "")
    dry, cold = cells(segment_sums(*made(rows=later), measure="late"), "north", "2026-09")

    assert dry == (2.0, 4.0)
    assert [isnan(number) for number in cold] == [True, True]


def test_a_flow_has_no_base():
    assert segment_sums(*made(AggregationKind.FLOW), measure="late").base is None
