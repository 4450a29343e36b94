"""Small cases with the answer written out, each a rule that such products get wrong (METHOD §7.3; DESIGN §5)."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    Definitions,
    ObjectiveShare,
    PolicyValue,
    ThresholdBasis,
    Thresholds,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import AggregationKind, GoalType, Weight, Why
from fourfold.engine.score import SCALES, STATUS_CODES
from tests.engine.small_books import (
    CALENDAR,
    COMPANY,
    VERSION,
    cell,
    definitions,
    evaluated,
    measure,
    target,
    value,
)

RATIO = AggregationKind.RATIO
DISTANCE = ThresholdBasis.DISTANCE
# min-max colours by thirds of the range: its green does not mean on target (docs/algorithms/score.md).
TARGET_IS_GREEN = set(SCALES) - {"min_max"}


def colour(evaluation: Evaluation, key: str, unit: str, period: str) -> str:
    return STATUS_CODES[cell(evaluation, key, unit, period)["status"]].value


def objective(evaluation: Evaluation, unit: str, period: str) -> dict[str, object]:
    page = CALENDAR.parse_grain(period)
    results = evaluation.at(page.grain)
    where = (0, results.position(page.ordinal), evaluation.units.index(unit))
    found = {name: getattr(results.objectives, name)[where] for name in results.objectives.__slots__}
    return found | {"why": Why(found["why"]), "status": STATUS_CODES[found["status"]].value}


def weighted(key: str, *weights: WeightFrom, critical: bool = False):
    return replace(measure(key), objectives=(ObjectiveShare("grow", weights, critical),))


def two_measures(first, second) -> Definitions:
    """Both aim at 100 from 90 (red) to 110 (best) at the site north."""
    return definitions(first, second, targets=[target(each.key, "north", 100.0) for each in (first, second)])


GREEN_AND_RED = "good north 2026-09 110\nbad north 2026-09 50"


def test_scores_of_months_are_never_averaged():
    written = definitions(measure("sales"), targets=[target("sales", "north", 10.0)])
    found = evaluated(written, "sales north 2026-07 5\nsales north 2026-08 11\nsales north 2026-09 11")
    months = [float(cell(found, "sales", "north", f"2026-0{month}")["score"]) for month in (7, 8, 9)]

    assert months == pytest.approx([0.0, 100.0, 100.0])  # the mean would be 66.67 and green
    assert float(cell(found, "sales", "north", "2026-Q3")["score"]) == pytest.approx(100 / 3)  # 27 of 30
    assert colour(found, "sales", "north", "2026-Q3") == "amber"


def test_a_unit_that_opens_in_the_year_owes_nothing_before_and_its_target_neither():
    units = (*COMPANY[:2], replace(COMPANY[2], valid_from=date(2026, 9, 1)))
    written = definitions(
        measure("sales"),
        targets=[target("sales", "north", 10.0), target("sales", "south", 20.0)],
        units=units,
    )
    rows = [f"sales north 2026-0{month} 10" for month in range(1, 10)]
    found = evaluated(written, "\n".join([*rows, "sales south 2026-09 20"]))

    assert value(found, "sales", "south", "2026-08") is Why.NOT_APPLICABLE
    assert (value(found, "sales", "company", "2026-08"), value(found, "sales", "company", "2026-09")) == (
        10.0,
        30.0,
    )
    whole = cell(found, "sales", "company", "2026-09-ytd")
    assert (whole["value"], whole["target"], whole["present"], whole["due"]) == (110.0, 110.0, 10, 10)


def test_a_weight_counts_from_the_period_at_whose_end_it_is_valid():
    changed = (WeightFrom(Weight(1.0)), WeightFrom(Weight(3.0), date(2026, 8, 15)))
    written = two_measures(weighted("good", *changed), weighted("bad", WeightFrom(Weight(1.0))))
    rows = "\n".join(f"good north 2026-0{m} 110\nbad north 2026-0{m} 50" for m in (7, 8, 9))
    found = evaluated(written, rows)

    assert [
        float(objective(found, "north", each)["score"]) for each in ("2026-07", "2026-08", "2026-Q3")
    ] == (pytest.approx([50.0, 75.0, 75.0]))


def test_a_weight_of_zero_informs_and_is_not_owed():
    written = two_measures(
        weighted("good", WeightFrom(Weight(1.0))), weighted("bad", WeightFrom(Weight(0.0)))
    )
    found = objective(evaluated(written, GREEN_AND_RED), "north", "2026-09")

    assert (found["score"], found["coverage"], found["red_children"]) == (100.0, 1.0, 0)
    silent = objective(evaluated(written, "good north 2026-09 110"), "north", "2026-09")
    assert (silent["score"], silent["coverage"]) == (100.0, 1.0)


def test_a_critical_red_measure_caps_the_colour_at_amber_and_leaves_the_score():
    nine, one = WeightFrom(Weight(9.0)), WeightFrom(Weight(1.0))
    free = evaluated(two_measures(weighted("good", nine), weighted("bad", one)), GREEN_AND_RED)
    capped = evaluated(
        two_measures(weighted("good", nine), weighted("bad", one, critical=True)), GREEN_AND_RED
    )

    assert objective(free, "north", "2026-09")["status"] == "green"
    assert objective(capped, "north", "2026-09")["status"] == "amber"
    assert (
        objective(capped, "north", "2026-09")["score"] == objective(free, "north", "2026-09")["score"] == 90.0
    )


def test_thresholds_that_change_within_a_quarter_judge_it_as_at_its_end():
    strict = replace(VERSION, number=2, valid_from=date(2026, 8, 15), thresholds=Thresholds(red=0.99))
    loose = replace(VERSION, thresholds=Thresholds(red=0.5))
    written = definitions(measure("sales", loose, strict), targets=[target("sales", "north", 100.0)])
    found = evaluated(written, "\n".join(f"sales north 2026-0{month} 90" for month in (7, 8, 9)))

    assert [colour(found, "sales", "north", each) for each in ("2026-07", "2026-08", "2026-Q3")] == [
        "amber",
        "red",
        "red",
    ]


def test_a_withdrawn_value_is_missing_again_and_its_objective_less_covered():
    written = two_measures(measure("good"), measure("bad"))
    found = evaluated(written, f"{GREEN_AND_RED}\nbad north 2026-09 missing_due")

    assert value(found, "bad", "north", "2026-09") is Why.MISSING_DUE
    parent = objective(found, "north", "2026-09")
    assert (parent["why"], parent["coverage"], parent["low"], parent["high"]) == (
        Why.INSUFFICIENT,
        0.5,
        50.0,
        100.0,
    )


def test_a_quarantined_row_lowers_coverage_and_is_not_counted():
    written = definitions(measure("late", kind=RATIO))
    rows = "\n".join(f"late {unit} 2026-0{m} 1 / 10" for unit in ("north", "south") for m in (7, 8, 9))
    found = evaluated(written, f"{rows}\nlate south 2026-09 quarantined")

    assert value(found, "late", "south", "2026-09") is Why.QUARANTINED
    assert value(found, "late", "company", "2026-09") is Why.INSUFFICIENT  # one of two
    quarter = cell(found, "late", "company", "2026-Q3")
    assert (quarter["value"], quarter["present"], quarter["due"]) == (5 / 50, 5, 6)


def test_a_denominator_of_zero_has_no_value_and_is_never_green():
    found = evaluated(
        definitions(measure("late", kind=RATIO), targets=[target("late", "north", 0.5)]),
        "late north 2026-09 0 / 0",
    )

    assert value(found, "late", "north", "2026-09") is Why.ZERO_DENOMINATOR
    assert (
        colour(found, "late", "north", "2026-09"),
        np.isnan(cell(found, "late", "north", "2026-09")["score"]),
    ) == (
        "grey",
        True,
    )


def test_a_sum_with_two_of_ten_sites_missing_says_eight_of_ten():
    sites = [Unit(f"site-{n}", f"Site {n}", "company", "site") for n in range(10)]
    written = definitions(measure("sales"), units=[COMPANY[0], *sites])
    found = cell(
        evaluated(written, "\n".join(f"sales site-{n} 2026-09 1" for n in range(8))),
        "sales",
        "company",
        "2026-09",
    )

    assert (found["why"], found["present"], found["due"]) == (Why.MISSING_REQUIRED, 8, 10)


@pytest.mark.parametrize("scale", sorted(TARGET_IS_GREEN))
@pytest.mark.parametrize("goal", [GoalType.MAXIMISE, GoalType.MINIMISE])
@pytest.mark.parametrize("wanted", [57.0, 0.1, 3 / 7])
def test_a_target_exactly_met_is_green_on_every_scale_and_page(scale: str, goal: GoalType, wanted: float):
    baseline = 0.0 if goal is GoalType.MAXIMISE else 1000.0
    written = definitions(
        measure("sales", goal=goal, baseline=baseline, natural_min=0.0, natural_max=1e6),
        targets=[target("sales", "north", wanted), target("sales", "south", wanted)],
        policies=[PolicyValue("score.scale", scale)],
    )
    rows = [f"sales {u} 2026-0{m} {wanted!r}" for u in ("north", "south") for m in (7, 8, 9)]
    found = evaluated(written, "\n".join(rows))

    assert {colour(found, "sales", u, p) for u in ("north", "company") for p in ("2026-09", "2026-Q3")} == {
        "green"
    }
    assert objective(found, "company", "2026-Q3")["status"] == "green"


def test_best_is_capped_where_nothing_better_exists():
    uncapped = measure("share", kind=RATIO, multiplier=100.0, thresholds=Thresholds(DISTANCE, red=10.0))
    capped = measure(
        "share", kind=RATIO, multiplier=100.0, thresholds=Thresholds(DISTANCE, red=10.0), natural_max=100.0
    )
    scores = [
        float(
            cell(evaluated(definitions(each, targets=[target("share", "north", 95.0)]), rows), *where)[
                "score"
            ]
        )
        for each in (uncapped, capped)
        for rows, where in [("share north 2026-09 100 / 100", ("share", "north", "2026-09"))]
    ]

    assert scores == pytest.approx([200 / 3 + 100 / 6, 100.0])


@pytest.mark.parametrize("wanted", [0.0, -4.0])
def test_a_share_of_a_target_that_is_not_positive_scores_nothing_and_a_distance_does(wanted: float):
    share = definitions(
        measure("loss", goal=GoalType.MINIMISE, kind=AggregationKind.STOCK, thresholds=Thresholds(red=1.1)),
        targets=[target("loss", "north", wanted)],
    )
    distance = definitions(
        measure(
            "loss",
            goal=GoalType.MINIMISE,
            kind=AggregationKind.STOCK,
            thresholds=Thresholds(DISTANCE, red=3.0),
        ),
        targets=[target("loss", "north", wanted)],
    )
    row = f"loss north 2026-09 {wanted}"

    assert cell(evaluated(share, row), "loss", "north", "2026-09")["score_why"] is Why.MISSING_REQUIRED
    assert colour(evaluated(distance, row), "loss", "north", "2026-09") == "green"


def test_a_yearly_value_is_carried_named_then_stale():
    yearly = measure("retention", frequency=Frequency.YEAR, kind=RATIO, due_days=31, grace_periods=0)
    late = date(2027, 3, 1)
    found = evaluated(
        definitions(yearly, targets=[target("retention", "north", 0.5, since="2025")]),
        "retention north 2025 9 / 10",
        today=late,
    )

    assert [value(found, "retention", "north", each) for each in ("2025-12", "2026-09", "2027-01")] == [
        0.9
    ] * 3
    stale = cell(found, "retention", "north", "2027-02")
    assert (stale["why"], stale["value"], stale["score_why"]) == (Why.STALE, 0.9, Why.STALE)
    year = found.at(CALENDAR.parse_grain("2026-09").grain)
    place, column = year.position(CALENDAR.parse_grain("2026-09").ordinal), found.units.index("north")
    assert year.shown[found.measure_index("retention")][place, column] == 2025


def test_a_rolling_window_ends_with_the_last_period_owed():
    written = definitions(measure("sales"), measure("quarterly", formula="rolling(sales, 3)"))
    rows = "\n".join(f"sales north 2026-0{month} 10" for month in range(1, 10))
    found = evaluated(written, rows)

    assert value(found, "quarterly", "north", "2026-09") == 30.0
    assert value(found, "quarterly", "north", "2026") == 30.0


def test_a_rolling_window_that_begins_before_the_measure_has_too_few_points():
    since = replace(VERSION, valid_from=date(2026, 6, 1))
    written = definitions(measure("sales", since), measure("quarterly", formula="rolling(sales, 3)"))
    rows = "\n".join(f"sales north 2026-0{month} 10" for month in (6, 7, 8, 9))
    found = evaluated(written, rows)

    assert value(found, "quarterly", "north", "2026-08") == 30.0
    assert value(found, "quarterly", "north", "2026-07") is Why.TOO_FEW_POINTS


def test_a_computed_ratio_that_meets_its_target_every_month_meets_the_quarters():
    low, high = target("margin", "north", 0.1), target("margin", "north", 0.3, since="2026-09")
    rising = replace(low, points=(*low.points, *high.points))
    margin = measure("margin", kind=RATIO, formula="profit / revenue")
    written = definitions(measure("profit"), measure("revenue"), margin, targets=[rising])
    rows = "\n".join(
        f"revenue north 2026-0{month} {size}\nprofit north 2026-0{month} {size * share}"
        for month, size, share in ((7, 900, 0.1), (8, 900, 0.1), (9, 100, 0.3))
    )
    found = cell(evaluated(written, rows), "margin", "north", "2026-Q3")

    assert float(found["target"]) == pytest.approx(float(found["value"]))


def test_an_overlapping_formula_is_wanted_as_of_the_last_period_owed():
    rising = replace(target("yearly", "north", 10.0), points=target("yearly", "north", 10.0).points)
    later = target("yearly", "north", 40.0, since="2026-09")
    yearly = measure("yearly", kind=RATIO, formula="rolling(sales, 3) / staff")
    written = definitions(
        measure("sales"),
        measure("staff", kind=AggregationKind.STOCK),
        yearly,
        targets=[replace(rising, points=(*rising.points, *later.points))],
    )
    rows = "\n".join(f"sales north 2026-0{n} 10\nstaff north 2026-0{n} 1" for n in range(1, 10))
    found = evaluated(written, rows)

    assert [
        float(cell(found, "yearly", "north", each)["target"]) for each in ("2026-08", "2026-Q3", "2026")
    ] == [
        10.0,
        40.0,
        40.0,
    ]


def test_a_window_that_begins_before_its_unit_has_too_few_points_there_and_not_above():
    units = (*COMPANY[:2], replace(COMPANY[2], valid_from=date(2026, 7, 1)))
    written = definitions(measure("sales"), measure("quarterly", formula="rolling(sales, 3)"), units=units)
    rows = [f"sales {COMPANY[1].key} 2026-0{n} 10" for n in range(1, 10)]
    rows += [f"sales {COMPANY[2].key} 2026-0{n} 1" for n in range(7, 10)]
    found = evaluated(written, "\n".join(rows))

    young, top = COMPANY[2].key, COMPANY[0].key
    assert value(found, "quarterly", young, "2026-06") is Why.NOT_APPLICABLE
    assert value(found, "quarterly", young, "2026-08") is Why.TOO_FEW_POINTS
    assert value(found, "quarterly", young, "2026-09") == 3.0
    assert value(found, "quarterly", top, "2026-08") == 32.0


@pytest.mark.parametrize("known_from", [None, date(2025, 11, 1)])
def test_where_the_time_axis_begins_changes_no_window(known_from: date | None):
    written = definitions(
        measure("sales", replace(VERSION, valid_from=known_from)),
        measure("quarterly", formula="rolling(sales, 3)"),
    )
    pages = [f"2026-{n:02d}" for n in range(1, 10)] + ["2026-Q1", "2026"]
    rows = "\n".join(f"sales north 2026-0{n} 10" for n in range(1, 10))
    columns = []
    for year in (2023, 2026):
        found = evaluated(written, rows, first=date(year, 1, 1))
        columns.append([value(found, "quarterly", "north", each) for each in pages])

    assert columns[0] == columns[1]


def test_nothing_is_wanted_or_counted_where_nothing_is_carried():
    yearly = replace(VERSION, frequency=Frequency.YEAR, kind=RATIO, valid_from=date(2025, 1, 1))
    written = definitions(
        measure("retention", yearly), targets=[target("retention", "north", 0.5, since="2025")]
    )
    found = cell(evaluated(written, "retention north 2025 9 / 10"), "retention", "north", "2025-03")

    assert (found["why"], found["present"], found["due"]) == (Why.NOT_APPLICABLE, 0, 0)
    assert np.isnan(found["target"])


def test_a_formula_counts_nothing_on_a_unit_it_is_not_meant_for():
    both = replace(measure("double", formula="sales + sales"), units=UnitSelector(unit="north"))
    found = evaluated(definitions(measure("sales"), both), "sales north 2026-09 1\nsales south 2026-09 1")

    assert [cell(found, "double", unit, "2026-09")["due"] for unit in ("north", "south")] == [1, 0]
