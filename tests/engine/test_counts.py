"""Too much or too little to steer by (METHOD §3.5)."""

import doctest
from dataclasses import replace

import pytest

from fourfold.engine import counts
from fourfold.engine.counts import check_counts
from fourfold.engine.definitions import InitiativeStatus
from fourfold.engine.finding import Severity
from fourfold.engine.map_thresholds import MapThresholds
from tests.engine.sketch import sketch

MODEST = """
    perspective top: a b c d e f
    perspective bottom: g h i j k l
    theme growth: a
    theme trust: b
"""


def found(text: str, **limits: int):
    return {
        finding.rule: finding for finding in check_counts(sketch(text), thresholds=MapThresholds(**limits))
    }


def objectives(number: int) -> str:
    keys = " ".join(f"o{each}" for each in range(number))
    return f"perspective top: {keys}\nperspective bottom:\ntheme growth:\ntheme trust:\n"


def test_a_map_of_two_perspectives_two_themes_and_twelve_objectives_has_no_findings():
    assert found(MODEST) == {}


@pytest.mark.parametrize(
    ("number", "severity"),
    [
        (11, Severity.INFO),
        (12, None),
        (20, None),
        (21, Severity.MINOR),
        (30, Severity.MINOR),
        (31, Severity.CRITICAL),
    ],
)
def test_more_than_twenty_objectives_warn_and_more_than_thirty_are_refused(number, severity):
    finding = found(objectives(number)).get("OBJECTIVE_COUNT")

    assert (finding.severity if finding else None) is severity


@pytest.mark.parametrize(("number", "is_refused"), [(0, True), (1, True), (2, False), (7, False), (8, True)])
def test_a_map_has_two_to_seven_perspectives(number, is_refused):
    text = "\n".join(f"perspective p{each}:" for each in range(number))

    assert ("PERSPECTIVE_COUNT" in found(text)) is is_refused
    assert all(finding.refuses for rule, finding in found(text).items() if rule == "PERSPECTIVE_COUNT")


@pytest.mark.parametrize(("number", "is_told"), [(1, True), (2, False), (5, False), (6, True)])
def test_a_map_has_two_to_five_themes(number, is_told):
    text = "\n".join(f"theme t{each}:" for each in range(number))

    assert ("THEME_COUNT" in found(text)) is is_told


def test_the_twenty_sixth_executive_measure_is_over_budget_and_others_are_free():
    measures = [f"measure x{each}!: a" for each in range(25)]

    assert "EXECUTIVE_MEASURE_COUNT" not in found(MODEST + "\n".join([*measures, "measure quiet: a"]))
    over = found(MODEST + "\n".join([*measures, "measure last!: a"]))["EXECUTIVE_MEASURE_COUNT"]
    assert over.evidence == {"count": 26, "budget": 25}
    assert over.severity is Severity.MAJOR


@pytest.mark.parametrize(
    ("number", "severity"), [(3, None), (4, Severity.MINOR), (5, Severity.MINOR), (6, Severity.CRITICAL)]
)
def test_more_than_three_measures_under_an_objective_warn_and_more_than_five_are_refused(number, severity):
    text = MODEST + "\n".join(f"measure m{each}: a" for each in range(number))
    finding = found(text).get("MEASURES_PER_OBJECTIVE")

    assert (finding.severity if finding else None) is severity
    assert finding is None or finding.object_key == "a"


def test_a_shared_measure_counts_under_each_of_its_objectives():
    text = MODEST + "\n".join(f"measure m{each}: a b" for each in range(4))
    keys = [finding.object_key for finding in check_counts(sketch(text))]

    assert keys == ["a", "b"]


def test_a_fourth_open_initiative_is_told_and_a_finished_one_does_not_count():
    crowded = sketch(MODEST + "\n".join(f"initiative i{each}: a" for each in range(4)))
    first, *others = crowded.initiatives
    relieved = replace(crowded, initiatives=(replace(first, status=InitiativeStatus.DONE), *others))

    assert [finding.rule for finding in check_counts(crowded)] == ["INITIATIVES_PER_OBJECTIVE"]
    assert check_counts(relieved) == ()


def test_an_organisation_may_decide_its_own_limits():
    assert "OBJECTIVE_COUNT" not in found(objectives(24), objectives_many=24)
    assert found(objectives(24), objectives_refused=23)["OBJECTIVE_COUNT"].refuses


def test_the_example_in_the_docstring_holds():
    assert doctest.testmod(counts).failed == 0
