"""Formulas computed on tables of cells: numbers, and why there is none."""

import numpy as np
import pytest

from fourfold.engine.definitions import MissingOperand
from fourfold.engine.formula import ArrayOperands, evaluate_formula, parse
from fourfold.engine.quantities import AggregationKind, Why

NAN = float("nan")


def computed(text, missing="propagate", *, whys=None, kinds=None, factor=1.0, year=12, **series):
    """One unit: each series is a column of periods; a cell reads as its number or its reason."""
    operands = ArrayOperands(
        {key: np.array(column, dtype=float)[:, np.newaxis] for key, column in series.items()},
        {key: np.array(column, dtype=np.uint8)[:, np.newaxis] for key, column in (whys or {}).items()},
        kinds or {},
        periods_per_year=year,
    )
    values, reasons = evaluate_formula(parse(text), operands, missing=MissingOperand(missing), factor=factor)
    assert values.dtype == np.float64
    assert reasons.dtype == np.uint8
    return [
        float(value) if why == Why.PRESENT else Why(int(why)).code
        for value, why in zip(values[:, 0], reasons[:, 0], strict=True)
    ]


def test_operands_are_aggregated_before_the_formula():
    late, trains = np.array([[2.0, 2.0]]), np.array([[4.0, 100.0]])
    of_the_parent = ArrayOperands(
        {"late": late.sum(axis=1, keepdims=True), "trains": trains.sum(axis=1, keepdims=True)}
    )

    values, _ = evaluate_formula(parse("late / trains"), of_the_parent)

    assert values[0, 0] == 4 / 104
    assert values[0, 0] != (2 / 4 + 2 / 100) / 2


def test_a_division_by_zero_has_a_reason_and_no_number():
    assert computed("a / b", a=[1, 0, 4], b=[0, 0, 2]) == ["zero_denominator", "zero_denominator", 2.0]
    assert computed("ratio(a, b)", a=[1, 4], b=[-0.0, 2]) == ["zero_denominator", 2.0]
    assert computed("a ^ -1", a=[0, 4]) == ["zero_denominator", 0.25]
    assert computed("1 / 0 + a", a=[1]) == ["zero_denominator"]


def test_what_leaves_float64_is_not_finite():
    assert computed("a * a", a=[1e200, 2]) == ["not_finite", 4.0]
    assert computed("a ^ 0.5", a=[-1, 4]) == ["not_finite", 2.0]
    assert computed("a ^ 10", a=[1e31, -2]) == ["not_finite", 1024.0]
    assert computed("sum(a, a) - a", a=[1e308, 1]) == ["not_finite", 1.0]
    assert computed("a", factor=100.0, a=[1e307, 0.5]) == ["not_finite", 50.0]


def test_an_overflow_on_the_way_is_not_hidden_by_what_follows():
    assert computed("1 / (a * a)", a=[1e200]) == ["not_finite"]
    assert computed("min(a * a, 3)", a=[1e200]) == ["not_finite"]
    assert computed("if(a * a > 1, 1, 0)", a=[1e200]) == ["not_finite"]


def test_what_a_source_wrongly_calls_present_is_not_let_through():
    nothing_missing = {"a": [0, 0]}

    assert computed("a", whys=nothing_missing, a=[NAN, np.inf]) == ["not_finite", "not_finite"]
    assert computed("if(a > 1, 1, 0)", whys=nothing_missing, a=[NAN, 2]) == ["not_finite", 1.0]


def test_the_first_missing_operand_in_written_order_gives_the_reason():
    whys = {"a": [Why.STALE, 0, Why.STALE], "b": [Why.SUPPRESSED, Why.SUPPRESSED, 0]}

    assert computed("a + b", whys=whys, a=[1, 1, 1], b=[1, 1, 1]) == ["stale", "suppressed", "stale"]
    assert computed("b + a", whys=whys, a=[1, 1, 1], b=[1, 1, 1]) == ["suppressed", "suppressed", "stale"]
    assert computed("sum(b, a)", whys=whys, a=[1, 1, 1], b=[1, 1, 1])[0] == "suppressed"


def test_an_operand_that_was_due_is_a_required_one():
    assert computed("a + b", a=[NAN, 1], b=[1, 1]) == ["missing_required", 2.0]
    assert computed("a", a=[NAN, 1]) == ["missing_required", 1.0]


def test_skip_computes_over_the_operands_present():
    assert computed("sum(a, b, 1)", "skip", a=[NAN, 1], b=[2, 2]) == [3.0, 4.0]
    assert computed("avg(a, b)", "skip", a=[NAN, 1, NAN], b=[2, 2, NAN]) == [2.0, 1.5, "missing_required"]
    assert computed("min(a, b) + max(a, b)", "skip", a=[NAN, 1], b=[2, 3]) == [4.0, 4.0]


def test_skip_propagates_outside_the_four_functions():
    assert computed("a + b", "skip", a=[NAN, 1], b=[2, 2]) == ["missing_required", 3.0]
    assert computed("sum(a / b, 1)", "skip", a=[1, 1], b=[0, 2]) == [1.0, 1.5]


def test_where_no_operand_is_present_the_first_one_says_why():
    whys = {"a": [Why.NOT_DUE], "b": [Why.STALE]}

    assert computed("max(b, a)", "skip", whys=whys, a=[1], b=[1]) == ["stale"]


def test_zero_counts_what_nobody_gave_as_zero():
    states = [Why.NOT_APPLICABLE, Why.MISSING_DUE, Why.STALE]

    assert computed("a + 1", "zero", whys={"a": states}, a=[9, 9, 9]) == [1.0, 1.0, 1.0]


def test_zero_makes_no_claim_about_a_number_that_is_not_due_hidden_or_not_computable():
    states = [Why.NOT_DUE, Why.QUARANTINED, Why.SUPPRESSED, Why.ZERO_DENOMINATOR, Why.MISSING_REQUIRED]

    assert computed("a + 1", "zero", whys={"a": states}, a=[9] * 5) == [why.code for why in states]


def test_a_zero_for_a_missing_value_is_never_a_last_value():
    assert computed("last(a)", "zero", a=[NAN, 5, NAN]) == [0.0, 5.0, 5.0]
    assert computed("last(a + 0)", "zero", a=[NAN, 5, NAN]) == [0.0, 5.0, 5.0]
    assert computed("last(sum(a, b))", "zero", a=[NAN, 5, NAN], b=[1, 1, 1]) == [0.0, 6.0, 6.0]


def test_only_the_branch_taken_needs_a_number():
    assert computed("if(b > 0, a / b, 0)", a=[1, 1], b=[0, 2]) == [0.0, 0.5]
    assert computed("if(b > 0, a, -1)", a=[NAN, NAN], b=[0, 1]) == [-1.0, "missing_required"]
    assert computed("if(b > 0, 1, 2)", b=[NAN, 1]) == ["missing_required", 1.0]


def test_a_condition_with_an_unknown_side_is_unknown():
    assert computed("if(a > 1 or b > 1, 1, 0)", a=[5, 0], b=[NAN, 5]) == ["missing_required", 1.0]
    assert computed("if(not a > 1 and b != 2, 1, 0)", a=[1, 1, 2], b=[2, 3, 3]) == [0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("comparator", "holds"),
    [
        ("<", [1, 0, 0]),
        ("<=", [1, 1, 0]),
        (">", [0, 0, 1]),
        (">=", [0, 1, 1]),
        ("=", [0, 1, 0]),
        ("!=", [1, 0, 1]),
    ],
)
def test_comparisons_hold_where_they_should(comparator, holds):
    assert computed(f"if(a {comparator} 2, 1, 0)", a=[1, 2, 3]) == holds


def test_a_lag_looks_back_native_periods():
    assert computed("lag(a, 1)", a=[1, 2, 3]) == ["too_few_points", 1.0, 2.0]
    assert computed("a / lag(a, 2) - 1", a=[1, 2, 3]) == ["too_few_points", "too_few_points", 2.0]
    assert computed("lag(a, 5)", a=[1, 2, 3]) == ["too_few_points"] * 3


def test_lags_add_up_and_reach_through_an_expression():
    series = {"a": [1, 2, 3, 4], "b": [10, 20, 30, 40]}

    assert computed("lag(lag(a, 1) + b, 2)", **series) == ["too_few_points"] * 3 + [21.0]
    assert computed("lag(a + 1, 1)", **series) == computed("lag(a, 1) + 1", **series)
    assert computed("lag(sum(a, 7), 1)", "skip", **series) == [7.0, 8.0, 9.0, 10.0]


def test_a_lag_of_a_to_date_value_is_the_value_to_that_date():
    assert computed("lag(ytd(a), 2)", year=2, a=[1, 2, 3, 4]) == ["too_few_points"] * 2 + [1.0, 3.0]
    assert computed("lag(rolling(a, 2), 1)", a=[1, 2, 3]) == ["too_few_points", "too_few_points", 3.0]


def test_the_last_value_stays_until_there_is_a_new_one():
    assert computed("last(a)", a=[NAN, 1, NAN, 3, NAN]) == ["missing_required", 1.0, 1.0, 3.0, 3.0]
    assert computed("last(a / b)", a=[4, 4, 4], b=[2, 0, 1]) == [2.0, 2.0, 4.0]
    assert computed("lag(last(a), 1)", a=[1, NAN, 3]) == ["too_few_points", 1.0, 1.0]


def test_to_date_follows_the_semantics_of_the_measure():
    assert computed("ytd(a)", year=2, a=[1, 2, 3, 4]) == [1.0, 3.0, 3.0, 7.0]
    assert computed("ytd(a)", year=3, a=[1, NAN, 3, 4]) == [1.0, "missing_required", "missing_required", 4.0]
    assert computed("ytd(a)", kinds={"a": AggregationKind.STOCK}, a=[1, 2, 3]) == [1.0, 2.0, 3.0]


def test_a_rolling_window_waits_until_it_is_full():
    assert computed("rolling(a, 3)", a=[1, 2, 3, 4]) == ["too_few_points", "too_few_points", 6.0, 9.0]
    assert computed("rolling(a, 2)", kinds={"a": AggregationKind.STOCK}, a=[1, 2]) == ["too_few_points", 2.0]


def test_sums_are_taken_in_written_order():
    assert computed("sum(a, b, c)", a=[1e16], b=[1], c=[-1e16]) == [0.0]
    assert computed("sum(a, c, b)", a=[1e16], b=[1], c=[-1e16]) == [1.0]


def test_a_formula_without_a_measure_fills_the_shape_it_is_given():
    values, whys = evaluate_formula(parse("2 + 3 * 4"), ArrayOperands({}), shape=(2, 3))

    assert values.tolist() == [[14.0] * 3] * 2
    assert whys.tolist() == [[0] * 3] * 2


def test_the_factor_converts_every_value():
    assert computed("late / trains", factor=100.0, late=[1, NAN], trains=[4, 4]) == [25.0, "missing_required"]
