"""The tabled constants are the exact ones rounded, and the exact ones are the integrals they claim to be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, stats

from fourfold.engine.spc import CONSTANTS

PUBLISHED, EXACT = CONSTANTS["published"], CONSTANTS["exact"]
SIZES = np.arange(2, 26)


@pytest.mark.parametrize("size", [2, 5, 13, 25])
def test_d2_is_the_mean_range_of_normal_values(size: int) -> None:
    def surely_spanned(x: float) -> float:
        return float(1.0 - stats.norm.cdf(x) ** size - stats.norm.sf(x) ** size)

    mean_range, _ = integrate.quad(surely_spanned, -12, 12, epsabs=1e-12)

    assert EXACT.d2[size] == pytest.approx(mean_range, abs=1e-9)


def test_the_two_constants_of_an_xmr_chart_follow_from_d2() -> None:
    assert EXACT.d2[2] == 2 / math.sqrt(math.pi)
    assert EXACT.limit_per_mean_range == pytest.approx(2.6587, abs=5e-5)
    assert EXACT.range_ceiling == pytest.approx(3.2665, abs=5e-5)


@pytest.mark.parametrize("name", ["a2", "a3", "b4", "d2"])
def test_the_table_is_the_exact_numbers_to_three_decimals(name: str) -> None:
    assert getattr(PUBLISHED, name)[SIZES] == pytest.approx(getattr(EXACT, name)[SIZES], abs=5.1e-4)


def test_c4_is_tabled_to_four_decimals() -> None:
    assert PUBLISHED.c4[SIZES] == pytest.approx(EXACT.c4[SIZES], abs=5.1e-5)


def test_d4_is_tabled_to_three_decimals_but_for_the_last_digit() -> None:
    """ASTM's table was made of rounded d2 and d3."""
    assert PUBLISHED.d4[SIZES] == pytest.approx(EXACT.d4[SIZES], abs=1.3e-3)


def test_one_value_has_no_spread() -> None:
    assert np.isnan(EXACT.d2[1])
    assert np.isnan(PUBLISHED.a2[0])
