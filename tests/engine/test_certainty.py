"""How sure a value is: known of shares of declared cases alone, said only where a status is in doubt (METHOD §2.9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.certainty import Certainty, certainty_on
from fourfold.engine.definitions import OrgValues, ThresholdBasis, Thresholds
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.limit_decisions import NONE_DECIDED, DecidedLimits
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.engine.tree import scorecard_tree
from fourfold.engine.wilson import wilson_interval
from tests.engine.small_books import CALENDAR, VERSION, cell, definitions, evaluated, measure, target

RATIO = {"kind": AggregationKind.RATIO, "multiplier": 100.0, "counts_cases": True}
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
        (ROWS.replace("late north 2026-07 50 / 60", "late north 2026-07 50.25 / 60.5"), {}),
    ],
    ids=[
        "flow",
        "mean",
        "net share",
        "rate",
        "no counts",
        "more than all",
        "of nothing",
        "parts of cases before",
    ],
)
def test_of_everything_else_nothing_is_known(rows: str, fields: dict[str, object]) -> None:
    assert certainty(shares(rows, **fields)) is None


@pytest.mark.parametrize("unit_of_measure", ["%", "kg", "min", "EUR"])
def test_kilograms_minutes_and_money_in_whole_numbers_have_none(unit_of_measure: str) -> None:
    found = shares(counts_cases=False, unit_of_measure=unit_of_measure)
    period = CALENDAR.parse_grain("2026-09")
    node = scorecard_tree(found, unit="north", period=period).children[0].children[0].children[0]

    assert certainty(found) is None
    assert (node.interval, node.uncertain) == (None, False)


def months(counts: list[int], *, of: int, unit: str = "north") -> str:
    """A row a month, the last of them 2026-09."""
    last = CALENDAR.parse("2026-09")
    keys = [CALENDAR.key(last.shifted(place - len(counts) + 1)) for place in range(len(counts))]
    return "\n".join(f"late {unit} {key} {count} / {of}" for key, count in zip(keys, counts, strict=True))


WILD = [720, 780, 700, 790, 710, 770, 730, 800, 690, 760, 740, 750]
CALM = [750, 751, 749, 750, 752, 750, 748, 750, 751, 749, 750, 750]


def test_counts_that_vary_more_than_chance_widen_it_by_the_sigma_of_their_chart() -> None:
    found = certainty(shares(months(WILD, of=1000)))
    chart = spc.proportions(np.array(WILD, dtype=float), np.full(12, 1000.0), kind="p-prime")
    sigma = chart.dispersion[0, -1]  # type: ignore[index]
    low, high = wilson_interval(np.array(750.0 / sigma**2), np.array(1000.0 / sigma**2))

    assert found is not None
    assert sigma > 3.0
    assert found.dispersion == pytest.approx(sigma, rel=1e-12)
    assert (found.low, found.high) == (pytest.approx(100 * low), pytest.approx(100 * high))
    assert found.cases == 1000
    calm = certainty(shares(months(CALM, of=1000)))
    assert found.high - found.low > 3.0 * (calm.high - calm.low)  # type: ignore[union-attr]


def test_counts_that_vary_less_than_chance_narrow_nothing() -> None:
    found = certainty(shares(months(CALM, of=1000)))

    assert found is not None
    assert found.dispersion == 1.0
    assert found.low == pytest.approx(100 * wilson_interval(np.array(750.0), np.array(1000.0))[0])


def test_eleven_periods_are_too_few_to_know_how_counts_vary() -> None:
    found = certainty(shares(months(WILD[1:], of=1000)))

    assert found is not None
    assert found.dispersion == 1.0


def test_what_came_after_a_page_does_not_change_it() -> None:
    known = certainty(shares(months(WILD, of=1000)), period="2026-08")

    assert known is not None
    assert known.dispersion == 1.0


def test_so_dispersed_that_all_cases_tell_less_than_one_leaves_nothing_known() -> None:
    assert certainty(shares(months([0, 20] * 6, of=20))) is None


def test_another_threshold_keeps_the_history() -> None:
    first = replace(VERSION, **RATIO)  # type: ignore[arg-type]
    later = replace(
        first, number=2, valid_from=date(2026, 8, 1), thresholds=Thresholds(ThresholdBasis.SHARE, red=0.8)
    )
    due = replace(first, number=2, valid_from=date(2026, 8, 1), due_days=3)
    for second in (later, due):
        found = evaluated(definitions(measure("late", first, second)), months(WILD, of=1000))
        assert certainty(found) == certainty(
            evaluated(definitions(measure("late", first)), months(WILD, of=1000))
        )


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


class Decided:
    """What somebody decided on the limits of `late` in the north."""

    def __init__(self, **said: tuple[object, ...]) -> None:
        self.said = DecidedLimits(**said)  # type: ignore[arg-type]

    def of(self, measure: str, unit: str) -> DecidedLimits:
        return self.said if (measure, unit) == ("late", "north") else NONE_DECIDED


def test_since_limits_began_anew_cases_tell_as_much_as_on_the_chart_of_that_segment() -> None:
    found = shares(months([*WILD, *CALM], of=1000))
    wild = certainty(found)
    found.cube.decisions = Decided(anew=("2025-10",))
    calm = certainty(found)
    chart = spc.proportions(
        np.array([*WILD, *CALM], dtype=float),
        np.full(24, 1000.0),
        basis=spc.Basis(segments=spc.Segments.of(24, spans=[[(0, 12), (12, 24)]]), baseline=24),
        kind="p-prime",
    )

    assert wild is not None
    assert calm is not None
    assert wild.dispersion > 1.9
    assert calm.dispersion == pytest.approx(max(chart.dispersion[0, -1], 1.0))  # type: ignore[index]
    assert calm.high - calm.low < 0.6 * (wild.high - wild.low)


def test_a_page_before_the_limits_began_anew_knows_nothing_of_it() -> None:
    found = shares(months([*WILD, *CALM], of=1000))
    before = certainty(found, period="2025-09")
    found.cube.decisions = Decided(anew=("2025-10",))

    assert certainty(found, period="2025-09") == before
    assert certainty(found, period="2026-08").dispersion == 1.0  # type: ignore[union-attr]  # eleven periods


def test_a_known_special_cause_makes_no_dispersion() -> None:
    spiked = [*CALM[:5], 400, *CALM[5:], *CALM]
    found = shares(months(spiked, of=1000))
    last = CALENDAR.parse("2026-09")
    month = CALENDAR.key(last.shifted(5 - len(spiked) + 1))
    assert certainty(found).dispersion > 1.5  # type: ignore[union-attr]

    found.cube.decisions = Decided(special=((month, month),))
    assert certainty(found).dispersion == 1.0  # type: ignore[union-attr]
