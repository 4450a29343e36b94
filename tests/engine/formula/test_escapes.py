"""Nobody gets out of the language, and nobody makes it labour (TRUST §2 row 5)."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.engine.formula import DEPTH_MAX, NODES_MAX, SOURCE_MAX, FormulaRefused, parse, references

ESCAPES = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "a.__class__",
    "a.b",
    "a[0]",
    "{a: 1}",
    "[x for x in a]",
    "lambda: 1",
    "lambda x: x",
    "a if b else c",
    "a; import os",
    "import os",
    "a := 1",
    "a = b = c",
    "exec('1')",
    "eval(a)",
    "open('/etc/passwd')",
    "getattr(a, 'b')",
    "type(a)",
    "globals()",
    "f'{a}'",
    "'{0.__class__}'.format(a)",
    "'../../etc/passwd'",
    "'a b'",
    "''",
    "'",
    "'a",
    '"a"',
    "`id`",
    "$(id)",
    "${a}",
    "{{ a }}",
    "{% load x %}",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "'; DROP TABLE measure; --",
    "a # comment",
    "a // b",
    "a % b",
    "a @ b",
    "~a",
    "a & b",
    "a << 2",
    "0x10",
    "1_000",
    "1j",
    "1e",
    "inf(1)",
    "NaN",
    "True",
    "\\u0061",
    "ａ + ｂ",  # full-width letters that Unicode folds to a and b
    "ѕum(a, 1)",  # a Cyrillic s
    "а + 1",  # a Cyrillic a
    "١ + a",  # an Arabic digit
    "a² + 1",
    "a\u00a0+ b",  # a no-break space
    "a\u200b+b",
    "a\u202e+b",
    "a\x00",
    "a\x0b+ b",
    "\ud800",
    "\ufeffa",
    "🚂 + 1",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_an_escape_is_refused(text):
    with pytest.raises(FormulaRefused):
        parse(text)


EXHAUSTING = {
    "a tower of powers": ("9**9**9", "FORMULA_EXPONENT"),
    "a taller tower": ("9^9^9^9", "FORMULA_EXPONENT"),
    "an exponent above the cap": ("a ^ 11", "FORMULA_EXPONENT"),
    "an exponent below it": ("a ^ -10.5", "FORMULA_EXPONENT"),
    "a measure as exponent": ("a ^ b", "FORMULA_EXPONENT"),
    "a computed exponent": ("2 ^ (1 + 1)", "FORMULA_EXPONENT"),
    "ten thousand parentheses": ("(" * 10_000 + "a" + ")" * 10_000, "FORMULA_TOO_LARGE"),
    "a number of a hundred thousand digits": ("9" * 100_000, "FORMULA_TOO_LARGE"),
    "twenty million characters": ("a," * 10_000_000, "FORMULA_TOO_LARGE"),
    "one character too many": ("a" * (SOURCE_MAX + 1), "FORMULA_TOO_LARGE"),
    "too many operands": ("sum(" + ", ".join(["a"] * NODES_MAX) + ")", "FORMULA_TOO_LARGE"),
    "one parenthesis too many": ("(" * (DEPTH_MAX + 1) + "a" + ")" * (DEPTH_MAX + 1), "FORMULA_TOO_DEEP"),
    "two thousand parentheses": ("(" * 1_999 + "a" + ")" * 1_999, "FORMULA_TOO_DEEP"),
    "a chain of signs": ("-" * (SOURCE_MAX - 1) + "a", "FORMULA_TOO_DEEP"),
    "a chain of sums": (" + ".join(["a"] * (DEPTH_MAX + 1)), "FORMULA_TOO_DEEP"),
    "a chain of negations": ("if(" + "not " * 900 + "a > 1, 1, 2)", "FORMULA_TOO_DEEP"),
    "a nest of calls": ("last(" * 49 + "-a" + ")" * 49, "FORMULA_TOO_DEEP"),
}


@pytest.mark.parametrize("attempt", EXHAUSTING)
def test_a_formula_made_to_exhaust_is_refused(attempt):
    text, code = EXHAUSTING[attempt]

    with pytest.raises(FormulaRefused) as refusal:
        parse(text)

    assert refusal.value.code == code
    assert len(str(refusal.value)) < 300, "the refusal does not repeat the text"


INSIDE = {
    "operands": "sum(" + ", ".join(["a"] * (NODES_MAX - 1)) + ")",
    "parentheses": "(" * DEPTH_MAX + "a" + ")" * DEPTH_MAX,
    "a chain of sums": " + ".join(["a"] * DEPTH_MAX),
    "a nest of calls": "last(" * 49 + "a" + ")" * 49,
    "exponents": "a ^ 10 + a ^ -10",
    "characters": "a" * SOURCE_MAX,
}


@pytest.mark.parametrize("size", INSIDE)
def test_a_formula_just_inside_the_caps_is_read(size):
    expression = parse(INSIDE[size])

    assert references(expression) == ("a" * SOURCE_MAX if size == "characters" else "a",)


words = st.sampled_from(
    ["a", "on-time", "'x'", "sum", "lag", "if", "and", "not", "(", ")", ",", "+", "-", "*", "/", "^", "**", "<", "<=",
     "=", "!=", "1", "0.5", "1e9", " ", "\n", ".", "'", "_", "A"]
)  # fmt: skip


@settings(max_examples=max(500, settings.default.max_examples))
@given(st.one_of(st.text(max_size=40), st.lists(words, max_size=25).map("".join)))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    refusal = refusal_of(text)

    if refusal is not None:
        assert refusal.code in ("FORMULA_SYNTAX", "FORMULA_EXPONENT", "FORMULA_TOO_DEEP")
        assert refusal.remedy
        assert refusal.position is None or lies_in(text, refusal.position)


def refusal_of(text):
    try:
        parse(text)
    except FormulaRefused as refusal:
        return refusal
    return None


def lies_in(text, position):
    lines = text.split("\n")
    line_exists = 1 <= position.line <= len(lines)
    return line_exists and 1 <= position.column <= len(lines[position.line - 1]) + 1


def test_a_refusal_travels_between_processes():
    with pytest.raises(FormulaRefused) as refusal:
        parse("a +")

    copy = pickle.loads(pickle.dumps(refusal.value))

    assert (copy.code, copy.position, str(copy)) == (
        refusal.value.code,
        refusal.value.position,
        str(refusal.value),
    )
