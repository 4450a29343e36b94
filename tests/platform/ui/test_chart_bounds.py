"""How far the axis of a chart goes beyond its numbers."""

from __future__ import annotations

import doctest

from fourfold.platform.ui.charts import bounds
from fourfold.platform.ui.charts.bounds import padded, span_of


def test_an_axis_falls_below_zero_only_with_its_numbers() -> None:
    assert padded(0.0, 10.0, by=0.1)[0] == 0.0
    assert padded(-1.0, 9.0, by=0.1) == (-2.0, 10.0)


def test_equal_numbers_have_room_on_both_sides() -> None:
    low, high = padded(5.0, 5.0, by=0.1)

    assert low < 5.0 < high
    assert span_of(0.0, 0.0) > 0.0


def test_the_examples_hold() -> None:
    assert doctest.testmod(bounds).failed == 0
