"""The page about formulas names everything a person may meet."""

import doctest
from pathlib import Path

import pytest

from fourfold.engine.formula import (
    COUNTED_AS_ZERO,
    DEPTH_MAX,
    FUNCTIONS,
    LAG_MAX,
    NODES_MAX,
    ROLLING_MAX,
    SOURCE_MAX,
    FormulaCode,
    evaluating,
    measuring,
    naming,
    operands,
    printing,
    reading,
)

PAGE = (Path(__file__).parents[3] / "docs" / "algorithms" / "formula.md").read_text(encoding="utf-8")


def test_every_code_function_and_state_is_on_the_page():
    named = [*FormulaCode, *FUNCTIONS, *(why.code for why in COUNTED_AS_ZERO)]

    assert [name for name in named if name not in PAGE] == []


def test_every_cap_is_on_the_page_with_its_size():
    sentences = [
        f"more than {SOURCE_MAX:,} characters or {NODES_MAX} nodes",
        f"nested more than {DEPTH_MAX} deep",
        f"from 1 to {LAG_MAX}",
        f"(1 to {ROLLING_MAX})",
    ]

    assert [sentence for sentence in sentences if sentence not in PAGE] == []


@pytest.mark.parametrize(
    "room", [evaluating, measuring, naming, operands, printing, reading], ids=lambda room: room.__name__
)
def test_the_examples_in_the_docstrings_are_true(room):
    found = doctest.testmod(room)

    assert found.attempted > 0
    assert found.failed == 0
