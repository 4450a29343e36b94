"""What cannot be charted is refused or has its reason; never a chart that lies."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.capability import Specification, capability
from fourfold.engine.quantities import Polarity, Why
from fourfold.engine.score import Backend

VARYING = np.array([3.0, 5, 4, 6, 2, 5, 4, 3, 6, 4, 5, 2])


def reason(chart: spc.ControlChart) -> Why:
    """Why the first point has no limits."""
    return Why(chart.why[0, 0])


@pytest.mark.parametrize("count", range(8))
def test_fewer_than_eight_points_make_no_limits(count: int) -> None:
    chart = spc.xmr(VARYING[:count].reshape(1, -1))

    assert np.isnan(chart.reach).all()
    assert not spc.signals(chart).is_special.any()
    assert count == 0 or reason(chart) is Why.TOO_FEW_POINTS


@pytest.mark.parametrize("shape", [(0, 60), (3, 0), (0, 0), (1, 1)])
@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_nothing_to_chart_is_no_accident(shape: tuple[int, int], backend: Backend) -> None:
    values, basis = np.ones(shape), spc.Basis(backend=backend)
    for chart in (
        spc.xmr(values, basis=basis),
        spc.moving_range_chart(values, basis=basis),
        spc.proportions(values, values, basis=basis),
        spc.rates(values, values, basis=basis, kind="u-prime"),
        spc.occurrences(values, basis=basis),
        spc.between_events(values, basis=basis),
        spc.time_between_events(values, basis=basis),
        spc.subgroup_means(np.repeat(values[:, :, np.newaxis], 3, axis=2), basis=basis),
    ):
        found = spc.signals(chart, backend=backend)
        assert not found.is_special.any()
        assert not spc.icons(chart, found, polarity=Polarity.MAXIMISE, target=1.0).variation.any()
    assert not spc.cusum(values, basis=basis).signals_up.any()
    assert not spc.runs(values).has_shifted.any()
    assert not spc.looks_cumulative(values).any()
    assert not capability(values, Specification(upper=3.0)).needs_caution.any()


def test_eight_to_eleven_points_make_trial_limits_and_twelve_firm_ones() -> None:
    assert [spc.xmr(VARYING[:count]).is_trial.item() for count in (8, 11, 12)] == [True, True, False]


def test_a_gap_counts_as_no_point_and_has_no_range_across_it() -> None:
    gappy = VARYING.copy()
    gappy[3] = np.nan

    chart = spc.moving_range_chart(gappy)

    assert np.isnan(chart.points[0, 3:5]).all()
    assert chart.centre.item() == pytest.approx(np.nanmean(np.abs(np.diff(gappy))))
    assert chart.used.item() == 11


def test_points_that_are_never_neighbours_make_no_limits() -> None:
    alternate = np.where(np.arange(24) % 2 == 0, np.tile(VARYING, 2), np.nan)

    assert reason(spc.xmr(alternate)) is Why.TOO_FEW_POINTS


def test_a_constant_series_does_not_vary() -> None:
    for chart in (spc.xmr(np.full(12, 7.0)), spc.occurrences(np.zeros(12)), spc.between_events(np.zeros(12))):
        assert reason(chart) is Why.NO_VARIATION
        assert np.isnan(chart.upper).all()


STEP = np.repeat([1.0, 2.0], 24)
TIES = np.where(np.isin(np.arange(48), [5, 13, 22, 30, 39, 44]), 1.0, 0.0)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("values", [STEP, TIES])
def test_a_series_that_varies_has_limits_where_screening_would_leave_no_range(
    values: np.ndarray, backend: str
) -> None:
    """METHOD M3.4: screening is an option of the limits, no reason to have none."""
    for basis in (
        spc.Basis(backend=backend),
        spc.Basis(backend=backend, segments=spc.Segments.rebased(49, at=[48])),
    ):
        points = values if basis.segments is None else np.append(values, 0.0)
        screened, plain = (spc.xmr(points, basis=basis, screening=option) for option in (True, False))

        assert (screened.why == plain.why).all()
        assert screened.reach[0, 0] == plain.reach[0, 0] > 0.0
        assert spc.left_unscreened(points, basis=basis).tolist() == [True]
    assert not spc.left_unscreened(np.tile(VARYING, 2)).any()
    assert not spc.left_unscreened(np.full(12, 7.0)).any()


def test_rare_counts_have_limits_wherever_they_vary() -> None:
    counts = np.random.default_rng(9).poisson(0.1, (400, 36)).astype(np.float64)
    varies = counts.max(axis=1) > counts.min(axis=1)

    assert (spc.xmr(counts).has_limits[:, 0] == varies).all()


def test_shares_of_nothing_or_of_everything_do_not_vary() -> None:
    sizes = np.full(12, 50.0)

    assert reason(spc.proportions(np.zeros(12), sizes)) is Why.NO_VARIATION
    assert reason(spc.proportions(sizes, sizes)) is Why.NO_VARIATION


def test_laneys_chart_of_points_that_never_move_does_not_vary() -> None:
    assert reason(spc.proportions(np.full(12, 5.0), np.full(12, 50.0), kind="p-prime")) is Why.NO_VARIATION


def test_a_denominator_of_zero_is_a_missing_point() -> None:
    sizes = np.full(12, 50.0)
    sizes[4] = 0.0
    counts = np.minimum(VARYING, sizes)

    chart = spc.proportions(counts, sizes)

    assert np.isnan(chart.points[0, 4])
    assert chart.used.item() == 11
    assert np.isfinite(chart.upper[0, 3])
    assert np.isnan(chart.upper[0, 4])


def test_nothing_but_zero_denominators_says_so() -> None:
    assert reason(spc.rates(np.zeros(12), np.zeros(12))) is Why.ZERO_DENOMINATOR


def test_a_running_total_is_refused_by_whoever_knows_that_it_is_one() -> None:
    both = np.vstack([np.cumsum(VARYING), VARYING])

    chart = spc.xmr(both, overlapping=np.array([True, False]))

    assert [Why(code) for code in chart.why[:, 0]] == [Why.OVERLAPPING, Why.PRESENT]


def test_what_is_not_finite_is_not_there() -> None:
    with_infinity = np.append(VARYING, np.inf)

    assert spc.xmr(with_infinity).used.item() == 12


@pytest.mark.parametrize(
    ("counts", "sizes"), [([-1.0] * 12, [5.0] * 12), ([6.0] * 12, [5.0] * 12), ([1.0] * 12, [-5.0] * 12)]
)
def test_counts_that_cannot_be_are_refused(counts: list[float], sizes: list[float]) -> None:
    with pytest.raises(spc.CountsWrong):
        spc.proportions(np.array(counts), np.array(sizes))


def test_negative_times_and_events_are_refused() -> None:
    for chart in (spc.between_events, spc.time_between_events, spc.occurrences):
        with pytest.raises(spc.CountsWrong):
            chart(-VARYING)


def test_periods_out_of_order_or_twice_are_refused_by_name() -> None:
    with pytest.raises(spc.TimeUnsorted, match="2026-01 stands after 2026-02"):
        spc.require_sorted(["2026-02", "2026-01"])
    with pytest.raises(spc.TimeUnsorted, match="comes twice"):
        spc.require_sorted(["2026-02", "2026-02"])


@pytest.mark.parametrize(
    "spans", [[(0, 8), (7, 12)], [(6, 12), (0, 6)], [(0, 13)], [(-1, 4)], [(4, 4)], [(0, 4), (0, 4)]]
)
def test_segments_that_overlap_or_reach_outside_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(spc.SegmentsOverlap):
        spc.Segments.of(12, spans=[spans])


def test_segments_of_another_series_are_refused() -> None:
    with pytest.raises(spc.SegmentsOverlap):
        spc.xmr(VARYING, basis=spc.Basis(segments=spc.Segments.whole(11)))


def test_limits_fixed_on_too_few_points_are_refused() -> None:
    with pytest.raises(spc.BaselineTooShort):
        spc.Basis(baseline=7)


def test_points_outside_every_segment_are_plotted_and_not_judged() -> None:
    values = np.append(VARYING, 100.0)
    chart = spc.xmr(values, basis=spc.Basis(segments=spc.Segments.of(13, spans=[[(0, 12)]])))

    assert chart.points[0, 12] == 100.0
    assert Why(chart.why[0, 12]) is Why.NOT_APPLICABLE
    assert not spc.signals(chart).is_special[0, 12]


def test_a_short_segment_has_no_limits_and_the_other_keeps_its_own() -> None:
    values = np.append(VARYING, [9.0, 8.0, 9.0])

    chart = spc.xmr(values, basis=spc.Basis(segments=spc.Segments.rebased(15, at=(12,))))

    assert [Why(code) for code in chart.why[0, [0, 12]]] == [Why.PRESENT, Why.TOO_FEW_POINTS]
    assert chart.reach[0, 0] == spc.xmr(VARYING).reach.item()


def test_an_excluded_point_makes_no_limits_but_is_judged() -> None:
    values = np.append(VARYING, [50.0, 4.0])
    special = np.zeros((1, 14), dtype=bool)
    special[0, 12] = True

    chart = spc.xmr(values, basis=spc.Basis(excluded=special), screening=False)

    assert chart.reach.item() == spc.xmr(VARYING, screening=False).reach.item()
    assert np.flatnonzero(spc.signals(chart, rules="rule1").is_special[0]).tolist() == [12]


@pytest.mark.parametrize("wrong", [{"weight": 0.0}, {"weight": 1.1}, {"width": 0.0}])
def test_an_average_that_is_none_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(spc.LimitsWrong):
        spc.ewma(VARYING, **wrong)


@pytest.mark.parametrize("wrong", [{"slack": -0.1}, {"decision": 0.0}])
def test_a_cusum_without_a_decision_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(spc.LimitsWrong):
        spc.cusum(VARYING, **wrong)


@pytest.mark.parametrize(("centre", "sigma"), [(np.nan, 1.0), (0.0, 0.0), (0.0, -1.0)])
def test_a_standard_without_spread_is_refused(centre: float, sigma: float) -> None:
    with pytest.raises(spc.LimitsWrong):
        spc.Standard(centre, sigma)


def test_a_subgroup_larger_than_the_tables_is_refused() -> None:
    with pytest.raises(spc.SubgroupSizeUnknown):
        spc.subgroup_means(np.ones((12, 26)))


def test_a_subgroup_of_one_has_no_spread_and_drops_out() -> None:
    members = np.random.default_rng(3).normal(10.0, 1.0, (20, 4))
    members[5, 1:] = np.nan
    members[9, 3] = np.nan

    chart = spc.subgroup_means(members)

    assert np.isnan(chart.points[0, 5])
    assert chart.used[0, 0] == 19
    assert chart.reach[0, 9] > chart.reach[0, 0]
