"""The rules of METHOD §2.5–2.7 and DESIGN §5, each on a book small enough to check in the head."""

from dataclasses import replace
from datetime import date

import pytest

from fourfold.engine.book import DefinitionRefused
from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    FormulaOrder,
    OrgValues,
    PolicyValue,
    Segment,
    ThresholdBasis,
    Thresholds,
    Unit,
)
from fourfold.engine.quantities import AggregationKind, GoalType, Why
from fourfold.engine.score import STATUS_CODES
from tests.engine.small_books import (
    COMPANY,
    VERSION,
    book,
    cell,
    definitions,
    evaluated,
    measure,
    target,
    value,
)

TWO_RATIOS = """
    late north 2026-09 2 / 4
    late south 2026-09 2 / 100
"""


def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators():
    late = measure("late", kind=AggregationKind.RATIO)

    assert value(evaluated(definitions(late), TWO_RATIOS), "late", "company", "2026-09") == 4 / 104


def test_a_formula_sees_operands_that_are_added_up_already():
    parts = (
        measure("delays"),
        measure("trains"),
        measure("late", kind=AggregationKind.RATE, formula="delays / trains"),
    )
    found = evaluated(
        definitions(*parts),
        "delays north 2026-09 2\ntrains north 2026-09 4\ndelays south 2026-09 2\ntrains south 2026-09 100",
    )

    assert value(found, "late", "company", "2026-09") == 4 / 104


def test_results_first_adds_up_what_each_site_computed():
    parts = (
        measure("hours"),
        measure("wage"),
        measure("cost", formula="hours * wage", formula_order=FormulaOrder.RESULTS_FIRST),
    )
    found = evaluated(
        definitions(*parts),
        "hours north 2026-09 2\nwage north 2026-09 10\nhours south 2026-09 3\nwage south 2026-09 20",
    )

    assert value(found, "cost", "company", "2026-09") == 80.0


def test_a_stock_keeps_its_last_month_and_a_flow_adds_its_months():
    written = definitions(measure("staff", kind=AggregationKind.STOCK), measure("sales"))
    found = evaluated(
        written,
        "\n".join(
            f"{key} {site} 2026-0{month} {month}"
            for key in ("staff", "sales")
            for site in ("north", "south")
            for month in (7, 8, 9)
        ),
    )

    assert value(found, "staff", "company", "2026-Q3") == 18.0
    assert value(found, "sales", "company", "2026-Q3") == 48.0


def test_an_additive_value_with_a_missing_site_is_missing_and_says_one_of_two():
    found = cell(
        evaluated(definitions(measure("sales")), "sales north 2026-09 5"), "sales", "company", "2026-09"
    )

    assert (found["why"], found["present"], found["due"]) == (Why.MISSING_REQUIRED, 1, 2)


def test_a_month_that_is_not_due_counts_as_soon_as_it_is_complete():
    written = definitions(measure("sales", due_days=20))
    early = evaluated(written, "sales north 2026-09 5")
    complete = evaluated(written, "sales north 2026-09 5\nsales south 2026-09 6")

    assert value(early, "sales", "company", "2026-09") is Why.NOT_DUE
    assert value(early, "sales", "north", "2026-09") == 5.0
    assert value(complete, "sales", "company", "2026-09") == 11.0


def test_an_unfinished_quarter_is_measured_to_date_against_the_target_to_date():
    written = definitions(
        measure("sales"), targets=[target("sales", "north", 10.0), target("sales", "south", 20.0)]
    )
    rows = "sales north 2026-07 9\nsales south 2026-07 21\nsales north 2026-08 8\nsales south 2026-08 22"
    found = cell(evaluated(written, rows, today=date(2026, 9, 10)), "sales", "company", "2026-Q3")

    assert (found["value"], found["target"]) == (60.0, 60.0)


def test_a_page_in_the_future_shows_its_whole_target():
    written = definitions(measure("sales"), targets=[target("sales", "north", 10.0)])
    found = cell(evaluated(written, "sales north 2026-01 9"), "sales", "north", "2026-Q4")

    assert (found["why"], found["target"]) == (Why.NOT_DUE, 30.0)


def test_a_parent_without_a_target_has_its_children_s_sum_only_if_complete():
    complete = definitions(
        measure("sales"), targets=[target("sales", "north", 10.0), target("sales", "south", 20.0)]
    )
    partial = definitions(measure("sales"), targets=[target("sales", "north", 10.0)])

    assert cell(evaluated(complete, ""), "sales", "company", "2026-09")["target"] == 30.0
    assert cell(evaluated(partial, ""), "sales", "company", "2026-09")["target_why"] is Why.MISSING_REQUIRED


def test_a_ratio_inherits_its_target_and_equal_targets_stay_exact():
    late = measure("late", kind=AggregationKind.RATIO, goal=GoalType.MINIMISE)
    found = evaluated(definitions(late, targets=[target("late", "company", 0.1)]), TWO_RATIOS)

    assert cell(found, "late", "south", "2026-09")["target"] == 0.1
    assert cell(found, "late", "company", "2026-Q3")["target"] == 0.1


def test_a_ratio_s_changing_target_is_weighted_by_the_actual_denominators():
    late = measure("late", kind=AggregationKind.RATIO, goal=GoalType.MINIMISE)
    ends = [target("late", "north", 0.1)]
    stepped = replace(
        ends[0], points=(*ends[0].points, target("late", "north", 0.4, since="2026-08").points[0])
    )
    rows = "late north 2026-07 1 / 30\nlate north 2026-08 1 / 10\nlate north 2026-09 1 / 20"
    found = cell(evaluated(definitions(late, targets=[stepped]), rows), "late", "north", "2026-Q3")

    assert found["target"] == pytest.approx((30 * 0.1 + 10 * 0.4 + 20 * 0.4) / 60)


def test_a_distance_grows_with_the_months_a_target_is_summed_from():
    sales = measure("sales", thresholds=Thresholds(ThresholdBasis.DISTANCE, red=2.0))
    rows = "sales north 2026-07 9\nsales north 2026-08 8\nsales north 2026-09 7"
    found = evaluated(definitions(sales, targets=[target("sales", "north", 10.0)]), rows)

    assert cell(found, "sales", "north", "2026-Q3")["score"] == pytest.approx(100 / 3)  # 24 is 30 − 3 · 2


def test_a_target_row_s_own_red_counts_instead_of_the_version_s():
    sales = measure("sales", thresholds=Thresholds(red=0.5))
    written = definitions(sales, targets=[target("sales", "north", 10.0, red=8.0)])
    found = evaluated(written, "sales north 2026-09 8")

    assert cell(found, "sales", "north", "2026-09")["score"] == pytest.approx(100 / 3)


def test_a_yearly_measure_shows_its_last_closed_year_until_the_next_is_overdue():
    audit = measure(
        "audit", kind=AggregationKind.STOCK, frequency=Frequency.YEAR, due_days=60, grace_periods=0
    )
    found = evaluated(definitions(audit), "audit north 2025 7", today=date(2027, 6, 1))

    assert value(found, "audit", "north", "2026-12") == 7.0
    late = cell(
        evaluated(definitions(audit), "audit north 2025 7", today=date(2027, 6, 1)),
        "audit",
        "north",
        "2027-04",
    )
    assert (late["value"], late["why"]) == (7.0, Why.STALE)


def test_precomputed_percentages_are_not_aggregated():
    share = measure("share", kind=AggregationKind.PRECOMPUTED)
    found = evaluated(definitions(share), "share north 2026-09 80\nshare south 2026-09 90")

    assert value(found, "share", "north", "2026-09") == 80.0
    assert value(found, "share", "company", "2026-09") is Why.NOT_ADDITIVE
    assert value(found, "share", "north", "2026-Q3") is Why.NOT_ADDITIVE


def test_where_both_are_present_the_declared_way_counts_and_the_other_is_a_finding():
    written = definitions(measure("sales"), measure("typed", org_values=OrgValues.ENTERED))
    rows = "\n".join(
        f"{key} {unit} 2026-09 {n}"
        for key in ("sales", "typed")
        for n, unit in enumerate(("north", "south", "company"), 1)
    )
    found = evaluated(written, rows)

    assert value(found, "sales", "company", "2026-09") == 3.0
    assert value(found, "typed", "company", "2026-09") == 3.0
    assert (
        value(evaluated(written, rows + "\ntyped company 2026-09 50"), "typed", "company", "2026-09") == 50.0
    )
    assert [(each.code, each.measure, each.unit) for each in found.cube.findings()] == [
        ("own_and_aggregated", "sales", "company")
    ]


def test_a_segment_is_owed_from_its_first_observation_on():
    cargo = measure(
        "cargo", segment_dimension="kind", segments=(Segment("dry", "Dry"), Segment("wet", "Wet"))
    )
    rows = (
        "cargo:1 north 2026-07 5\ncargo:1 north 2026-08 6\ncargo:2 north 2026-08 1\ncargo:1 north 2026-09 7"
    )
    found = evaluated(definitions(cargo), rows)

    assert [value(found, "cargo", "north", f"2026-0{month}") for month in (7, 8, 9)] == [
        5.0,
        7.0,
        Why.MISSING_REQUIRED,
    ]


def test_a_withdrawn_observation_is_missing_and_a_quarantined_one_says_so():
    found = evaluated(
        definitions(measure("sales")),
        """
        sales north 2026-09 5
        sales north 2026-09 missing_due
        sales south 2026-09 5
        sales south 2026-09 quarantined
        """,
    )

    assert value(found, "sales", "north", "2026-09") is Why.MISSING_DUE
    assert value(found, "sales", "south", "2026-09") is Why.QUARANTINED


def test_a_unit_owes_nothing_after_it_is_closed():
    closed = (*COMPANY[:2], replace(COMPANY[2], valid_to=date(2026, 8, 15)))
    found = evaluated(definitions(measure("sales"), units=closed), "sales north 2026-09 5")

    assert value(found, "sales", "company", "2026-09") == 5.0
    assert value(found, "sales", "south", "2026-09") is Why.NOT_APPLICABLE


def test_a_period_uses_the_version_valid_at_its_end():
    strict = replace(VERSION, number=2, valid_from=date(2026, 9, 1), thresholds=Thresholds(red=0.99))
    sales = measure("sales", VERSION, strict)
    written = definitions(sales, targets=[target("sales", "north", 100.0)])
    found = evaluated(written, "sales north 2026-08 95\nsales north 2026-09 95")

    assert cell(found, "sales", "north", "2026-08")["score"] == pytest.approx(50.0)
    assert cell(found, "sales", "north", "2026-09")["score"] == 0.0


def test_a_new_series_breaks_the_quarter_in_which_it_begins():
    again = replace(VERSION, number=2, valid_from=date(2026, 8, 1), series=2)
    sales = measure("sales", VERSION, again)
    rows = "sales north 2026-07 9\nsales#2 north 2026-08 4\nsales#2 north 2026-09 5"
    found = evaluated(definitions(sales), rows)

    assert value(found, "sales", "north", "2026-07") == 9.0
    assert value(found, "sales", "north", "2026-09") == 5.0
    assert value(found, "sales", "north", "2026-Q3") is Why.DEFINITION_BREAK


def test_lag_looks_back_by_native_periods_on_every_page():
    growth = measure("growth", formula="sales - lag(sales, 12)")
    rows = "\n".join(
        f"sales north {year}-{month:02d} {year - 2020}" for year in (2025, 2026) for month in range(1, 10)
    )
    found = evaluated(definitions(measure("sales"), growth), rows)

    assert value(found, "growth", "north", "2026-09") == 1.0
    assert value(found, "growth", "north", "2026-Q3") == 3.0
    assert value(found, "growth", "north", "2026-09-ytd") == 9.0
    assert value(found, "growth", "north", "2025-09") is Why.TOO_FEW_POINTS


@pytest.mark.parametrize(
    ("code", "build"),
    [
        ("FORMULA_CYCLE", lambda: definitions(measure("a", formula="b"), measure("b", formula="a"))),
        ("FORMULA_SYNTAX", lambda: definitions(measure("a", formula="1 +"))),
        (
            "UNIT_MISMATCH",
            lambda: definitions(
                measure("a", unit_of_measure="EUR"), measure("b", unit_of_measure="%", formula="a")
            ),
        ),
        ("THRESHOLD_ORDER", lambda: definitions(measure("a", thresholds=Thresholds(red=1.2)))),
        (
            "UNIT_CYCLE",
            lambda: definitions(units=(*COMPANY, Unit("x", "X", "y", "site"), Unit("y", "Y", "x", "site"))),
        ),
        ("UNIT_UNKNOWN", lambda: definitions(units=(*COMPANY, Unit("x", "X", "nowhere", "site")))),
        ("MEASURE_UNKNOWN", lambda: definitions(targets=[target("nothing", "north", 1.0)])),
        ("KEY_DUPLICATE", lambda: definitions(measure("a"), measure("a"))),
    ],
)
def test_wrong_definitions_are_refused_by_code(code, build):
    with pytest.raises(DefinitionRefused) as refusal:
        book(build())

    assert refusal.value.code == code


def test_a_status_is_held_where_policy_wants_it_and_the_score_stays():
    def months(**policies: str):
        sales = measure("sales", thresholds=Thresholds(red=0.5))
        listed = [PolicyValue(key, value) for key, value in policies.items()]
        written = definitions(sales, targets=[target("sales", "north", 100.0)], policies=listed)
        rows = (
            "sales north 2026-06 110\nsales north 2026-07 97\nsales north 2026-08 110\nsales north 2026-09 80"
        )
        found = evaluated(written, rows)
        return [
            STATUS_CODES[cell(found, "sales", "north", f"2026-0{month}")["status"]].value
            for month in (6, 7, 8, 9)
        ]

    assert months() == ["green", "amber", "green", "amber"]
    assert months(**{"status.hysteresis": "on"}) == ["green", "green", "green", "amber"]
