"""Which series are exceptions, of which kind, and how urgent."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from numpy.typing import NDArray

from fourfold.engine import spc
from fourfold.engine.exceptions import (
    ExceptionKind,
    Exceptions,
    Standing,
    StandingWrong,
    Terms,
    chance_of_alarm,
    exceptions,
    items_of,
    ranked,
    spared,
)
from fourfold.engine.quantities import Polarity

Floats = NDArray[np.float64]

CALM = [50.0, 52, 49, 51, 48, 50, 53, 49, 51, 50, 48, 52, 51, 49, 50, 52, 50, 51, 49, 48, 52, 50, 51, 49]
QUIET = [50.0, 51, 49, 50, 52, 48, 50]


def watched(*latest: list[float], polarity=Polarity.MAXIMISE, target=None, **more) -> Exceptions:
    """Series that were calm for 24 points, and then did this."""
    values = np.array([[*CALM, *points] for points in latest], dtype=np.float64)
    chart = spc.xmr(values, basis=spc.Basis(baseline=24))
    icons = spc.icons(chart, spc.signals(chart), polarity=polarity, target=target)
    return exceptions(chart, icons, polarity=polarity, target=target, **more)


def kinds(found: Exceptions) -> list[list[str]]:
    return [[kind.code for kind in found.kinds_of(place)] for place in range(len(found.series))]


def lead_of(found: Exceptions) -> str:
    return ExceptionKind(int(found.lead[0])).code


def test_a_calm_series_is_none() -> None:
    found = watched(QUIET)

    assert not found.series.size
    assert found.normal.tolist() == [0]


def test_a_fall_is_adverse_where_more_is_better_and_favourable_where_less_is() -> None:
    fall = [41.0, 42, 40, 41, 43, 42, 41]

    assert kinds(watched(fall, polarity=Polarity.MAXIMISE)) == [["adverse"]]
    assert kinds(watched(fall, polarity=Polarity.MINIMISE)) == [["favourable"]]


def test_the_points_that_make_an_exception_are_named_among_the_latest() -> None:
    found = watched([*QUIET[:3], 41.0, 50.0, 40.0, 50.0])

    assert found.points_of(0, ExceptionKind.ADVERSE) == (3, 5)
    assert found.points_of(0, ExceptionKind.FAVOURABLE) == ()
    assert found.points_of(0, ExceptionKind.MISSES) == ()


def test_of_signals_both_ways_the_latest_is_told_however_mild() -> None:
    fell, rose = [80.0, 79, 50, 50, 49, 50, 41], [20.0, 21, 50, 50, 49, 50, 59]
    found = watched(fell, rose)

    assert kinds(found) == [["adverse"], ["favourable"]]
    assert found.points_of(0, ExceptionKind.ADVERSE) == found.points_of(1, ExceptionKind.FAVOURABLE) == (6,)
    assert [found.moved[0, ExceptionKind.ADVERSE], found.moved[1, ExceptionKind.FAVOURABLE]] == [-1, 1]
    assert kinds(watched([80.0, 79, 50, 50, 41, 50, 49])) == [["adverse"]]  # back since, and not better


def test_where_neither_way_is_better_the_latest_way_is_told_too() -> None:
    found = watched([80.0, 79, 50, 50, 49, 50, 41], polarity=Polarity.BAND, target=42.0)

    assert kinds(found) == [["favourable"]]
    assert found.moved[0, ExceptionKind.FAVOURABLE] == -1


def test_an_older_signal_is_silent_where_the_latest_point_says_otherwise_by_a_pattern_from_before() -> None:
    """Seven rising points, of which the window sees four: they are no signal there, and the low one is past."""
    rising = [30.0, 31, 32, 44, 50.6, 51, 52]
    values = np.array([[*CALM, *rising]])
    chart = spc.xmr(values, basis=spc.Basis(baseline=24))
    icons = spc.icons(chart, spc.signals(chart), polarity=Polarity.MAXIMISE)

    assert spc.Variation(icons.variation[0]) is spc.Variation.IMPROVEMENT
    assert kinds(watched(rising[:4], terms=Terms(latest=4))) == [["adverse"]]
    assert not watched(rising, terms=Terms(latest=4)).series.size


def test_where_neither_way_is_better_away_from_the_target_is_worse() -> None:
    fall, rise = [44.0, 43, 44, 43, 44, 43, 44], [56.0, 57, 56, 57, 56, 57, 56]

    assert kinds(watched(fall, rise, polarity=Polarity.BAND, target=42.0)) == [["favourable"], ["adverse"]]
    assert kinds(watched(fall, polarity=Polarity.EXACT)) == [["changed"]]


def test_an_old_signal_opens_no_exception() -> None:
    values = np.array([[*CALM[:10], 90.0, *CALM[10:], *QUIET]])
    chart = spc.xmr(values)
    found = spc.signals(chart)
    icons = spc.icons(chart, found, polarity=Polarity.MAXIMISE)

    assert found.is_special.any()
    assert not exceptions(chart, icons, polarity=Polarity.MAXIMISE).series.size


def test_a_pattern_must_lie_wholly_among_the_latest_points() -> None:
    """Six low points after one low point of before: seven in a row, of which the window sees six."""
    run = [49.0] * 6
    found = watched(run, terms=Terms(latest=6))
    chart = spc.xmr(np.array([[*CALM[:-1], 49.0, *run]]), basis=spc.Basis(baseline=24))

    assert spc.signals(chart, rules="mdc.shift").is_special[0, -1]
    assert not found.series.size


def test_severity_is_half_at_a_limit_and_one_at_twice_its_distance() -> None:
    chart = spc.xmr(np.array([[*CALM, *QUIET]]), basis=spc.Basis(baseline=24))
    centre, reach = chart.centre.item(), chart.reach.item()
    for share, severity in ((1.2, 0.6), (1.9, 0.95), (2.5, 1.0)):
        found = watched([*QUIET[:-1], centre - share * reach])
        assert found.severity[0, ExceptionKind.ADVERSE] == pytest.approx(severity)


def test_priority_is_the_product_of_what_method_names() -> None:
    low = [41.0, 42, 40, 41, 43, 42, 41]
    plain = watched(low)
    weighty = watched(low, standing=Standing(tier=np.array([3]), materiality=np.array([0.5])))
    sure = 1.0 - chance_of_alarm(np.array([24.0]), np.array([7.0]))[0]
    severity = plain.severity[0, ExceptionKind.ADVERSE]

    assert plain.highest[0] == pytest.approx(1 * severity * (1 + log(7)) * sure)
    assert weighty.highest[0] == pytest.approx(3 * 0.5 * plain.highest[0])


def test_a_target_beyond_the_limits_is_consistently_missed() -> None:
    assert kinds(watched(QUIET, target=70.0)) == [["misses"]]
    assert kinds(watched(QUIET, target=30.0, polarity=Polarity.MINIMISE)) == [["misses"]]
    assert not watched(QUIET, target=52.0).series.size


def test_limits_that_the_process_has_just_left_promise_no_miss() -> None:
    assert kinds(watched([68.0, 69, 71, 70, 72, 71, 73], target=65.0)) == [["favourable"]]
    assert kinds(watched([32.0, 31, 29, 30, 28, 29, 27], target=90.0)) == [["adverse"]]


def test_no_miss_is_told_while_the_latest_point_is_special_and_one_again_afterwards() -> None:
    better, relapsed = [68.0, 69, 71, 70, 72, 71, 73], [50.0, 51, 68, 50, 49, 51, 50]

    assert kinds(watched(better, target=90.0)) == [["favourable"]]
    assert sorted(kinds(watched(relapsed, target=90.0))[0]) == ["favourable", "misses"]


@pytest.mark.method("M6.3")
@pytest.mark.parametrize("rules", ["mdc", "nelson", "weco"])
def test_every_exception_agrees_with_both_icons(rules: str) -> None:
    """Noise with jumps both ways: where the icon speaks of a change, the exception says the same, or nothing."""
    rng = np.random.default_rng(8)
    values = rng.standard_normal((400, 31))
    values[:, 24:] += 5.0 * rng.integers(-1, 2, (400, 7)) * (rng.random((400, 7)) < 0.5)
    values[rng.random(values.shape) < 0.05] = np.nan
    wanted = rng.integers(-1, 2, 400).astype(np.int8)
    aims = rng.normal(0.0, 4.0, 400)
    chart = spc.xmr(values, basis=spc.Basis(baseline=24))
    icons = spc.icons(chart, spc.signals(chart, rules=rules), polarity=wanted, target=aims)
    found = exceptions(chart, icons, polarity=wanted, target=aims, rules=rules)
    says = {"improvement": 1, "concern": -1}
    met = 0
    for place, series in enumerate(found.series.tolist()):
        all_kinds = found.kinds_of(place)
        icon = spc.Variation(icons.variation[series])
        signals = [kind for kind in all_kinds if kind.is_signal]
        is_missed = icons.assurance[series] == spc.Assurance.CONSISTENTLY_MISS and not icon.is_special
        assert len(signals) <= 1
        assert (ExceptionKind.MISSES in all_kinds) is bool(is_missed)
        if signals and icon.code in says:
            assert signals[0].way == says[icon.code]
            met += 1

    assert met > 40


def test_an_unlikely_target_counts_below_a_fifth() -> None:
    at = [watched(QUIET, standing=Standing(hit=np.array([hit]))) for hit in (0.19, 0.2, np.nan)]

    assert [kinds(found) for found in at] == [[["unlikely"]], [], []]
    assert at[0].confidence[0, ExceptionKind.UNLIKELY] == pytest.approx(0.81)


def test_what_is_on_target_now_and_will_not_be_is_half_as_severe_at_most() -> None:
    def ahead(hit: float, score: float) -> float:
        found = watched(QUIET, standing=Standing(hit=np.array([hit]), score=np.array([score])))
        return float(found.severity[0, ExceptionKind.UNLIKELY])

    assert ahead(0.0, 100.0) == pytest.approx(0.5)
    assert ahead(0.1, 100.0) == pytest.approx(0.25)
    assert ahead(0.1, 20.0) == pytest.approx(0.8)


def test_red_counts_from_the_second_period() -> None:
    def red(periods: int) -> Exceptions:
        standing = Standing(red_periods=np.array([periods]), score=np.array([20.0]), coverage=np.array([0.8]))
        return watched(QUIET, standing=standing)

    assert not red(1).series.size
    assert kinds(red(2)) == [["off_target"]]
    assert red(4).highest[0] == pytest.approx(0.8 * (1 + log(4)) * 0.8)


def test_data_that_are_late_held_back_or_of_another_sign_are_problems_of_their_own() -> None:
    yes, no = np.array([True]), np.array([False])

    assert kinds(watched(QUIET, standing=Standing(flipped=yes))) == [["sign_flip"]]
    assert kinds(watched(QUIET, standing=Standing(quarantined=yes, flipped=no))) == [["quarantined"]]
    stale = watched(QUIET, standing=Standing(overdue=np.array([3])))
    assert kinds(stale) == [["stale"]]
    assert stale.highest[0] == pytest.approx(0.5 * (1 + log(3)))


def test_one_series_is_one_exception_told_by_its_most_urgent_kind() -> None:
    low = [41.0, 42, 40, 41, 43, 42, 41]
    standing = Standing(red_periods=np.array([3]), score=np.array([0.0]))
    found = watched(low, target=58.0, standing=standing)

    assert len(found.series) == 1
    assert lead_of(found) == "off_target"
    assert set(kinds(found)[0]) == {"adverse", "off_target"}


def test_a_series_without_limits_is_not_judged_and_counts_for_nothing() -> None:
    chart = spc.xmr(np.array([[1.0, 2, 3, np.nan], [4, 4, 4, 4]]))
    icons = spc.icons(chart, spc.signals(chart), polarity=None)
    found = exceptions(chart, icons, polarity=None)

    assert (found.judged.any(), found.expected_false_alarms, found.normal.size) == (False, 0.0, 0)


def test_expected_false_alarms_add_up_over_the_series_that_were_judged() -> None:
    found = watched(*[QUIET] * 54)

    assert found.expected_false_alarms == pytest.approx(54 * 0.109, rel=0.01)


def test_limits_can_leave_the_latest_points_out_where_enough_remain() -> None:
    values = np.vstack([np.arange(20.0), np.r_[np.full(8, np.nan), np.arange(12.0)]])

    assert spared(values, latest=7).sum(axis=1).tolist() == [7, 0]


@pytest.mark.parametrize(
    "standing",
    [
        Standing(tier=np.array([4])),
        Standing(hit=np.array([1.2])),
        Standing(coverage=np.array([-0.1])),
        Standing(score=np.array([1.0, 2.0])),
    ],
)
def test_what_cannot_be_is_refused(standing: Standing) -> None:
    with pytest.raises(StandingWrong):
        watched(QUIET, standing=standing)


def test_both_backends_give_the_same_bits() -> None:
    values = np.random.default_rng(5).normal(100, 10, (500, 40))
    values[::5, 30:] -= 25
    values[3::7, 20:25] = np.nan
    chart = spc.xmr(values, basis=spc.Basis(excluded=spared(values, latest=7)))
    icons = spc.icons(chart, spc.signals(chart), polarity=Polarity.MAXIMISE, target=75.0)
    one, other = (
        exceptions(chart, icons, polarity=Polarity.MAXIMISE, target=75.0, backend=backend)
        for backend in ("numpy", "numba")
    )

    assert one.series.size > 80
    assert one.series.tobytes() == other.series.tobytes()
    assert one.priority.tobytes() == other.priority.tobytes()


@pytest.mark.method("M6.3")
@pytest.mark.parametrize("screening", [True, False])
def test_six_true_shifts_among_sixty_measures_are_in_the_top_ten(screening: bool) -> None:
    """METHOD M6.3: shifts of 2.5σ in the last seven points, all six in the top ten in 90 % of 200 seeds ([E] 95 %)."""
    whole = 0
    for seed in range(200):
        values = np.random.default_rng(seed).standard_normal((60, 31))
        values[:6, 24:] += 2.5
        chart = spc.xmr(values, basis=spc.Basis(baseline=24), screening=screening)
        icons = spc.icons(chart, spc.signals(chart), polarity=Polarity.MINIMISE)
        found = exceptions(chart, icons, polarity=Polarity.MINIMISE, screening=screening)
        shown = {line.item.series for line in ranked(items_of(found)).shown}
        whole += shown >= set(range(6))

    assert whole / 200 >= 0.9
