"""Whole small books against the slow second evaluation: values, reasons, counts and targets."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import evaluate
from fourfold.engine.quantities import Why
from tests.engine.slow_evaluation import SlowMeasure, observed_measures, pages_of
from tests.engine.worlds import TODAY, world

GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR)


@given(st.integers(0, 10_000_000))
@settings(max_examples=20)
def test_values_reasons_and_counts_are_those_worked_out_one_at_a_time(seed):
    small = world(seed)
    book = compile_book(small.definitions, today=TODAY)
    cube = Cube.of(book, small.rows, backend="numpy")
    found = evaluate(book, cube, grains=GRAINS, backend="numpy")
    axes = {grain: found.at(grain).ordinals for grain in GRAINS}
    for measure in observed_measures(small.definitions):
        slow = SlowMeasure(small.definitions, measure, small.rows, TODAY)
        place = found.measure_index(measure.key)
        for page in pages_of(measure, axes)[:: 1 + seed % 5]:
            results = found.at(page.grain)
            for column, unit in enumerate(found.units.keys):
                where = (place, results.position(page.ordinal), column)
                wanted = slow.answer(unit, page)
                label = (measure.key, measure.versions[0].kind.value, unit, page)
                assert Why(results.measures.why[where]) is wanted.why, label
                if unit in slow.selected:
                    counts = results.measures.present[where], results.measures.due[where]
                    assert counts == (wanted.present, wanted.due), label
                if wanted.value is not None:
                    assert results.measures.value[where] == pytest.approx(wanted.value, rel=1e-9, abs=1e-9), (
                        label
                    )
                else:
                    assert math.isnan(results.measures.value[where]), label


@given(st.integers(0, 10_000_000))
@settings(max_examples=40)
def test_native_targets_are_given_inherited_or_summed_from_the_children(seed):
    small = world(seed)
    book = compile_book(small.definitions, today=TODAY)
    cube = Cube.of(book, small.rows, backend="numpy")
    found = evaluate(book, cube, grains=GRAINS, backend="numpy")
    for measure in observed_measures(small.definitions):
        slow = SlowMeasure(small.definitions, measure, small.rows, TODAY)
        grain = Grain(measure.versions[0].frequency.value)
        if grain not in GRAINS or measure.versions[0].segments:
            continue
        results = found.at(grain)
        place = found.measure_index(measure.key)
        for row, ordinal in enumerate(results.ordinals):
            for column, unit in enumerate(found.units.keys):
                if unit in slow.selected and slow.cells(unit, ordinal):
                    wanted = slow.target(unit, ordinal)
                    target = results.measures.target[place, row, column]
                    label = (measure.key, unit, ordinal)
                    assert math.isnan(target) if wanted is None else target == pytest.approx(wanted), label
