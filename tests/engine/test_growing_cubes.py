"""A cube whose measures and units have come to more holds, bit for bit, what a freshly read one does."""

import doctest
import random
from dataclasses import replace

import numpy as np
import pytest

from fourfold.engine.book import compile_book
from fourfold.engine.cube import Cube, layout
from fourfold.engine.evaluate import evaluate
from fourfold.engine.quantities import AggregationKind
from tests.engine.worlds import TODAY, world

SEEDS = range(24)


def with_more(definitions, chance):
    """Some measures and units twice, under keys before, between and after the others."""
    observed = [
        each for each in definitions.measures if all(version.formula is None for version in each.versions)
    ]
    new_measures = [
        replace(each, key=f"{chance.choice('amz')}{number}-new")
        for number, each in enumerate(chance.choices(observed, k=chance.randint(0, 3)) if observed else ())
    ]
    below = [each for each in definitions.units if each.parent is not None]
    new_units = [
        replace(each, key=f"{chance.choice('amz')}{number}-unit")
        for number, each in enumerate(chance.choices(below, k=chance.randint(0, 2)) if below else ())
    ]
    units = list(definitions.units)
    for each in new_units:
        units.insert(chance.randint(1, len(units)), each)
    known = {each.key: each for each in units}
    units.sort(key=lambda each: _depth(each, known))
    return replace(
        definitions,
        measures=tuple(sorted((*definitions.measures, *new_measures), key=lambda each: each.key)),
        units=tuple(units),
    )


def _depth(unit, known):
    return 0 if unit.parent is None else 1 + _depth(known[unit.parent], known)


def as_in(rows, before, after):
    """The same rows with the places that their measures and units have now."""
    measures, units = ({each.key: at for at, each in enumerate(of)} for of in (after.measures, after.units))
    return replace(
        rows,
        measure=np.array([measures[each.key] for each in before.measures], dtype=np.int32)[rows.measure],
        unit=np.array([units[each.key] for each in before.units], dtype=np.int32)[rows.unit],
    )


def same_cubes(one, other):
    return (
        one.timeline == other.timeline
        and (one.taken, one.lost) == (other.taken, other.lost)
        and one.stacks.keys() == other.stacks.keys()
        and all(
            stack.numerator.tobytes() == other.stack(each).numerator.tobytes()
            and stack.denominator.tobytes() == other.stack(each).denominator.tobytes()
            and {track: kept.tobytes() for track, kept in stack.reasons.items()}
            == {track: kept.tobytes() for track, kept in other.stack(each).reasons.items()}
            for each, stack in one.stacks.items()
        )
    )


def grown_and_fresh(seed):
    drawn, chance = world(seed), random.Random(seed)
    wider = with_more(drawn.definitions, chance)
    before = Cube.of(compile_book(drawn.definitions, today=TODAY), drawn.rows)
    book = compile_book(wider, today=TODAY)
    return before.grown(book), Cube.of(book, as_in(drawn.rows, drawn.definitions, wider)), before


@pytest.mark.parametrize("seed", SEEDS)
def test_a_grown_cube_is_the_freshly_read_one_bit_for_bit(seed):
    found, fresh, before = grown_and_fresh(seed)
    if before.lost:
        assert found is None
        return
    grown, _growth = found

    assert same_cubes(grown, fresh)
    assert evaluate(grown.book, grown).differs_from(evaluate(fresh.book, fresh)) == ()


def test_worlds_do_grow():
    grown = [found for found, _fresh, _before in map(grown_and_fresh, SEEDS) if found is not None]

    assert sum(bool(growth.measures) for _cube, growth in grown) >= 5
    assert sum(bool(growth.new_units) for _cube, growth in grown) >= 5


def without_lost(seed=0):
    while Cube.of(compile_book(world(seed).definitions, today=TODAY), world(seed).rows).lost:
        seed += 1
    return world(seed)


def test_a_cube_that_would_have_to_forget_something_is_read_anew():
    drawn = without_lost()
    narrow = compile_book(drawn.definitions, today=TODAY)
    wider = [with_more(drawn.definitions, random.Random(seed)) for seed in range(9)]
    books = [compile_book(each, today=TODAY) for each in wider if keys(each) != keys(drawn.definitions)]

    assert len(books) > 3
    assert [Cube(book).grown(narrow) for book in books] == [None] * len(books)


def test_a_measure_of_another_kind_is_read_anew():
    drawn = without_lost()
    cube = Cube.of(compile_book(drawn.definitions, today=TODAY), drawn.rows)
    flow = next(each for each in drawn.definitions.measures if each.versions[-1].formula is None)
    other = replace(flow, versions=(*flow.versions[:-1], replace(flow.versions[-1], kind=_another(flow))))
    changed = tuple(other if each.key == flow.key else each for each in drawn.definitions.measures)

    assert cube.grown(compile_book(replace(drawn.definitions, measures=changed), today=TODAY)) is None


def _another(measure):
    kind = measure.versions[-1].kind
    return AggregationKind.RATIO if kind is not AggregationKind.RATIO else AggregationKind.FLOW


def keys(definitions):
    return {each.key for each in (*definitions.measures, *definitions.units)}


def test_a_layout_names_what_stands_where():
    assert doctest.testmod(layout).failed == 0
