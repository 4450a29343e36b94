"""Worked examples of the NIST handbook, Montgomery's textbook and R's qcc come out to the digits they print."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import spc
from tests.engine.spc import published

EXACT = spc.Basis(constants="exact")


def ends(chart: spc.ControlChart, point: int = 0) -> tuple[float, float, float]:
    """Lower limit, centre and upper limit at a point."""
    lines = (chart.lower, chart.shown_centre, chart.upper)
    return tuple(float(chart.over_points(line)[0, point]) for line in lines)  # type: ignore[return-value]


def test_nist_individuals_of_the_flow_rate() -> None:
    """6.3.2.2 prints 45.8159 and 55.8041 with 3 ÷ 1.128; the 2.66 of the tables moves the third decimal."""
    chart = spc.xmr(published.NIST_FLOW_RATE, screening=False)

    assert spc.moving_range_chart(published.NIST_FLOW_RATE).centre.item() == pytest.approx(1.8778, abs=5e-5)
    assert ends(chart) == pytest.approx((45.8159, 50.81, 55.8041), abs=1e-3)
    assert not spc.signals(chart, rules="rule1").is_special.any()


def test_nist_c_chart_of_wafer_defects() -> None:
    """6.3.3.1: centre 16, limits 4 and 28; the 24th wafer is out."""
    chart = spc.occurrences(published.NIST_WAFER_DEFECTS)

    assert ends(chart) == (4.0, 16.0, 28.0)
    assert spc.signals(chart, rules="rule1").found_in(0)[0].points == (23,)


def test_nist_ewma() -> None:
    """6.3.2.4 prints the averages to two decimals and 52.5884 for the limit once it has settled."""
    chart = spc.ewma(published.NIST_EWMA, weight=0.3, standard=spc.Standard(50.0, 2.0539))

    assert chart.points[0] == pytest.approx(published.NIST_EWMA_PRINTED, abs=0.0051)
    assert chart.upper[0, -1] == pytest.approx(52.5884, abs=5e-5)
    assert not spc.signals(chart, rules="rule1").is_special.any()


def test_nist_cusum() -> None:
    """6.3.2.3: k = .3175, h = 4.1959; out of control from group 14 on."""
    found = spc.cusum(published.NIST_CUSUM, slack=0.3175, decision=4.1959, standard=spc.Standard(325.0, 1.0))

    assert found.high[0] == pytest.approx(published.NIST_CUSUM_HIGH, abs=0.0051)
    assert found.low[0] == pytest.approx(published.NIST_CUSUM_LOW, abs=0.0051)
    assert found.signals_up[0].tolist() == [False] * 13 + [True] * 7


def test_montgomerys_cusum_finds_the_drift_at_the_29th() -> None:
    """Table 9.2: K = ½, H = 5."""
    found = spc.cusum(published.MONTGOMERY_DRIFT, decision=5.0, standard=spc.Standard(10.0, 1.0))

    assert found.high[0, :29] == pytest.approx(published.MONTGOMERY_DRIFT_HIGH, abs=0.0051)
    assert np.flatnonzero(found.signals_up[0])[0] == 28


def test_montgomerys_ewma_widens_its_limits_and_finds_the_drift_too() -> None:
    """Example 9.2: λ = .10, L = 2.7; z₁ = 9.945, z₂ = 9.7495; limits 9.73 and 10.27, then 9.64 and 10.36."""
    chart = spc.ewma(published.MONTGOMERY_DRIFT, weight=0.1, width=2.7, standard=spc.Standard(10.0, 1.0))

    assert chart.points[0, :2] == pytest.approx([9.945, 9.7495])
    assert ends(chart, 0) == pytest.approx((9.73, 10.0, 10.27), abs=0.005)
    assert ends(chart, 1) == pytest.approx((9.64, 10.0, 10.36), abs=0.005)
    assert spc.signals(chart, rules="rule1").found_in(0)[0].points[0] == 28


def test_qcc_p_chart_of_orange_juice() -> None:
    """qcc prints .2313333 with .05242755 and .4102391; cans 15 and 23 are out."""
    chart = spc.proportions(published.QCC_ORANGE_JUICE, np.full(30, 50.0))

    assert ends(chart) == pytest.approx((0.05242755, 0.2313333, 0.4102391), abs=5e-8)
    assert spc.signals(chart, rules="rule1").found_in(0)[0].points == (14, 22)


def test_an_np_chart_says_the_same_in_counts() -> None:
    shares, counts = (
        spc.proportions(published.QCC_ORANGE_JUICE, np.full(30, 50.0), kind=kind) for kind in ("p", "np")
    )

    assert ends(counts) == pytest.approx(tuple(50.0 * line for line in ends(shares)))
    assert (spc.signals(counts).marks == spc.signals(shares).marks).all()


def test_qcc_c_chart_of_circuit_boards() -> None:
    """qcc prints 19.84615 with 6.481447 and 33.21086; boards 6 and 20 are out."""
    chart = spc.occurrences(published.QCC_CIRCUIT)

    assert ends(chart) == pytest.approx((6.481447, 19.84615, 33.21086), abs=5e-6)
    assert [each.points for each in spc.signals(chart, rules="rule1").found_in(0)] == [(19,), (5,)]


def test_montgomerys_u_chart_of_computers() -> None:
    """§7.3.2: ū = 1.93, limits .07 and 3.79."""
    chart = spc.rates(published.MONTGOMERY_COMPUTERS, np.full(20, 5.0))

    assert ends(chart) == pytest.approx((0.07, 1.93, 3.79), abs=0.005)


def test_montgomerys_u_chart_of_dyed_cloth_has_limits_for_each_roll() -> None:
    """Table 7.11: ū = 1.42; roll 1 (10 units) .29 to 2.55, roll 2 (8) .16 to 2.68, roll 3 (13) .43 to 2.41."""
    chart = spc.rates(published.DYED_CLOTH, published.DYED_CLOTH_SIZES)

    for roll, lower, upper in ((0, 0.29, 2.55), (1, 0.16, 2.68), (2, 0.43, 2.41)):
        assert ends(chart, roll) == pytest.approx((lower, 1.42, upper), abs=0.01)


def test_qcc_means_and_ranges_of_piston_rings() -> None:
    """qcc: centre 74.00118, limits 73.98805 and 74.0143; ranges .02276 with 0 and .04812 (exact constants)."""
    means = spc.subgroup_means(published.PISTON_RINGS, basis=EXACT)
    ranges = spc.subgroup_spreads(published.PISTON_RINGS, basis=EXACT)

    assert ends(means) == pytest.approx((73.98805, 74.00118, 74.0143), abs=5e-6)
    assert ends(ranges) == pytest.approx((0.0, 0.02276, 0.04812), abs=1e-5)


def test_montgomerys_means_and_deviations_of_piston_rings() -> None:
    """Example 6.3: x̄ chart 73.988 to 74.014."""
    means = spc.subgroup_means(published.PISTON_RINGS, by="deviation")

    assert ends(means) == pytest.approx((73.988, 74.001, 74.014), abs=5e-4)


def test_montgomerys_flow_width_with_tabled_constants() -> None:
    """Example 6.1: x̄̄ = 1.5056, R̄ = .32521, limits 1.31795 and 1.69325, ranges up to .68749."""
    means = spc.subgroup_means(published.FLOW_WIDTH)
    ranges = spc.subgroup_spreads(published.FLOW_WIDTH)

    assert ends(means) == pytest.approx((1.31795, 1.5056, 1.69325), abs=5e-5)
    assert ends(ranges) == pytest.approx((0.0, 0.32521, 0.68749), abs=1e-5)
    assert not spc.signals(means).is_special.any()


def test_a_g_chart_is_benneyans_formula() -> None:
    """Health Care Management Science 4, 2001: ḡ ± 3 √(ḡ(ḡ + 1)), never below zero."""
    cases = np.array([0.0, 10, 20, 30, 0, 10, 20, 30])

    chart = spc.between_events(cases)

    assert ends(chart) == pytest.approx((0.0, 15.0, 15.0 + 3.0 * np.sqrt(15.0 * 16.0)))


def test_montgomerys_hours_between_valve_failures() -> None:
    """§7.3.5: the hours to the power .2777 have a mean of 5.39 and limits from −.89 to 11.66, no failure beyond."""
    roots = spc.xmr(published.MONTGOMERY_VALVE_HOURS**0.2777, screening=False)
    times = spc.time_between_events(published.MONTGOMERY_VALVE_HOURS)

    assert ends(roots) == pytest.approx((-0.889, 5.387, 11.662), abs=1e-3)
    assert roots.sigma.item() * 1.128 == pytest.approx(2.3592, abs=1e-4)
    assert ends(times) == pytest.approx((0.0, 5.387 ** (1 / 0.2777), 11.662 ** (1 / 0.2777)), rel=2e-3)
    assert not spc.signals(times, rules="rule1").is_special.any()


def test_a_t_chart_is_an_xmr_chart_of_the_roots_taken_back_to_time() -> None:
    """Nelson, J. Quality Technology 26, 1994."""
    hours = published.MONTGOMERY_VALVE_HOURS

    times = spc.time_between_events(hours)
    roots = spc.xmr(hours ** (1 / 3.6), screening=False)

    assert times.upper.item() == pytest.approx(roots.upper.item() ** 3.6)
    assert times.lower.item() == 0.0
    assert times.shown_points[0] == pytest.approx(hours)
    assert (spc.signals(times).marks == spc.signals(roots).marks).all()
