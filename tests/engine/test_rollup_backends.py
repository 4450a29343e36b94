"""NumPy and Numba roll up to the same bits, and what a roll-up says about itself is true (METHOD §2.5, DESIGN §2)."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fourfold.engine.definitions import RollupMethod
from fourfold.engine.quantities import Why
from fourfold.engine.rollup import RollupBlock, rollup_block
from fourfold.engine.score import ANCHORED, SCALES, status_of_score
from tests.engine.rolling import same_bits

shapes = st.tuples(st.integers(0, 6), st.integers(1, 4), st.sampled_from([1, 2, 5, 40]))


@st.composite
def families(draw):
    """Children as the evaluator hands them over: no score where a reason stands, no colour either."""
    shape = draw(shapes)
    why = draw(arrays.arrays(np.uint8, shape, elements=st.sampled_from([0, 0, 0, 0, *sorted(Why)])))
    scores = draw(
        arrays.arrays(np.float64, shape, elements=st.floats(0, 100) | st.sampled_from([0, 200 / 3, 100]))
    )
    scores[why != Why.PRESENT] = np.nan
    children = draw(st.lists(st.integers(0, shape[0] - 1), unique=True)) if shape[0] else []
    # Not so light that a weight is lost in the sum of the others: then it counts for nothing and nothing is missing.
    weights = st.floats(1e-6, 10) | st.sampled_from([0.0, 0.1, 1.0])
    return {
        "scores": scores,
        "why": why,
        "status": status_of_score(scores, ANCHORED),
        "children": children,
        "weights": draw(arrays.arrays(np.float64, (len(children), shape[1]), elements=weights)),
        "critical": draw(st.lists(st.booleans(), min_size=len(children), max_size=len(children))),
    }


methods = st.sampled_from(RollupMethod)
gates = st.sampled_from([0.0, 0.5, 0.75, 1.0])


def by(backend: str, family, **more) -> RollupBlock:
    return rollup_block(**family, backend=backend, **more)


@given(family=families(), method=methods, gate=gates, scale=st.sampled_from(list(SCALES.values())))
def test_both_backends_give_the_same_bits(family, method, gate, scale) -> None:
    numpy, numba = (
        by(backend, family, method=method, coverage_min=gate, scale=scale) for backend in ("numpy", "numba")
    )

    assert same_bits(numpy, numba)


@given(family=families(), method=methods, gate=gates)
def test_the_score_lies_within_its_bounds_and_its_children(family, method, gate) -> None:
    found = by("numba", family, method=method, coverage_min=gate)

    known = found.why == Why.PRESENT
    assert (found.low[known] <= found.score[known] + 1e-9).all()
    assert (found.score[known] <= found.high[known] + 1e-9).all()
    assert np.isnan(found.score[~known]).all()
    assert ((found.status > 0) == known).all()


@given(family=families(), method=methods, filling=st.floats(1, 100))
def test_whatever_the_missing_children_turn_out_to_be_the_parent_stays_within_its_bounds(
    family, method, filling
) -> None:
    before = by("numpy", family, method=method)
    owed = (family["why"] > Why.INFORMATIONAL).nonzero()
    family["scores"][owed] = filling
    family["why"][owed] = Why.PRESENT
    family["status"] = status_of_score(family["scores"], ANCHORED)

    after = by("numpy", family, method=method)

    known = after.why == Why.PRESENT
    assert (before.low[known] <= after.score[known] + 1e-6).all()
    assert (after.score[known] <= before.high[known] + 1e-6).all()


@given(family=families(), method=methods)
def test_a_cell_rolls_up_alone_as_it_does_in_the_block(family, method) -> None:
    whole = by("numba", family, method=method)
    periods, units = whole.score.shape
    period, unit = periods - 1, units - 1
    alone = {
        name: np.ascontiguousarray(family[name][:, period:, unit:]) for name in ("scores", "why", "status")
    }

    found = by("numpy", {**family, **alone, "weights": family["weights"][:, period:]}, method=method)

    mine = [getattr(found, name).tobytes() for name in RollupBlock.__dataclass_fields__]
    theirs = [getattr(whole, name)[period, unit].tobytes() for name in RollupBlock.__dataclass_fields__]
    assert mine == theirs


@given(family=families())
def test_the_weighted_mean_is_what_it_says(family) -> None:
    """Against a second computation written the slow way, cell by cell."""
    found = by("numba", family, coverage_min=0.0)

    for period, unit in np.ndindex(found.score.shape):
        weighted = [
            (weights[period], family["scores"][child, period, unit], family["why"][child, period, unit])
            for weights, child in zip(family["weights"], family["children"], strict=True)
            if weights[period] > 0
        ]
        scored = [(weight, score) for weight, score, why in weighted if why == Why.PRESENT]
        owed = sum(weight for weight, _, why in weighted if not Why(why).leaves_the_denominator)
        if not scored:
            assert np.isnan(found.score[period, unit])
            continue
        total = sum(weight for weight, _ in scored)
        assert found.coverage[period, unit] == pytest.approx(total / owed)
        mean = sum(weight * score for weight, score in scored) / total
        assert found.score[period, unit] == pytest.approx(mean)
        lowest = family["scores"][family["children"][found.worst_child[period, unit]], period, unit]
        assert lowest == min(score for _, score in scored)


@given(family=families(), factor=st.sampled_from([0.5, 2.0, 1024.0]))
def test_only_the_proportions_of_weights_matter(family, factor) -> None:
    more = {**family, "weights": family["weights"] * factor}
    assume((more["weights"] > 0).sum() == (family["weights"] > 0).sum())

    one, other = by("numpy", family), by("numpy", more)

    assert one.score == pytest.approx(other.score, nan_ok=True)
