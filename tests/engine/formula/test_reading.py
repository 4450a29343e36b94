"""What the language means by what is written: words, precedence, and the refusals of what is not in it."""

import pytest

from fourfold.engine.formula import FUNCTIONS, FormulaRefused, Position, parse, references, to_text


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("a / b * c", "(a / b) * c"),
        ("-a ^ 2", "-(a ^ 2)"),
        ("-a * b", "(-a) * b"),
        ("a - -b", "a - (-b)"),
        ("2 * a ^ -2", "2 * (a ^ -2)"),
        ("a ** 2", "a ^ 2"),
        ("if(a < 1 or b < 1 and c < 1, 1, 2)", "if(a < 1 or (b < 1 and c < 1), 1, 2)"),
        ("if(not a < 1 and b < 1, 1, 2)", "if((not (a < 1)) and b < 1, 1, 2)"),
        ("if(a + 1 < b * 2, 1, 2)", "if((a + 1) < (b * 2), 1, 2)"),
        (" a\n\t+\r\n b ", "a + b"),
        ("1e3 + .5 + 0.50", "1000 + 0.5 + 0.5"),
    ],
)
def test_operations_bind_as_in_school(text, read_as):
    assert parse(text) == parse(read_as)


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("on-time-deliveries", ("on-time-deliveries",)),
        ("on-time - deliveries", ("on-time", "deliveries")),
        ("on-time -deliveries", ("on-time", "deliveries")),
        ("on-time- deliveries", ("on-time", "deliveries")),
        ("(on-time)-(deliveries)", ("on-time", "deliveries")),
        ("2-a", ("a",)),
        ("a-2", ("a-2",)),
        ("'on-time'-'late'", ("on-time", "late")),
        ("'2nd-visits' + 'Big_Key.v2'", ("2nd-visits", "Big_Key.v2")),
        ("not-due + and-so-on + order + iffy + if-any", ("not-due", "and-so-on", "order", "iffy", "if-any")),
        ("'sum' + 'if' + 'not'", ("sum", "if", "not")),
        ("max-load + sum(max-load, min2)", ("max-load", "min2")),
    ],
)
def test_a_hyphen_between_word_characters_belongs_to_the_key(text, measures):
    assert references(parse(text)) == measures


def test_the_functions_are_those_of_the_method():
    assert FUNCTIONS == ("sum", "avg", "min", "max", "last", "lag", "ytd", "rolling", "ratio", "if")
    written = "sum(a, avg(a), min(a, 1), max(a, 1), last(a + 1), lag(a, 60), ytd(a), rolling(a, 12))"
    assert to_text(parse(written)) == written
    written = "if(a > 1, a, ratio(a, b))"
    assert to_text(parse(written)) == written


@pytest.mark.parametrize(
    ("text", "line", "column", "remedy"),
    [
        ("", None, None, "Write one"),
        (" \n ", None, None, "Write one"),
        ("a +", 1, 4, "A number, the key of a measure"),
        ("(a + b", 1, 7, "Close the parenthesis"),
        ("a + b)", 1, 6, "An operator or the end"),
        ("a b", 1, 3, "An operator or the end"),
        ("a +\n  * b", 2, 3, "A number, the key of a measure"),
        ("a == b", 1, 4, "a single ="),
        ("SUM(a)", 1, 1, "small letters"),
        ("10% * a", 1, 3, "0.05 for 5 %"),
        ("0,5 * a", 1, 2, "decimals with a point"),
        ("a − b", 1, 3, "plain hyphen"),
        ("my_key + 1", 1, 3, "'my_key'"),
        ('"a" + 1', 1, 1, "'key'"),
        ("median(a, b)", 1, 1, "The functions are sum, avg"),
        ("and(a > 1, b > 1)", 1, 1, "The functions are"),
        ("sum + 1", 1, 1, "'sum'"),
        ("sum()", 1, 1, "sum(x, y, …)"),
        ("ratio(a)", 1, 1, "ratio(x, y)"),
        ("if(a, b, c)", 1, 4, "Compare it"),
        ("if(a > 1, b)", 1, 1, "if(condition, x, y)"),
        ("a > 1", 1, 3, "if(condition, 1, 0)"),
        ("(a > 1) + 1", 1, 4, "if(condition, 1, 0)"),
        ("if(1 < a < 3, a, b)", 1, 10, ""),
        ("if(a andb > 2, 1, 2)", 1, 6, ""),
        ("lag(a, 0)", 1, 1, "from 1 to 60"),
        ("lag(a, 61)", 1, 1, "from 1 to 60"),
        ("lag(a, 1.5)", 1, 1, "from 1 to 60"),
        ("lag(a, b)", 1, 1, "from 1 to 60"),
        ("lag(a, 1e300)", 1, 1, "from 1 to 60"),
        ("rolling(a, 0)", 1, 1, "from 1 to 366"),
        ("rolling(a + b, 3)", 1, 1, "its own measure"),
        ("ytd(2)", 1, 1, "its own measure"),
        ("1e999", 1, 1, "below 1e308"),
        ("2a", 1, 1, "does not run into a word"),
        ("1.2.3", 1, 1, "does not run into a word"),
        ("+a", 1, 1, "A number, the key of a measure"),
    ],
)
def test_what_is_not_in_the_language_is_refused_with_place_and_remedy(text, line, column, remedy):
    with pytest.raises(FormulaRefused) as refusal:
        parse(text)

    assert refusal.value.code == "FORMULA_SYNTAX"
    assert refusal.value.position == (Position(line, column) if line else None)
    assert remedy in refusal.value.remedy
    assert refusal.value.message in str(refusal.value)
    assert refusal.value.remedy in str(refusal.value)


def test_equal_formulas_are_equal_wherever_they_are_written():
    spread_out = parse("a\n  / b")

    assert spread_out == parse("a/b")
    assert hash(spread_out) == hash(parse("a/b"))
    assert spread_out.position == Position(2, 3)
