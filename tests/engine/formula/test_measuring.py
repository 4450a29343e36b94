"""Units of measure are carried through a formula, and nonsense is refused by name."""

import pytest

from fourfold.engine.formula import FormulaRefused, Position, conversion_factor, conversion_to, infer, parse
from fourfold.engine.quantities import unit_of_measure

UNITS = {
    "revenue": "EUR",
    "cost": "EUR",
    "budget": "kEUR",
    "dollars": "USD",
    "share": "%",
    "growth": "%",
    "index": "1",
    "parcels": "parcel",
    "late": "parcel",
    "hours": "h",
    "wait": "min",
    "area": "m",
    "speed": "km/h",
}
MEASURES = {key: unit_of_measure(text) for key, text in UNITS.items()}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("revenue - cost", "EUR"),
        ("revenue / parcels", "EUR/parcel"),
        ("(revenue - cost) / revenue", "1"),
        ("ratio(late, parcels)", "1"),
        ("share * revenue", "%*EUR"),
        ("speed * hours", "km"),
        ("area ^ 2", "m*m"),
        ("(area * area) ^ 0.5", "m"),
        ("area ^ -1", "1/m"),
        ("area ^ 0", "1"),
        ("sum(revenue, cost, 100)", "EUR"),
        ("1.2 * revenue", "EUR"),
        ("revenue * 2 / 3", "EUR"),
        ("100 - share", "%"),
        ("1 / hours", "1/h"),
        ("-share + growth", "%"),
        ("max(0, revenue)", "EUR"),
        ("if(share > 90 and revenue < 1000, cost, 0)", "EUR"),
        ("if(wait > 5, 1, 0)", "1"),
        ("lag(revenue, 12) + ytd(cost) + rolling(cost, 3) + last(revenue)", "EUR"),
        ("2 + 3 * 4", "1"),
    ],
)
def test_the_unit_of_a_formula_follows_from_its_measures(text, unit):
    inferred = infer(parse(text), MEASURES)

    assert inferred.dimension == unit_of_measure(unit).dimension
    assert inferred.factor == pytest.approx(unit_of_measure(unit).factor, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("share + revenue", 7),
        ("revenue - share", 9),
        ("revenue + budget", 9),
        ("revenue + dollars", 9),
        ("share + index", 7),
        ("hours + wait", 7),
        ("sum(revenue, 1, share)", 1),
        ("avg(late, revenue)", 1),
        ("if(share > revenue, 1, 2)", 10),
        ("if(revenue > 1, revenue, share)", 1),
        ("if(not (late > 1 or late = hours), 1, 2)", 26),
        ("last(share + revenue)", 12),
        ("area ^ 0.5", 6),
        ("((((((area^10)^10)^10)^10)^10)^10)", 19),
        ("((((((budget^10)^10)^10)^10)^10)^10)", 21),
    ],
)
def test_what_has_no_sum_and_no_order_is_refused_at_its_place(text, column):
    with pytest.raises(FormulaRefused) as refusal:
        infer(parse(text), MEASURES)

    assert refusal.value.code == "UNIT_MISMATCH"
    assert refusal.value.position == Position(1, column)


def test_adding_percent_to_euro_is_refused_in_words():
    with pytest.raises(FormulaRefused, match=r"a pure number \(× 0.01\) and EUR have no sum"):
        infer(parse("share + revenue"), MEASURES)


def test_a_measure_without_a_unit_is_unknown():
    with pytest.raises(FormulaRefused) as refusal:
        infer(parse("revenue + turnover"), MEASURES)

    assert refusal.value.code == "FORMULA_UNKNOWN_NAME"


@pytest.mark.parametrize(
    ("text", "declared", "factor"),
    [
        ("ratio(late, parcels)", "%", 100.0),
        ("ratio(late, parcels)", "‰", 1000.0),
        ("ratio(late, parcels)", "1", 1.0),
        ("late / parcels - lag(late, 1) / lag(parcels, 1)", "pp", 100.0),
        ("revenue - cost", "EUR", 1.0),
        ("revenue - cost", "kEUR", 0.001),
        ("budget", "EUR", 1000.0),
        ("share * revenue", "EUR", 0.01),
        ("share * growth", "%", 0.01),
        ("speed * hours", "m", 1000.0),
        ("wait / 60", "h", 1 / 60),
        ("revenue / parcels", "EUR/parcel", 1.0),
        ("budget / parcels", "EUR/parcel", 1000.0),
        ("100 * share", "%", 1.0),
        ("if(wait > 5, 1, 0)", "EUR", 1.0),
        ("42", "parcel", 1.0),
    ],
)
def test_values_are_converted_to_the_declared_unit(text, declared, factor):
    found = conversion_to(unit_of_measure(declared), parse(text), units=MEASURES)

    assert found == pytest.approx(factor, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("revenue", "USD"),
        ("ratio(revenue, parcels)", "%"),
        ("share", "EUR"),
        ("hours", "1"),
        ("late", "train"),
    ],
)
def test_a_formula_that_counts_something_else_than_its_measure_is_refused(text, declared):
    with pytest.raises(FormulaRefused) as refusal:
        conversion_to(unit_of_measure(declared), parse(text), units=MEASURES)

    assert refusal.value.code == "UNIT_MISMATCH"
    assert "the formula is in" in refusal.value.message


@pytest.mark.parametrize(
    "text",
    ["100 * late / parcels", "late / parcels * 100", "late * 100 / parcels", "-(100 * (late / parcels))"],
)
def test_a_share_is_not_multiplied_by_a_hundred_twice(text):
    with pytest.raises(FormulaRefused, match="Leave out the 100") as refusal:
        conversion_to(unit_of_measure("%"), parse(text), units=MEASURES)

    assert refusal.value.code == "UNIT_MISMATCH"


def test_the_conversion_of_equal_units_is_exactly_one():
    derived = unit_of_measure("km/h").times(unit_of_measure("h"))

    assert conversion_factor(derived, unit_of_measure("km")) == 1.0
