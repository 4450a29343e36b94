"""Each rule on a series drawn to break it, and on the same series one step short of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.spc.segments import Segments

# In sigma from the centre, one letter a point.
LEVELS = {"U": 3.5, "u": 2.5, "a": 1.5, "h": 0.5, "0": 0.0, "l": -0.5, "b": -1.5, "d": -2.5, "D": -3.5}
LEVELS |= {"_": np.nan, "i": 0.2, "j": 0.3, "k": 0.4, "m": 0.6, "n": 0.7, "o": 0.8, "p": 0.9}


def chart_of(drawn: str, *, segments: Segments | None = None) -> spc.ControlChart:
    """A chart with centre 0 and sigma 1, whatever its points."""
    points = np.array([[LEVELS[letter] for letter in drawn]])
    one = np.ones((1, 1))
    return spc.ControlChart(
        spc.ChartKind.XMR,
        points,
        centre=0.0 * one,
        reach=3.0 * one,
        why=np.zeros((1, 1), dtype=np.uint8),
        used=np.full((1, 1), 30, dtype=np.int32),
        segments=segments or Segments.whole(len(drawn)),
    )


def named(drawn: str, rule: str, *, segments: Segments | None = None) -> str:
    """The drawing with a star under each point that the rule names; both backends must agree."""
    chart = chart_of(drawn, segments=segments)
    found = [spc.signals(chart, rules=[rule], backend=backend) for backend in ("numpy", "numba")]
    assert (found[0].marks == found[1].marks).all()
    return "".join("*" if named else "." for named in found[0].of_rule(rule)[0])


@pytest.mark.parametrize(
    ("rule", "drawn", "stars"),
    [
        ("mdc.outside", "hlUlhDh", "..*..*."),
        ("mdc.shift", "lhhhhhhhl", ".*******."),
        ("mdc.shift", "lhhhhhhhhl", ".********."),
        ("mdc.shift", "lhhhhhhl", "........"),
        ("mdc.shift", "hhhh0hhhh", "........."),
        ("mdc.trend", "lhijkmnop", "..*******"),
        ("mdc.trend", "lhijkmno", "........"),
        ("mdc.trend", "lhijkkmnop", ".........."),
        ("mdc.two-of-three", "lhuhuhl", "..*.*.."),
        ("mdc.two-of-three", "hUuhl", ".**.."),
        ("mdc.two-of-three", "lulul", "....."),
        ("mdc.two-of-three", "ulhhul", "......"),
        ("nelson.1", "hUh", ".*."),
        ("nelson.2", "lhhhhhhhhhl", ".*********."),
        ("nelson.2", "lhhhhhhhhl", ".........."),
        ("nelson.3", "hijkmno", ".******"),
        ("nelson.3", "hijkmn", "......"),
        ("nelson.4", "hlhlhlhlhlhlhl", "**************"),
        ("nelson.4", "hlhlhlhlhlhlh", "............."),
        ("nelson.5", "lulul", ".*.*."),
        ("nelson.5", "luhhul", "......"),
        ("nelson.6", "aalaa", "**.**"),
        ("nelson.6", "aallaa", "......"),
        ("nelson.7", "h" * 15, "*" * 15),
        ("nelson.7", "h" * 14 + "a", "." * 15),
        ("nelson.8", "abababab", "********"),
        ("nelson.8", "abababah", "........"),
        ("weco.2", "lulul", ".*.*."),
        ("weco.3", "bblbb", "**.**"),
        ("weco.3", "bbhbb", "**.**"),
        ("weco.4", "hllllllll", ".********"),
        ("weco.4", "hlllllll", "........"),
        ("rule1", "uUd", ".*."),
    ],
)
def test_a_rule_names_the_points_of_its_pattern_and_no_others(rule: str, drawn: str, stars: str) -> None:
    assert named(drawn, rule) == stars


@pytest.mark.parametrize(
    ("rule", "drawn"),
    [("mdc.shift", "hhhh_hhhh"), ("mdc.two-of-three", "hu_uh"), ("nelson.7", "hhhhhhhh_hhhhhhh")],
)
def test_no_pattern_reaches_over_a_gap(rule: str, drawn: str) -> None:
    assert "*" not in named(drawn, rule)


def test_no_pattern_reaches_from_one_segment_into_the_next() -> None:
    rebased = Segments.rebased(8, at=(4,))

    assert named("h" * 8, "mdc.shift") == "*" * 8
    assert named("h" * 8, "mdc.shift", segments=rebased) == "." * 8


def test_a_point_on_the_limit_is_not_beyond_it() -> None:
    chart = chart_of("hhh")
    chart.points[0, 1] = 3.0

    assert not spc.signals(chart, rules="rule1").is_special.any()


def test_a_turning_point_belongs_to_both_trends_and_points_neither_way() -> None:
    chart = chart_of("h" * 13)
    chart.points[0] = [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0]
    chart.points[0] /= 10.0

    found = spc.signals(chart, rules=["mdc.trend"])

    assert found.direction[0].tolist() == [1] * 6 + [0] + [-1] * 6
    assert [(each.points[0], each.points[-1], each.direction) for each in found.found_in(0)] == [
        (0, 6, 1),
        (6, 12, -1),
    ]


def test_where_points_lie_counts_before_where_they_head() -> None:
    chart = chart_of("h" * 8)
    chart.points[0] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]

    assert spc.signals(chart, rules="mdc").direction[0].tolist() == [1] * 8
    assert spc.signals(chart, rules=["mdc.trend"]).direction[0].tolist() == [-1] * 8


def test_rules_without_a_direction_say_so() -> None:
    found = spc.signals(chart_of("h" * 15), rules=["nelson.7"]).found_in(0)

    assert [(each.rule.key, each.direction, len(each.points)) for each in found] == [("nelson.7", 0, 15)]


@pytest.mark.parametrize("rules", ["shewhart", ["mdc", "spc.9"], [], ["nelson", "weco.1"]])
def test_unknown_none_or_too_many_rules_are_refused(rules: str | Sequence[str]) -> None:
    with pytest.raises(spc.UnknownRules):
        spc.rules_named(rules)


def test_a_chart_answers_only_for_the_rules_it_was_judged_by() -> None:
    with pytest.raises(spc.UnknownRules):
        spc.signals(chart_of("hhh"), rules="rule1").of_rule("mdc.trend")


def test_run_rules_on_averages_that_lean_on_one_another_are_refused() -> None:
    chart = spc.ewma(np.array([1.0, 2, 1, 2, 1, 3, 1, 2, 1]))

    with pytest.raises(spc.RulesUnfit):
        spc.signals(chart, rules="mdc")


def test_every_rule_and_every_set_has_its_sentence_and_its_name() -> None:
    assert set(spc.RULE_SETS) == {"mdc", "nelson", "weco", "rule1"}
    assert [len(spc.RULE_SETS[name]) for name in ("mdc", "nelson", "weco", "rule1")] == [4, 8, 4, 1]
    assert all(rule.sentence for rule in spc.RULES.values())
