"""The one display formatter: half to even, thousands, a true minus, and never a negative zero."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fourfold.engine.score import SCALES
from fourfold.engine.score.status import STATUS_CODES, status_of_score
from fourfold.platform.ui.numbers import (
    ABSENT,
    SAME,
    ValueFormat,
    display_change,
    display_exact,
    display_number,
    display_score,
    score_as_shown,
    unit_label,
)

SHOWN = [
    # value, decimals, unit of measure, text
    (13.25, 1, "%", "13.2 %"),
    (13.35, 1, "%", "13.4 %"),
    (2.5, 0, "", "2"),
    (3.5, 0, "", "4"),
    (1234567.0, 0, "kEUR", "1,234,567 €k"),
    (-1234.5, 2, "EUR", "−1,234.50 €"),
    (20.5, 1, "EUR/shipment", "20.5 €/shipment"),
    (-0.04, 1, "%", "0.0 %"),
    (Decimal("9999999999999999.995"), 2, "EUR", "10,000,000,000,000,000.00 €"),
    (4.2, 1, "MEUR", "4.2 €m"),
    (3.0, 0, "1", "3"),
    (141348.0, 0, "shipment", "141,348 shipments"),
    (1.0, 0, "shipment", "1 shipment"),
    (-1.0, 0, "points", "−1 point"),
    (0.0, 0, "delivery", "0 deliveries"),
    (1.0, 1, "person", "1.0 people"),
    (5.4, 1, "injury/rider", "5.4 injuries/rider"),
    (7.0, 0, "Stück", "7 Stück"),
    (7.0, 0, "tkm", "7 tkm"),
]


@pytest.mark.parametrize(("value", "decimals", "unit_of_measure", "text"), SHOWN)
def test_a_number_is_shown_as_its_version_says(value, decimals, unit_of_measure, text):
    assert str(display_number(value, decimals=decimals, unit_of_measure=unit_of_measure)) == text


@pytest.mark.parametrize("absent", [None, float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_a_dash_without_a_unit(absent):
    assert str(display_number(absent, unit_of_measure="EUR")) == ABSENT


def test_a_half_is_judged_by_the_decimal_that_was_typed_not_by_its_binary_neighbour():
    assert Decimal("2.675") > 2.675
    assert display_number(2.675, decimals=2).text == "2.68"


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(0, 6))
def test_the_shown_digits_are_within_half_a_last_place_and_never_a_negative_zero(value, decimals):
    text = display_number(value, decimals=decimals).text
    read_back = Decimal(text.replace(",", "").replace("−", "-"))

    assert abs(read_back - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 1)
    assert not (read_back == 0 and "−" in text)


def test_a_change_carries_its_sign_and_a_difference_of_percentages_is_in_points():
    assert str(display_change(0.31, unit_of_measure="%")) == "+0.3 pp"
    assert str(display_change(-3.0, decimals=0, unit_of_measure="shipments")) == "−3 shipments"
    assert str(display_change(0.0)) == "0.0"


def read_back(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def measured_numbers():
    """Typed, summed and interpolated numbers of any size, and neighbours of them."""
    return st.floats(min_value=-1e9, max_value=1e9).filter(lambda number: number == 0 or abs(number) > 1e-6)


@given(measured_numbers(), measured_numbers(), st.integers(0, 4))
@example(12.241, 12.2, 1)
@example(95.91, 95.882, 1)
@example(0.1 + 0.2, 0.3, 1)
def test_a_value_is_shown_on_the_side_of_its_target_on_which_it_lies(value, target, decimals):
    form = ValueFormat(decimals).beside(value, target)
    shown, wanted = (read_back(form.shown(number).text) for number in (value, target))

    if abs(value - target) > SAME * max(abs(value), abs(target)):
        assert (shown < wanted) == (value < target)
        assert (shown > wanted) == (value > target)
    assert form.decimals >= decimals


@given(st.floats(-100, 100), st.floats(-0.6, 0.6), st.integers(0, 3))
def test_a_value_close_to_its_target_gets_no_more_digits_than_telling_them_apart_takes(target, off, decimals):
    form = ValueFormat(decimals).beside(target + off, target)

    if form.decimals > decimals:
        fewer = ValueFormat(form.decimals - 1)
        assert fewer.shown(target + off).text == fewer.shown(target).text


def test_a_value_in_a_band_is_told_apart_from_the_edges():
    form = ValueFormat(0, band=(80.0, 90.0))

    assert form.beside(79.6, None).shown(79.6).text == "79.6"
    assert form.beside(90.2, None).shown(90.2).text == "90.2"
    assert form.beside(85.4, None).shown(85.4).text == "85"


def test_a_number_without_a_target_and_a_yes_have_the_digits_of_their_version():
    assert ValueFormat(1).beside(12.241, None).decimals == 1
    assert ValueFormat(1).beside(None, 12.2).decimals == 1
    assert str(ValueFormat(is_yes_no=True).beside(1.0, 1.0).shown(1.0)) == "Yes"


WRITTEN = {100 / 3: Decimal("33.3"), 200 / 3: Decimal("66.7"), 80.0: Decimal(80), 100.0: Decimal(100)}


@given(st.sampled_from(sorted(SCALES)), st.floats(0, 120))
@example("anchored", 66.61)
@example("anchored", 66.6659)
@example("anchored", 100 / 3)
@example("target_100", 99.7)
def test_a_shown_score_never_contradicts_its_status(key, score):
    scale = SCALES[key]
    status = STATUS_CODES[int(status_of_score(np.array([score]), scale)[0])]
    shown = read_back(display_score(score))
    by_what_is_seen = sum(shown >= WRITTEN[border] for border in (scale.amber, scale.green))

    assert ("red", "amber", "green")[by_what_is_seen] == status.value
    assert float(shown) == score_as_shown(score)


def test_a_score_far_from_every_border_is_whole_points():
    assert [display_score(score) for score in (12.34, 50.5, 61.49, 70.2)] == ["12", "50", "61", "70"]


@given(measured_numbers(), st.integers(0, 4))
def test_an_exact_number_has_six_decimals_more_at_most_and_drops_none_it_needs(value, decimals):
    shown = read_back(display_exact(value, decimals=decimals).text)

    assert abs(shown - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 7)


def test_an_exact_number_is_not_padded_and_not_noisy():
    assert [display_exact(value).text for value in (12.2, 95.882, 95.88199999999999, 4087.5000000000073)] == [
        "12.2",
        "95.882",
        "95.882",
        "4,087.5",
    ]


def test_a_score_is_shown_in_whole_points():
    assert [display_score(score) for score in (66.5, 67.5, None)] == ["66", "68", ABSENT]


def test_a_word_that_merely_begins_like_a_prefix_stays_a_word():
    assert [unit_label(unit) for unit in ("km", "kWh", "MWh", "k1", "USD/h")] == [
        "km",
        "kWh",
        "MWh",
        "k1",
        "$/h",
    ]
