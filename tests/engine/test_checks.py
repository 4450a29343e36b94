"""One question for everything that the definitions alone can answer."""

import doctest
from dataclasses import replace

from fourfold.engine import checks
from fourfold.engine.checks import check_definitions
from fourfold.engine.definitions import PolicyValue
from tests.engine.sketch import sketch

MAP = """
    perspective financial: profit revenue a b c d e
    perspective people: skill f g h j
    theme growth: skill profit
    theme trust: f revenue
    skill -> profit
    f -> revenue
    g -> a
    g -> b
    h -> c
    h -> d
    j -> e
    measure all: profit revenue a b c d e skill f g h j
"""


def test_a_sound_strategy_has_no_findings():
    assert check_definitions(sketch(MAP)) == ()


def test_map_counts_cascade_and_wording_are_all_asked():
    faulty = sketch(MAP.replace("j -> e", "") + "theme lone: j\nmeasure stray:")
    shaky = replace(faulty.objectives[0], name="Profit")
    found = check_definitions(replace(faulty, objectives=(shaky, *faulty.objectives[1:-1])))

    assert {finding.rule for finding in found} == {
        "MAP_NO_WAY_IN",
        "THEME_PATH_BROKEN",
        "OBJECTIVE_COUNT",
        "MEASURE_WITHOUT_OBJECTIVE",
        "WORDING_NO_VERB",
        "WORDING_LENGTH",
    }


def test_the_organisation_decides_its_own_limits():
    strict = replace(sketch(MAP), policies=(PolicyValue("map.max_objectives.refuse", "11"),))
    mild = replace(sketch(MAP), policies=(PolicyValue("map.max_objectives.warn", "11"),))

    assert [(finding.rule, finding.refuses) for finding in check_definitions(strict)] == [
        ("OBJECTIVE_COUNT", True)
    ]
    assert [(finding.rule, finding.refuses) for finding in check_definitions(mild)] == [
        ("OBJECTIVE_COUNT", False)
    ]


def test_the_example_in_the_docstring_holds():
    assert doctest.testmod(checks).failed == 0
