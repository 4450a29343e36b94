"""A colour changes when a border is crossed clearly or the new colour stays (METHOD §2.9)."""

import numpy as np
import pytest

from fourfold.engine.quantities import GoalType
from fourfold.engine.score import STATUS_CODES, anchor_rule, hysteresis, positions
from tests.engine.scoring import scored, version

SERVICE = version(GoalType.MAXIMISE)
TARGET = 100.0  # red below 90: the amber width is 10, a tenth of it is 1


def shown(values: list[float], **more: float) -> list[str]:
    """The colours of a series of months; a held one in brackets."""
    status = scored(SERVICE, values, target=TARGET).status
    where = positions(np.array(values), np.full(len(values), TARGET), rule=anchor_rule(SERVICE))
    found = hysteresis(status, where, **more)
    names = [STATUS_CODES[code].value for code in found.status]
    return [f"({name})" if held else name for name, held in zip(names, found.held, strict=True)]


@pytest.mark.parametrize(
    ("values", "colours"),
    [
        ([101.0, 99.5, 100.5, 99.5], ["green", "(green)", "green", "(green)"]),
        ([101.0, 98.9], ["green", "amber"]),
        ([101.0, 99.0], ["green", "(green)"]),
        ([95.0, 100.5], ["amber", "(amber)"]),
        ([95.0, 101.5], ["amber", "green"]),
        ([95.0, 89.5, 90.5], ["amber", "(amber)", "amber"]),
        ([95.0, 88.9], ["amber", "red"]),
    ],
)
def test_a_border_must_be_crossed_by_more_than_a_tenth_of_the_amber_width(values, colours) -> None:
    assert shown(values) == colours


def test_a_colour_that_stays_two_periods_is_shown() -> None:
    assert shown([101.0, 99.5, 99.6]) == ["green", "(green)", "amber"]


def test_clearing_only_the_nearer_border_gives_the_colour_between() -> None:
    assert shown([80.0, 100.5]) == ["red", "(amber)"]
    assert shown([101.0, 89.5]) == ["green", "(amber)"]


def test_a_gap_is_grey_and_forgets() -> None:
    assert shown([101.0, np.nan, 99.5]) == ["green", "grey", "amber"]


def test_the_share_and_the_number_of_periods_are_policies() -> None:
    assert shown([101.0, 99.5], share=0.0) == ["green", "amber"]
    assert shown([101.0, 99.5, 99.6], periods=3) == ["green", "(green)", "(green)"]


def test_every_unit_has_its_own_memory() -> None:
    found = hysteresis(np.array([[3, 2], [2, 2]], np.uint8), np.array([[0.5, -0.5], [-0.05, -0.05]]))

    assert found.status.tolist() == [[3, 2], [3, 2]]


def test_yes_and_no_have_no_borders_to_dance_on() -> None:
    yes_no = version(GoalType.BOOLEAN)
    answers = np.array([1.0, 0.0])
    where = positions(answers, None, rule=anchor_rule(yes_no))

    assert hysteresis(scored(yes_no, [1.0, 0.0]).status, where).status.tolist() == [3, 1]
