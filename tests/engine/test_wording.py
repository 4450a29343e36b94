"""The wording linter, one rule at a time, in names people do write (METHOD §3.3)."""

import doctest

import pytest

from fourfold.engine.definitions import Objective, UnitSelector
from fourfold.engine.finding import Severity
from fourfold.engine.wording import check_wording, lexicon, rules

SOUND_TEXT = "Goods arrive when promised, because lines stop otherwise. It covers all services."


def objective(name: str, text: str = SOUND_TEXT) -> Objective:
    return Objective("reliability", name, text, "customer", (), None, UnitSelector("acme"), ())


def rules_of(name: str, text: str = SOUND_TEXT) -> list[str]:
    return [finding.rule for finding in check_wording(objective(name, text))]


def only(name: str):
    (finding,) = check_wording(objective(name))
    return finding


@pytest.mark.parametrize(
    "name",
    [
        "Improve delivery reliability steadily",
        "Deliver every shipment reliably",
        "Reduce CO2 emissions of transport",
        "Simplify the B2B ordering experience",
        "Optimize network capacity use",
        "Improve sales and support processes",
        "Provide safe and secure transport",
        "Win profitable key accounts",
        "Run the network on time",
        "Build a skilled and motivated workforce",
    ],
)
def test_a_well_worded_objective_has_no_findings(name):
    assert rules_of(name) == []


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Improvement of delivery reliability", "Improve delivery reliability"),
        ("Improving on-time delivery", "Improve on-time delivery"),
        ("Improved customer access", "Improve customer access"),
        ("Cutting waste everywhere", "Cut waste everywhere"),
        ("Growth in customer revenue", "Grow customer revenue"),
        ("Optimization of fleet use", "Optimise fleet use"),
    ],
)
def test_a_hidden_verb_is_brought_out(name, better):
    finding = only(name)

    assert finding.rule == "WORDING_NO_VERB"
    assert finding.evidence["suggestion"] == better
    assert better in finding.remedy


def test_a_name_without_any_verb_is_asked_for_one():
    finding = only("Excellent customer service")

    assert finding.rule == "WORDING_NO_VERB"
    assert "improve, increase, reduce" in finding.remedy


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("Grow revenue", True),
        ("Grow customer revenue", False),
        ("Grow the revenue of customers in all of Europe", False),
        ("Grow the revenue of our customers in all of Europe", True),
    ],
)
def test_a_name_has_three_to_nine_words(name, is_told):
    assert rules_of(name) == (["WORDING_LENGTH"] if is_told else [])


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Grow revenue by 10%", "10%"),
        ("Reduce costs below €5,000", "€5,000"),
        ("Keep support open 24/7", "24/7"),
        ("Double our online revenue", "Double"),
    ],
)
def test_a_number_belongs_to_the_target(name, number):
    finding = only(name)

    assert finding.rule == "WORDING_NUMBER"
    assert finding.evidence["words"] == (number,)


@pytest.mark.parametrize("word", ["index", "score", "ratio", "percentage", "target", "NPS"])
def test_how_it_is_counted_belongs_to_the_measure(word):
    assert only(f"Improve the loyalty {word}").rule == "WORDING_MEASURE_NAMED"


@pytest.mark.parametrize(
    "name", ["Implement the new ordering system", "Launch a loyalty club", "Set up regional hubs"]
)
def test_what_is_done_once_is_an_initiative(name):
    finding = only(name)

    assert finding.rule == "WORDING_UNDERTAKING"
    assert finding.severity is Severity.MAJOR
    assert "Make it an initiative" in finding.remedy


@pytest.mark.parametrize("noun", sorted(lexicon.ONE_OFF_NOUNS))
def test_a_name_for_something_that_ends_is_told(noun):
    assert only(f"Strengthen the customer {noun}").evidence["words"] == (noun,)


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("Attract and retain talent", ("Attract talent", "Retain talent")),
        ("Reduce cost and improve quality", ("Reduce cost", "Improve quality")),
        ("Attract & support young families", ("Attract young families", "Support young families")),
    ],
)
def test_two_verbs_are_two_objectives(name, halves):
    finding = only(name)

    assert finding.rule == "WORDING_TWO_VERBS"
    assert finding.evidence["words"] == halves
    assert all(half in finding.remedy for half in halves)


def test_one_conjunction_is_enough():
    assert rules_of("Provide fast and friendly service") == []
    assert rules_of("Provide fast and friendly or cheap service") == ["WORDING_CONJUNCTIONS"]


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Significantly improve delivery reliability", "Improve delivery reliability"),
        ("Deliver world class customer service", "Deliver customer service"),
        ("Provide best-in-class transport services", "Provide transport services"),
        ("Reduce waste as much as possible", "Reduce waste"),
    ],
)
def test_a_word_that_is_true_of_everything_is_dropped(name, better):
    finding = only(name)

    assert finding.rule == "WORDING_INTENSIFIER"
    assert finding.evidence["suggestion"] == better


def test_a_word_that_only_contains_an_intensifier_stands():
    assert rules_of("Improve discovery of every fault") == []


def test_a_name_may_break_several_rules_at_once():
    assert set(rules_of("Significantly increasing revenue by 10 %")) == {
        "WORDING_NO_VERB",
        "WORDING_NUMBER",
        "WORDING_INTENSIFIER",
    }


@pytest.mark.parametrize("name", ["", " ", "!", "Significantly", "and", "%"])
def test_a_name_that_says_nothing_is_told_and_breaks_nothing(name):
    assert "WORDING_LENGTH" in rules_of(name)


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_objective_without_a_description_is_refused(text):
    (finding,) = check_wording(objective("Improve delivery reliability", text))

    assert finding.rule == "DESCRIPTION_EMPTY"
    assert finding.refuses


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Goods arrive when promised.", 1),
        ("Goods arrive", 1),
        ("One. Two. Three. Four.", 4),
        ("They arrive, e.g. on time, i.e. as promised, at 99.5 % of sites.", 1),
    ],
)
def test_a_description_has_two_or_three_sentences(text, count):
    (finding,) = check_wording(objective("Improve delivery reliability", text))

    assert finding.rule == "DESCRIPTION_LENGTH"
    assert finding.evidence["sentences"] == count


@pytest.mark.parametrize(
    "text", ["One. Two!", "From what? To what. “So there.”", "It covers e.g. trucks. No ships etc."]
)
def test_two_or_three_sentences_pass_however_they_end(text):
    assert rules_of("Improve delivery reliability", text) == []


def test_the_list_holds_enough_verbs_and_no_one_off_verb():
    assert len(lexicon.VERBS) >= 120
    assert lexicon.VERBS.isdisjoint(lexicon.ONE_OFF_VERBS)
    assert lexicon.NOT_ONLY_VERBS - {"service"} <= lexicon.VERBS
    assert set(lexicon.NOMINALISATIONS.values()) <= lexicon.VERBS


def test_the_example_in_the_docstring_holds():
    assert doctest.testmod(rules).failed == 0
