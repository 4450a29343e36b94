"""What is expected of a link, written down before its data are looked at: by whom, once, and never changed."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from fourfold.governance.evidence.actions.register_hypothesis import (
    LagsWrong,
    LinkEnds,
    MeasureNotHere,
    OneMeasureTwice,
    WindowWrong,
    register_hypothesis,
)
from fourfold.governance.evidence.models import Registration
from fourfold.governance.evidence.queries.links import LinkUnknown
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import ChangedMeanwhile, NotPermitted, OutOfScope
from tests.governance.evidence.conftest import AT, LATER, LESSONS_FIRST, SKILLS_TO_WASTE, run_tests, said

pytestmark = pytest.mark.django_db

ADDRESS = "/evidence/build-skills/reduce-waste/bakery/2026-09/"
FORM = {
    "x": "lessons",
    "y": "waste",
    "sign": "-1",
    "lag_from": "2",
    "lag_to": "4",
    "since": "2026-10",
    "until": "",
    "mechanism": "They bake to order.",
    "edition": "0",
}


def register(scope, expected=LESSONS_FIRST, *, edition=0, ends=SKILLS_TO_WASTE, at=AT):
    return register_hypothesis(ends, expected, edition=edition, scope=scope, at=at)


def test_it_keeps_who_expected_what_and_when(scope, bakery):
    row = register(scope("ana"))

    assert (row.author.key, row.written_at, row.edition, row.is_late) == ("ana", AT, 1, False)
    event = AuditEvent.objects.get(action="hypothesis_registered")
    assert (event.actor, event.object) == ("ana", "link/build-skills>reduce-waste")


def test_written_after_a_test_it_says_so(scope, tested):
    assert register(scope("ana")).is_late is True


def test_a_test_of_another_link_makes_it_not_late(scope, bakery):
    first = register(scope("ana"))
    run_tests()

    assert first.is_late is False
    assert register(scope("ana"), replace(LESSONS_FIRST, lag_to=5), edition=1).is_late is True


def test_the_same_words_again_write_nothing_and_others_the_next_edition(scope, bakery):
    ana = scope("ana")
    register(ana)
    register(ana, edition=1)
    assert Registration.objects.count() == 1

    later = register(ana, replace(LESSONS_FIRST, lag_to=6), edition=1, at=LATER)
    assert (later.edition, Registration.objects.count()) == (2, 2)


def test_who_was_slower_is_told(scope, bakery):
    register(scope("ana"))

    with pytest.raises(ChangedMeanwhile):
        register(scope("ana"), replace(LESSONS_FIRST, lag_to=6))


def test_an_edition_is_never_changed(scope, bakery):
    row = register(scope("ana"))

    with pytest.raises(IntegrityError, match="KEPT_AS_WRITTEN"), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(lag_to=12)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"x": "ghost"}, MeasureNotHere),
        ({"y": "lessons"}, OneMeasureTwice),
        ({"sign": 0}, LagsWrong),
        ({"lag_from": 5}, LagsWrong),
        ({"lag_to": 37}, LagsWrong),
        ({"since": "soon"}, WindowWrong),
        ({"since": "2026-Q3"}, WindowWrong),
        ({"since": "2026-09", "until": "2026-08"}, WindowWrong),
    ],
)
def test_what_cannot_be_tested_is_refused(scope, bakery, change, refusal):
    with pytest.raises(refusal):
        register(scope("ana"), replace(LESSONS_FIRST, **change))
    assert Registration.objects.count() == 0


def test_only_a_link_of_the_units_map_can_be_registered(scope, bakery):
    with pytest.raises(LinkUnknown):
        register(scope("ana"), ends=LinkEnds("reduce-waste", "build-skills", "bakery"))


@pytest.mark.parametrize("role", ["objective_owner", "measure_owner", "data_steward", "auditor", "viewer"])
def test_who_does_not_draw_links_registers_none(scope, bakery, role):
    with pytest.raises(NotPermitted):
        register(scope("somebody", role))


def test_a_unit_out_of_sight_stays_so(scope, bakery):
    with pytest.raises(OutOfScope):
        register(scope("otto", "strategy_office", "old-town"))


def test_the_form_begins_with_what_the_map_suggests_and_keeps_what_is_typed(client, person, read, bakery):
    page = read(f"{ADDRESS}register/")
    assert page.select_one("select[name=x] option[selected]")["value"] == "lessons"
    assert page.select_one("select[name=sign] option[selected]")["value"] == "-1"
    assert page.select_one("input[name=lag_from]")["value"] == "3"

    wrong = client.post(f"{ADDRESS}register/", {**FORM, "since": "soon"})
    assert wrong.status_code == 422
    assert b"names no months" in wrong.content
    assert b"They bake to order." in wrong.content

    kept = client.post(f"{ADDRESS}register/", FORM)
    assert (kept.status_code, kept["Location"]) == (302, ADDRESS)
    shown = said(read(ADDRESS).select_one("section:has(#expected-title)"))
    assert "More of the first, less of the second, 2 to 4 months later." in shown
    assert "Ana Ribeiro" in shown
    assert "The data may have suggested it" not in shown


def test_the_page_marks_what_was_written_afterwards(scope, read, tested):
    register(scope("ana"), at=LATER)

    assert "Written after a test had run" in said(read(ADDRESS))
