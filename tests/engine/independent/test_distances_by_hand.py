"""What a distance, a baseline or another absolute line is worth where a target is a sum (DESIGN §5, Thresholds)."""

import pytest

from fourfold.engine.definitions import PolicyValue, ThresholdBasis, Thresholds
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.engine.score import STATUS_CODES
from tests.engine.small_books import cell, definitions, evaluated, measure, target

DISTANCE = ThresholdBasis.DISTANCE


def colour(evaluation: Evaluation, key: str, unit: str, period: str) -> str:
    return STATUS_CODES[cell(evaluation, key, unit, period)["status"]].value


def test_a_distance_grows_with_the_units_a_target_is_summed_from():
    written = definitions(
        measure("sales", thresholds=Thresholds(DISTANCE, red=10.0)),
        targets=[target("sales", "north", 100.0), target("sales", "south", 100.0)],
    )
    found = evaluated(written, "sales north 2026-09 91\nsales south 2026-09 91")

    assert colour(found, "sales", "north", "2026-09") == colour(found, "sales", "south", "2026-09") == "amber"
    assert colour(found, "sales", "company", "2026-09") == "amber"
    both = [cell(found, "sales", unit, "2026-09")["score"] for unit in ("north", "company")]
    assert both == pytest.approx([110 / 3, 110 / 3])  # a ninth of the way from 90 to 100, and from 180 to 200


def test_a_distance_grows_with_months_and_units_together():
    written = definitions(
        measure("sales", thresholds=Thresholds(DISTANCE, red=10.0)),
        targets=[target("sales", "north", 100.0), target("sales", "south", 100.0)],
    )
    rows = "\n".join(f"sales {unit} 2026-0{month} 91" for unit in ("north", "south") for month in (7, 8, 9))
    found = evaluated(written, rows)

    scores = [float(cell(found, "sales", "company", each)["score"]) for each in ("2026-09", "2026-Q3")]
    assert scores == pytest.approx([110 / 3, 110 / 3])  # 546 of 600, 60 below is red


def test_a_company_s_own_target_has_its_own_distance():
    written = definitions(
        measure("sales", thresholds=Thresholds(DISTANCE, red=10.0)),
        targets=[target("sales", unit, wanted) for unit, wanted in (("north", 100.0), ("company", 200.0))],
    )
    found = evaluated(written, "sales north 2026-09 91\nsales south 2026-09 91")

    assert colour(found, "sales", "company", "2026-09") == "red"


def test_a_stock_s_distance_grows_with_its_units_and_not_with_months():
    written = definitions(
        measure("staff", kind=AggregationKind.STOCK, thresholds=Thresholds(DISTANCE, red=10.0)),
        targets=[target("staff", "north", 100.0), target("staff", "south", 100.0)],
    )
    rows = "\n".join(f"staff {unit} 2026-0{month} 91" for unit in ("north", "south") for month in (7, 8, 9))
    found = evaluated(written, rows)

    scores = [float(cell(found, "staff", "company", each)["score"]) for each in ("2026-09", "2026-Q3")]
    assert scores == pytest.approx([110 / 3, 110 / 3])


def test_a_baseline_grows_with_the_units_a_target_is_summed_from():
    written = definitions(
        measure("claims", goal=GoalType.MINIMISE, baseline=100.0),
        targets=[target("claims", "north", 57.0), target("claims", "south", 57.0)],
        policies=[PolicyValue("score.scale", "progress")],
    )
    found = evaluated(written, "claims north 2026-09 57\nclaims south 2026-09 57")

    assert {colour(found, "claims", unit, "2026-09") for unit in ("north", "company")} == {"green"}
