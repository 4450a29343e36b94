"""Search in what people wrote: every text in one's units, however old, by its last wording."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.entry.models import ObservationNote, Restatement
from fourfold.engine.definitions import Milestone
from fourfold.governance.annotations.models import Remark, StatusOverride, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.signals.models import DecisionKind, LimitDecision
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.outward.home.test_search import found, said, write

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 10, 8, 6, tzinfo=UTC)


def judge(unit, reason):
    anchor = Anchor(Subject.OBJECTIVE, "serve-on-time", unit, "2026-09")
    StatusOverride.objects.create(
        **anchored(anchor),
        status="green",
        computed="red",
        reason=reason,
        author=Person.objects.get(key="bruno"),
        given_at=MORNING,
    )


def anchored(anchor):
    return {
        "subject": anchor.subject,
        "key": anchor.key,
        "unit": Unit.objects.get(key=anchor.unit),
        "period": anchor.period,
        "definitions_seq": 1,
    }


def note(unit, text):
    value = Observation.objects.filter(unit__key=unit, measure__key="sales").order_by("-period").first()
    ObservationNote.objects.create(observation=value, text=text, person_key="ana", at=MORNING)


def test_notes_on_values_and_reasons_of_overrides_are_found_where_one_may_look(read, joining):
    for unit in ("old-town", "riverside"):
        note(unit, f"The scales in {unit} were borrowed.")
        judge(unit, f"The scales in {unit} were wrong.")
    joining("stan", ("data_steward", "old-town"))

    page = read("stan", "/search/", q="scales")
    assert found(page) == {"note": ["Shop sales"], "override": ["Deliver every order on time"]}
    assert "riverside" not in str(page.main)
    link = page.select_one("#found a[href^='/measures/sales/old-town/']")["href"]
    assert "The scales in old-town" in said(read("stan", link).main)


def decide_on_limits(unit, reason):
    LimitDecision.objects.create(
        kind=DecisionKind.REBASE,
        measure="sales",
        unit=Unit.objects.get(key=unit),
        first_period="2026-05",
        reason=reason,
        author=Person.objects.get(key="ana"),
        recorded_at=MORNING,
    )


def propose_restatement(unit, reason):
    return Restatement.objects.create(
        unit=Unit.objects.get(key=unit),
        restatement_class="error",
        reason=reason,
        proposer=Person.objects.get(key="ana"),
        proposed_at=MORNING,
    )


def test_reasons_of_decisions_on_limits_and_of_restatements_are_found_where_one_may_look(read, joining):
    for unit in ("old-town", "riverside"):
        decide_on_limits(unit, f"A new oven in {unit}.")
        propose_restatement(unit, f"The oven in {unit} counted twice.")
    joining("stan", ("data_steward", "old-town"))

    page = read("stan", "/search/", q="oven")
    assert found(page) == {"decision": ["Shop sales"], "restatement": ["Correction of an error"]}
    assert "riverside" not in str(page.main)
    assert "Limits begin anew · Ana" in said(page.find(id="found"))
    assert page.select_one("#found a[href='/measures/sales/old-town/2026-05/#signals']")
    page_of, place = page.select_one("#found a[href^='/restatements/']")["href"].split("#")
    assert "The oven in old-town" in said(read("stan", page_of).find(id=place))


def test_a_milestone_is_found_by_its_name_and_leads_to_its_initiative(read, bakery):
    told = read_definitions()
    school = next(each for each in told.initiatives if each.key == "baking-school")
    first = replace(school, milestones=(Milestone("Rent the hall", date(2026, 3, 1)),))
    kept = tuple(first if each is school else each for each in told.initiatives)
    write_definitions(replace(told, initiatives=kept), scope=INSTALLATION, at=MORNING)

    page = read("ana", "/search/", q="hall rent")

    assert found(page)["milestone"] == ["Rent the hall"]
    assert "Friday baking school · 1 Mar 2026" in said(page.find(id="found"))


def test_the_oldest_of_many_texts_is_found_and_all_that_answer_are_counted(read, bakery):
    note("old-town", "The zebra ate the flour.")
    value = ObservationNote.objects.get().observation
    ObservationNote.objects.bulk_create(
        ObservationNote(observation=value, text=f"Nothing on day {day}.", person_key="ana", at=MORNING)
        for day in range(4_500)
    )

    assert found(read("ana", "/search/", q="ZÉBRA flour")) == {"note": ["Shop sales"]}
    everything = read("ana", "/search/", q="nothing", kind="note")
    assert len(everything.select("#found li")) == 200
    assert "4500 things found" in said(everything.find(id="found")).replace(",", "")
    assert "4300 more have these words" in said(everything.find(id="found")).replace(",", "")


def test_a_text_that_was_corrected_is_found_by_its_last_wording_alone(read, bakery):
    thread = write("old-town", "The walrus slept.")
    Remark.objects.create(
        annotation_id=thread.annotation,
        number=0,
        edition=2,
        text="The seal slept.",
        author=Person.objects.get(key="ana"),
        written_at=MORNING,
    )

    assert found(read("ana", "/search/", q="walrus")) == {}
    assert set(found(read("ana", "/search/", q="seal slept"))) == {"annotation"}


@pytest.mark.parametrize("question", ["100%", "a_b", "back\\slash", "o'clock"])
def test_signs_that_mean_something_to_a_database_are_letters(read, bakery, question):
    note("old-town", f"Said {question}.")
    note("old-town", "Said 1000, aXb, backslash and oclock.")

    assert len(read("ana", "/search/", q=question).select("section[aria-labelledby=found-note] li")) == 1


def test_a_search_asks_as_often_for_many_notes_as_for_one(client, bakery):
    client.force_login(Person.objects.get(key="ana"))

    def asked():
        client.get("/search/", {"q": "scales"})
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": "scales"})
        return len(queries)

    note("old-town", "The scales.")
    few = asked()
    for number in range(8):
        note("riverside", f"The scales, day {number}.")
        decide_on_limits("riverside", "The scales.")
        propose_restatement("riverside", "The scales.")
    judge("riverside", "The scales.")

    assert asked() == few
