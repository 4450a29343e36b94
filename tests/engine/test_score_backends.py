"""NumPy and Numba give the same bits, in any shape, for any rule and however rotten the cells (DESIGN §2)."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fourfold.engine.definitions import ThresholdBasis, Thresholds
from fourfold.engine.quantities import GoalType, Why
from fourfold.engine.score import (
    ANCHORED,
    SCALES,
    ScoreBlock,
    ThresholdRefused,
    anchor_rule,
    positions,
    score_block,
)
from tests.engine.scoring import same_bits, version

# Few different numbers, so that values meet borders, targets meet bounds, and things are out of order often.
sparse = st.sampled_from(
    [-50.0, -1.0, 0.0, 0.1, 0.9, 1.0, 1.1, 2.0, 8.0, 9.0, 57 / 100 * 100, 57.0, 100.0, 1e12]
)
optional = st.none() | sparse
rotten = sparse | st.sampled_from([np.nan, np.inf, -np.inf])
versions = st.builds(
    version,
    st.sampled_from(GoalType),
    st.builds(
        Thresholds,
        basis=st.sampled_from(ThresholdBasis),
        red=optional,
        best=optional,
        worst=optional,
        tolerance=optional,
    ),
    band=st.tuples(sparse, sparse),
    rubric=st.just(((0.0, 0.0), (1.0, 50.0), (2.0, 100.0))),
    baseline=optional,
    natural_min=optional,
    natural_max=optional,
)


@st.composite
def blocks(draw):
    shape = draw(st.sampled_from([(1, 1), (3, 4), (7,), (0, 3), (2, 3, 4)]))
    cells = arrays.arrays(np.float64, shape, elements=rotten)
    return {
        "value": draw(cells),
        "target": draw(cells),
        "why": draw(arrays.arrays(np.uint8, shape, elements=st.sampled_from([0, 0, 0, 1, 4, 21]))),
        "red": draw(st.none() | cells),
        "best": draw(st.none() | cells),
        "multiplicity": draw(
            st.none() | arrays.arrays(np.float64, shape, elements=st.sampled_from([1.0, 3.0]))
        ),
    }


def compiled(measured, scale):
    try:
        return anchor_rule(measured, scale=scale)
    except ThresholdRefused:
        return assume(False)


def by(backend, block, rule) -> ScoreBlock:
    more = {name: cells for name, cells in block.items() if name not in ("value", "target")}
    return score_block(block["value"], block["target"], rule=rule, backend=backend, **more)


@given(measured=versions, scale=st.sampled_from(list(SCALES.values())), block=blocks())
def test_both_backends_give_the_same_bits(measured, scale, block) -> None:
    rule = compiled(measured, scale)

    assert same_bits(by("numpy", block, rule), by("numba", block, rule))


@given(measured=versions, scale=st.sampled_from(list(SCALES.values())), block=blocks())
def test_a_cell_has_a_score_and_a_colour_or_a_reason_never_both(measured, scale, block) -> None:
    found = by("numpy", block, compiled(measured, scale))

    present = found.why == Why.PRESENT
    assert np.isfinite(found.score[present]).all()
    assert (found.status[present] > 0).all()
    assert np.isnan(found.score[~present]).all()
    assert (found.status[~present] == 0).all()
    assert ((found.score[present] >= 0) & (found.score[present] <= scale.ceiling)).all()


@given(measured=versions, block=blocks())
def test_no_cell_knows_its_neighbours(measured, block) -> None:
    rule = compiled(measured, ANCHORED)
    whole = by("numba", block, rule)

    for cell in np.ndindex(block["value"].shape):
        alone = {name: None if cells is None else cells[cell].reshape(1) for name, cells in block.items()}
        assert same_bits(by("numpy", alone, rule), ScoreBlock(*(part[cell].reshape(1) for part in whole)))


@given(measured=versions, scale=st.sampled_from(list(SCALES.values())), block=blocks())
def test_the_position_of_a_value_agrees_with_its_colour(measured, scale, block) -> None:
    rule = compiled(measured, scale)
    found = by("numpy", block, rule)
    where = positions(
        block["value"], block["target"], rule=rule, red=block["red"], multiplicity=block["multiplicity"]
    )

    known = (found.why == Why.PRESENT) & ~np.isnan(where)
    assert ((where >= -1e-9) == (found.status == 3))[known].all()
    assert ((where >= -1 - 1e-9) == (found.status >= 2))[known].all()


def test_answers_go_where_the_caller_has_room() -> None:
    out = ScoreBlock.empty((2, 2))
    value = np.array([[1.0, 2.0], [3.0, 4.0]])

    found = score_block(
        value,
        np.full((2, 1), 2.0),
        rule=anchor_rule(version(GoalType.MAXIMISE)),
        why=np.zeros((2, 2), np.uint8),
        out=out,
    )

    assert found is out
    assert out.status.tolist() == [[1, 3], [3, 3]]


def test_a_slice_of_units_scores_like_the_whole() -> None:
    value = np.arange(12.0).reshape(3, 4)
    why = np.zeros(value.shape, np.uint8)
    rule = anchor_rule(version(GoalType.MAXIMISE))

    whole = score_block(value, np.full(value.shape, 8.0), rule=rule, why=why)
    part = score_block(value[:, 1:3], np.full((3, 2), 8.0), rule=rule, why=why[:, 1:3])

    assert part.score.tobytes() == np.ascontiguousarray(whole.score[:, 1:3]).tobytes()
