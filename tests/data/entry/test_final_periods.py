"""A final value: no door lets it change but a restatement with two approvers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.entry.actions.decide_restatement import (
    Verdict,
    decide_restatement,
    withdraw_restatement,
)
from fourfold.data.entry.actions.propose_restatement import propose_restatement
from fourfold.data.entry.actions.save_entry import save_entry
from fourfold.data.entry.models import Restatement
from fourfold.data.entry.pages.grid import EntryPlace, GridAsked
from fourfold.data.imports.actions import load_strategy_folder
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.notifications.models import Notice
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries import current_evaluation
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.models import Observation
from fourfold.scorecard.measures.observation import NewObservation
from fourfold.scorecard.measures.queries.ledger import head_seq
from tests.data.entry.conftest import FOUR_OBJECTIVES, MORNING, close, person

pytestmark = pytest.mark.django_db

PLACE = EntryPlace("old-town", "2026-09")
SEPTEMBER = 24_320  # 2026 × 12 + 8


def sales(value, *, scope, at=MORNING, unit="old-town", **said):
    row = NewObservation("sales", unit, SEPTEMBER, value=value, **said)
    return append_observations([row], scope=scope, at=at)


def typed(value, note=""):
    texts = {"sales.2026-09..a": value, "sales.2026-09.note": note}
    return GridAsked(PLACE, texts, known_seq=head_seq())


def proposed(value, *, scope, at=MORNING):
    answer = propose_restatement(
        typed(value), restatement_class="error", reason="Counted twice.", scope=scope, at=at
    )
    return answer.pk


def shown(unit="old-town", *, as_of=None):
    known = current_evaluation(INSTALLATION, unit, at=MORNING + timedelta(days=90), as_of=as_of)
    results = known.evaluation.at(next(iter(known.evaluation.grains)))
    place = (known.evaluation.measure_index("sales"), results.position(SEPTEMBER), 0)
    return float(results.measures.value[place])


def test_values_carry_the_release_status_of_their_period(steward):
    said = []
    for value, state in ((50001.0, ""), (50002.0, "flash"), (50003.0, "provisional")):
        if state:
            close(steward, "bakery", "2026-09", state=state)
        sales(value, scope=steward)
        said.append(Observation.objects.latest("seq").release_status)

    assert said == ["F", "F", "P"]


def test_a_value_of_a_final_period_is_refused_at_the_ledger_itself(steward):
    close(steward, "bakery", "2026-09")
    before = head_seq()

    with pytest.raises(Refusal, match="PERIOD_FINAL") as refused:
        sales(1.0, scope=INSTALLATION)

    assert refused.value.status == 409
    assert "September 2026 is final for “Old Town shop”" in refused.value.told_sentence
    assert head_seq() == before


def test_the_same_number_again_is_no_change_of_a_final_value(steward):
    sales(50000.0, scope=steward)
    close(steward, "bakery", "2026-09")

    assert sales(50000.0, scope=steward).unchanged == 1


def test_a_folder_with_another_number_is_refused_and_the_same_folder_is_not(steward, tmp_path):
    close(steward, "bakery", "2026-09")
    assert load_strategy_folder(FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=MORNING).written == 0

    sales_of = {"riverside": "final elsewhere"}
    assert sales_of
    with pytest.raises(Refusal, match="PERIOD_FINAL"):
        sales(1.0, scope=INSTALLATION, unit="riverside")


def test_closing_one_unit_leaves_its_neighbour_open(steward):
    close(steward, "old-town", "2026-09")

    assert sales(1.0, scope=steward, unit="riverside").written == 1
    with pytest.raises(Refusal, match="PERIOD_FINAL"):
        sales(1.0, scope=steward)


def test_a_reopened_period_takes_values_again(steward, approvers):
    close(steward, "bakery", "2026-09")
    close(approvers[0], "bakery", "2026-09", state="provisional", reason="A late invoice")

    assert sales(1.0, scope=steward).written == 1
    assert Observation.objects.latest("seq").release_status == "P"


@pytest.mark.method("M4.6")
def test_published_then_restated_is_known_as_it_was_on_each_day(bakery, approvers):
    """METHOD M4.6: publish 100 (day 3), 103 (day 6), restate 101 (day 40)."""

    def day(number):
        return datetime(2026, 10, 8, 12, tzinfo=UTC) + timedelta(days=number)

    steward = scope_of_key("clara")
    close(steward, "bakery", "2026-09", state="flash")
    sales(100.0, scope=steward, at=day(3))
    sales(103.0, scope=steward, at=day(6))
    close(steward, "bakery", "2026-09")
    pk = proposed("101", scope=steward, at=day(39))
    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[0], at=day(39))
    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[1], at=day(40))

    assert [shown(as_of=day(number)) for number in (4, 10, 50)] == [100.0, 103.0, 101.0]
    last = Observation.objects.select_related("entry").latest("seq")
    assert (last.release_status, last.entry.source_run) == ("R", f"restatement/{pk}")


def test_comparatives_follow_a_restatement_by_themselves(steward, approvers):
    sales(50000.0, scope=steward)
    sales(30000.0, scope=steward, unit="riverside")
    close(steward, "bakery", "2026-09")
    pk = proposed("49000", scope=steward)
    assert shown("bakery") == 80000.0
    for approver in approvers:
        decide_restatement(pk, Verdict(is_approval=True), scope=approver, at=MORNING)

    assert shown("bakery") == 79000.0


def test_one_approval_changes_nothing_and_nobody_gives_two(steward, approvers):
    close(steward, "bakery", "2026-09")
    before = head_seq()
    pk = proposed("49000", scope=steward)
    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[0], at=MORNING)

    assert (Restatement.objects.get(pk=pk).state, head_seq()) == ("pending", before)
    with pytest.raises(Refusal, match="APPROVED_ALREADY"):
        decide_restatement(pk, Verdict(is_approval=True), scope=approvers[0], at=MORNING)


def test_nobody_approves_a_restatement_of_their_own(bakery, approvers):
    person("both", ("approver", "bakery"), ("data_steward", "bakery"))
    both = scope_of_key("both")
    close(both, "bakery", "2026-09")
    pk = proposed("49000", scope=both)

    with pytest.raises(Refusal, match="OWN_RESTATEMENT"):
        decide_restatement(pk, Verdict(is_approval=True), scope=both, at=MORNING)


def test_a_steward_does_not_approve_and_an_administrator_does_not_either(steward):
    close(steward, "bakery", "2026-09")
    pk = proposed("49000", scope=steward)
    person("root", ("administrator", "bakery"))

    with pytest.raises(Refusal, match="NOT_PERMITTED"):
        decide_restatement(pk, Verdict(is_approval=True), scope=scope_of_key("root"), at=MORNING)


def test_one_refusal_ends_it_and_its_proposer_may_take_it_back(steward, approvers):
    close(steward, "bakery", "2026-09")
    refused, withdrawn = proposed("49000", scope=steward), proposed("48000", scope=steward)
    decide_restatement(refused, Verdict(False, "Not so."), scope=approvers[0], at=MORNING)
    withdraw_restatement(withdrawn, scope=steward, at=MORNING)

    assert Restatement.objects.get(pk=refused).state == "refused"
    assert Restatement.objects.get(pk=withdrawn).state == "withdrawn"
    with pytest.raises(Refusal, match="RESTATEMENT_DECIDED"):
        decide_restatement(refused, Verdict(is_approval=True), scope=approvers[1], at=MORNING)


def test_a_restatement_of_a_value_that_changed_meanwhile_is_not_written(steward, approvers):
    close(steward, "bakery", "2026-09")
    first, second = proposed("49000", scope=steward), proposed("48000", scope=steward)
    for approver in approvers:
        decide_restatement(first, Verdict(is_approval=True), scope=approver, at=MORNING)
    decide_restatement(second, Verdict(is_approval=True), scope=approvers[0], at=MORNING)

    with pytest.raises(Refusal, match="RESTATEMENT_OUTDATED"):
        decide_restatement(second, Verdict(is_approval=True), scope=approvers[1], at=MORNING)
    assert Restatement.objects.get(pk=second).verdicts.count() == 1


def test_an_approver_who_comes_too_late_keeps_what_they_wrote(steward, approvers, client):
    close(steward, "bakery", "2026-09")
    pk = proposed("49000", scope=steward)
    for approver in approvers:
        decide_restatement(pk, Verdict(is_approval=True), scope=approver, at=MORNING)
    client.force_login(Person.objects.get(key="dora"))

    answer = client.post(f"/restatements/{pk}/", {"do": "refuse", "comment": "The till was broken."})

    page = BeautifulSoup(answer.content, "lxml")
    assert answer.status_code == 409
    assert "The till was broken." in page.select_one("[role=alert]").get_text()
    assert page.select_one(f"#restatement-{pk}"), "the list of restatements is still there"


def reopen(scope):
    close(scope, "bakery", "2026-09", state="provisional", reason="A bill came late.")


def test_a_restatement_of_a_reopened_period_is_not_approved_and_says_why(steward, approvers, read):
    close(steward, "bakery", "2026-09")
    pk = proposed("49000", scope=steward)
    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[0], at=MORNING)
    reopen(approvers[0])
    before = head_seq()

    with pytest.raises(Refusal, match="RESTATEMENT_PERIOD_REOPENED") as refused:
        decide_restatement(pk, Verdict(is_approval=True), scope=approvers[1], at=MORNING)
    assert "September 2026 was reopened" in refused.value.told_sentence
    assert (head_seq(), Restatement.objects.get(pk=pk).verdicts.count()) == (before, 1)
    page = read(Person.objects.get(key="emil"), "/restatements/")
    assert "September 2026 was reopened since" in page.text
    assert [button["value"] for button in page.select("button[name=do]")] == ["refuse"]

    close(steward, "bakery", "2026-09")
    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[1], at=MORNING)
    assert shown() == 49000.0


def test_a_restatement_of_a_reopened_period_can_be_refused_and_withdrawn(steward, approvers):
    close(steward, "bakery", "2026-09")
    first, second = proposed("49000", scope=steward), proposed("48000", scope=steward)
    reopen(approvers[0])

    assert decide_restatement(first, Verdict(False), scope=approvers[0], at=MORNING) == "refused"
    withdraw_restatement(second, scope=steward, at=MORNING)


@pytest.mark.parametrize("lost", ["role", "account", "place"])
def test_an_approval_counts_only_as_long_as_its_giver_may_approve(steward, approvers, read, lost):
    close(steward, "bakery", "2026-09")
    pk = proposed("49000", scope=steward)
    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[0], at=MORNING)
    held = Membership.objects.filter(person__key="dora")
    if lost == "role":
        held.update(role="auditor")
    if lost == "account":
        Person.objects.filter(key="dora").update(is_active=False)
    if lost == "place":
        held.update(unit=Unit.objects.get(key="riverside"))

    assert decide_restatement(pk, Verdict(is_approval=True), scope=approvers[1], at=MORNING) == "pending"
    page = read(Person.objects.get(key="emil"), "/restatements/")
    assert "counts no longer" in page.text
    assert "1 approval is still needed." in page.text
    person("fred", ("approver", "old-town"))
    assert (
        decide_restatement(pk, Verdict(is_approval=True), scope=scope_of_key("fred"), at=MORNING)
        == "approved"
    )
    assert shown() == 49000.0


def notices(kind="restatement"):
    return sorted(Notice.objects.filter(kind=kind).values_list("person__key", "subject_text", "unit"))


def test_approvers_hear_of_a_proposal_and_its_proposer_of_the_decision(steward, approvers):
    person("fred", ("approver", "riverside"))
    close(steward, "bakery", "2026-09")
    pk = proposed("49000", scope=steward)
    asked = "A restatement waits for your approval: Old Town shop"
    assert notices() == [("dora", asked, "old-town"), ("emil", asked, "old-town")]

    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[0], at=MORNING)
    assert len(notices()) == 2
    decide_restatement(pk, Verdict(is_approval=True), scope=approvers[1], at=MORNING)
    told = "Your restatement is approved by two, and its values stand: Old Town shop"
    assert notices()[0] == ("clara", told, "old-town")


def test_the_notice_of_a_closed_and_of_a_reopened_period_names_its_unit(steward, approvers):
    close(steward, "old-town", "2026-08")
    close(approvers[0], "old-town", "2026-08", state="provisional", reason="A late invoice")

    assert {(text, unit) for _who, text, unit in notices("reopened")} == {
        ("August 2026 is final for “Old Town shop”.", "old-town"),
        ("August 2026 was reopened for “Old Town shop”: values can be entered again.", "old-town"),
    }


def test_a_proposer_who_approves_elsewhere_is_not_asked_for_their_own_and_hears_of_a_refusal(
    bakery, approvers
):
    person("both", ("approver", "bakery"), ("data_steward", "bakery"))
    both = scope_of_key("both")
    close(both, "bakery", "2026-09")
    pk = proposed("49000", scope=both)
    assert {who for who, _text, _unit in notices()} == {"dora", "emil"}

    decide_restatement(pk, Verdict(False, "No."), scope=approvers[0], at=MORNING)
    told = "Your restatement was refused, nothing has changed: Old Town shop"
    assert notices()[0] == ("both", told, "old-town")


def test_the_list_of_restatements_asks_as_much_for_many_as_for_few(steward, approvers, read):
    close(steward, "bakery", "2026-09")
    emil = Person.objects.get(key="emil")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            read(emil, "/restatements/")
        return len(queries)

    first = proposed("49000", scope=steward)
    decide_restatement(first, Verdict(is_approval=True), scope=approvers[0], at=MORNING)
    asked()  # signs in
    few = asked()
    for value in ("48000", "47000", "46000"):
        decide_restatement(
            proposed(value, scope=steward), Verdict(is_approval=True), scope=approvers[0], at=MORNING
        )
    assert asked() == few


def test_a_restatement_without_class_or_reason_is_handed_back(steward):
    close(steward, "bakery", "2026-09")
    answer = propose_restatement(typed("1"), restatement_class="", reason="", scope=steward, at=MORNING)

    assert answer.grid.problem == "Choose what kind of change it is."
    assert Restatement.objects.count() == 0


def test_saving_a_final_value_in_the_grid_says_how_it_is_done(steward):
    close(steward, "bakery", "2026-09")
    before = head_seq()
    answer = save_entry(typed("49000"), scope=steward, at=MORNING)

    assert "only by a restatement" in answer.grid.problem
    assert head_seq() == before


def test_every_step_stands_in_the_journal(steward, approvers):
    close(steward, "bakery", "2026-09")
    pk = proposed("49000", scope=steward)
    for approver in approvers:
        decide_restatement(pk, Verdict(is_approval=True), scope=approver, at=MORNING)
    actions = list(AuditEvent.objects.order_by("seq").values_list("actor", "action"))

    assert actions[-5:] == [
        ("clara", "period_moved"),
        ("clara", "restatement_proposed"),
        ("dora", "restatement_decided"),
        ("emil", "observations_appended"),
        ("emil", "restatement_decided"),
    ]
