"""Which measures a formula reads, in which order formulas are computed, and which overlap."""

import pytest

from fourfold.engine.formula import (
    FormulaRefused,
    Position,
    check_names,
    evaluation_order,
    is_overlapping,
    parse,
    references,
)


def test_references_are_listed_once_in_written_order():
    formula = parse("if(c > lag(b, 1), ytd(a), rolling(b, 3)) / (c + 'Late')")

    assert references(formula) == ("c", "b", "a", "Late")


def test_a_formula_over_known_measures_passes():
    check_names(parse("late / trains"), {"late", "trains"})


@pytest.mark.parametrize(
    ("text", "column", "remedy"),
    [
        ("late / trams", 8, "Perhaps `trains` was meant"),
        ("1 + trains-late", 5, "Write `trains - late`, with spaces, to subtract"),
        ("trains-2", 1, "Write `trains - 2`"),
        ("on-time-late", 1, "Write `on-time - late`"),
        ("xyz", 1, "Define the measure first"),
    ],
)
def test_an_unknown_measure_is_refused_with_the_best_guess(text, column, remedy):
    with pytest.raises(FormulaRefused) as refusal:
        check_names(parse(text), {"late", "trains", "on-time"})

    assert refusal.value.code == "FORMULA_UNKNOWN_NAME"
    assert refusal.value.position == Position(1, column)
    assert remedy in refusal.value.remedy


def formulas(**texts):
    return {key: parse(text) for key, text in texts.items()}


def test_formulas_are_ordered_after_those_they_read():
    order = evaluation_order(
        formulas(
            roi="margin / capital", margin="profit / revenue", profit="revenue - cost", tax="0.3 * profit"
        )
    )

    assert order == ("profit", "margin", "roi", "tax")


def test_independent_formulas_keep_the_listed_order():
    assert evaluation_order(formulas(z="a + 1", m="b + 1", a2="c + 1")) == ("z", "m", "a2")
    assert evaluation_order({}) == ()


def test_a_circle_of_formulas_is_refused_naming_the_way_round():
    with pytest.raises(FormulaRefused) as refusal:
        evaluation_order(formulas(entry="a + 1", a="b + x", b="c * 2", c="ytd(a)", d="a"))

    assert refusal.value.code == "FORMULA_CYCLE"
    assert "a → b → c → a" in refusal.value.message
    assert "entry" not in refusal.value.message


@pytest.mark.parametrize("text", ["a + 1", "lag(a, 1) + 1", "rolling(a, 3)"])
def test_a_formula_reading_itself_is_a_circle(text):
    with pytest.raises(FormulaRefused, match="a → a"):
        evaluation_order(formulas(a=text))


def test_a_chain_longer_than_the_stack_is_ordered():
    chain = {f"m{i}": parse(f"m{i + 1} + 1") for i in range(3_000)}

    order = evaluation_order(chain)

    assert order[0] == "m2999"
    assert order[-1] == "m0"
    assert len(order) == 3_000


@pytest.mark.parametrize(
    ("text", "overlaps"),
    [
        ("rolling(a, 12)", True),
        ("rolling(a, 12) / rolling(b, 12)", True),
        ("ytd(a) / b", True),
        ("if(ytd(a) > 1, b, c)", True),
        ("rolling(a, 1)", False),
        ("lag(a, 12) / a", False),
        ("last(a)", False),
        ("a + smooth", True),
    ],
)
def test_rolling_and_to_date_values_overlap(text, overlaps):
    assert is_overlapping(parse(text), overlapping={"smooth"}) is overlaps
