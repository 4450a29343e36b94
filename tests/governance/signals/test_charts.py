"""Which chart a measure gets, what limits it has, and why it has none."""

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.policies import POLICIES
from fourfold.engine.spc import RULE_SETS, Assurance, ChartKind, Variation
from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
from fourfold.governance.signals.actions.rebase_limits import Rebase, rebase_limits
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.outward.interchange.pages.signals_document import signals_document
from fourfold.platform.accounts.scope import INSTALLATION
from tests.governance.signals.conftest import AT, MONTHS, SHOP, SOON, noise, sentences, shifted, stable, view

pytestmark = pytest.mark.django_db


def test_single_values_have_an_xmr_chart_with_limits_from_the_first_24(bakery):
    found = view("sales")
    expected = spc.xmr(np.array(SHOP["sales"], dtype=float), basis=spc.Basis(baseline=24))

    assert found.kind is ChartKind.XMR
    assert len(found.points) == 45
    assert found.points[0].key == "2023-01"
    assert found.points[-1].upper == pytest.approx(expected.upper.item())
    assert found.points[-1].centre == pytest.approx(float(np.mean(SHOP["sales"][:24])))


def test_shares_of_counts_have_a_p_chart_in_the_measure_s_unit(found):
    orders = [600 if month.endswith("1") else 900 for month in MONTHS]
    found(orders=orders, on_time=[round(0.9 * each + 9 * noise(place)) for place, each in enumerate(orders)])
    shown = view("punctuality")
    smaller, larger = shown.points[0], shown.points[1]

    assert shown.kind is ChartKind.P
    assert smaller.denominator == 600
    assert smaller.upper - smaller.centre > larger.upper - larger.centre
    assert 85 < shown.points[0].centre < 95


def test_counts_that_vary_more_than_chance_have_limits_that_allow_for_it(found):
    found(orders=[20000] * 45, on_time=[round(18000 + 300 * noise(place)) for place in range(45)])
    shown = view("punctuality")

    assert shown.kind is ChartKind.P_PRIME
    assert any("times as much as counts would by chance; the limits" in remark for remark in shown.remarks)
    assert not shown.findings


def test_a_mean_of_units_is_charted_as_single_values(bakery):
    assert view("satisfaction").kind is ChartKind.XMR


def test_stable_values_are_noise_and_the_page_says_so(bakery):
    found = view("sales")

    assert found.variation is Variation.COMMON_CAUSE
    assert found.findings == ()
    assert (
        found.variation_sentence
        == "September 2026 lies where an unchanged process is expected to lie: noise, no story."
    )


def test_a_shift_is_told_in_one_sentence(found):
    found(sales=shifted(SHOP["sales"], 700, last=8))

    assert (
        "From February 2026 on, 8 months in a row lie above the mean of 39,983 €: this is signal, not noise, "
        "and for the better."
    ) in sentences("sales")
    assert view("sales").variation is Variation.IMPROVEMENT


def test_a_shift_the_other_way_is_a_concern(found):
    found(sales=shifted(SHOP["sales"], -700, last=8))
    shown = view("sales")

    assert shown.variation is Variation.CONCERN
    assert {point.mark for point in shown.points[-8:]} == {PointMark.CONCERN}
    assert PointMark.CONCERN not in {point.mark for point in shown.points[:-10]}


def test_where_less_is_better_the_words_turn_round(found):
    found(unsold_kg=shifted(SHOP["unsold_kg"], -40, last=8))

    assert view("waste").variation is Variation.IMPROVEMENT
    assert any("below the mean" in said and "for the better" in said for said in sentences("waste"))


def test_one_value_beyond_a_limit_is_named_with_the_limit(found):
    sales = stable(40000, 200)
    sales[-3] = 44000
    found(sales=sales)
    (said,) = sentences("sales")

    assert said.startswith("July 2026 lies at 44,000 €, above the upper limit of 41,")
    assert view("sales").variation is Variation.COMMON_CAUSE, "an older signal does not colour the icon"


def test_an_old_shift_is_told_in_the_past(found):
    found(sales=[value + 700 * (30 <= place < 40) for place, value in enumerate(SHOP["sales"])])

    assert any("in a row lay above the mean" in said for said in sentences("sales"))


def test_a_trend_is_told_by_its_steps(found):
    sales = stable(40000, 200)
    sales[30:37] = [39400, 39600, 39800, 40000, 40200, 40400, 40600]
    found(sales=sales)

    assert (
        "From July 2025 to January 2026, 7 months in a row rise, each above the one before: this is signal, not noise, "
        "and for the better."
    ) in sentences("sales")


def test_points_that_another_signal_names_too_stand_behind_it(found):
    found(sales=shifted(SHOP["sales"], 1200, last=8))
    shown = view("sales")

    assert [finding.rule for finding in shown.leading] == ["mdc.shift"]
    assert {finding.rule for finding in shown.contained} == {"mdc.outside", "mdc.two-of-three"}


@pytest.mark.parametrize("rules", RULE_SETS)
def test_policy_chooses_the_rules(found, rules):
    found(sales=shifted(SHOP["sales"], 700, last=10), policies=f"spc.rules: {rules}")

    said = {finding.rule.split(".")[0] for finding in view("sales").findings}
    assert said <= {rules}
    assert bool(said) is (rules != "rule1")


def test_the_policies_know_every_rule_set_and_default_to_mdc():
    assert POLICIES["spc.rules"].choices == tuple(RULE_SETS)
    assert POLICIES["spc.rules"].default == "mdc"


def test_policy_says_how_many_points_fix_the_limits(found):
    found(sales=shifted(SHOP["sales"], 700, last=8), policies="spc.baseline: 45")

    assert view("sales").points[-1].centre > 40100


def test_fewer_than_eight_points_have_no_limits_and_say_why(found):
    found(sales=[None] * 39 + SHOP["sales"][39:])
    shown = view("sales")

    assert shown.has_chart
    assert not shown.has_limits
    assert shown.reason.startswith("Values side by side so far: 6. Limits need 8,")


def test_eight_to_eleven_points_make_trial_limits(found):
    found(sales=[None] * 36 + SHOP["sales"][36:])

    assert view("sales").is_trial
    assert view("sales").remarks[0] == "Trial limits: they rest on 9 points and will move."


def test_values_that_do_not_vary_have_no_limits(found):
    found(sales=[40000] * 45)

    assert view("sales").reason == "The values do not vary: there is no spread to make limits of."


def test_a_gap_is_counted_and_never_bridged(found):
    sales = shifted(SHOP["sales"], 700, last=8)
    sales[-4] = None
    found(sales=sales)
    shown = view("sales")

    assert "1 period has no value: no range is taken across it, and a pattern ends there." in shown.remarks
    assert shown.points[-4].value is None
    assert "Due, but not reported" in shown.points[-4].reason
    assert not any("8 months" in said or "7 months" in said for said in sentences("sales"))


def test_a_denominator_of_zero_is_a_gap_with_its_reason(found):
    orders = [1000] * 45
    orders[20] = 0
    on_time = list(SHOP["on_time"])
    on_time[20] = 0
    found(orders=orders, on_time=on_time)

    assert view("punctuality").points[20].reason == "Nothing to divide by"


def test_values_that_run_like_a_total_to_date_make_no_chart(found):
    found(sales=[3000 * (1 + place % 12) + place for place in range(45)])

    assert view("sales").kind is None
    assert "run like a total to date" in view("sales").reason


def test_a_stock_that_only_rises_is_no_total_to_date(found):
    headcount = [3000 * (1 + place % 12) + place for place in range(45)]
    found(sales=headcount, rewrite=("sales", {"kind: flow": "kind: stock"}))

    assert view("sales").kind is ChartKind.XMR
    assert view("sales").has_limits


def test_a_month_that_is_not_over_is_left_out_and_said_so(bakery):
    shown = view("sales", period="2026-10")

    assert shown.points[-1].key == "2026-09"
    assert "October 2026 is not over: a part of it says nothing yet and is left out." in shown.remarks


def test_a_page_in_the_past_knows_nothing_of_what_came_later(found):
    found(sales=shifted(SHOP["sales"], 700, last=8))

    assert view("sales", period="2026-01").points[-1].key == "2026-01"
    assert view("sales", period="2026-01").findings == ()


def test_a_quarter_s_page_shows_the_months_up_to_its_end(bakery):
    assert view("sales", period="2026-Q2").points[-1].key == "2026-06"


def test_the_target_above_the_limits_will_be_missed_and_the_sentence_says_both(found):
    found(sales=stable(30000, 100))
    shown = view("sales")

    assert shown.assurance is Assurance.CONSISTENTLY_MISS
    assert "The target of 45,095 €" in shown.assurance_sentence
    assert "will miss it consistently" in shown.assurance_sentence


def test_the_target_within_the_limits_is_hit_or_missed(found):
    found(on_time=[round(948 + 4 * noise(place)) for place in range(45)])

    assert view("punctuality", "bakery").assurance_sentence.startswith(
        "The target of 94.6 % lies within the limits of"
    )


def test_seasons_are_remarked_on(found):
    found(sales=[40000 + 900 * (place % 12 in (5, 6)) + round(60 * noise(place)) for place in range(45)])

    assert any("repeat with the season" in remark for remark in view("sales").remarks)


def test_neighbours_alike_are_remarked_on(found):
    found(sales=[40000 + round(1500 * np.sin(place / 5)) + round(20 * noise(place)) for place in range(45)])

    assert any("much like the one before it" in remark for remark in view("sales").remarks)


def test_it_is_always_said_of_which_values_limits_are_made(found, scope):
    found()
    assert view("sales").limits_sentences == (
        "Mean and limits are made of 24 values, January 2023 to December 2024.",
    )
    cause = SpecialCause("2023-02", "", "The street was closed.")
    mark_special_cause("sales", "old-town", cause=cause, scope=scope("ana"), at=AT)
    rebase_limits(
        "sales",
        "old-town",
        rebase=Rebase("2025-01", "A second oven."),
        scope=scope("ana-2", "strategy_office", "bakery"),
        at=AT,
    )

    assert view("sales", at=SOON).limits_sentences == (
        "From January 2023 to December 2024 mean and limits are made of 23 values, January 2023 to December 2024.",
        "From January 2025 to September 2026 mean and limits are made of 21 values, January 2025 to September 2026.",
    )
    told = signals_document(ChartPlace("sales", "old-town", "2026-09"), scope=INSTALLATION, at=SOON)
    assert [(each.limits_points, each.limits_first, each.limits_last) for each in told.segments] == [
        (23, "2023-01", "2024-12"),
        (21, "2025-01", "2026-09"),
    ]


def test_where_there_are_no_limits_nothing_is_said_of_what_makes_them(found):
    found(sales=[None] * 40 + SHOP["sales"][40:])

    assert view("sales").limits_sentences == ()
