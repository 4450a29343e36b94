"""Which chart is right is decided by a person where numbers alone cannot tell: rare events, and events of one kind."""

import json

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.spc import ChartKind, Variation
from fourfold.governance.journal.pages.sentences import SENTENCES
from fourfold.governance.signals.actions.choose_chart import (
    ChartStands,
    ChartUnfit,
    ChartUnfitForKind,
    ChartUnknown,
    Choice,
    choose_chart,
)
from fourfold.governance.signals.actions.deciding import ReasonMissing
from fourfold.governance.signals.actions.withdraw_decision import withdraw_decision
from fourfold.governance.signals.models import LimitDecision
from fourfold.governance.signals.pages.exceptions_reading import read_exceptions
from fourfold.governance.signals.pages.panel import read_panel
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.pages.place import Place
from tests.governance.signals.conftest import AT, MONTHS, SOON, chart, page

BETWEEN = [round(each) for each in np.random.default_rng(4).exponential(300.0, len(MONTHS) - 3)]
DAYS = [*BETWEEN, 2600, 250, 320]
"""Hours from one event to the next: skewed, as such times are, and one very long one that an XmR chart cries over."""


def choose(scope, kind, *, measure="sales", reason="Each value is the time to the next event.", at=AT):
    return choose_chart(measure, "old-town", choice=Choice(kind, reason), scope=scope, at=at)


def panel(measure="sales"):
    return read_panel(ChartPlace(measure, "old-town", "2026-09"), scope=INSTALLATION, at=SOON)


@pytest.fixture
def ana(found, scope):
    found(sales=DAYS, policies='spc.baseline: "45"')
    return scope("ana")


def test_times_between_events_are_judged_by_their_roots_once_somebody_says_so(ana):
    before = panel().view
    choose(ana, "t")
    after = panel()

    expected = spc.time_between_events(np.array(DAYS, dtype=np.float64), basis=spc.Basis(baseline=45))
    assert (before.kind, after.view.kind) == (ChartKind.XMR, ChartKind.T)
    assert after.view.points[-1].upper == pytest.approx(expected.upper[0, -1])
    assert after.view.points[-1].centre == pytest.approx(expected.shown_centre[0, -1])
    assert after.view.points[-1].centre < 400, "in hours, not in roots of them"
    assert any(finding.rule == "mdc.outside" for finding in before.findings)
    assert not any(finding.rule == "mdc.outside" for finding in after.view.findings)
    assert after.chart_name == "t chart of the time from one rare event to the next, by a decision"
    assert [line.what for line in after.decisions] == [
        "Chosen: t chart: time from one rare event to the next"
    ]


@pytest.mark.parametrize(("kind", "made"), [("g", spc.between_events), ("c", spc.occurrences)])
def test_the_limits_are_those_of_the_chart_that_was_chosen(ana, kind, made):
    choose(ana, kind)
    expected = made(np.array(DAYS, dtype=np.float64), basis=spc.Basis(baseline=45))

    last = panel().view.points[-1]
    assert (last.centre, last.lower, last.upper) == pytest.approx(
        (expected.centre[0, 0], expected.lower[0, 0], expected.upper[0, 0])
    )


def test_the_icons_and_the_exceptions_follow_the_choice(ana):
    choose(ana, "t")
    told = read_exceptions(Place("old-town", "2026-09"), scope=INSTALLATION, at=SOON)
    sales = next((line for line in told.every if line.key == "sales"), None)

    assert chart("sales", at=SOON).judged.standing("sales").variation is Variation.COMMON_CAUSE
    assert sales is None or "worse" not in sales.tag.code


def test_a_share_of_counts_may_be_judged_by_single_values(ana):
    assert panel("punctuality").view.kind in (ChartKind.P, ChartKind.P_PRIME)
    choose(ana, "xmr", measure="punctuality", reason="The same lorries drive each month.")

    assert panel("punctuality").view.kind is ChartKind.XMR
    assert panel("punctuality").chart_name == "XmR chart of single values, by a decision"


def test_a_withdrawn_choice_holds_no_more_and_the_past_remembers_it(ana):
    number = choose(ana, "g")
    withdraw_decision("sales", "old-town", decision=number, scope=ana, at=SOON)

    assert panel().view.kind is ChartKind.XMR
    assert LimitDecision.objects.get(pk=number).chart == "g"


@pytest.mark.parametrize(
    ("measure", "kind", "refusal"),
    [
        ("satisfaction", "c", ChartUnfitForKind),
        ("satisfaction", "t", ChartUnfitForKind),
        ("punctuality", "g", ChartUnfitForKind),
        ("sales", "pie", ChartUnknown),
        ("sales", "", ChartUnknown),
    ],
)
def test_a_chart_that_the_values_do_not_suit_is_refused(ana, measure, kind, refusal):
    with pytest.raises(refusal):
        choose(ana, kind, measure=measure)
    assert not LimitDecision.objects.exists()


def test_a_flow_that_is_no_count_has_no_c_chart(found, scope):
    found(sales=[*DAYS[:-1], 4.5])
    with pytest.raises(ChartUnfit):
        choose(scope("ana"), "c")


def test_a_stock_has_no_chart_of_events_and_hears_why(found, scope):
    found(sales=DAYS, rewrite=("sales", {"kind: flow": "kind: stock"}))
    with pytest.raises(ChartUnfitForKind) as refused:
        choose(scope("ana"), "t")

    assert "by its definition this measure is a stock" in refused.value.told_sentence
    assert "XmR" in refused.value.told_remedy


def test_one_choice_stands_and_gives_its_reason(ana, scope):
    with pytest.raises(ReasonMissing):
        choose(ana, "t", reason=" ")
    choose(ana, "t")
    with pytest.raises(ChartStands):
        choose(ana, "g")
    with pytest.raises(NotPermitted):
        choose(scope("vera", "viewer", "bakery"), "g")


def test_it_is_chosen_in_a_form_and_told_in_the_journal(client, ana):
    address = "/measures/sales/old-town/2026-09/signals/choose/"
    form = page(client, "ana", address)
    kept = client.post(address, {"chart": "pie", "reason": "Because."})
    done = client.post(address, {"chart": "t", "reason": "Hours to the next event."}, follow=True)

    assert [each["value"] for each in form.select("select[name=chart] option")] == [
        "g",
        "t",
        "c",
        "xmr",
        "ewma",
        "cusum",
    ]
    assert (kept.status_code, done.status_code) == (422, 200)
    assert "by a decision" in done.content.decode()
    event = AuditEvent.objects.filter(action="chart_chosen").get()
    assert {"chart": "t", "unit": "old-town"}.items() <= json.loads(event.document)["details"].items()
    assert "{chart}" in SENTENCES["chart_chosen"]


def test_rare_events_are_remarked_on_with_what_to_do(found):
    found(sales=[int(place % 3 == 0) for place in range(45)])

    assert any(
        remark.startswith("Events are rare here, 0.3 a period on average") for remark in panel().view.remarks
    )
