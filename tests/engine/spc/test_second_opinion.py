"""All series at once, by either backend, is what a patient person finds point by point: to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from fourfold.engine import spc
from fourfold.engine.spc.segments import Segments
from tests.engine.spc import slow_charts

Floats = NDArray[np.float64]

# Few different numbers, so that points meet limits, repeat, rise for long and leave gaps.
sparse = st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.1, 2.5, 40.0, -7.0, np.nan])
smooth = st.floats(-3, 3, width=32).map(lambda number: round(number, 2))


@st.composite
def tables(draw: st.DrawFn) -> Floats:
    """Series that drift, jump, rest and pause."""
    shape = (draw(st.integers(1, 4)), draw(st.integers(1, 34)))
    values = draw(arrays.arrays(np.float64, shape, elements=draw(st.sampled_from([sparse, smooth]))))
    drift = draw(st.sampled_from([0.0, 0.5, -0.7]))
    return values + drift * np.arange(shape[1])


@st.composite
def segments_of(draw: st.DrawFn, periods: int) -> Segments:
    places = sorted(draw(st.sets(st.integers(1, max(periods - 1, 1)), max_size=2)))
    return Segments.rebased(periods, at=[place for place in places if place < periods])


def both(work) -> list:
    return [work(backend) for backend in ("numpy", "numba")]


def same_bits(one: NDArray[np.generic], other: NDArray[np.generic]) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


@given(values=tables(), screening=st.booleans(), baseline=st.sampled_from([None, 8, 12]))
def test_limits_are_those_found_one_by_one(values: Floats, screening: bool, baseline: int | None) -> None:
    for chart in both(
        lambda backend: spc.xmr(
            values, basis=spc.Basis(baseline=baseline, backend=backend), screening=screening
        )
    ):
        for series, points in enumerate(values.tolist()):
            slow = slow_charts.limits_of_individuals(points, baseline=baseline, screening=screening)
            assert chart.centre[series, 0] == pytest.approx(slow.centre, rel=0, abs=0, nan_ok=True)
            assert chart.reach[series, 0] == pytest.approx(slow.reach, rel=0, abs=0, nan_ok=True)


@given(values=tables(), rules=st.sampled_from([*spc.RULE_SETS]))
def test_rules_name_the_points_found_one_by_one(values: Floats, rules: str) -> None:
    chart = spc.xmr(values)
    for found in both(lambda backend: spc.signals(chart, rules=rules, backend=backend)):
        for series, points in enumerate(values.tolist()):
            limits = slow_charts.SlowLimits(chart.centre[series, 0], chart.reach[series, 0])
            for place, rule in enumerate(found.rules):
                assert told(found, series, place) == slow_charts.marked(points, limits, rule.key), rule.key


def told(found: spc.Signals, series: int, place: int) -> dict[int, str]:
    """The marks of one rule in one series, in the words of the slow evaluator."""
    up = found.marks[series] >> place & 1
    down = found.marks[series] >> (place + 8) & 1
    both_ways = "both" if found.rules[place].is_directed else "neither"
    words = {(1, 0): "up", (0, 1): "down", (1, 1): both_ways}
    pairs = enumerate(zip(up.tolist(), down.tolist(), strict=True))
    return {point: words[pair] for point, pair in pairs if pair != (0, 0)}


@given(data=st.data(), values=tables())
def test_both_backends_give_the_same_bits_over_segments_and_exclusions(
    data: st.DataObject, values: Floats
) -> None:
    segments = data.draw(segments_of(values.shape[1]))
    excluded = data.draw(arrays.arrays(np.bool_, values.shape, elements=st.booleans()))

    def drawn(backend: str) -> list[NDArray[np.generic]]:
        basis = spc.Basis(segments=segments, excluded=excluded, least=3, backend=backend)
        chart = spc.xmr(values, basis=basis)
        marks = spc.signals(chart, rules="nelson", backend=backend).marks
        return [chart.centre, chart.reach, chart.why, chart.used, marks]

    assert all(same_bits(*pair) for pair in zip(*both(drawn), strict=True))


@given(values=tables(), weight=st.sampled_from([0.1, 0.3, 1.0]), places=st.data())
def test_both_backends_remember_alike(values: Floats, weight: float, places: st.DataObject) -> None:
    segments = places.draw(segments_of(values.shape[1]))

    def drawn(backend: str) -> list[NDArray[np.generic]]:
        basis = spc.Basis(segments=segments, least=3, backend=backend)
        averages = spc.ewma(values, weight=weight, basis=basis)
        sums = spc.cusum(values, basis=basis)
        return [averages.points, averages.reach, sums.high, sums.low]

    assert all(same_bits(*pair) for pair in zip(*both(drawn), strict=True))


@given(
    counts=arrays.arrays(np.float64, (3, 20), elements=st.sampled_from([0.0, 1.0, 2.0, 7.0, np.nan])),
    sizes=arrays.arrays(np.float64, (3, 20), elements=st.sampled_from([0.0, 7.0, 50.0, 1000.0])),
)
def test_both_backends_count_alike(counts: Floats, sizes: Floats) -> None:
    counts = np.minimum(counts, sizes)

    def drawn(backend: str) -> list[NDArray[np.generic]]:
        basis = spc.Basis(backend=backend)
        charts = [spc.proportions(counts, sizes, basis=basis, kind=kind) for kind in ("p", "np", "p-prime")]
        charts += [spc.rates(counts, sizes, basis=basis, kind=kind) for kind in ("u", "u-prime")]
        charts += [spc.occurrences(counts, basis=basis), spc.between_events(counts, basis=basis)]
        return [part for chart in charts for part in (chart.points, chart.centre, chart.reach, chart.why)]

    assert all(same_bits(*pair) for pair in zip(*both(drawn), strict=True))


@given(
    counts=arrays.arrays(np.float64, 14, elements=st.sampled_from([0.0, 1.0, 2.0, 7.0, np.nan])),
    sizes=arrays.arrays(np.float64, 14, elements=st.sampled_from([0.0, 9.0, 50.0])),
)
def test_shares_are_those_found_one_by_one(counts: Floats, sizes: Floats) -> None:
    counts = np.minimum(counts, sizes)
    chart = spc.proportions(counts, sizes)
    if not chart.has_limits.any():
        return

    share, reach = slow_charts.share_limits(counts.tolist(), sizes.tolist())

    assert chart.centre.item() == share
    assert chart.reach[0].tolist() == pytest.approx(reach, rel=1e-15, nan_ok=True)


@pytest.mark.parametrize("rules", [*spc.RULE_SETS])
def test_patterns_in_long_series_are_found_wherever_they_lie(rules: str) -> None:
    """The compiled rules look at 64 points at once: no pattern may be lost, or found twice, where the words meet."""
    rng = np.random.default_rng(7)
    values = rng.standard_normal((300, 190)).round(1)
    values[::3] += np.repeat(rng.standard_normal((100, 19)), 10, axis=1)
    values[1::3] = np.sort(values[1::3].reshape(100, 19, 10), axis=2).reshape(100, 190)
    values[2::9, ::2] *= 0.1
    values[rng.random(values.shape) < 0.01] = np.nan
    chart = spc.xmr(values, basis=spc.Basis(segments=Segments.rebased(190, at=[57, 118])))

    plain, compiled = both(lambda backend: spc.signals(chart, rules=rules, backend=backend))

    assert same_bits(plain.marks, compiled.marks)
    assert plain.is_special.any(axis=0).mean() > 0.95
