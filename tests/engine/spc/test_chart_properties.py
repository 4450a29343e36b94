"""What must hold for any series: units do not matter, order of series does not, mirrored data give mirrored signals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from fourfold.engine import spc

Floats = NDArray[np.float64]
# Whole numbers, so that adding and scaling by powers of two round nothing and even ties stay ties.
whole = arrays.arrays(np.float64, (2, 30), elements=st.integers(-40, 40).map(float))


@given(values=whole, rules=st.sampled_from([*spc.RULE_SETS]), scale=st.sampled_from([0.5, 2.0, 1024.0]))
def test_another_unit_of_measure_changes_no_signal(values: Floats, rules: str, scale: float) -> None:
    one, other = spc.xmr(values), spc.xmr(values * scale)

    assert other.centre == pytest.approx(one.centre * scale, nan_ok=True)
    assert other.reach == pytest.approx(one.reach * scale, nan_ok=True)
    assert (spc.signals(one, rules=rules).marks == spc.signals(other, rules=rules).marks).all()


@given(values=whole, shift=st.integers(-1000, 1000))
def test_another_zero_moves_the_limits_along(values: Floats, shift: int) -> None:
    one, other = spc.xmr(values), spc.xmr(values + shift)

    assert other.centre == pytest.approx(one.centre + shift, abs=1e-9, nan_ok=True)
    assert other.reach == pytest.approx(one.reach, abs=1e-9, nan_ok=True)


@given(values=whole, rules=st.sampled_from([*spc.RULE_SETS]))
def test_a_mirrored_series_has_mirrored_signals(values: Floats, rules: str) -> None:
    there, back = spc.signals(spc.xmr(values), rules=rules), spc.signals(spc.xmr(-values), rules=rules)

    assert (there.marks == (back.marks >> 8 | back.marks << 8)).all()
    assert (there.direction == -back.direction).all()


@given(values=whole)
def test_a_series_does_not_care_who_stands_beside_it(values: Floats) -> None:
    together, alone = spc.xmr(values), spc.xmr(values[1])

    assert together.reach[1].tobytes() == alone.reach[0].tobytes()
    assert (spc.signals(together).marks[1] == spc.signals(alone).marks[0]).all()


@given(values=whole)
def test_limits_enclose_the_centre_and_near_limits_lie_between(values: Floats) -> None:
    chart = spc.xmr(values)
    assume(chart.has_limits.all())

    assert (chart.lower < chart.near_lower).all()
    assert (chart.near_lower < chart.centre).all()
    assert (chart.centre < chart.near_upper).all()
    assert (chart.near_upper < chart.upper).all()


@given(values=whole)
def test_screening_never_widens_the_limits(values: Floats) -> None:
    screened, unscreened = spc.xmr(values), spc.xmr(values, screening=False)
    assume(screened.has_limits.all())

    assert (screened.reach <= unscreened.reach + 1e-12).all()


@given(counts=arrays.arrays(np.float64, 20, elements=st.integers(0, 30).map(float)))
def test_limits_of_shares_stay_shares(counts: Floats) -> None:
    chart = spc.proportions(counts, np.full(20, 30.0))
    assume(chart.has_limits.all())

    assert ((chart.lower >= 0.0) & (chart.upper <= 1.0)).all()


@given(values=whole)
def test_later_points_do_not_move_limits_that_are_fixed(values: Floats) -> None:
    fixed = spc.Basis(baseline=12)
    moved = values.copy()
    moved[:, 12:] += 100.0

    assert spc.xmr(values, basis=fixed).reach.tobytes() == spc.xmr(moved, basis=fixed).reach.tobytes()
    assert spc.xmr(values, basis=fixed).reach.tobytes() == spc.xmr(values[:, :12]).reach.tobytes()


@given(values=whole, place=st.integers(9, 20))
def test_a_rebased_segment_knows_nothing_of_the_one_before(values: Floats, place: int) -> None:
    rebased = spc.xmr(values, basis=spc.Basis(segments=spc.Segments.rebased(30, at=(place,))))
    alone = spc.xmr(values[:, place:])

    assert rebased.reach[:, place:].tobytes() == np.broadcast_to(alone.reach, (2, 30 - place)).tobytes()
    after = spc.signals(rebased).marks[:, place:]
    assert (after == spc.signals(alone).marks).all()
