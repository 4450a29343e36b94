"""Capability: METHOD's numbers, Montgomery's intervals, and what is refused."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fourfold.engine import capability as room
from fourfold.engine import spc
from fourfold.engine.capability import (
    Specification,
    SpecificationWrong,
    anderson_darling,
    capability,
    centred_interval,
    degrees_of_moving_ranges,
    fitted_capability,
    lower_bound,
    spread_interval,
)
from fourfold.engine.quantities import NotComputable, Why

Floats = NDArray[np.float64]


def stable(count: int, *, mean: float, deviation: float, seed: int = 1) -> Floats:
    """Values without a signal whose mean and standard deviation are exactly these."""
    for attempt in range(seed, seed + 200):
        raw = np.random.default_rng(attempt).standard_normal(count)
        values = mean + deviation * (raw - raw.mean()) / raw.std(ddof=1)
        if not spc.signals(spc.xmr(values, screening=False)).is_special.any():
            return values
    return pytest.fail("no stable series among two hundred")


ASKED = Specification(lower=8.0, upper=20.0, target=14.0)


@pytest.mark.method("M3.4")
def test_the_indices_that_method_prints() -> None:
    """USL 20, LSL 8, mean 16, s 2, n 50; as printed they hold for the overall deviation (METHOD §8)."""
    found = capability(stable(50, mean=16.0, deviation=2.0), ASKED)

    assert found.pp.item() == pytest.approx(1.000, abs=5e-4)
    assert found.ppk.item() == pytest.approx(0.667, abs=5e-4)
    assert found.cpm.item() == pytest.approx(0.707, abs=5e-4)
    assert found.parts_per_million.item() == pytest.approx(22_782, abs=0.5)
    assert np.ravel(found.overall.spread_interval) == pytest.approx([0.802, 1.197], abs=5e-4)
    assert np.ravel(found.overall.centred_interval) == pytest.approx([0.506, 0.828], abs=5e-4)
    assert found.sigma_level.item() == pytest.approx(2.0, abs=2e-3)


@pytest.mark.parametrize(("points", "bound"), [(25, 0.996), (50, 1.096), (100, 1.165)])
def test_what_an_observed_1_33_proves(points: int, bound: float) -> None:
    assert lower_bound(1.33, points) == pytest.approx(bound, abs=5e-4)


def test_montgomerys_intervals() -> None:
    """Example 8.4: C_p 2.29 from 20 points, 1.57 to 3.01; and his equation for C_pk written out."""
    assert spread_interval(2.29, 19) == pytest.approx((1.57, 3.01), abs=0.01)
    low, high = centred_interval(1.33, 20)
    assert low == pytest.approx(1.33 * (1 - 1.96 * np.sqrt(1 / (9 * 20 * 1.33**2) + 1 / 38)), abs=1e-4)
    assert high - 1.33 == pytest.approx(1.33 - low)


def test_what_the_process_can_do_rests_on_its_moving_ranges() -> None:
    values = stable(50, mean=16.0, deviation=2.0)
    found = capability(values, ASKED)
    sigma = np.abs(np.diff(values)).mean() / 1.128

    assert found.within.sigma.item() == pytest.approx(
        sigma, rel=1e-12
    )  # 2.66 ÷ 3 differs in the fourth digit
    assert found.cp.item() == pytest.approx(12.0 / (6.0 * sigma))
    assert found.cpk.item() == pytest.approx(min(20.0 - 16.0, 16.0 - 8.0) / (3.0 * sigma))
    wide, narrow = found.within.spread_interval, spread_interval(found.cp, 49.0)
    assert wide[0] < narrow[0]
    assert wide == spread_interval(found.cp, degrees_of_moving_ranges(50.0))


def test_with_one_limit_there_is_one_index() -> None:
    values = stable(50, mean=16.0, deviation=2.0)
    above, below = (
        capability(values, Specification(upper=20.0)),
        capability(values, Specification(lower=8.0)),
    )

    assert np.isnan([above.cp.item(), above.within.below.item(), above.cpm.item()]).all()
    assert above.cpk.item() == above.within.above.item()
    assert below.cpk.item() == below.within.below.item()
    assert above.parts_per_million.item() == pytest.approx(22_750, abs=1)


def test_each_series_has_its_own_specification() -> None:
    values = stable(50, mean=16.0, deviation=2.0)
    asked = Specification(lower=np.array([8.0, np.nan]), upper=np.array([20.0, 18.0]))

    found = capability(np.vstack([values, values]), asked)

    assert found.pp[0] == pytest.approx(1.0)
    assert np.isnan(found.pp[1])
    assert found.ppk[1] == pytest.approx(2.0 / 6.0)


def test_a_process_with_a_special_cause_has_no_capability() -> None:
    values = stable(50, mean=16.0, deviation=2.0)
    values[20] = 60.0

    found = capability(values, ASKED)

    assert Why(int(found.why[0])) is Why.UNSTABLE
    assert np.isnan([found.cp.item(), found.ppk.item(), found.parts_per_million.item()]).all()


def test_only_the_last_segment_is_judged() -> None:
    values = np.concatenate([np.full(12, 90.0) + np.arange(12), stable(40, mean=16.0, deviation=2.0)])
    rebased = spc.Basis(segments=spc.Segments.rebased(52, at=(12,)))

    found = capability(values, ASKED, basis=rebased)

    assert (found.points.item(), Why(int(found.why[0]))) == (40, Why.PRESENT)
    assert found.ppk.item() == pytest.approx(4.0 / 6.0)


@pytest.mark.parametrize(
    ("count", "why"), [(29, Why.TOO_FEW_POINTS), (30, Why.PRESENT), (0, Why.TOO_FEW_POINTS)]
)
def test_fewer_than_thirty_points_are_refused(count: int, why: Why) -> None:
    values = stable(count, mean=16.0, deviation=2.0) if count else np.full((1, 12), np.nan)

    found = capability(values, ASKED)

    assert Why(int(found.why[0])) is why
    assert found.needs_caution.item() is (why is Why.PRESENT)


def test_a_sigma_of_twelve_points_is_known_as_twelve_points_know_it() -> None:
    values = np.random.default_rng(3).normal(16.0, 2.0, 60)
    fixed = capability(values, ASKED, basis=spc.Basis(baseline=12), rules="rule1")

    low, high = spread_interval(fixed.cp, 0.62 * 11)
    assert fixed.why.item() == Why.PRESENT
    assert np.concatenate(fixed.within.spread_interval) == pytest.approx(np.concatenate([low, high]))


@pytest.mark.filterwarnings("error")
def test_values_beyond_what_can_be_squared_say_so() -> None:
    values = np.array([-1.5, 0.5, -0.5, 1.5, 0.0] * 12) * 1e300

    found = capability(values, Specification(upper=1e302), rules="rule1")

    assert found.why.item() == Why.NOT_FINITE


def test_a_hundred_points_need_no_caution() -> None:
    assert not capability(stable(100, mean=16.0, deviation=2.0), ASKED).needs_caution.item()


def test_equal_values_do_not_vary() -> None:
    assert Why(int(capability(np.full(40, 16.0), ASKED).why[0])) is Why.NO_VARIATION


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"upper": np.nan},
        {"lower": 20.0, "upper": 8.0},
        {"lower": 8.0, "upper": 8.0},
        {"upper": np.inf},
        {"lower": 8.0, "upper": 24.0, "target": 99.0},
    ],
)
def test_a_specification_the_wrong_way_round_or_empty_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SpecificationWrong):
        Specification(**wrong)


def test_the_processs_own_limits_are_no_specification() -> None:
    values = stable(50, mean=16.0, deviation=2.0)
    chart = spc.xmr(values, screening=False)

    with pytest.raises(SpecificationWrong):
        capability(values, Specification(lower=chart.lower.item(), upper=chart.upper.item()))


@given(shift=st.integers(-50, 50), scale=st.sampled_from([0.5, 2.0, 8.0]))
def test_another_unit_of_measure_changes_no_index(shift: int, scale: float) -> None:
    values = stable(40, mean=16.0, deviation=2.0)
    there = capability(values, ASKED)
    moved = Specification(8.0 * scale + shift, 20.0 * scale + shift, 14.0 * scale + shift)
    back = capability(values * scale + shift, moved)

    for name in ("cp", "cpk", "pp", "ppk", "cpm"):
        assert getattr(back, name) == pytest.approx(getattr(there, name))


def test_normal_values_are_rejected_one_time_in_twenty() -> None:
    values = np.random.default_rng(9).standard_normal((4000, 50))

    assert (anderson_darling(values) < 0.05).mean() == pytest.approx(0.05, abs=0.015)


def test_skewed_values_are_rejected_nearly_always() -> None:
    values = np.random.default_rng(9).exponential(size=(500, 50))

    assert (anderson_darling(values) < 0.05).mean() > 0.95


def test_missing_values_do_not_change_the_test_of_normality() -> None:
    values = np.random.default_rng(3).standard_normal(40)
    gappy = np.insert(values, [5, 20], np.nan)

    assert anderson_darling(gappy) == pytest.approx(anderson_darling(values))
    assert np.isnan(anderson_darling(values[:7])).all()
    assert np.isnan(anderson_darling(np.full(20, 3.0))).all()


@pytest.mark.parametrize(
    ("shape", "draw"),
    [
        ("lognormal", lambda rng: rng.lognormal(1.0, 0.6, 3000)),
        ("weibull", lambda rng: 4.0 * rng.weibull(1.4, 3000)),
        ("gamma", lambda rng: rng.gamma(2.0, 3.0, 3000)),
    ],
)
def test_the_shape_that_drew_the_values_is_found(shape: str, draw) -> None:
    found = fitted_capability(draw(np.random.default_rng(12)), Specification(lower=0.0, upper=30.0))

    assert not isinstance(found, NotComputable)
    assert found.shape == shape


def test_percentiles_of_the_fit_take_the_place_of_sigma() -> None:
    """A lognormal with the true percentiles known: X.99865 = exp(μ + 3σ), so an upper limit there gives C_pu 1."""
    values = np.random.default_rng(12).lognormal(1.0, 0.4, 5000)

    found = fitted_capability(values, Specification(upper=float(np.exp(1.0 + 3 * 0.4))))

    assert not isinstance(found, NotComputable)
    assert found.cpu == pytest.approx(1.0, abs=0.05)
    assert (found.cp, found.cpl, found.cpk) == (None, None, found.cpu)


def test_values_below_zero_leave_johnsons_curve() -> None:
    values = np.random.default_rng(4).standard_t(5, 400)

    found = fitted_capability(values, Specification(lower=-10.0, upper=10.0))

    assert not isinstance(found, NotComputable)
    assert found.shape == "johnson"
    assert found.cp is not None


def test_a_fit_of_too_few_or_equal_values_says_why() -> None:
    assert fitted_capability(np.arange(29.0), ASKED) == NotComputable(Why.TOO_FEW_POINTS)
    assert fitted_capability(np.full(40, 2.0), ASKED) == NotComputable(Why.NO_VARIATION)


@pytest.mark.parametrize("module", [found.name for found in pkgutil.iter_modules(room.__path__)])
def test_the_examples_in_the_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"{room.__name__}.{module}")).failed == 0
