"""The structural rules of a strategy map (METHOD §3.2), one fault at a time."""

import doctest
from dataclasses import replace

import pytest

from fourfold.engine import map_rules, map_thresholds
from fourfold.engine.definitions import PolicyValue
from fourfold.engine.finding import ObjectKind, Severity
from fourfold.engine.map_rules import check_map
from fourfold.engine.map_thresholds import MapThresholds
from fourfold.engine.policies import Policies
from tests.engine.sketch import link, sketch

BANDS = """
    perspective financial: profit revenue
    perspective customer: trust
    perspective process: speed safety
    perspective people: skill
"""
LINKS = """
    skill -> speed
    skill -> safety
    speed -> trust
    safety -> trust
    trust -> revenue
    revenue -> profit
    trust -> profit
"""
SOUND = BANDS + LINKS


def rules_of(text: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.object_key) for finding in check_map(sketch(text))]


def only(text: str):
    (finding,) = check_map(sketch(text))
    return finding


def test_a_map_whose_chains_all_run_to_the_top_has_no_findings():
    assert check_map(sketch(SOUND)) == ()


def test_a_link_inside_one_perspective_is_allowed():
    assert rules_of(SOUND + "safety -> speed") == []


def test_a_link_that_runs_down_is_refused():
    findings = check_map(sketch(SOUND.replace("speed -> trust", "trust -> speed")))
    finding = findings[0]

    assert (finding.rule, finding.object_kind) == ("MAP_LINK_DOWNWARD", ObjectKind.CAUSAL_LINK)
    assert finding.object_key == "trust → speed"
    assert finding.refuses
    assert finding.evidence == {"from": "Customer", "to": "Process"}
    assert "declare it as feedback" in finding.remedy


def test_feedback_may_run_down_and_close_a_circle():
    assert rules_of(SOUND + "profit ~> skill") == []


def test_links_in_a_circle_are_refused_and_the_circle_is_named():
    finding = only(SOUND + "safety -> speed\nspeed -> safety")

    assert finding.rule == "MAP_CYCLE"
    assert finding.severity is Severity.CRITICAL
    assert finding.evidence == {"objectives": ("speed", "safety")}
    assert finding.message == (
        "The links run in a circle: "
        "Improve the speed steadily → Improve the safety steadily → Improve the speed steadily."
    )


def test_a_link_is_spoken_of_by_the_names_of_its_objectives():
    finding = check_map(sketch(SOUND.replace("speed -> trust", "trust -> speed")))[0]

    assert finding.message.startswith(
        "The link Improve the trust steadily → Improve the speed steadily runs down"
    )
    assert finding.object_key == "trust → speed"


def test_two_separate_circles_are_two_findings():
    text = SOUND + "safety -> speed\nspeed -> safety\nprofit -> revenue"

    assert [finding.rule for finding in check_map(sketch(text))] == ["MAP_CYCLE", "MAP_CYCLE"]


def test_an_objective_that_drives_itself_is_a_circle():
    assert only(SOUND + "speed -> speed").evidence == {"objectives": ("speed",)}


def test_an_objective_below_the_top_that_leads_nowhere_is_found():
    assert rules_of(SOUND.replace("safety -> trust", "")) == [("MAP_NO_WAY_OUT", "safety")]


def test_an_objective_above_the_bottom_that_nothing_drives_is_found():
    assert rules_of(SOUND.replace("skill -> safety", "")) == [("MAP_NO_WAY_IN", "safety")]


def test_the_top_needs_no_way_out_and_the_bottom_no_way_in():
    keys = {finding.object_key for finding in check_map(sketch(BANDS)) if finding.rule == "MAP_NO_WAY_OUT"}
    undriven = {finding.object_key for finding in check_map(sketch(BANDS)) if finding.rule == "MAP_NO_WAY_IN"}

    assert keys == {"trust", "speed", "safety", "skill"}
    assert undriven == {"profit", "revenue", "trust", "speed", "safety"}


def test_feedback_is_no_way_out():
    assert rules_of(SOUND.replace("safety -> trust", "safety ~> trust")) == [("MAP_NO_WAY_OUT", "safety")]


def test_an_identity_is_no_cause():
    text = SOUND.replace("revenue -> profit", "revenue == profit").replace(
        "trust -> revenue", "trust == revenue"
    )

    assert rules_of(text) == [("MAP_NO_WAY_IN", "revenue")]


def test_a_theme_with_a_chain_of_its_own_from_bottom_to_top_is_complete():
    assert rules_of(SOUND + "theme reliable: skill speed trust profit") == []


def test_a_theme_whose_chain_leaves_it_on_the_way_is_broken_there():
    finding = only(SOUND + "theme reliable: skill speed profit")

    assert (finding.rule, finding.object_key) == ("THEME_PATH_BROKEN", "reliable")
    assert finding.evidence == {"reached": "Process"}
    assert "its chain ends in Process" in finding.message


def test_a_theme_without_an_objective_at_the_bottom_is_broken():
    assert "no objective in People" in only(SOUND + "theme reliable: speed trust profit").message
    assert "no objective in People" in only(SOUND + "theme empty:").message


def test_more_than_five_links_into_one_objective_are_spaghetti():
    crowd = "perspective financial: profit\nperspective people: a b c d e f\n"
    links = [f"{key} -> profit" for key in "abcdef"]

    assert rules_of(crowd + "\n".join(links[:5])) == [("MAP_NO_WAY_OUT", "f")]
    assert rules_of(crowd + "\n".join(links)) == [("MAP_SPAGHETTI", "profit")]


def test_more_than_three_links_per_objective_are_spaghetti():
    top, bottom = "abcde", "vwxyz"
    bands = f"perspective top: {' '.join(top)}\nperspective bottom: {' '.join(bottom)}\n"
    upward = [f"{low} -> {high}" for low in bottom for high in top]
    across = [f"{one} -> {other}" for one, other in ("ab", "bc", "cd", "de", "vw", "wx", "xy", "yz")]
    loose = MapThresholds(causes_many=10)

    assert check_map(sketch(bands + "\n".join(upward + across[:5])), thresholds=loose) == ()
    (finding,) = check_map(sketch(bands + "\n".join(upward + across[:6])), thresholds=loose)
    assert (finding.rule, finding.object_key) == ("MAP_SPAGHETTI", "acme")
    assert finding.evidence == {"links": 31, "limit": 30}


def test_one_hypothesis_drawn_twice_is_found():
    assert rules_of(SOUND + "skill -> speed") == [("LINK_REPEATED", "skill → speed")]


def test_what_holds_by_definition_is_no_hypothesis():
    finding = only(SOUND + "profit == revenue")

    assert (finding.rule, finding.object_key) == ("LINK_IS_IDENTITY", "revenue → profit")
    assert "profit is revenue less cost" in finding.message


def test_a_link_without_a_hypothesis_or_a_lag_is_found():
    sound = sketch(SOUND)
    silent = replace(
        sound, causal_links=(*sound.causal_links, link("safety", "speed", hypothesis=" ", lag=None))
    )

    assert [(finding.rule, finding.severity) for finding in check_map(silent)] == [
        ("LINK_WITHOUT_HYPOTHESIS", Severity.MINOR),
        ("LINK_WITHOUT_LAG", Severity.INFO),
    ]


def test_links_to_nowhere_are_left_to_the_reader():
    sound = sketch(SOUND)

    assert check_map(replace(sound, causal_links=(*sound.causal_links, link("ghost", "profit")))) == ()


def test_a_map_without_perspectives_is_not_judged():
    assert check_map(sketch("")) == ()


def test_limits_come_from_the_policies_an_organisation_decided():
    decided = Policies.of(
        (PolicyValue("map.max_objectives.warn", "24"), PolicyValue("scorecard.exec_measure_budget", "9"))
    )
    limits = MapThresholds.of(decided)

    assert (limits.objectives_many, limits.executive_measures, limits.objectives_refused) == (24, 9, 30)


def test_the_limits_and_the_policy_table_have_the_same_defaults():
    assert MapThresholds.of(Policies()) == MapThresholds()


@pytest.mark.parametrize("module", [map_rules, map_thresholds])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0
