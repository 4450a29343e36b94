"""Fixed seeds, honest tolerances: how often rules cry wolf, and how soon they find what is there."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import spc

SERIES = 20_000


def test_the_simulated_rate_is_that_of_a_few_lines_of_numpy() -> None:
    """Four standard errors of the difference of two shares among 20,000: about one percentage point."""
    values = np.random.default_rng(77).standard_normal((SERIES, 24))
    mean_range = np.abs(np.diff(values, axis=1)).mean(axis=1, keepdims=True)
    beyond = np.abs(values - values.mean(axis=1, keepdims=True)) > 2.66 * mean_range

    assert spc.false_alarm_rate("rule1").rate == pytest.approx(beyond.any(axis=1).mean(), abs=0.01)


@pytest.mark.parametrize(("rules", "published"), [("rule1", 370.4), ("weco", 91.75)])
def test_the_average_run_length_with_known_limits_is_the_published_one(rules: str, published: float) -> None:
    """Champ and Woodall, Technometrics 29, 1987, table 1: 370.40 for one point beyond 3σ, 91.75 with all four WECO
    rules. Runs are cut at 1,500 points, which hides 2 % of the longest at 370; 4,000 runs leave an error of 1.6 %.
    """
    points = 1500
    values = np.random.default_rng(11).standard_normal((4000, points))
    chart = spc.ControlChart(
        spc.ChartKind.XMR,
        values,
        centre=np.zeros((4000, 1)),
        reach=np.full((4000, 1), 3.0),
        why=np.zeros((4000, 1), dtype=np.uint8),
        used=np.full((4000, 1), points, dtype=np.int32),
        segments=spc.Segments.whole(points),
    )
    ended = np.full(4000, points)
    found = spc.signals(chart, rules=rules)
    for place in range(len(found.rules)):
        ends = _first_end(chart, found, place)
        ended = np.minimum(ended, ends)

    assert ended.mean() == pytest.approx(published, rel=0.06)


def _first_end(chart: spc.ControlChart, found: spc.Signals, place: int) -> np.ndarray:
    """The first point at which a rule's pattern is complete: the last one that it would not name without it."""
    rule = found.rules[place]
    named = found.of_rule(rule.key)
    first = np.where(named.any(axis=1), named.argmax(axis=1), chart.points.shape[1])
    ends = first.copy()
    for series in np.flatnonzero(first < chart.points.shape[1]):
        start = int(first[series])
        for end in range(start, min(start + rule.length, chart.points.shape[1])):
            if _is_complete(chart.points[series, max(start - rule.length + 1, 0) : end + 1], rule):
                ends[series] = end
                break
    return ends + 1


def _is_complete(points: np.ndarray, rule: spc.Rule) -> bool:
    window = points[-rule.length :]
    if window.size < rule.length:
        return False
    edge = 0.0 if rule.needed == rule.length and rule.length > 5 else float(rule.sigmas)
    return any((way * window > edge).sum() >= rule.needed for way in (1, -1))


def test_long_series_signal_at_the_rate_of_long_ones() -> None:
    """Five standard errors of 1,500 series; beyond 480 points nothing is simulated, so no length is too long."""
    values = np.random.default_rng(3).standard_normal((1500, 900))
    found = spc.signals(spc.xmr(values, screening=False), rules="rule1").is_special.any(axis=1).mean()

    assert spc.false_alarm_rate("rule1", points=900).rate == pytest.approx(found, abs=0.035)
    assert spc.false_alarm_rate("rule1", points=300_000).rate == pytest.approx(1.0)
    assert spc.false_alarm_rate("rule1", points=900, latest=7).rate < 0.05


def test_stretches_signal_by_chance_each_by_itself_and_none_without_limits() -> None:
    """Lengths are those simulated, so that nothing is interpolated: 24 and 24, then 45 and 3 points without limits."""
    calm = np.random.default_rng(1).standard_normal((1, 48))
    of_24 = spc.false_alarm_rate("mdc", points=24, screening=True).rate

    halves = spc.xmr(calm, basis=spc.Basis(segments=spc.Segments.rebased(48, at=[24])))
    short = spc.xmr(np.c_[calm, calm[:, :3]], basis=spc.Basis(segments=spc.Segments.rebased(51, at=[48])))
    none = spc.xmr(calm[:, :7])

    assert spc.chances_of_false_alarm(halves).item() == pytest.approx(1.0 - (1.0 - of_24) ** 2)
    assert spc.chances_of_false_alarm(short).item() == pytest.approx(
        spc.false_alarm_rate("mdc", points=48, screening=True).rate
    )
    assert np.isnan(spc.chances_of_false_alarm(none).item())


def test_lengths_between_those_simulated_lie_between_their_chances() -> None:
    calm = np.random.default_rng(1).standard_normal((1, 54))
    simulated = spc.false_alarm_rate("mdc", points=54, baseline=12).rate
    chart = spc.xmr(calm, basis=spc.Basis(baseline=12), screening=False)

    found = spc.chances_of_false_alarm(chart, baseline=12, screening=False).item()

    assert found == pytest.approx(simulated, abs=0.015)


@pytest.mark.method("M3.4")
@pytest.mark.parametrize(
    ("rules", "of_all", "frozen"),
    [("rule1", 0.05, 0.15), ("mdc", 0.15, 0.31), ("weco", 0.13, 0.30), ("nelson", 0.18, 0.34)],
)
def test_rules_cry_wolf_as_often_as_method_says(rules: str, of_all: float, frozen: float) -> None:
    """METHOD's shares are whole per cents of its own simulation; ours, checked above, lie up to 2.5 points beside."""
    assert spc.false_alarm_rate(rules).rate == pytest.approx(of_all, abs=0.025)
    assert spc.false_alarm_rate(rules, baseline=12).rate == pytest.approx(frozen, abs=0.025)


def test_screening_costs_false_alarms_which_is_why_the_page_says_so() -> None:
    assert spc.false_alarm_rate("rule1", screening=True).rate > spc.false_alarm_rate("rule1").rate + 0.02


def test_only_the_latest_points_alarm_less_often_than_all() -> None:
    every = spc.false_alarm_rate("mdc", points=31, baseline=24)
    latest = spc.false_alarm_rate("mdc", points=31, baseline=24, latest=7)

    assert latest.rate < every.rate


def test_limits_frozen_on_24_points_alarm_in_the_next_seven_as_method_says() -> None:
    """METHOD M6.3 [S], an order of magnitude: patterns that touch the seven new points, about 14 %."""
    found = spc.false_alarm_rate("mdc", points=31, baseline=24, latest=7)

    assert 0.10 < found.rate < 0.19


def test_a_shift_of_two_and_a_half_sigma_is_found_within_seven_points() -> None:
    rng = np.random.default_rng(21)
    values = rng.standard_normal((4000, 31))
    values[:, 24:] += 2.5
    chart = spc.xmr(values, basis=spc.Basis(baseline=24), screening=False)

    assert spc.signals(chart).is_special[:, 24:].any(axis=1).mean() > 0.97


def test_cusum_finds_a_shift_of_one_sigma_sooner_than_single_points_do() -> None:
    """Montgomery, table 9.3: k = ½, h = 4 takes 8.38 points on average; one point beyond 3σ takes 43.9."""
    values = np.random.default_rng(31).standard_normal((4000, 400)) + 1.0

    sums = spc.cusum(values, decision=4.0, standard=spc.Standard(0.0, 1.0))
    single = values > 3.0

    assert (sums.signals_up.argmax(axis=1) + 1).mean() == pytest.approx(8.38, rel=0.05)
    assert (single.argmax(axis=1) + 1).mean() == pytest.approx(43.9, rel=0.06)


def test_an_ewma_in_control_runs_as_long_as_published() -> None:
    """Lucas and Saccucci 1990: λ = .1, L = 2.814 run 500 points on average; cut at 3,000."""
    values = np.random.default_rng(41).standard_normal((1500, 3000))
    chart = spc.ewma(values, weight=0.1, width=2.814, standard=spc.Standard(0.0, 1.0))
    beyond = spc.signals(chart, rules="rule1").is_special
    lengths = np.where(beyond.any(axis=1), beyond.argmax(axis=1) + 1, 3000)

    assert lengths.mean() == pytest.approx(500, rel=0.1)


def test_equal_questions_have_equal_answers() -> None:
    assert spc.false_alarm_rate("weco") == spc.false_alarm_rate(["weco.1", "weco.2", "weco.3", "weco.4"])
    assert spc.expected_false_alarms(60, "weco") == pytest.approx(60 * spc.false_alarm_rate("weco").rate)
