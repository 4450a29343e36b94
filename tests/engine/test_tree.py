"""The scorecard as a tree and as one document."""

import doctest
import json
import math

import pytest

from fourfold.engine import canonical
from fourfold.engine.book import UnknownUnit
from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import PolicyValue
from fourfold.engine.quantities import AggregationKind, Status, Why
from fourfold.engine.tree import as_document, canonical_json, scorecard_tree
from tests.engine.small_books import CALENDAR, definitions, evaluated, measure, target

ROWS = "sales north 2026-09 9\nsales south 2026-09 22\naudit north 2025 7\naudit south 2025 8"
SEPTEMBER = CALENDAR.parse_grain("2026-09")


def company(**policies: str):
    measures = measure("sales"), measure("audit", kind=AggregationKind.STOCK, frequency=Frequency.YEAR)
    wanted = [target("sales", "north", 10.0), target("sales", "south", 20.0)]
    listed = [PolicyValue(key.replace("__", "."), value) for key, value in policies.items()]
    return evaluated(definitions(*measures, targets=wanted, policies=listed), ROWS)


def test_the_tree_runs_from_the_scorecard_to_its_measures():
    node = scorecard_tree(company(score__coverage_min="0.5"), unit="company", period=SEPTEMBER)
    objective = node.children[0].children[0]
    sales, audit = objective.children

    assert (node.kind, node.score, node.why) == ("scorecard", None, Why.TOTAL_OFF)
    assert (sales.value, sales.target, sales.target_derived, sales.status) == (31.0, 30.0, True, Status.GREEN)
    assert (audit.value, audit.shown_period, audit.why) == (15.0, "2025", Why.MISSING_REQUIRED)
    assert (objective.score, objective.coverage) == (sales.score, 0.5)


def test_too_little_coverage_holds_the_score_back_with_its_bounds():
    objective = scorecard_tree(company(), unit="company", period=SEPTEMBER).children[0].children[0]

    assert (objective.score, objective.why, objective.status) == (None, Why.INSUFFICIENT, Status.GREY)
    assert objective.low < objective.high


def test_the_total_is_shown_where_policy_wants_it():
    found = company(score__total="on", score__coverage_min="0.5")
    node = scorecard_tree(found, unit="company", period=SEPTEMBER)

    assert node.score == node.children[0].score


def test_an_unknown_unit_is_refused():
    with pytest.raises(UnknownUnit):
        scorecard_tree(company(), unit="east", period=SEPTEMBER)


def test_the_document_reads_back_and_says_why_numbers_are_missing():
    found = company()
    node = scorecard_tree(found, unit="company", period=SEPTEMBER)
    document = json.loads(canonical_json(as_document(node, evaluation=found, period=SEPTEMBER)))

    assert document["period"] == {
        "key": "2026-09",
        "label": "September 2026",
        "grain": "month",
        "first_day": "2026-09-01",
        "last_day": "2026-09-30",
    }
    assert document["scorecard"]["score"] is None
    assert document["scorecard"]["why"] == "total_off"
    assert document["scorecard"]["children"][0]["children"][0]["children"][0]["value"] == 31.0


def test_canonical_json_is_what_json_reads_and_refuses_what_json_has_not():
    document = {
        "text": 'a "b"\\\n\x01é',
        "numbers": [0.1, 1e300, -0.0, 3],
        "nothing": None,
        "yes": True,
        "empty": {},
    }

    assert json.loads(canonical_json(document)) == document
    with pytest.raises(ValueError, match="nan"):
        canonical_json({"x": math.nan})


def test_the_examples_of_one_spelling_hold():
    assert doctest.testmod(canonical).failed == 0
