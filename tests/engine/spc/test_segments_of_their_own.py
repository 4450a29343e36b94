"""Each series may begin anew where its own decision says so."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fourfold.engine import spc
from fourfold.engine.quantities import Why

whole = arrays.arrays(np.float64, (3, 30), elements=st.integers(-40, 40).map(float) | st.just(np.nan))
SPANS = [[(0, 30)], [(0, 14), (14, 30)], [(2, 10), (12, 22)]]


@given(values=whole, baseline=st.sampled_from([None, 8]))
def test_a_segment_is_judged_as_if_it_stood_alone(values: np.ndarray, baseline: int | None) -> None:
    segments = spc.Segments.of(30, spans=SPANS)
    for backend in ("numpy", "numba"):
        basis = spc.Basis(segments=segments, baseline=baseline, backend=backend)  # type: ignore[arg-type]
        chart = spc.xmr(values, basis=basis)
        marks = spc.signals(chart, backend=backend).marks  # type: ignore[arg-type]
        for series, spans in enumerate(SPANS):
            for first, after in spans:
                alone = spc.xmr(values[series, first:after], basis=spc.Basis(baseline=baseline))
                judged = spc.signals(alone).marks[0]
                assert (
                    chart.reach[series, first:after].tobytes()
                    == np.repeat(alone.reach[0], after - first).tobytes()
                )
                assert (marks[series, first:after] == judged).all()


def test_what_lies_between_two_segments_belongs_to_none() -> None:
    values = np.tile([1.0, 2.0, 4.0, 3.0, 2.5], 6)
    chart = spc.xmr(values, basis=spc.Basis(segments=spc.Segments.of(30, spans=[SPANS[2]])))

    outside = [place for place in range(30) if chart.why[0, place] == Why.NOT_APPLICABLE]
    assert outside == [0, 1, 10, 11, *range(22, 30)]
    assert np.isnan(chart.upper[0, outside]).all()
