"""New York's transport agencies, 2008 to 2011: every indicator of the feed is loaded or refused with a reason, and
scores equal a computation written out here, which knows nothing of the engine."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from fourfold.engine.evaluate import Evaluation
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.folder import FolderReading

INACTIVE = "67824"
ZERO_IS_MISSING = {
    "on-time-performance",
    "wait-assessment",
    "completed-trips",
    "elevator-availability",
    "escalator-availability",
}
PER_CENT = ZERO_IS_MISSING
OBJECTIVES = {
    "total-ridership": ("stewardship", "grow-paying-volume"),
    "on-time-performance": ("customer", "run-punctual-service"),
    "customer-injury-rate": ("customer", "keep-customers-safe"),
    "customer-accident-injury-rate": ("customer", "keep-customers-safe"),
    "elevator-availability": ("customer", "provide-accessible-service"),
    "escalator-availability": ("customer", "provide-accessible-service"),
    "completed-trips": ("internal-process", "deliver-scheduled-service"),
    "mean-distance-between-failures": ("internal-process", "maintain-reliable-fleet"),
    "collisions-with-injury": ("internal-process", "operate-safely"),
    "lost-time-rate": ("learning-growth", "protect-employees"),
    "lost-time-and-restricted-duty": ("learning-growth", "protect-employees"),
}
FEWER_IS_BETTER = {
    "customer-injury-rate",
    "customer-accident-injury-rate",
    "collisions-with-injury",
    "lost-time-rate",
    "lost-time-and-restricted-duty",
}


def feed(real_data: Path) -> Iterator[dict[str, str]]:
    with (real_data / "mta_performance_2008_2011.csv").open(newline="", encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def number(text: str) -> float | None:
    return float(text.replace(",", "")) if text else None


def indicator_map() -> dict[str, tuple[str, str]]:
    path = Path(__file__).parents[2] / "examples" / "mta" / "data" / "mapping.csv"
    with path.open(newline="", encoding="utf-8") as handle:
        return {row["indicator_seq"]: (row["measure"], row["unit"]) for row in csv.DictReader(handle)}


def test_every_indicator_of_the_feed_is_mapped_or_refused_with_a_reason(
    real_data: Path, mta: FolderReading
) -> None:
    indicators = {row["indicator_seq"] for row in feed(real_data)}

    assert len(indicators) == 147
    assert indicators - set(indicator_map()) == {INACTIVE}
    assert len(set(indicator_map().values())) == 146


def test_the_indicator_that_is_left_out_is_counted_with_its_reason(
    real_data: Path, mta: FolderReading
) -> None:
    rows = sum(row["indicator_seq"] == INACTIVE for row in feed(real_data))

    ((reason, count),) = mta.sources[0].counts.ignored

    assert count == rows > 0
    assert "inactive" in reason


def test_every_value_that_is_not_blank_is_loaded(real_data: Path, mta: FolderReading) -> None:
    places = indicator_map()
    expected = 0
    for row in feed(real_data):
        value = number(row["monthly_actual"])
        if row["indicator_seq"] == INACTIVE or value is None:
            continue
        measure, _ = places[row["indicator_seq"]]
        expected += not (value == 0 and measure in ZERO_IS_MISSING)

    assert len(mta.rows) == expected


def test_targets_sit_in_the_data_rows_and_are_taken_from_there(real_data: Path, mta: FolderReading) -> None:
    points = {
        (target.measure, target.unit, mta.definitions.organisation.calendar.key(point.period)): point.value
        for target in mta.definitions.targets
        for point in target.points
    }

    assert points["on-time-performance", "lirr", "2010-06"] == 95.1
    assert points["mean-distance-between-failures", "lirr", "2010-06"] == 110_000


def anchored_score(value: float, target: float, *, fewer_is_better: bool, per_cent: bool) -> float:
    """METHOD §2.3 with only a target: red at 90 % (110 %) of it, worst and best one more step away, clamped."""
    red = target * (1.1 if fewer_is_better else 0.9)
    worst, best = red - (target - red), target + (target - red)
    if per_cent:
        best = min(best, 100.0)
    if fewer_is_better:
        best = max(best, 0.0)
    anchors = [(worst, 0.0), (red, 100 / 3), (target, 200 / 3), (best, 100.0)]
    if fewer_is_better:
        anchors, value = [(-x, s) for x, s in anchors], -value
    if value >= anchors[-1][0]:
        return 100.0
    for (low, low_score), (high, high_score) in pairwise(anchors):
        if value < high:
            return max(low_score + (high_score - low_score) * (value - low) / (high - low), 0.0)
    return 100.0


def expected_scores(
    real_data: Path, unit: str, *, year: str, month: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Objective and perspective scores of one unit and month, equal weights, straight from the feed."""
    places = indicator_map()
    by_objective: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in feed(real_data):
        if row["indicator_seq"] == INACTIVE or (row["period_year"], row["period_month"]) != (year, month):
            continue
        measure, place = places[row["indicator_seq"]]
        value, target = number(row["monthly_actual"]), number(row["monthly_target"])
        if place == unit and measure in OBJECTIVES and value is not None and target is not None:
            by_objective[OBJECTIVES[measure]].append(
                anchored_score(
                    value, target, fewer_is_better=measure in FEWER_IS_BETTER, per_cent=measure in PER_CENT
                )
            )
    objectives = {key[1]: sum(scores) / len(scores) for key, scores in by_objective.items()}
    by_perspective: dict[str, list[float]] = defaultdict(list)
    for perspective, objective in by_objective:
        by_perspective[perspective].append(objectives[objective])
    return objectives, {key: sum(scores) / len(scores) for key, scores in by_perspective.items()}


def scores_of(tree: ScorecardNode, kind: str) -> Mapping[str, float]:
    found = {}
    for node in (*tree.children, *(child for perspective in tree.children for child in perspective.children)):
        if node.kind == kind and node.score is not None:
            found[node.key] = node.score
    return found


@pytest.mark.parametrize("unit", ["lirr", "li-bus", "mta-bus"])
def test_objective_and_perspective_scores_equal_the_computation_written_out_here(
    unit: str, real_data: Path, mta_evaluation: Evaluation
) -> None:
    calendar = mta_evaluation.book.definitions.organisation.calendar
    objectives, perspectives = expected_scores(real_data, unit, year="2010", month="6")

    tree = scorecard_tree(mta_evaluation, unit=unit, period=calendar.parse_grain("2010-06"))

    assert len(objectives) >= 5
    assert scores_of(tree, "objective") == pytest.approx(objectives, abs=1e-9)
    assert scores_of(tree, "perspective") == pytest.approx(perspectives, abs=1e-9)


def test_published_percentages_are_not_added_up_into_quarters(mta: FolderReading) -> None:
    from fourfold.engine.calendar import Grain
    from tests.real.conftest import evaluated

    evaluation = evaluated(mta, grains=(Grain.QUARTER,))
    calendar = mta.definitions.organisation.calendar

    tree = scorecard_tree(evaluation, unit="lirr", period=calendar.parse_grain("2010-Q2"))

    punctuality = next(node for node in measures_of(tree) if node.key == "on-time-performance")
    assert punctuality.value is None
    assert punctuality.value_why.code == "not_additive"


def measures_of(tree: ScorecardNode) -> Iterator[ScorecardNode]:
    for perspective in tree.children:
        for objective in perspective.children:
            yield from objective.children
