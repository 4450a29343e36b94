"""What must hold for every organisation: the same digits by every way to compute them (DESIGN §2)."""

from dataclasses import fields
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.engine.book import Book, compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.rows import ObservationRows
from fourfold.engine.update import apply
from tests.engine.worlds import TODAY, World, observation, world

GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR)
seeds = st.integers(0, 10_000_000)


def book_of(small: World) -> Book:
    return compile_book(small.definitions, today=TODAY)


@given(seeds)
@settings(max_examples=60)
def test_numpy_and_numba_give_the_same_bits(seed):
    small = world(seed)
    book = book_of(small)
    by_numpy = evaluate(book, Cube.of(book, small.rows, backend="numpy"), grains=GRAINS, backend="numpy")
    by_numba = evaluate(book, Cube.of(book, small.rows, backend="numba"), grains=GRAINS, backend="numba")

    assert by_numpy.differs_from(by_numba) == ()


@given(seeds)
@settings(max_examples=40)
def test_a_unit_s_own_evaluation_is_its_part_of_the_whole(seed):
    small = world(seed)
    book = book_of(small)
    cube = Cube.of(book, small.rows)
    unit = Random(seed).choice(book.units.keys)
    whole = evaluate(book, cube, grains=GRAINS, backend="numba")
    part = evaluate(book, cube, grains=GRAINS, backend="numba", unit=unit)

    assert cut(whole, part) == bits(part)


@given(seeds, st.sampled_from(["numpy", "numba"]), st.integers(1, 4))
@settings(max_examples=60)
def test_updating_gives_the_bits_of_evaluating_again(seed, backend, count):
    small = world(seed)
    book = book_of(small)
    cube = Cube.of(book, small.rows, backend=backend)
    kept = evaluate(book, cube, grains=GRAINS, backend=backend)
    for later in later_rows(small, seed=seed, count=count):
        kept = apply(kept, later)
    again = evaluate(book, cube, grains=GRAINS, backend=backend)

    assert kept.differs_from(again) == ()


@given(seeds)
@settings(max_examples=30)
def test_the_order_of_rows_with_different_keys_does_not_matter(seed):
    small = world(seed)
    book = book_of(small)
    shuffled = np.random.default_rng(seed).permutation(len(small.rows))
    forwards = evaluate(book, Cube.of(book, small.rows), grains=GRAINS, backend="numba")
    anyhow = evaluate(book, Cube.of(book, picked(small.rows, shuffled)), grains=GRAINS, backend="numba")

    assert forwards.differs_from(anyhow) == ()


@given(seeds)
@settings(max_examples=30)
def test_reused_room_holds_nothing_of_the_evaluation_before(seed):
    small = world(seed)
    book = book_of(small)
    before = evaluate(book, Cube.of(book, small.rows), grains=GRAINS, backend="numba")
    half = small.rows.between(0, len(small.rows) // 2)
    fresh = evaluate(book, Cube.of(book, half), grains=GRAINS, backend="numba")
    again = evaluate(book, Cube.of(book, half), grains=GRAINS, backend="numba", reuse=before)

    assert again.differs_from(fresh) == ()


def test_a_difference_is_noticed():
    small = world(7)
    book = book_of(small)
    all_rows = evaluate(book, Cube.of(book, small.rows), grains=GRAINS, backend="numba")
    fewer = evaluate(
        book, Cube.of(book, small.rows.between(0, len(small.rows) // 2)), grains=GRAINS, backend="numba"
    )

    assert "month.measures.value" in all_rows.differs_from(fewer)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_a_later_row_of_a_key_replaces_the_earlier_one(backend):
    small = world(11)
    book = book_of(small)
    once = Cube.of(book, small.rows, backend=backend)
    first = small.rows.between(0, 1)
    wrong = ObservationRows(
        *(getattr(first, f.name) for f in fields(first)[:5]),
        first.numerator + 7,
        first.denominator,
        first.why,
    )
    twice = Cube.of(book, wrong.then(small.rows), backend=backend)

    assert evaluate(book, once, backend=backend).differs_from(evaluate(book, twice, backend=backend)) == ()


def later_rows(small: World, *, seed: int, count: int) -> list[ObservationRows]:
    dice = Random(seed)
    observed = [
        (place, version)
        for place, measure in enumerate(small.definitions.measures)
        for version in measure.versions
        if version.formula is None
    ]
    found = []
    for _ in range(count):
        place, version = dice.choice(observed)
        periods = small.rows.period[small.rows.measure == place]
        if not periods.size:
            continue
        segment = dice.randint(1, len(version.segments)) if version.segments else 0
        period = int(dice.choice(periods.tolist())) + dice.choice((0, 0, 1, 14))
        unit = dice.randrange(len(small.definitions.units))
        key = (place, version.series, segment, unit, period)
        found.append(ObservationRows.of([observation(dice, key, version)]))
    return found


def picked(rows: ObservationRows, order: np.ndarray) -> ObservationRows:
    return ObservationRows(*(getattr(rows, field.name)[order] for field in fields(rows)))


def parts_of(evaluation: Evaluation) -> list[tuple[str, object]]:
    return [
        (f"{grain}.{part}.{field.name}", getattr(getattr(results, part), field.name))
        for grain, results in evaluation.grains.items()
        for part in ("measures", "objectives", "perspectives", "total")
        for field in fields(getattr(results, part))
    ]


def bits(evaluation: Evaluation) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in parts_of(evaluation)}


def cut(whole: Evaluation, part: Evaluation) -> dict[str, bytes]:
    return {name: array[:, :, part.units.whole].tobytes() for name, array in parts_of(whole)}


@given(seeds, st.sampled_from(["numpy", "numba"]), st.integers(0, 2))
@settings(max_examples=40)
def test_the_top_levels_alone_are_the_top_of_the_whole(seed, backend, depth):
    small = world(seed)
    book = book_of(small)
    cube = Cube.of(book, small.rows, backend=backend)
    whole = evaluate(book, cube, grains=GRAINS, backend=backend)
    top = evaluate(book, cube, grains=GRAINS, depth=depth, backend=backend)

    assert cut(whole, top) == bits(top)
    assert all(book.units.keys[: len(top.units)][place] == key for place, key in enumerate(top.units.keys))
