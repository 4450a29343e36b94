"""A unit owes a measure from the day on from which it takes it, and nothing before (METHOD §2.5, decision 13)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fourfold.engine import update
from fourfold.engine.book import DefinitionRefused, compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import evaluate
from fourfold.engine.quantities import Why
from fourfold.folder import read_folder

FOUR_OBJECTIVES = Path(__file__).parents[2] / "examples" / "four-objectives"
TODAY = date(2026, 10, 8)


@pytest.fixture(scope="module")
def bakery():
    return read_folder(FOUR_OBJECTIVES)


def with_since(definitions, day, *, measure="sales", unit="riverside"):
    measures = tuple(
        replace(each, units=replace(each.units, since=((unit, day),))) if each.key == measure else each
        for each in definitions.measures
    )
    return replace(definitions, measures=measures)


def whys(definitions, rows=None, *, unit, measure="sales"):
    book = compile_book(definitions, today=TODAY)
    cube = Cube(book)
    if rows is not None:
        cube.take_in(rows)
    found = evaluate(book, cube)
    results = found.at(Grain.MONTH)
    place = found.measure_index(measure), slice(None), found.units.index(unit)
    return dict(zip(results.ordinals, results.measures.why[place].tolist(), strict=True))


def month(text):
    year, number = text.split("-")
    return 12 * int(year) + int(number) - 1


def test_before_the_day_nothing_is_owed_and_from_its_period_on_everything(bakery):
    told = whys(with_since(bakery.definitions, date(2026, 3, 15)), unit="riverside")

    assert told[month("2026-02")] == Why.NOT_APPLICABLE
    assert told[month("2026-03")] == Why.MISSING_DUE
    assert told[month("2026-08")] == Why.MISSING_DUE


def test_the_unit_above_is_whole_without_the_one_that_does_not_take_it_yet(bakery):
    definitions, rows = bakery.definitions, bakery.rows
    place = next(at for at, unit in enumerate(definitions.units) if unit.key == "riverside")
    silent = rows.where(rows.unit != place)

    before = whys(definitions, silent, unit="bakery")
    after = whys(with_since(definitions, date(2026, 9, 1)), silent, unit="bakery")

    assert before[month("2026-08")] != Why.PRESENT
    assert after[month("2026-08")] == Why.PRESENT
    assert after[month("2026-09")] != Why.PRESENT


def test_other_measures_and_units_owe_what_they_owed(bakery):
    changed = with_since(bakery.definitions, date(2026, 9, 1))
    for unit, measure in (("old-town", "sales"), ("riverside", "punctuality")):
        assert whys(changed, unit=unit, measure=measure) == whys(
            bakery.definitions, unit=unit, measure=measure
        )


def test_a_day_before_the_measure_began_changes_nothing(bakery):
    changed = with_since(bakery.definitions, date(1990, 1, 1))

    assert whys(changed, bakery.rows, unit="bakery") == whys(bakery.definitions, bakery.rows, unit="bakery")


def test_two_measures_that_are_taken_from_different_days_share_no_expectation(bakery):
    changed = with_since(
        with_since(bakery.definitions, date(2026, 9, 1)), date(2026, 5, 1), measure="punctuality"
    )
    book = compile_book(changed, today=TODAY)
    owed = {
        changed.measures[line.rule.measure].key: line.expectation.owed
        for line in book.timetable(book.timeline).lines
    }

    assert not np.array_equal(owed["sales"], owed["punctuality"])


def test_a_day_of_a_unit_that_is_not_there_is_refused(bakery):
    with pytest.raises(DefinitionRefused, match="nowhere"):
        compile_book(with_since(bakery.definitions, date(2026, 9, 1), unit="nowhere"), today=TODAY)


def test_both_backends_and_an_update_agree_on_it(bakery):
    changed = with_since(bakery.definitions, date(2026, 3, 15))
    book = compile_book(changed, today=TODAY)
    half = len(bakery.rows) // 2
    plain = evaluate(book, Cube.of(book, bakery.rows, backend="numpy"), backend="numpy")
    compiled = evaluate(book, Cube.of(book, bakery.rows, backend="numba"), backend="numba")
    begun = evaluate(book, Cube.of(book, bakery.rows.between(0, half)))
    updated = update.apply(begun, bakery.rows.between(half, len(bakery.rows)))

    assert compiled.differs_from(plain) == ()
    assert updated.differs_from(plain) == ()
