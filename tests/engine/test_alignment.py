"""Everything below serves something above (METHOD M1.1, step 1)."""

import doctest
from dataclasses import replace
from itertools import pairwise

import pytest

from fourfold.engine import alignment
from fourfold.engine.alignment import check_alignment
from fourfold.engine.definitions import InitiativeStatus
from fourfold.engine.finding import ObjectKind, Severity
from tests.engine.sketch import sketch

CASCADE = """
    perspective top: profit trust
    perspective bottom: north south depot
    measure revenue: profit north
    measure loyalty: trust south depot
    initiative academy: trust
    unit north-region in acme: north
    unit south-region in acme: south
    unit depot-unit in north-region: depot
    north serves profit
    south serves trust
    depot serves north
"""


def rules_of(text: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.object_key) for finding in check_alignment(sketch(text))]


def test_a_cascade_in_which_everything_serves_the_enterprise_has_no_findings():
    assert rules_of(CASCADE) == []


def test_an_objective_of_a_region_that_serves_nothing_is_an_orphan():
    assert rules_of(CASCADE.replace("south serves trust", "")) == [("ALIGN_ORPHAN", "south")]


def test_whoever_serves_only_an_orphan_is_an_orphan_too():
    assert rules_of(CASCADE.replace("north serves profit", "")) == [
        ("ALIGN_ORPHAN", "north"),
        ("ALIGN_ORPHAN", "depot"),
    ]


@pytest.mark.method("M1.1")
def test_objectives_that_serve_one_another_are_refused_as_a_cycle():
    findings = check_alignment(sketch(CASCADE + "trust serves profit\nprofit serves trust"))

    assert [(finding.rule, finding.object_key) for finding in findings] == [("ALIGN_CYCLE", "profit")]
    assert findings[0].severity is Severity.CRITICAL
    assert findings[0].evidence == {"objectives": ("profit", "trust")}


def test_a_contribution_to_a_lower_level_is_refused():
    (finding,) = check_alignment(sketch(CASCADE + "south serves depot"))

    assert (finding.rule, finding.object_key) == ("ALIGN_DOWNWARD", "south")
    assert finding.evidence == {"objectives": ("depot",)}
    assert finding.refuses


def test_a_contribution_on_the_same_level_is_allowed():
    assert rules_of(CASCADE + "south serves north") == []


def test_an_objective_without_a_measure_is_found():
    assert rules_of(CASCADE.replace("trust south depot", "trust south")) == [
        ("OBJECTIVE_WITHOUT_MEASURE", "depot")
    ]


def test_a_measure_without_an_objective_is_found():
    (finding,) = check_alignment(sketch(CASCADE + "measure stray:"))

    assert (finding.rule, finding.object_kind, finding.object_key) == (
        "MEASURE_WITHOUT_OBJECTIVE",
        ObjectKind.MEASURE,
        "stray",
    )


def derived(definitions, key: str, formula: str):
    """The same definitions with one measure computed by a formula."""
    measures = tuple(
        replace(each, versions=(replace(each.versions[0], formula=formula),)) if each.key == key else each
        for each in definitions.measures
    )
    return replace(definitions, measures=measures)


def test_a_measure_that_a_formula_reads_serves_what_the_derived_measure_serves():
    counted = sketch(CASCADE + "measure shipments:\nmeasure cost:\nmeasure unit-cost:")
    through_two_steps = derived(
        derived(counted, "revenue", "ratio(unit-cost, 2)"), "unit-cost", "cost / shipments"
    )

    assert len(check_alignment(counted)) == 3
    assert check_alignment(through_two_steps) == ()


def test_a_formula_that_nobody_needs_serves_nothing():
    idle = derived(sketch(CASCADE + "measure shipments:\nmeasure idle:"), "idle", "shipments / 2")

    assert [finding.object_key for finding in check_alignment(idle)] == ["shipments", "idle"]


def test_a_formula_that_cannot_be_read_is_refused_elsewhere():
    assert check_alignment(derived(sketch(CASCADE), "revenue", "2 +")) == ()


def test_an_initiative_without_an_objective_is_found_unless_it_was_stopped():
    adrift = sketch(CASCADE + "initiative pilot:")
    stopped = replace(adrift.initiatives[1], status=InitiativeStatus.STOPPED)

    assert [finding.object_key for finding in check_alignment(adrift)] == ["pilot"]
    assert check_alignment(replace(adrift, initiatives=(adrift.initiatives[0], stopped))) == ()


def test_an_objective_five_steps_down_is_too_deep():
    keys = ["profit", "s1", "s2", "s3", "s4", "s5"]
    chain = "\n".join(f"{low} serves {high}" for high, low in pairwise(keys))
    text = f"perspective top: {' '.join(keys)}\nmeasure all: {' '.join(keys)}\n{chain}"

    assert rules_of(text) == [("ALIGN_TOO_DEEP", "s5")]
    assert rules_of(text + "\ns5 serves s1") == []


def test_more_than_seven_objectives_under_one_are_too_wide():
    keys = [f"s{each}" for each in range(8)]
    text = f"perspective top: profit {' '.join(keys)}\nmeasure all: profit {' '.join(keys)}\n"
    serving = [f"{key} serves profit" for key in keys]

    assert rules_of(text + "\n".join(serving[:7])) == []
    assert rules_of(text + "\n".join(serving)) == [("ALIGN_TOO_WIDE", "profit")]


def test_a_cascade_of_five_thousand_objectives_with_its_faults_planted_is_read_whole():
    keys = [f"o{each}" for each in range(5000)]
    serving = [f"{keys[each]} serves {keys[(each - 1) // 7]}" for each in range(1, 5000) if each != 4321]
    text = f"perspective top: {' '.join(keys)}\nmeasure all: {' '.join(keys)}\nunit depot: {keys[4321]}\n"
    findings = check_alignment(sketch_fast(text, serving))

    assert [finding.object_key for finding in findings if finding.rule == "ALIGN_ORPHAN"] == [keys[4321]]


def sketch_fast(text: str, serving: list[str]):
    """The text format asks each objective for its own lines; thousands are tied in afterwards."""
    plain = sketch(text)
    served = dict(line.split(" serves ") for line in serving)
    mode = sketch("perspective top: a b\na serves b").objectives[0].contributes_to[0][1]
    tied = tuple(
        replace(each, contributes_to=((served[each.key], mode),)) if each.key in served else each
        for each in plain.objectives
    )
    return replace(plain, objectives=tied)


def test_the_example_in_the_docstring_holds():
    assert doctest.testmod(alignment).failed == 0
