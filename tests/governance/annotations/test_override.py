"""A judgement beside a computed status (METHOD §2.9): who, why, for how long, and what it never touches."""

import io
from dataclasses import replace

import pytest

from fourfold.engine.quantities import Status
from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate
from fourfold.governance.annotations.actions.override_status import (
    NothingToJudge,
    ReasonMissing,
    Verdict,
    override_status,
    withdraw_override,
)
from fourfold.governance.annotations.models import OverrideUnknown, StatusOverride
from fourfold.governance.annotations.queries.overrides import computed_status, judgements_of
from fourfold.governance.annotations.queries.owning import NotItsOwner, OwnerOnlyReads
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.notifications.models import Notice
from fourfold.platform.refusals.refusal import ChangedMeanwhile, OutOfScope
from tests.governance.annotations.conftest import AT, CAUSE, ON_TIME, READING, SOON, WORKING, XSS

pytestmark = pytest.mark.django_db

REASON = "The new till counts late orders twice."
PAGE = "/objectives/serve-on-time/bakery/2026-09/"


def other_than_computed(scope):
    computed = computed_status(ON_TIME, scope=scope, at=AT)
    return next(each for each in (Status.GREEN, Status.AMBER, Status.RED) if each is not computed)


def judge(scope, *, status=None, reason=REASON, edition=0, at=AT):
    verdict = Verdict(status or other_than_computed(scope), reason, edition)
    return override_status(ON_TIME, verdict, scope=scope, at=at)


def told(client, person, path="/api/v1/scorecards/bakery/2026-09"):
    client.force_login(person)
    return client.get(path).json()


def test_the_judgement_stands_beside_the_computed_status_and_changes_no_number(client, ana, read, scope):
    bruno = scope("bruno")
    before, computed = told(client, ana), computed_status(ON_TIME, scope=bruno, at=AT)
    judge(bruno)

    standing = read(ana, PAGE).select_one(".objective-standing")
    labels = [pill.text for pill in standing.select(".pill")]
    assert labels == [computed.label, other_than_computed(bruno).label]
    assert "Bruno Costa" in standing.text
    assert REASON in standing.text
    after = told(client, ana)
    assert after.pop("judged")
    assert after == before


def test_it_holds_for_its_period_and_unit_alone(scope):
    bruno = scope("bruno")
    judge(bruno)

    def judged(**place):
        return judgements_of(
            ["serve-on-time"], **{"unit": "bakery", "period": "2026-09", **place}, scope=bruno
        )

    assert judged()
    assert not judged(period="2026-10")
    assert not judged(period="2026-Q3")
    assert not judged(unit="old-town")


def test_no_reason_no_judgement(scope):
    with pytest.raises(ReasonMissing):
        judge(scope("bruno"), reason=" \n")
    assert not StatusOverride.objects.exists()


def test_what_is_computed_anyway_and_no_data_are_no_judgement(scope):
    bruno = scope("bruno")
    for status in (computed_status(ON_TIME, scope=bruno, at=AT), Status.GREY):
        with pytest.raises(NothingToJudge):
            judge(bruno, status=status)


@pytest.mark.method("M6.2")
@pytest.mark.parametrize("role", WORKING)
def test_an_objective_is_judged_by_its_owner_and_by_nobody_else_of_any_role(scope, now_as, role):
    """METHOD §2.9 allows it to the objective's owner; the administrator does everything but judge."""
    them = scope("somebody", role, "bakery")
    for judging in (judge, lambda who: withdraw_override(ON_TIME, scope=who, at=SOON)):
        with pytest.raises(NotItsOwner) as refused:
            judging(them)
        assert refused.value.code == "NOT_ITS_OWNER"
        assert "Bruno Costa" in refused.value.told_sentence

    bruno = now_as("bruno", role)
    judge(bruno)
    withdraw_override(ON_TIME, scope=bruno, at=SOON)


@pytest.mark.method("M6.2")
@pytest.mark.parametrize("role", READING)
def test_an_owner_who_only_reads_judges_nothing(client, person, now_as, role):
    bruno = now_as("bruno", role)

    with pytest.raises(OwnerOnlyReads):
        judge(bruno)
    client.force_login(person("bruno"))
    told = client.get("/overrides/serve-on-time/bakery/2026-09/")
    assert told.status_code == 403
    assert "your roles at this unit only read" in told.content.decode()
    assert not StatusOverride.objects.exists()


def test_an_owner_judges_only_where_their_role_is_held(now_as):
    at_riverside = replace(ON_TIME, unit="riverside")
    here = now_as("bruno", "objective_owner", "old-town")

    with pytest.raises(OutOfScope):
        override_status(at_riverside, Verdict(Status.GREEN, REASON), scope=here, at=AT)


def test_who_may_not_is_told_who_may(client, ana, read):
    client.force_login(ana)
    refused = client.get("/overrides/serve-on-time/bakery/2026-09/")

    assert refused.status_code == 403
    assert "Only its owner explains and judges this: Bruno Costa." in refused.content.decode()
    page = read(ana, PAGE)
    assert "Only its owner explains and judges this: Bruno Costa." in page.text
    assert "/overrides/" not in str(page)


def test_the_second_of_two_windows_is_refused_and_a_knowing_one_replaces(scope):
    bruno = scope("bruno")
    first = judge(bruno)

    with pytest.raises(ChangedMeanwhile):
        judge(bruno, reason="I see it otherwise.")
    judge(bruno, reason="I see it otherwise.", edition=first, at=SOON)
    assert StatusOverride.objects.filter(withdrawn_at=None).count() == 1
    assert StatusOverride.objects.get(pk=first).withdrawn_by.key == "bruno"


def test_withdrawn_the_computed_status_stands_alone(ana, read, scope):
    bruno = scope("bruno")
    judge(bruno)
    withdraw_override(ON_TIME, scope=bruno, at=SOON)

    assert len(read(ana, PAGE).select(".objective-standing .pill")) == 1
    with pytest.raises(OverrideUnknown):
        withdraw_override(ON_TIME, scope=bruno, at=SOON)
    actions = AuditEvent.objects.filter(object="objective/serve-on-time").order_by("seq")
    assert list(actions.values_list("action", flat=True)) == ["status_overridden", "override_withdrawn"]


def test_whoever_spoke_about_it_is_told_of_the_judgement_and_the_judge_is_not(scope):
    annotate(ON_TIME, NewAnnotation(CAUSE, "The till."), scope=scope("clara"), at=AT)
    judge(scope("bruno"), at=SOON)

    assert list(Notice.objects.filter(kind="override").values_list("person__key", flat=True)) == ["clara"]


def test_map_list_links_and_paper_say_so_too(client, ana, read, scope):
    from pypdf import PdfReader

    judge(scope("bruno"))
    page = read(ana, "/maps/bakery/2026-09/")
    card = page.select_one('[data-objective="serve-on-time"]')
    assert "overridden" in card.text
    assert "overridden" in card["aria-label"]
    assert REASON in page.select_one(".map-objectives").text
    assert REASON in read(ana, "/objectives/grow-sales/bakery/2026-09/").select_one(".link-cards").text
    paper = PdfReader(io.BytesIO(client.get("/scorecards/bakery/2026-09/scorecard.pdf").content))
    words = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert REASON in words
    assert "overridden" in client.get("/maps/bakery/2026-09/map.svg").content.decode()


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(client, person):
    client.force_login(person("bruno"))
    address = "/overrides/serve-on-time/bakery/2026-09/"
    answer = client.post(address, {"status": "green", "reason": " ", "edition": "0"})

    assert answer.status_code == 422
    assert "gives its reason" in answer.content.decode()
    client.force_login(person("clara"))
    assert client.get(address).status_code == 403


def test_no_reason_is_ever_markup(ana, read, scope):
    bruno, edition = scope("bruno"), 0
    for attack in XSS:
        edition = judge(bruno, reason=attack, edition=edition)
        for address in (PAGE, "/maps/bakery/2026-09/", "/objectives/grow-sales/bakery/2026-09/"):
            page = read(ana, address)
            assert attack in page.text
            assert not page.select("[onerror], [onload], main script:not([src])")
