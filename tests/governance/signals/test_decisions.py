"""Rebase, special cause, specification: who decides, what is refused, what stands, and what was known before."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from fourfold.governance.annotations.actions.saying import TextTooLong
from fourfold.governance.signals.actions.deciding import (
    ChartMissing,
    PeriodOutside,
    ReasonMissing,
    SegmentTooShort,
)
from fourfold.governance.signals.actions.mark_special_cause import (
    PeriodsReversed,
    SpecialCause,
    SpecialCauseOverlaps,
    mark_special_cause,
)
from fourfold.governance.signals.actions.rebase_limits import Rebase, RebasedAlready, rebase_limits
from fourfold.governance.signals.actions.set_specification import (
    Asked,
    SpecificationFromLimits,
    SpecificationMissing,
    SpecificationReversed,
    SpecificationStands,
    TargetOutside,
    set_specification,
)
from fourfold.governance.signals.actions.withdraw_decision import WithdrawnAlready, withdraw_decision
from fourfold.governance.signals.models import DecisionUnknown, LimitDecision, Withdrawal
from fourfold.platform.accounts.models import Membership
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted, OutOfScope
from fourfold.scorecard.measures.models import MeasureUnknown
from tests.governance.signals.conftest import AT, SHOP, SOON, chart, noise, shifted, stable, view

pytestmark = pytest.mark.django_db

OVEN = "The new oven bakes a third more since February."


def rebase(scope, period="2026-02", reason=OVEN, *, measure="sales", unit="old-town", at=AT):
    return rebase_limits(measure, unit, rebase=Rebase(period, reason), scope=scope, at=at)


def mark(scope, first, last="", reason="The street was closed.", *, at=AT):
    return mark_special_cause(
        "sales", "old-town", cause=SpecialCause(first, last, reason), scope=scope, at=at
    )


def ask(scope, lower, upper, target=None, *, period="2023-01", reason="The town's grant asks for it.", at=AT):
    asked = Asked(period, lower, upper, target, reason)
    return set_specification("sales", "old-town", asked=asked, scope=scope, at=at)


def recorded(action):
    """The latest event of that kind, as the journal keeps it."""
    return json.loads(AuditEvent.objects.filter(action=action).latest("seq").document)


@pytest.fixture
def ana(found, scope):
    """The strategy office; sales rose by a step eight months ago."""
    found(sales=shifted(SHOP["sales"], 700, last=8))
    return scope("ana")


def test_limits_begin_anew_with_the_period_and_the_shift_is_no_signal_any_more(ana):
    assert view("sales").findings
    rebase(ana)
    shown = view("sales")

    assert shown.findings == ()
    assert [(stretch.first, stretch.is_rebased) for stretch in shown.stretches] == [(0, False), (37, True)]
    assert shown.points[36].centre < 40100 < 40600 < shown.points[37].centre
    assert shown.is_trial, "eight values make trial limits"


def test_the_other_shop_and_the_whole_keep_their_limits(ana):
    before = view("sales", "riverside"), view("sales", "bakery")
    rebase(ana)

    assert (view("sales", "riverside"), view("sales", "bakery")) == before


def test_the_decision_stands_in_the_journal_with_its_reason(ana):
    number = rebase(ana)
    said = recorded("limits_rebased")

    assert said["object"] == "measure/sales"
    assert said["details"] == {"decision": number, "unit": "old-town", "period": "2026-02", "reason": OVEN}


def test_a_marked_point_stays_on_the_chart_and_makes_no_limits(found, scope):
    sales = stable(40000, 200)
    sales[10] = 44000
    found(sales=sales)
    before = view("sales").points[-1]
    mark(scope("ana"), "2023-11")
    after = view("sales")

    assert after.points[10].is_excluded
    assert after.points[10].value == 44000
    assert after.points[10].mark.label == "Improvement", "it is judged like the others"
    assert after.points[-1].centre < before.centre


def test_a_stretch_is_marked_from_its_first_to_its_last_period(ana):
    mark(ana, "2024-03", "2024-05")

    assert [point.key for point in view("sales").excluded] == ["2024-03", "2024-04", "2024-05"]


@pytest.mark.parametrize(("first", "last"), [("2024-05", ""), ("2024-01", "2024-03"), ("2024-04", "2024-04")])
def test_two_stretches_never_overlap(ana, first, last):
    mark(ana, "2024-03", "2024-05")

    with pytest.raises(SpecialCauseOverlaps, match="is marked already"):
        mark(ana, first, last)
    assert LimitDecision.objects.count() == 1


def test_a_stretch_the_wrong_way_round_is_refused(ana):
    with pytest.raises(PeriodsReversed, match="March 2024 comes before May 2024"):
        mark(ana, "2024-05", "2024-03")


def test_so_much_cannot_be_marked_that_no_limits_remain(ana):
    with pytest.raises(SegmentTooShort):
        mark(ana, "2023-01", "2026-03")


def test_limits_begin_only_once_with_a_period(ana):
    rebase(ana)

    with pytest.raises(RebasedAlready, match="February 2026"):
        rebase(ana)
    with pytest.raises(RebasedAlready):
        rebase(ana, "2023-01")


def test_segments_shorter_than_limits_need_are_refused(ana):
    with pytest.raises(SegmentTooShort, match="a stretch of 5 values; limits need 8"):
        rebase(ana, "2026-05")
    rebase(ana, "2025-01")
    with pytest.raises(SegmentTooShort):
        rebase(ana, "2025-06")


@pytest.mark.parametrize("period", ["2022-12", "2026-10", "2026-Q1", "next month", ""])
def test_only_periods_of_the_chart_can_be_chosen(ana, period):
    with pytest.raises(PeriodOutside):
        rebase(ana, period)


def test_a_reason_is_required_and_has_its_length(ana):
    with pytest.raises(ReasonMissing):
        rebase(ana, reason="  \n ")
    with pytest.raises(TextTooLong):
        rebase(ana, reason="a" * 4001)


def test_a_measure_without_a_chart_has_no_limits_to_decide_on(found, scope):
    found(sales=[3000 * (1 + place % 12) + place for place in range(45)])

    with pytest.raises(ChartMissing):
        rebase(scope("ana"))


def test_the_specification_holds_from_its_period_on_and_the_latest_counts(ana):
    ask(ana, 38000, 42000)
    ask(ana, 39000, 43000, 41000, period="2026-06")

    read = chart("sales")
    assert len(read.own) == 2
    said = recorded("specification_set")["details"]
    assert (said["lower"], said["upper"], said["target"]) == (39000, 43000, 41000)


@pytest.mark.parametrize(
    ("lower", "upper", "target", "refusal"),
    [
        (None, None, None, SpecificationMissing),
        (None, None, 5.0, SpecificationMissing),
        (float("inf"), None, None, SpecificationMissing),
        (42000, 38000, None, SpecificationReversed),
        (40000, 40000, None, SpecificationReversed),
        (38000, 42000, 37000, TargetOutside),
        (None, 42000, 42001, TargetOutside),
    ],
)
def test_a_specification_that_cannot_be_meant_is_refused(ana, lower, upper, target, refusal):
    with pytest.raises(refusal):
        ask(ana, lower, upper, target)
    assert not LimitDecision.objects.exists()


def test_control_limits_are_no_specification(ana):
    last = view("sales").points[-1]

    with pytest.raises(SpecificationFromLimits, match="what the process does"):
        ask(ana, round(last.lower), round(last.upper))
    ask(ana, round(last.lower) - 500, round(last.upper))


def test_limits_that_vary_are_no_specification_where_it_begins_either(found, scope):
    """Every other month has half the orders, so that the limits of its share lie farther apart."""
    orders = [1000 - 500 * (place % 2) for place in range(45)]
    found(orders=orders, on_time=[round(0.9 * each + 4 * noise(at)) for at, each in enumerate(orders)])
    points = {point.key: point for point in view("punctuality").points}
    wider, last = points["2026-08"], points["2026-09"]
    assert wider.upper - wider.lower > 1.2 * (last.upper - last.lower)

    def ask_share(period, limits):
        reason = "The grant asks for it."
        said = Asked(period, round(limits.lower, 1), round(limits.upper, 1), None, reason)
        return set_specification("punctuality", "old-town", asked=said, scope=scope("ana"), at=AT)

    for period, limits in (("2026-08", wider), ("2026-08", last), ("2026-09", last)):
        with pytest.raises(SpecificationFromLimits):
            ask_share(period, limits)
    assert ask_share("2026-09", wider), "other limits may be what somebody can use"


def test_two_specifications_never_begin_together(ana):
    ask(ana, 38000, 42000)

    with pytest.raises(SpecificationStands, match="January 2023"):
        ask(ana, 38000, 43000)


def test_a_withdrawn_decision_leaves_the_chart_as_it_was(ana):
    before = view("sales")
    number = rebase(ana)
    withdraw_decision("sales", "old-town", decision=number, scope=ana, at=SOON)

    assert view("sales", at=SOON) == before
    assert recorded("limit_decision_withdrawn")["details"]["decision"] == number
    with pytest.raises(WithdrawnAlready):
        withdraw_decision("sales", "old-town", decision=number, scope=ana, at=SOON)
    assert rebase(ana, at=SOON) != number, "it may be decided again"


def test_what_was_known_on_a_day_stays_known(ana):
    number = rebase(ana, at=AT + timedelta(days=2))
    withdraw_decision("sales", "old-town", decision=number, scope=ana, at=AT + timedelta(days=5))
    now = AT + timedelta(days=6)

    assert len(view("sales", as_of="2026-10-09", at=now).stretches) == 1
    assert len(view("sales", as_of="2026-10-11", at=now).stretches) == 2
    assert len(view("sales", as_of="2026-10-13", at=now).stretches) == 1


def test_rows_are_never_changed_nor_taken_away(ana):
    rebase(ana)

    for change in (
        lambda: LimitDecision.objects.update(reason="Nothing."),
        lambda: LimitDecision.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_measure_s_owner_and_steward_decide_and_others_of_their_roles_do_not(ana, scope):
    for role in ("auditor", "viewer", "measure_owner", "data_steward", "approver", "review_facilitator"):
        with pytest.raises(NotPermitted):
            rebase(scope(f"some-{role.replace('_', '-')}", role, "bakery"))
    with pytest.raises(NotPermitted):
        rebase(scope("bruno"))  # who owns another measure
    rebase(scope("clara"))  # the steward of sales


def test_an_owner_whose_role_only_reads_decides_nothing(ana, scope):
    Membership.objects.filter(person__key="clara").update(role="viewer")

    with pytest.raises(NotPermitted):
        rebase(scope("clara"))


def test_nobody_decides_about_a_unit_out_of_sight(ana, scope):
    elsewhere = scope("rui", "strategy_office", "riverside")

    with pytest.raises(OutOfScope):
        rebase(elsewhere)
    number = rebase(ana)
    with pytest.raises(OutOfScope):
        withdraw_decision("sales", "old-town", decision=number, scope=elsewhere, at=AT)
    with pytest.raises(DecisionUnknown):
        withdraw_decision("sales", "riverside", decision=number, scope=elsewhere, at=AT)
    with pytest.raises(DecisionUnknown):
        withdraw_decision("waste", "old-town", decision=number, scope=ana, at=AT)
    assert not Withdrawal.objects.exists()


def test_a_measure_that_the_unit_does_not_have_is_unknown(ana):
    with pytest.raises(MeasureUnknown):
        rebase(ana, measure="ghost")
