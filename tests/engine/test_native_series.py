"""A measure period by period at its own frequency: the same digits as a page of that grain."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import MeasureVersion, Target
from fourfold.engine.evaluate import evaluate
from fourfold.engine.evaluate.native_series import native_series
from fourfold.engine.quantities import AggregationKind, Why
from tests.engine.small_books import CALENDAR, VERSION, book, definitions, measure, observations, target
from tests.engine.worlds import world

SEPTEMBER = CALENDAR.parse_grain("2026-09")
LATE = (
    "late north 2026-07 2 / 4\nlate south 2026-07 1 / 6\nlate north 2026-08 3 / 5\nlate south 2026-08 0 / 0"
)


def series_of(written, rows, *, until="2026-09", unit="company", measures=None, today=date(2026, 10, 8)):
    made = book(written, today=today)
    cube = Cube.of(made, observations(written, rows))
    page = CALENDAR.parse_grain(until)
    return native_series(made, cube, unit=unit, until=page, measures=measures)


def at(series, period):
    return CALENDAR.parse(period).ordinal - series.ordinals.start


@pytest.mark.parametrize("seed", range(6))
def test_every_number_is_the_page_s_own_to_the_last_bit(seed):
    written = world(seed)
    made = compile_book(written.definitions, today=date(2026, 8, 20))
    cube = Cube.of(made, written.rows)
    grains = {Grain(rule.frequency.value) for rules in made.rules for rule in rules}
    found = evaluate(made, cube, grains=sorted(grains), depth=0, rollups=False)
    last = made.timeline.calendar.page_of(Grain.DAY, made.today)

    for series in native_series(made, cube, unit=found.units.keys[0], until=last):
        page = found.at(Grain(series.version.frequency.value))
        here = slice(page.position(series.ordinals[0]), page.position(series.ordinals[-1]) + 1)
        place = found.measure_index(series.measure)
        for name in ("value", "target", "why"):
            shown = getattr(page.measures, name)[place, here, 0]
            assert getattr(series, name).tobytes() == shown.tobytes(), (series.measure, name)


def test_a_quotient_brings_what_it_was_made_of():
    (series,) = series_of(definitions(measure("late", kind=AggregationKind.RATIO)), LATE)
    july = at(series, "2026-07")

    assert (series.numerator[july], series.denominator[july]) == (3.0, 10.0)
    assert series.value[july] == 0.3
    assert np.isnan(series.numerator[at(series, "2026-09")])


def test_what_is_divided_by_nothing_shows_its_zero():
    rows = "late north 2026-08 0 / 0"
    (series,) = series_of(definitions(measure("late", kind=AggregationKind.RATIO)), rows, unit="north")

    assert series.why[at(series, "2026-08")] == Why.ZERO_DENOMINATOR
    assert series.denominator[at(series, "2026-08")] == 0.0


def test_a_period_that_is_not_over_never_counts():
    rows = "sold north 2026-09 5\nsold north 2026-10 1"
    (series,) = series_of(definitions(measure("sold")), rows, until="2026-10", unit="north")

    assert series.ordinals[-1] == SEPTEMBER.ordinal


def test_a_page_in_the_past_ends_the_series_there():
    (series,) = series_of(definitions(measure("sold")), "sold north 2026-09 5", until="2026-Q2", unit="north")

    assert series.ordinals[-1] == CALENDAR.parse("2026-06").ordinal


def test_a_new_series_begins_a_new_stretch():
    second: MeasureVersion = replace(VERSION, number=2, valid_from=date(2026, 8, 1), series=2)
    (series,) = series_of(definitions(measure("sold", VERSION, second)), "sold north 2026-07 5")

    assert series.stretch[at(series, "2026-07")] == 0
    assert series.stretch[at(series, "2026-08")] == 1


def test_other_units_of_measure_do_not_stand_on_one_axis():
    in_tonnes = replace(VERSION, number=2, valid_from=date(2026, 8, 1), series=2, unit_of_measure="t")
    (series,) = series_of(definitions(measure("sold", VERSION, in_tonnes)), "sold north 2026-07 5")

    assert series.ordinals[0] == CALENDAR.parse("2026-08").ordinal


def test_rolling_windows_say_that_they_overlap():
    written = definitions(measure("sold"), measure("year", formula="rolling(sold, 3)"))
    rows = "\n".join(f"sold north 2026-{month:02} {month}" for month in range(1, 10))
    sold, year = series_of(written, rows)

    assert (sold.overlaps, year.overlaps) == (False, True)


def test_targets_come_along():
    written = definitions(measure("sold"), targets=[target("sold", "north", 7.0, since="2026-08")])
    (series,) = series_of(written, "sold north 2026-08 5", unit="north")

    assert series.target[at(series, "2026-08")] == 7.0


def test_what_is_wanted_of_the_coming_periods_comes_along_apart():
    written = definitions(
        measure("sold"),
        targets=[
            target("sold", "north", 7.0, since="2026-08"),
            target("sold", "north", 9.0, since="2026-11"),
        ],
    )
    joined = [
        Target("sold", "north", tuple(point for each in written.targets for point in each.points)),
    ]
    (series,) = series_of(replace(written, targets=tuple(joined)), "sold north 2026-08 5", unit="north")

    assert series.aims.tolist() == [7.0, 9.0, 9.0]  # October to December, where the laid-out year ends
    assert series.ordinals[-1] == SEPTEMBER.ordinal


def test_where_nothing_is_wanted_the_coming_periods_have_no_target():
    (series,) = series_of(definitions(measure("sold")), "sold north 2026-08 5", unit="north")

    assert np.isnan(series.aims).all()
