"""How sure a value is: known of shares of counts alone, and said only where a status is in doubt (METHOD §2.9)."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine.certainty import Certainty, certainty_on
from fourfold.engine.definitions import OrgValues, Thresholds
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.engine.tree import scorecard_tree
from fourfold.engine.wilson import wilson_interval
from tests.engine.small_books import CALENDAR, cell, definitions, evaluated, measure, target

RATIO = {"kind": AggregationKind.RATIO, "multiplier": 100.0}
ROWS = """
    late north 2026-07 50 / 60
    late south 2026-07 40 / 60
    late north 2026-08 45 / 60
    late south 2026-08 30 / 60
    late north 2026-09 45 / 60
    late south 2026-09 500 / 600
"""


def shares(
    rows: str = ROWS, *, wanted: float = 80.0, red: float | None = None, **fields: object
) -> Evaluation:
    asked = [target("late", unit, wanted, red=red) for unit in ("company", "north", "south")]
    return evaluated(definitions(measure("late", **(RATIO | fields)), targets=asked), rows)


def certainty(found: Evaluation, unit: str = "north", period: str = "2026-09") -> Certainty | None:
    return certainty_on(found, measure="late", unit=unit, period=CALENDAR.parse_grain(period))


def test_forty_five_of_sixty_lie_between_628_and_842() -> None:
    found = certainty(shares())

    assert found is not None
    assert (round(found.low, 1), round(found.high, 1)) == (62.8, 84.2)
    low, high = wilson_interval(np.array([45.0, 0.0, 7.0]), np.array([60.0, 12.0, 7.0]))
    assert low.round(3).tolist() == [0.628, 0.0, 0.646]
    assert high.round(3).tolist() == [0.842, 0.242, 1.0]
    assert np.isnan(wilson_interval(np.array([3.0, 1.0, np.nan]), np.array([2.0, 0.0, 4.0]))).all()


@pytest.mark.parametrize(
    ("wanted", "is_uncertain"), [(80.0, True), (84.0, True), (85.0, True), (94.0, False), (62.5, False)]
)
def test_a_status_is_uncertain_where_the_interval_reaches_across_a_border(
    wanted: float, is_uncertain: bool
) -> None:
    # Of 75 %: amber begins at 90 % of the target, 76.5 for 85; of 94 even the upper end is off target.
    found = certainty(shares(wanted=wanted))

    assert found is not None
    assert found.is_uncertain is is_uncertain


def test_the_ends_have_the_statuses_that_the_scores_say() -> None:
    low, high = 62.8, 84.2
    for wanted in (60.0, 70.0, 84.0, 90.0, 93.0, 95.0):
        found = certainty(shares(wanted=wanted))
        assert found is not None
        borders = (0.9 * wanted, wanted)
        assert found.is_uncertain == any(low < border <= high for border in borders)


def test_counts_are_added_over_months_and_units() -> None:
    found = shares()
    quarter, whole = certainty(found, period="2026-Q3"), certainty(found, "company")

    assert quarter is not None
    assert whole is not None
    assert quarter.low == pytest.approx(100 * wilson_interval(np.array(140.0), np.array(180.0))[0])
    assert whole.high == pytest.approx(100 * wilson_interval(np.array(545.0), np.array(660.0))[1])


def test_it_is_the_same_whichever_units_were_asked_for() -> None:
    found = shares()
    alone = evaluate(found.book, found.cube, depth=0)

    assert certainty(alone, "company") == certainty(found, "company")
    assert certainty(evaluate(found.book, found.cube, unit="north", depth=0)) == certainty(found)


def test_an_entered_parent_is_as_sure_as_its_own_counts() -> None:
    rows = f"{ROWS}\n late company 2026-09 9 / 10"
    found = certainty(shares(rows, org_values=OrgValues.ENTERED), "company")

    assert found is not None
    assert found.high == pytest.approx(100 * wilson_interval(np.array(9.0), np.array(10.0))[1])


def test_a_row_with_a_red_of_its_own_is_judged_by_it() -> None:
    assert certainty(shares(wanted=90.0, red=85.0)).is_uncertain is False  # type: ignore[union-attr]
    assert certainty(shares(wanted=90.0, red=84.0)).is_uncertain is True  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (ROWS.replace(" / 60", ""), {"kind": AggregationKind.FLOW, "multiplier": 1.0}),
        (ROWS, {"kind": AggregationKind.MEAN, "multiplier": 1.0}),
        (ROWS, {"kind": AggregationKind.NET_SHARE}),
        (ROWS, {"kind": AggregationKind.RATE}),
        (ROWS.replace("2026-09 45", "2026-09 45.5"), {}),
        (ROWS.replace("2026-09 45", "2026-09 75"), {}),
        (ROWS.replace("late north 2026-09 45 / 60", "late north 2026-09 0 / 0"), {}),
    ],
    ids=["flow", "mean", "net share", "rate", "no counts", "more than all", "of nothing"],
)
def test_of_everything_else_nothing_is_known(rows: str, fields: dict[str, object]) -> None:
    assert certainty(shares(rows, **fields)) is None


def test_money_that_is_whole_by_chance_this_month_raises_no_doubt() -> None:
    rows = ROWS.replace("late north 2026-07 50 / 60", "late north 2026-07 50.25 / 60.5")
    found = certainty(shares(rows))

    assert found is not None
    assert found.is_uncertain is False


def test_a_measure_without_target_or_that_informs_has_an_interval_and_no_doubt() -> None:
    bare = evaluated(definitions(measure("late", **RATIO)), ROWS)
    informs = shares(goal=GoalType.INFORMATIONAL, thresholds=Thresholds())

    for found in (certainty(bare), certainty(informs)):
        assert found is not None
        assert found.is_uncertain is False


def test_the_scorecard_carries_it_beside_the_status() -> None:
    found = shares()
    period = CALENDAR.parse_grain("2026-09")
    node = scorecard_tree(found, unit="north", period=period).children[0].children[0].children[0]

    assert node.uncertain is True
    assert node.interval == (certainty(found).low, certainty(found).high)  # type: ignore[union-attr]
    assert cell(found, "late", "north", "2026-09")["status"] is not None
