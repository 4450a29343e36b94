"""Units of measure: what may be added, what a product or quotient counts, what is refused."""

import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.engine import quantities
from fourfold.engine.quantities import (
    AggregationKind,
    GoalType,
    Polarity,
    Status,
    UnitOfMeasure,
    UnknownUnitOfMeasure,
    Why,
    unit_of_measure,
)

WORDS = (
    "EUR",
    "kEUR",
    "MEUR",
    "%",
    "‰",
    "h",
    "min",
    "d",
    "kg",
    "t",
    "km",
    "kWh",
    "MWh",
    "shipment",
    "MRSA",
    "CO2e",
)
words = st.sampled_from(WORDS)
units = st.builds(
    lambda above, below: unit_of_measure("*".join(above) + ("/" + "*".join(below) if below else "")),
    st.lists(words, min_size=1, max_size=3),
    st.lists(words, max_size=2),
)


def are_one_unit(left: UnitOfMeasure, right: UnitOfMeasure) -> bool:
    return left.is_addable_to(right) and right.is_addable_to(left)


def test_a_share_cannot_be_added_to_money():
    assert not unit_of_measure("%").is_addable_to(unit_of_measure("EUR"))


def test_thousands_of_euros_are_not_added_to_euros_unconverted():
    assert not unit_of_measure("kEUR").is_addable_to(unit_of_measure("EUR"))
    assert unit_of_measure("kEUR").dimension == unit_of_measure("EUR").dimension


def test_percent_and_percentage_points_add_up():
    assert are_one_unit(unit_of_measure("%"), unit_of_measure("pp"))


def test_two_currencies_do_not_add_up():
    assert not unit_of_measure("EUR").is_addable_to(unit_of_measure("USD"))


def test_cost_per_shipment_times_shipments_is_cost():
    cost = unit_of_measure("EUR/shipment").times(unit_of_measure("shipment"))

    assert are_one_unit(cost, unit_of_measure("EUR"))
    assert cost.symbol == "EUR"


def test_kilometres_per_hour_times_hours_are_kilometres():
    distance = unit_of_measure("km/h").times(unit_of_measure("h"))

    assert are_one_unit(distance, unit_of_measure("km"))


def test_hours_per_minute_are_a_pure_number_of_sixty():
    ratio = unit_of_measure("h").per(unit_of_measure("min"))

    assert ratio.is_pure_number
    assert ratio.factor == 60.0
    assert ratio.symbol == "h/min"


def test_a_quotient_of_two_quotients_reads_back_as_itself():
    pace = unit_of_measure("EUR/h").per(unit_of_measure("shipment/h"))

    assert pace.symbol == "EUR/shipment"


def test_every_noun_is_a_dimension_of_its_own():
    assert unit_of_measure("patient").dimension == (("patient", 1),)
    assert not unit_of_measure("patient").is_addable_to(unit_of_measure("shipment"))


@pytest.mark.parametrize("noun", ["MRSA", "kPCS", "MOTS"])
def test_only_money_takes_a_prefix(noun):
    assert unit_of_measure(noun).dimension == ((noun, 1),)
    assert unit_of_measure(noun).factor == 1.0


@pytest.mark.parametrize(
    ("word", "same"), [("h", "hours"), ("min", "minutes"), ("s", "seconds"), ("d", "days")]
)
def test_time_is_one_dimension_however_it_is_spelt(word, same):
    assert are_one_unit(unit_of_measure(word), unit_of_measure(same))


@pytest.mark.parametrize("text", ["", "1", " "])
def test_no_unit_of_measure_is_a_pure_number(text):
    assert unit_of_measure(text).is_pure_number
    assert unit_of_measure(text).factor == 1.0


@pytest.mark.parametrize("text", ["/h", "1/h"])
def test_a_frequency_needs_no_numerator(text):
    assert are_one_unit(unit_of_measure(text), unit_of_measure("1").per(unit_of_measure("h")))


@pytest.mark.parametrize(
    "text", ["EUR/", "EUR*", "*EUR", "EUR/shipment/day", "EUR per shipment", "12", "€", "kg**m", "/", "a b"]
)
def test_what_is_no_word_is_refused_with_the_whole_text(text):
    with pytest.raises(UnknownUnitOfMeasure, match="is not a word") as refusal:
        unit_of_measure(text)

    assert repr(text) in str(refusal.value)


@given(units, units)
def test_the_order_of_a_product_does_not_matter(left, right):
    assert are_one_unit(left.times(right), right.times(left))


@given(units, units, units)
def test_the_order_of_products_and_quotients_does_not_matter(first, second, third):
    assert are_one_unit(first.times(second).per(third), first.per(third).times(second))


@given(units, units)
def test_dividing_undoes_multiplying(left, right):
    assert are_one_unit(left.times(right).per(right), left)


@given(units)
def test_a_unit_per_itself_is_the_number_one(unit):
    assert are_one_unit(unit.per(unit), unit_of_measure("1"))
    assert unit.per(unit).symbol == "1"


@given(units, units)
def test_a_derived_symbol_reads_back_as_the_same_unit(left, right):
    for derived in (left.times(right), left.per(right)):
        read_back = unit_of_measure(derived.symbol)
        assert read_back.dimension == derived.dimension
        assert math.isclose(read_back.factor, derived.factor, rel_tol=1e-12)


def test_a_value_that_is_not_scored_has_no_polarity():
    assert GoalType.INFORMATIONAL.polarity is None
    assert GoalType.BAND.polarity is Polarity.BAND
    assert GoalType.ORDINAL.polarity is Polarity.MAXIMISE
    assert {kind.polarity for kind in GoalType} == {None, *Polarity}


def test_what_cannot_be_recomputed_from_stored_values_is_not_aggregable():
    refused = {kind for kind in AggregationKind if not kind.is_aggregable}

    assert refused == {AggregationKind.MEDIAN, AggregationKind.DISTINCT, AggregationKind.PRECOMPUTED}
    assert not any(kind.is_additive or kind.has_denominator for kind in refused)


def test_nobody_owes_a_number_that_is_not_due_not_applicable_or_informational():
    excused = {why for why in Why if why.leaves_the_denominator}

    assert excused == {Why.NOT_DUE, Why.NOT_APPLICABLE, Why.INFORMATIONAL}


def test_reasons_fit_one_byte_and_keep_the_spelling_of_the_method():
    assert max(Why) < 256
    for stated in ("too_few_points", "definition_break", "zero_denominator", "unit_mismatch", "not_additive"):
        assert Why[stated.upper()].code == stated
    for stated in ("suppressed", "stale", "missing_required"):
        assert Why[stated.upper()].code == stated


def test_a_status_is_spoken_in_words():
    assert [status.label for status in Status] == ["On target", "At risk", "Off target", "No data"]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(quantities).failed == 0
