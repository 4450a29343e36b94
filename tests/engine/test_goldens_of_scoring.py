"""The published numbers of METHOD §2.1–2.5, digit by digit, through the whole way from a row to an objective.

The kernels are held to the same digits in `test_score_anchored`, `test_score_attainment` and `test_rollup`; here they
are what a page would show. METHOD §2.8 (trend and forecast) has no code yet and therefore no test.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from fourfold.engine.calendar import Grain
from fourfold.engine.definitions import ObjectiveShare, RollupMethod, ThresholdBasis, Thresholds, WeightFrom
from fourfold.engine.quantities import AggregationKind, GoalType, Weight
from fourfold.engine.score import progress
from tests.engine.small_books import CALENDAR, cell, definitions, evaluated, measure, target

ABSOLUTE = ThresholdBasis.ABSOLUTE
PUBLISHED = (("first", 80, 0.4), ("second", 60, 0.3), ("third", None, 0.2), ("fourth", 90, 0.1))


def page_score(goal: GoalType, thresholds: Thresholds, *, wanted: float, got: float) -> float:
    written = definitions(
        measure("x", goal=goal, thresholds=thresholds, kind=AggregationKind.STOCK),
        targets=[target("x", "north", wanted)],
    )
    return float(cell(evaluated(written, f"x north 2026-09 {got}"), "x", "north", "2026-09")["score"])


@pytest.mark.parametrize(
    ("got", "score"),
    [(85, "16.67"), (90, "33.33"), (92.5, "50.00"), (95, "66.67"), (98, "86.67"), (110, "100.00")],
)
def test_maximise_80_90_95_100(got: float, score: str) -> None:
    anchors = Thresholds(ABSOLUTE, worst=80.0, red=90.0, best=100.0)

    assert f"{page_score(GoalType.MAXIMISE, anchors, wanted=95.0, got=got):.2f}" == score


@pytest.mark.parametrize(("got", "score"), [(10, "16.67"), (6, "55.56"), (5, "66.67"), (4, "77.78")])
def test_minimise_12_8_5_2(got: float, score: str) -> None:
    anchors = Thresholds(ABSOLUTE, worst=12.0, red=8.0, best=2.0)

    assert f"{page_score(GoalType.MINIMISE, anchors, wanted=5.0, got=got):.2f}" == score


def test_progress_from_9_to_6_at_7_4_is_533_thousandths() -> None:
    assert f"{progress(7.4, baseline=9.0, target=6.0):.3f}" == "0.533"


def objective_of_the_published_scores(rollup: RollupMethod):
    """Four measures whose score equals their value: worst 0, red 100/3, target 200/3, best 100."""
    linear = Thresholds(ABSOLUTE, worst=0.0, red=100 / 3, best=100.0)
    measures = [
        replace(
            measure(key, kind=AggregationKind.STOCK, thresholds=linear),
            objectives=(ObjectiveShare("grow", (WeightFrom(Weight(weight)),)),),
        )
        for key, _, weight in PUBLISHED
    ]
    written = definitions(*measures, targets=[target(key, "north", 200 / 3) for key, _, _ in PUBLISHED])
    written = replace(written, objectives=(replace(written.objectives[0], rollup=rollup),))
    rows = "\n".join(f"{key} north 2026-09 {score}" for key, score, _ in PUBLISHED if score is not None)
    found = evaluated(written, rows)
    month = found.at(Grain.MONTH)
    where = (0, month.position(CALENDAR.parse("2026-09").ordinal), found.units.index("north"))
    return month.objectives, where


def test_scores_80_60_none_90_give_73_75_at_coverage_80_between_59_and_79() -> None:
    found, where = objective_of_the_published_scores(RollupMethod.ARITHMETIC)

    assert f"{found.score[where]:.2f}" == "73.75"
    assert f"{found.coverage[where]:.2f}" == "0.80"
    assert (f"{found.low[where]:.1f}", f"{found.high[where]:.1f}") == ("59.0", "79.0")


def test_the_same_scores_give_72_88_as_a_geometric_mean() -> None:
    found, where = objective_of_the_published_scores(RollupMethod.GEOMETRIC)

    assert f"{found.score[where]:.2f}" == "72.88"


def test_two_of_four_and_two_of_a_hundred_are_4_of_104() -> None:
    late = measure("late", kind=AggregationKind.RATIO)
    found = evaluated(definitions(late), "late north 2026-09 2 / 4\nlate south 2026-09 2 / 100")

    assert float(cell(found, "late", "company", "2026-09")["value"]) == float(Fraction(4, 104))
