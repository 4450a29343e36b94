"""What becomes of a link that its test contradicts: one of three choices, with name and reason."""

import pytest

from fourfold.governance.evidence.actions.decide_about_link import (
    ChoiceUnknown,
    NothingToDecide,
    ReasonMissing,
    decide_about_link,
)
from fourfold.governance.evidence.models import LinkDecision, LinkTestUnknown
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from tests.governance.evidence.conftest import AT, LATER, run_tests, said

pytestmark = pytest.mark.django_db

ADDRESS = "/evidence/build-skills/serve-on-time/bakery/2026-09/"
MAP = "/maps/bakery/2026-09/"
REASON = "Lessons take bakers from the counter."


@pytest.fixture
def against(tested):
    return tested.tests.get(verdict="contradicted")


def decide(test, scope, *, choice="change", reason=REASON, at=AT):
    return decide_about_link(test.pk, choice=choice, reason=reason, scope=scope, at=at)


def test_a_contradicted_link_is_a_finding_below_the_map_until_somebody_decides(scope, read, against):
    finding = read(MAP).select_one("section:has(#contradicted-title)")
    assert "Build broader baking skills → Deliver every order on time" in said(finding)
    assert "Nobody has decided what becomes of it." in said(finding)
    assert finding.select_one("a")["href"] == ADDRESS

    decide(against, scope("ana"))
    assert REASON in said(read(MAP).select_one("section:has(#contradicted-title)"))


def test_no_contradiction_no_panel(read, bakery):
    assert read(MAP).select("#contradicted-title") == []


@pytest.mark.parametrize("choice", ["drop", "change", "collect"])
def test_the_choice_is_kept_with_the_test_it_was_made_on(client, person, read, against, choice):
    client.force_login(person("ana"))
    answer = client.post(f"{ADDRESS}decide/", {"test": against.pk, "choice": choice, "reason": REASON})

    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    row = LinkDecision.objects.get()
    assert (row.choice, row.test_id, row.author.key) == (choice, against.pk, "ana")
    assert REASON in said(read(ADDRESS).select_one("section:has(#decide-title)"))
    assert AuditEvent.objects.get(action="link_decided").object == "link/build-skills>serve-on-time"


def test_the_latest_decision_counts_and_the_former_stays(scope, read, against):
    decide(against, scope("ana"), choice="collect")
    decide(against, scope("ana"), choice="drop", at=LATER)

    assert LinkDecision.objects.count() == 2
    assert "Drop the link." in said(read(ADDRESS).select_one("section:has(#decide-title)"))


def test_a_new_test_asks_anew_and_shows_what_was_decided_before(scope, read, against):
    decide(against, scope("ana"), choice="collect")
    run_tests(at=LATER)

    asked = said(read(ADDRESS).select_one("section:has(#decide-title)"))
    finding = said(read(MAP).select_one("section:has(#contradicted-title)"))
    assert "nobody has decided yet" in asked
    for told in (asked, finding):
        assert "Decided on an earlier test: Collect more data" in told
        assert REASON in told


@pytest.mark.parametrize(
    ("choice", "way"),
    [
        ("drop", "/edit/causal-links/build-skills.serve-on-time/retire/?next=/maps/bakery/2026-09/"),
        ("change", f"/edit/causal-links/build-skills.serve-on-time/?next={ADDRESS}"),
        ("change", f"{ADDRESS}register/"),
    ],
)
def test_a_decision_leads_on_to_where_it_is_carried_out(scope, read, against, choice, way):
    decide(against, scope("ana"), choice=choice)

    section = read(ADDRESS).select_one("section:has(#decide-title)")

    assert way in [link["href"] for link in section.select("a")]


def test_who_may_not_draw_links_is_told_who_does(scope, read, against, person):
    decide(against, scope("ana"), choice="drop")
    person("kim", "approver")

    section = read(ADDRESS, "kim").select_one("section:has(#decide-title)")

    assert section.select("a") == []
    assert "Somebody who may draw links does it under Design." in said(section)


def test_a_refused_decision_keeps_what_was_typed(client, person, against):
    client.force_login(person("ana"))
    answer = client.post(f"{ADDRESS}decide/", {"test": against.pk, "choice": "ignore", "reason": REASON})

    assert answer.status_code == 422
    assert REASON.encode() in answer.content
    assert LinkDecision.objects.count() == 0


def test_only_a_contradicted_link_waits_for_a_decision(scope, tested):
    ana = scope("ana")
    with pytest.raises(NothingToDecide):
        decide(tested.tests.get(verdict="supported"), ana)


def test_a_decision_is_one_of_three_and_says_why(scope, against):
    ana = scope("ana")
    with pytest.raises(ChoiceUnknown):
        decide(against, ana, choice="ignore")
    with pytest.raises(ReasonMissing):
        decide(against, ana, reason=" \n ")


def test_who_only_reads_decides_nothing_and_strangers_see_no_test(scope, against):
    with pytest.raises(NotPermitted):
        decide(against, scope("vera", "viewer"))
    with pytest.raises(LinkTestUnknown):
        decide(against, scope("otto", "strategy_office", "old-town"))
