"""What drivers and outcome say together, of one driver and of many."""

import pytest

from fourfold.engine.variance import Pattern
from fourfold.practices.finance.pages.variance_sentences import pattern_sentence


@pytest.mark.parametrize(
    ("pattern", "missed", "said"),
    [
        (Pattern.EXECUTION_FAILS, ["A"], "The outcome misses its target, and so does A."),
        (Pattern.EXECUTION_FAILS, ["A", "B"], "The outcome misses its target, and so do: A, B."),
        (Pattern.LUCK_OR_WRONG_DRIVER, ["A"], "The outcome is on target although A is not."),
        (Pattern.LUCK_OR_WRONG_DRIVER, ["A", "B"], "The outcome is on target although these are not: A, B."),
    ],
)
def test_one_driver_does_and_many_do(pattern, missed, said):
    assert pattern_sentence(pattern, missed=missed) == said


def test_of_several_drivers_it_is_said_how_many_did_their_part():
    said = pattern_sentence(Pattern.PARTLY_AS_INTENDED, missed=["A"], done=2)

    assert said == "The outcome is on target; 2 of 3 drivers did their part, not: A."
