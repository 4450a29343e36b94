"""Operational variance or strategic misalignment: METHOD M4.5's goldens, and one synthetic case for each pattern."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fourfold.engine.quantities import NotComputable, Status, Why
from fourfold.engine.variance import (
    Evidence,
    ExecutionPart,
    LeadEvidence,
    LeadState,
    Market,
    Materiality,
    Pattern,
    Persistence,
    Sales,
    SalesWrong,
    Standing,
    StepName,
    Verdict,
    judged,
    lead_state,
    market_variance,
    pattern_of,
    persistence,
    price_volume_mix,
    variance_split,
)

GREEN, AMBER, RED, GREY = Status.GREEN, Status.AMBER, Status.RED, Status.GREY
Z = np.array([0.2, -0.4, 0.1, 0.6, -0.3, -1.1, -1.4, -0.9, -1.6, -1.2, -1.0])


@pytest.mark.method("M4.5")
def test_the_market_shrank_and_the_share_grew() -> None:
    found = market_variance(Market(1000, 0.20), Market(900, 0.21), margin=10)

    assert found.size == pytest.approx(-200)
    assert found.share == pytest.approx(90)


def test_the_cusum_of_the_residual_signals_at_the_eleventh_point() -> None:
    found = persistence(Z, is_standardised=True)

    assert isinstance(found, Persistence)
    assert found.sums == pytest.approx([0, 0, 0, 0, 0, 0.6, 1.5, 1.9, 3.0, 3.7, 4.2], abs=1e-12)
    assert found.first_signal == 10
    assert found.is_signal


def test_price_quantity_and_mix_are_the_published_ones() -> None:
    found = price_volume_mix(Sales.of([400, 300, 300], [4, 1, 2]), Sales.of([700, 100, 300], [3, 2, 1]))

    assert [part.sum() for part in (found.price, found.volume, found.mix)] == pytest.approx([-900, 250, 750])
    assert found.mix == pytest.approx([390, 345, 15])
    assert found.total == pytest.approx(100)


def test_new_and_discontinued_products_stand_by_themselves() -> None:
    found = price_volume_mix(Sales.of([10, 5, 0], [2, 3, np.nan]), Sales.of([10, 0, 4], [3, np.nan, 5]))

    assert found.price.tolist() == [10, 0, 0]
    assert found.new.tolist() == [0, 0, 20]
    assert found.gone.tolist() == [0, -15, 0]
    assert found.total == pytest.approx(50 - 35)


@pytest.mark.parametrize(("quantity", "price"), [([1], [2, 3]), ([-1], [2]), ([1], [np.nan])])
def test_sales_that_cannot_be_are_refused(quantity, price) -> None:
    with pytest.raises(SalesWrong):
        Sales.of(quantity, price)


def _evidence(lead: LeadState, lag: Status, *, total: float = -10.0, explained: float = 2.0) -> Evidence:
    gap = -2.0 if lead is LeadState.MISSED else 0.5
    return Evidence(
        target=100.0,
        materiality=Materiality(share=0.02),
        is_signal=True,
        split=variance_split(total, [ExecutionPart("otif", gap, explained, 0.5, 3.0)], external=0.0),
        leads=(LeadEvidence("otif", lead, 3),),
        lag_status=lag,
        persistence=Persistence(np.array([0.0, 2.0, 4.5]), np.zeros(3), 4.0),
    )


CASES = [
    (LeadState.MISSED, RED, -10.0, Verdict.OPERATIONAL),
    (LeadState.ON_TARGET, RED, -10.0, Verdict.STRATEGIC),
    (LeadState.ON_TARGET, AMBER, -10.0, Verdict.NOT_YET_RED),
    (LeadState.MISSED, AMBER, -10.0, Verdict.OPERATIONAL),
    (LeadState.MISSED, GREEN, 10.0, Verdict.LUCK_OR_WRONG_DRIVER),
    (LeadState.ON_TARGET, GREEN, 10.0, Verdict.AS_INTENDED),
]


@pytest.mark.method("M4.5")
@pytest.mark.parametrize(("lead", "lag", "total", "verdict"), CASES)
def test_each_pattern_is_classified_and_only_one_opens_a_review(lead, lag, total, verdict) -> None:
    found = judged(_evidence(lead, lag, total=total))

    assert found.verdict is verdict
    assert found.verdict.opens_review is (verdict is Verdict.STRATEGIC)


def test_some_drivers_on_target_are_no_luck_and_some_missed_ones_are_named_by_a_pattern_of_their_own() -> (
    None
):
    mixed = [LeadState.ON_TARGET, LeadState.MISSED, LeadState.UNKNOWN]

    assert pattern_of(mixed, GREEN) is Pattern.PARTLY_AS_INTENDED
    assert pattern_of(mixed, RED) is Pattern.EXECUTION_FAILS
    assert pattern_of(mixed[1:], GREEN) is Pattern.LUCK_OR_WRONG_DRIVER


def test_a_residual_better_than_the_market_explains_questions_no_strategy() -> None:
    evidence = replace(_evidence(LeadState.ON_TARGET, RED), standing=Standing(6, 6))
    fallen, risen = (variance_split(-10.0, [], external=market) for market in (0.0, -30.0))

    assert (fallen.residual, risen.residual) == (-10.0, 20.0)
    assert judged(replace(evidence, split=fallen)).verdict is Verdict.STRATEGIC
    assert judged(replace(evidence, split=risen)).verdict is Verdict.HYPOTHESIS_DOUBTFUL


def test_without_driver_data_nothing_can_be_told_apart() -> None:
    bare = replace(_evidence(LeadState.ON_TARGET, RED), leads=())
    silent = _evidence(LeadState.UNKNOWN, RED)

    assert [judged(each).verdict for each in (bare, silent)] == [Verdict.CANNOT_DISTINGUISH] * 2


def test_a_small_variance_and_one_within_limits_have_no_story() -> None:
    evidence = _evidence(LeadState.ON_TARGET, RED)

    assert judged(replace(evidence, materiality=Materiality(floor=10.0))).verdict is Verdict.NOT_MATERIAL
    assert judged(replace(evidence, is_signal=False)).verdict is Verdict.COMMON_CAUSE


def test_within_limits_the_cusum_is_there_all_the_same() -> None:
    path = judged(replace(_evidence(LeadState.ON_TARGET, RED), is_signal=False))
    last = path.steps[-1]

    assert last.name is StepName.PERSISTENCE
    assert last.holds
    assert not last.is_reached


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"persistence": NotComputable(Why.TOO_FEW_POINTS)}, Verdict.HYPOTHESIS_DOUBTFUL),
        ({"persistence": NotComputable(Why.TOO_FEW_POINTS), "standing": Standing(6, 6)}, Verdict.STRATEGIC),
        (
            {"persistence": NotComputable(Why.TOO_FEW_POINTS), "standing": Standing(5, 5)},
            Verdict.HYPOTHESIS_DOUBTFUL,
        ),
        ({"persistence": Persistence(np.array([3.9]), np.zeros(1), 4.0)}, Verdict.HYPOTHESIS_DOUBTFUL),
        ({"residual_share": 1.2}, Verdict.HYPOTHESIS_DOUBTFUL),
    ],
)
def test_a_doubt_becomes_strategic_only_if_it_is_large_and_persists(change, verdict) -> None:
    assert judged(replace(_evidence(LeadState.ON_TARGET, RED), **change)).verdict is verdict


DOUBT, FINE = Pattern.HYPOTHESIS_DOUBTFUL, Pattern.AS_INTENDED


@pytest.mark.parametrize(
    ("patterns", "months", "standing", "lasts"),
    [
        ([DOUBT, FINE, FINE, DOUBT], 1, Standing(1, 1), False),  # red in March and June, green between
        ([FINE, *[DOUBT] * 5], 1, Standing(5, 5), False),
        ([FINE, *[DOUBT] * 7], 1, Standing(7, 7), True),
        ([DOUBT] * 2, 3, Standing(2, 6), True),
        ([DOUBT], 6, Standing(1, 6), False),
        ([DOUBT], 12, Standing(1, 12), False),
        ([DOUBT] * 2, 6, Standing(2, 12), True),
        ([], 1, Standing(), False),
    ],
)
def test_two_quarters_are_six_months_without_a_break(patterns, months, standing, lasts) -> None:
    assert Standing.of(patterns, months=months) == standing
    assert standing.lasts is lasts


def test_a_residual_of_exactly_half_is_enough() -> None:
    half = replace(
        _evidence(LeadState.ON_TARGET, RED),
        split=variance_split(-10.0, [ExecutionPart("otif", -2.5, 2.0, 1.0, 3.0)], external=0.0),
    )

    assert judged(half).verdict is Verdict.STRATEGIC


@pytest.mark.parametrize(
    ("statuses", "lag", "state"),
    [
        ([GREEN, GREEN, GREEN], 3, LeadState.ON_TARGET),
        ([RED, GREEN, GREEN], 2, LeadState.ON_TARGET),
        ([GREEN, GREEN], 3, LeadState.UNKNOWN),  # not on target for as long as it takes
        ([GREEN, AMBER, RED], 3, LeadState.MISSED),
        ([GREEN, GREEN, GREEN, RED], 4, LeadState.UNKNOWN),
        ([GREY, GREY], 2, LeadState.UNKNOWN),
        ([GREY, RED], 2, LeadState.MISSED),
        ([GREEN], 0, LeadState.ON_TARGET),
        ([], 2, LeadState.UNKNOWN),
    ],
)
def test_a_driver_counts_for_as_long_as_it_takes_to_work(statuses, lag, state) -> None:
    assert lead_state(statuses, lag=lag) is state


def test_one_missed_driver_is_enough_to_say_that_execution_failed() -> None:
    states = [LeadState.ON_TARGET, LeadState.MISSED, LeadState.UNKNOWN]

    assert pattern_of(states, RED) is Pattern.EXECUTION_FAILS
    assert pattern_of(states, GREY) is Pattern.UNKNOWN


def test_an_amber_outcome_makes_no_hypothesis_doubtful() -> None:
    assert pattern_of([LeadState.ON_TARGET], AMBER) is Pattern.NOT_YET_RED
    assert pattern_of([LeadState.ON_TARGET], RED) is Pattern.HYPOTHESIS_DOUBTFUL


@pytest.mark.parametrize(
    ("external", "verdict", "holds"),
    [
        (None, Verdict.MARKET_UNKNOWN, None),
        (0.0, Verdict.STRATEGIC, True),
        (-6.0, Verdict.HYPOTHESIS_DOUBTFUL, False),  # the market explains most of it
    ],
)
def test_the_strategy_is_questioned_only_where_the_outside_is_known(external, verdict, holds) -> None:
    found = judged(
        replace(_evidence(LeadState.ON_TARGET, RED), split=variance_split(-10.0, [], external=external))
    )

    assert found.verdict is verdict
    assert found.steps[2].name is StepName.SPLIT
    assert found.steps[2].holds is holds
    assert found.verdict.opens_review is (verdict is Verdict.STRATEGIC)


def test_execution_is_told_without_the_market() -> None:
    unknown = replace(_evidence(LeadState.MISSED, RED), split=variance_split(-10.0, []))

    assert judged(unknown).verdict is Verdict.OPERATIONAL


def test_the_parts_of_a_variance_sum_to_it() -> None:
    split = variance_split(
        -10.0, [ExecutionPart("otif", -2.0, 1.5, 1.0, 2.0)], external=-4.0, share_of_market=1.0
    )

    assert split.external + split.execution + split.residual == pytest.approx(-10.0)
    assert split.parts[0].interval == (-4.0, -2.0)


def test_a_shift_of_the_residual_does_not_hide_in_its_own_mean() -> None:
    rng = np.random.default_rng(2)
    steady = rng.normal(0.0, 1.0, 30)

    low = persistence(steady - 3.0)
    fine = persistence(rng.normal(0.6, 1.0, 30))

    assert isinstance(low, Persistence)
    assert low.is_signal
    assert isinstance(fine, Persistence)
    assert not fine.is_signal


@pytest.mark.parametrize(
    ("scores", "since", "is_always"),
    [
        ([-3.0, -3.0, -3.0, -3.0], 1, True),
        ([np.nan, -3.0, -3.0, -3.0], 2, True),
        ([1.0, -3.0, -3.0, -3.0], 2, False),
        ([-6.0, 3.0, -3.0, -0.5], 2, True),  # back within the border, not to zero
        ([-6.0, 9.0, -6.0, -6.0], 2, False),
        ([-3.0, -3.0, 3.0, 0.0], None, True),
        ([0.0, 0.0, 0.0], None, False),
    ],
)
def test_a_standing_sum_tells_since_when_and_whether_it_ever_came_back(
    scores: list[float], since: int | None, is_always: bool
) -> None:
    found = persistence(np.array(scores), is_standardised=True)

    assert isinstance(found, Persistence)
    assert (found.beyond_since, found.has_always_stood) == (since, is_always)


def test_too_few_residuals_and_equal_ones_make_no_cusum() -> None:
    assert persistence(np.array([1.0, 2.0, 3.0])) == NotComputable(Why.TOO_FEW_POINTS)
    assert persistence(np.full(20, -2.0)) == NotComputable(Why.NO_VARIATION)


def test_elasticities_older_than_four_quarters_are_warned_of() -> None:
    evidence = _evidence(LeadState.ON_TARGET, RED)

    assert not judged(replace(evidence, oldest_elasticity=4)).has_old_elasticities
    assert judged(replace(evidence, oldest_elasticity=5)).has_old_elasticities
