"""The smallest whole organisation: what a folder says is what comes out."""

from datetime import date
from decimal import Decimal

import numpy as np

from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.definitions import TargetPoint, Trajectory, UnitSelector
from fourfold.engine.quantities import AggregationKind, Why
from fourfold.folder import Level, check_folder, read_folder


def rows_of(reading, measure, unit):
    measures = [each.key for each in reading.definitions.measures]
    units = [each.key for each in reading.definitions.units]
    chosen = (reading.rows.measure == measures.index(measure)) & (reading.rows.unit == units.index(unit))
    return reading.rows.where(chosen)


def test_the_example_holds_no_error_and_no_warning(folder):
    assert {finding.level for finding in check_folder(folder)} == {Level.NOTE}


def test_units_stand_in_listed_order_with_their_parents(folder):
    units = read_folder(folder).definitions.units

    assert [(unit.key, unit.parent) for unit in units] == [
        ("bakery", None),
        ("old-town", "bakery"),
        ("riverside", "bakery"),
    ]


def test_measures_stand_in_the_order_of_their_keys(folder):
    keys = [measure.key for measure in read_folder(folder).definitions.measures]

    assert keys == ["lessons", "punctuality", "sales", "satisfaction", "waste"]


def test_what_is_not_said_has_its_documented_default(folder):
    measure = next(each for each in read_folder(folder).definitions.measures if each.key == "punctuality")
    version = measure.versions[0]

    assert measure.units == UnitSelector("bakery")
    assert (version.number, version.series, version.valid_from) == (1, 1, None)
    assert version.kind is AggregationKind.RATIO
    assert version.multiplier == 100.0  # a share shown in per cent


def test_money_is_exact(folder):
    initiative = read_folder(folder).definitions.initiatives[0]

    assert (initiative.budget, initiative.spent) == (Decimal(12000), Decimal("9450.5"))
    assert initiative.milestones[0].done == date(2025, 4, 25)


def test_the_points_of_a_target_are_its_rows(folder):
    targets = read_folder(folder).definitions.targets
    sales = next(each for each in targets if (each.measure, each.unit) == ("sales", "old-town"))

    assert sales.trajectory is Trajectory.COMPOUND
    assert sales.origin == "budget"
    assert sales.points == (
        TargetPoint(Period(Frequency.MONTH, 2025 * 12), 39500.0),
        TargetPoint(Period(Frequency.MONTH, 2026 * 12 + 11), 46000.0),
    )


def test_thousands_separators_in_quotation_marks_are_read(folder):
    sales = rows_of(read_folder(folder), "sales", "old-town")

    assert sales.numerator[0] == 39443.0
    assert sales.denominator[0] == 1.0
    assert sales.period[0] == 2025 * 12


def test_a_decimal_comma_and_a_day_of_the_month_are_read(folder):
    lessons = rows_of(read_folder(folder), "lessons", "riverside")

    assert len(lessons) == 21
    assert lessons.numerator[-1] == 11.0
    assert lessons.period[-1] == 2026 * 12 + 8


def test_a_mean_is_kept_as_its_sum_and_its_count(folder):
    rating = rows_of(read_folder(folder), "satisfaction", "old-town")

    assert rating.numerator[0] == 4.01 * 155
    assert rating.denominator[0] == 155


def test_a_blank_rating_is_no_row_and_no_zero(folder):
    reading = read_folder(folder)
    rating = rows_of(reading, "satisfaction", "riverside")

    assert 2026 * 12 + 7 not in rating.period
    assert len(rating) == 20
    assert next(each for each in reading.sources if each.key == "shops").counts.blank == 1


def test_every_row_knows_its_file_and_line(folder):
    reading = read_folder(folder)
    first = np.flatnonzero(reading.source == [each.key for each in reading.sources].index("shops"))[0]

    assert reading.sources[reading.source[first]].file == "data/shops.csv"
    assert reading.line[first] == 2
    assert (reading.rows.why == Why.PRESENT).all()
