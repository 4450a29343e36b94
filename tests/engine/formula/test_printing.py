"""One canonical text for each formula, and the formula again from it."""

import pytest
from hypothesis import given

from fourfold.engine.formula import parse, to_text
from tests.engine.formula.formulas import expressions


@given(expressions)
def test_what_is_printed_reads_as_the_same_formula(expression):
    assert parse(to_text(expression)) == expression


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("((a))+(b*c)", "a + b * c"),
        ("a-(b-c)", "a - b-c"),  # `b-c` is one key
        ("a - (b - c)", "a - (b - c)"),
        ("(a + b) * c", "(a + b) * c"),
        ("(-a)^2", "(-a)^2"),
        ("-(a^2)", "-a^2"),
        ("(a^2)^3", "(a^2)^3"),
        ("100.0*a", "100 * a"),
        ("1e22 + 0.1", "1e+22 + 0.1"),
        ("'a' + 'max' + 'Ab'", "a + 'max' + 'Ab'"),
        ("if(not(a<1 or b>=2)and c!=3,1,2)", "if(not (a < 1 or b >= 2) and c != 3, 1, 2)"),
        ("if((a<1 or b<1) and c<1, 1, 2)", "if((a < 1 or b < 1) and c < 1, 1, 2)"),
    ],
)
def test_the_canonical_text_has_the_parentheses_it_needs_and_no_others(written, printed):
    assert to_text(parse(written)) == printed
