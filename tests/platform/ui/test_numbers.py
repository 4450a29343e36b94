"""The one display formatter: half to even, thousands, a true minus, and never a negative zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.platform.ui.numbers import ABSENT, display_change, display_number, display_score, unit_label

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
