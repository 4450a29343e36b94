"""The grid: what it asks, what it says while one types, and what saving writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.entry.actions.keep_draft import keep_draft
from fourfold.data.entry.actions.save_entry import save_entry
from fourfold.data.entry.models import EntryDraft, ObservationNote
from fourfold.data.entry.pages.grid import EntryPlace, GridAsked
from fourfold.data.entry.queries.reading import grid_page, read_grid
from fourfold.engine.quantities import Status
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.scorecard.reading import read_scorecard
from fourfold.scorecard.evaluation.queries import read_definitions
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.models import Observation
from fourfold.scorecard.measures.observation import NewObservation
from fourfold.scorecard.measures.queries.ledger import head_seq
from tests.data.entry.conftest import MORNING, SHEET, person

pytestmark = pytest.mark.django_db

PLACE = EntryPlace("old-town", "2026-09")


def asked(place=PLACE, **texts):
    """What a form sends; `sales__a="1"` names the field `sales.<period>..a`."""
    named = {}
    for name, text in texts.items():
        measure, _, part = name.partition("__")
        named[f"{measure}.{place.period}.{'' if part == 'note' else '.'}{part}"] = text
    return GridAsked(place, named, known_seq=head_seq())


def row(page, key):
    return next(each for each in page.rows if each.key == key)


def test_every_entered_measure_of_the_unit_has_a_row_and_none_else(steward):
    page = read_grid(steward, PLACE, at=MORNING)

    assert [each.key for each in page.rows] == ["lessons", "punctuality", "sales", "satisfaction", "waste"]
    assert row(page, "punctuality").first_label == "Numerator"
    assert row(page, "satisfaction").second_label == "Number of cases"
    assert row(page, "sales").second_label == ""


def test_a_unit_whose_values_are_added_up_names_the_units_below(read, clara):
    page = read(clara, "/entry/bakery/2026-09/")

    assert [link.text for link in page.select(".entry-units a")] == ["Old Town shop", "Riverside shop"]


def test_the_score_while_typing_is_the_score_the_page_shows_once_saved(steward):
    texts = asked(punctuality__a="930", punctuality__b="1000", punctuality__note="Snow.")
    typed = row(grid_page(steward, texts, draft=None, at=MORNING), "punctuality")

    save_entry(texts, scope=steward, at=MORNING)
    page = read_scorecard(steward, Place("old-town", "2026-09"), at=MORNING)
    shown = next(each for group in page.groups for each in group.rows if each.key == "punctuality")

    assert (typed.value, typed.target, typed.score, typed.mark.status) == (
        shown.value,
        shown.target,
        shown.score,
        shown.mark.status,
    )
    assert typed.value == 93.0


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"sales__a": "many"}, "NOT_A_NUMBER"),
        ({"sales__a": "1e400"}, "NOT_FINITE"),
        ({"sales__a": "0.12345678901234567"}, "VALUE_TOO_PRECISE"),
        ({"punctuality__a": "3", "punctuality__b": ""}, "OBSERVATION_INCOMPLETE"),
        ({"punctuality__a": "3", "punctuality__b": "0"}, "ZERO_DENOMINATOR"),
        ({"punctuality__a": "11", "punctuality__b": "10"}, "OUT_OF_BOUNDS"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field_and_nothing_is_written(steward, texts, code):
    before = head_seq()
    saved = save_entry(asked(**texts), scope=steward, at=MORNING)

    wrong = next(each for each in saved.grid.rows for cell in each.cells if cell.told)
    told = [each.code for each_row in saved.grid.rows for cell in each_row.cells for each in cell.told]
    assert told == [code]
    assert (wrong.value, wrong.score, wrong.mark.status) == (None, None, Status.GREY), "not the old value's"
    assert head_seq() == before


def test_thousands_and_a_minus_sign_are_read_as_people_write_them(steward):
    page = grid_page(steward, asked(sales__a="41 234.5"), draft=None, at=MORNING)
    assert row(page, "sales").value == 41234.5

    page = grid_page(steward, asked(sales__a="41,234"), draft=None, at=MORNING)
    assert row(page, "sales").value == 41234.0


def test_an_off_target_value_is_saved_with_a_note_and_refused_without(steward):
    bad = asked(punctuality__a="700", punctuality__b="1000")
    refused = save_entry(bad, scope=steward, at=MORNING)

    assert row(refused.grid, "punctuality").mark.status is Status.RED
    assert [each.code for each in row(refused.grid, "punctuality").told] == ["NOTE_REQUIRED"]

    explained = asked(punctuality__a="700", punctuality__b="1000", punctuality__note="The oven broke.")
    saved = save_entry(explained, scope=steward, at=MORNING)
    note = ObservationNote.objects.select_related("observation").get()

    assert (saved.values, saved.notes) == (1, 1)
    assert (note.text, note.person_key, note.observation.numerator) == ("The oven broke.", "clara", 700.0)


def test_one_saving_is_one_batch_with_its_run_and_its_audit_record(steward):
    texts = asked(sales__a="50000", punctuality__a="990", punctuality__b="1000")
    save_entry(texts, scope=steward, at=MORNING)
    rows = list(Observation.objects.select_related("entry").order_by("-seq")[:2])

    assert len({each.entry_id for each in rows}) == 1
    assert rows[0].entry.source_run.startswith("entry/20261008")
    assert rows[0].entry.actor == "clara"
    event = AuditEvent.objects.filter(action="values_entered").get()
    assert (event.object, event.actor) == ("unit/old-town", "clara")


def test_saving_what_stands_there_changes_nothing(steward):
    page = read_grid(steward, PLACE, at=MORNING)
    before = head_seq()
    same = {f"{cell.name}.a": cell.first for each in page.rows for cell in each.cells}
    same |= {f"{cell.name}.b": cell.second for each in page.rows for cell in each.cells if each.has_second}
    save_entry(GridAsked(PLACE, same, known_seq=before), scope=steward, at=MORNING)

    assert head_seq() == before


def test_emptying_a_field_takes_the_value_back(steward):
    save_entry(asked(sales__a=""), scope=steward, at=MORNING)

    assert Observation.objects.latest("seq").kind == "w"
    assert row(read_grid(steward, PLACE, at=MORNING), "sales").cells[0].first == ""


def test_a_draft_outlives_the_session_and_is_gone_once_saved(client, clara, read):
    client.force_login(clara)
    client.post(f"{SHEET}draft/", {"sales.2026-10..a": "123", "draft_edition": "0", "known_seq": "0"})
    client.logout()

    kept = read(clara, SHEET).select_one("input[name='sales.2026-10..a']")
    assert kept["value"] == "123"

    client.post(SHEET, {"sales.2026-10..a": "50000", "do": "save", "known_seq": str(head_seq())})
    assert EntryDraft.objects.count() == 0


def test_a_draft_is_nobody_elses(client, clara, read):
    client.force_login(clara)
    client.post(f"{SHEET}draft/", {"sales.2026-10..a": "123", "draft_edition": "0"})
    ana = type(clara).objects.get(key="ana")

    assert read(ana, SHEET).select_one("input[name='sales.2026-10..a']")["value"] == ""


def test_a_second_window_does_not_write_over_the_first_ones_draft(steward):
    first = GridAsked(PLACE, {"sales.2026-09..a": "1"})
    kept = keep_draft(first, scope=steward, at=MORNING)
    other = keep_draft(GridAsked(PLACE, {"sales.2026-09..a": "2"}), scope=steward, at=MORNING)

    assert (kept.draft.edition, kept.draft.is_contested, other.draft.is_contested) == (1, False, True)
    assert EntryDraft.objects.get().texts == {"sales.2026-09..a": "1"}


def test_whoever_saved_meanwhile_is_shown_beside_what_was_typed(steward):
    mine = asked(sales__a="51000")
    save_entry(asked(sales__a="52000"), scope=scope_of_key("ana"), at=MORNING)
    answer = save_entry(mine, scope=steward, at=MORNING + timedelta(seconds=1))

    cell = row(answer.grid, "sales").cells[0]
    assert (answer.grid.is_contested, cell.first, cell.was[0]) == (True, "51000", "52000")

    again = GridAsked(PLACE, mine.texts, known_seq=answer.grid.known_seq)
    assert save_entry(again, scope=steward, at=MORNING + timedelta(seconds=2)).values == 1


def named_for_sales(key, *roles):
    """Somebody who owns sales, with these roles."""
    person(key, *roles)
    definitions = read_definitions()
    owned = tuple(
        replace(
            each,
            versions=(
                *each.versions,
                replace(each.versions[-1], number=len(each.versions) + 1, owner=key, reason="New owner"),
            ),
        )
        if each.key == "sales"
        else each
        for each in definitions.measures
    )
    write_definitions(replace(definitions, measures=owned), scope=INSTALLATION, at=MORNING)
    return scope_of_key(key)


@pytest.mark.parametrize("role", ["objective_owner", "review_facilitator", "approver"])
def test_an_owner_whose_role_enters_nothing_enters_the_own_measures_and_no_other(bakery, role):
    scope = named_for_sales("nobody", (role, "bakery"))
    page = read_grid(scope, PLACE, at=MORNING)

    assert [each.key for each in page.rows if each.is_editable] == ["sales"]
    assert save_entry(asked(sales__a="50000"), scope=scope, at=MORNING).values == 1
    with pytest.raises(NotPermitted):
        save_entry(asked(waste__a="1", waste__b="100"), scope=scope, at=MORNING)


@pytest.mark.method("M6.2")
@pytest.mark.parametrize("role", ["auditor", "viewer"])
def test_an_owner_who_only_reads_enters_nothing_and_is_told_why(bakery, client, role):
    scope = named_for_sales("nobody", (role, "bakery"))
    keep_draft(asked(sales__a="50000"), scope=scope, at=MORNING)

    with pytest.raises(NotPermitted):
        save_entry(asked(sales__a="50000"), scope=scope, at=MORNING)
    with pytest.raises(NotPermitted):
        append_observations([NewObservation("sales", "old-town", 24321, value=1.0)], scope=scope, at=MORNING)
    assert not any(draft.texts for draft in EntryDraft.objects.all())
    client.force_login(Person.objects.get(key="nobody"))
    assert "your roles at this unit only read" in client.get("/entry/old-town/2026-09/").content.decode()
    assert "/entry/" not in client.get("/measures/sales/old-town/2026-09/").content.decode()
    assert 'href="/due/"' not in client.get("/scorecards/bakery/2026-09/").content.decode()


def test_being_named_opens_a_measure_only_where_the_working_role_is_held(bakery):
    scope = named_for_sales("nobody", ("viewer", "bakery"), ("objective_owner", "riverside"))

    assert not read_grid(scope, PLACE, at=MORNING).is_editable
    assert read_grid(scope, EntryPlace("riverside", "2026-09"), at=MORNING).is_editable
    append_observations([NewObservation("sales", "riverside", 24320, value=1.0)], scope=scope, at=MORNING)
    with pytest.raises(NotPermitted):
        append_observations([NewObservation("sales", "old-town", 24320, value=1.0)], scope=scope, at=MORNING)


def test_a_viewer_reads_and_a_stranger_to_the_unit_is_refused(bakery):
    person("vera", ("viewer", "riverside"))
    scope = scope_of_key("vera")

    assert not read_grid(scope, EntryPlace("riverside", "2026-09"), at=MORNING).is_editable
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        read_grid(scope, PLACE, at=MORNING)


def test_one_measure_is_entered_over_several_periods_at_once(steward):
    turned = EntryPlace("old-town", "2026-09", "sales", 3)
    page = read_grid(steward, turned, at=MORNING)

    assert [each.period_key for each in page.rows] == ["2026-07", "2026-08", "2026-09"]
    texts = {f"sales.2026-0{month}..a": "50000" for month in (7, 8, 9)}
    assert save_entry(GridAsked(turned, texts, known_seq=head_seq()), scope=steward, at=MORNING).values == 3


def test_the_grid_asks_the_database_as_often_for_one_row_as_for_all(steward):
    def queries(place):
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            read_grid(steward, place, at=MORNING)
        return len(asked_for)

    queries(PLACE)
    assert queries(EntryPlace("old-town", "2026-09", "sales", 1)) == queries(PLACE)


def test_the_form_works_without_script(client, clara):
    client.force_login(clara)
    checked = client.post(SHEET, {"sales.2026-10..a": "50000", "do": "check"})
    assert "50,000" in checked.content.decode()

    saved = client.post(SHEET, {"sales.2026-10..a": "50000", "do": "save"}, follow=True)
    assert "1 value saved." in saved.content.decode()


def test_a_refused_form_keeps_everything_typed(client, clara):
    client.force_login(clara)
    answer = client.post(SHEET, {"sales.2026-10..a": "x", "waste.2026-10.note": "Later", "do": "save"})

    assert answer.status_code == 422
    assert 'value="x"' in answer.content.decode()
    assert 'value="Later"' in answer.content.decode()


def test_a_row_of_somebody_else_does_not_cost_what_was_typed_in_ones_own(bakery, client):
    """Ana took the measure over while the form was open; without script nobody says so before it is sent."""
    named_for_sales("nobody", ("objective_owner", "bakery"))
    client.force_login(Person.objects.get(key="nobody"))
    before = head_seq()
    said = {"sales.2026-09..a": "49000", "waste.2026-09..a": "7", "waste.2026-09..b": "100", "do": "save"}

    answer = client.post("/entry/old-town/2026-09/", said)
    page = BeautifulSoup(answer.content, "lxml")

    assert (answer.status_code, head_seq()) == (422, before)
    assert page.select_one("[name='sales.2026-09..a']")["value"] == "49000"
    assert page.select_one("[name='waste.2026-09..a']")["value"] != "7"
    assert "not yours to enter" in page.select_one(".notice-problem").get_text()


def test_a_refused_saving_leads_to_the_first_thing_to_mend(client, clara):
    client.force_login(clara)
    answer = client.post(SHEET, {"waste.2026-10..a": "x", "waste.2026-10..b": "9", "do": "save"})
    page = BeautifulSoup(answer.content, "lxml")

    (first,) = page.select("[autofocus]")
    assert first["name"] == "waste.2026-10..a"
    link = page.select_one("[role=alert] a")
    assert link["href"] == f"#{first['id']}"
    assert "Nothing was saved: 1 thing to mend." in page.select_one("[role=alert]").get_text()
    checked = client.post(SHEET, {"waste.2026-10..a": "x", "waste.2026-10..b": "9", "do": "check"})
    assert not BeautifulSoup(checked.content, "lxml").select("[autofocus]")


def test_values_are_typed_as_the_page_shows_them(client, clara):
    """A German reader's 4,125 is a little above four, never four thousand."""
    client.force_login(clara)
    german = {"Accept-Language": "de-DE,de;q=0.9"}
    form = BeautifulSoup(client.get(SHEET, headers=german).content, "lxml").select_one("#entry-form")
    said = {each["name"]: each.get("value", "") for each in form.select("input[name]")}

    client.post(
        SHEET, said | {"satisfaction.2026-10..a": "4,125", "satisfaction.2026-10..b": "1.200"}, headers=german
    )

    saved = Observation.objects.filter(measure__key="satisfaction", unit__key="old-town").latest("seq")
    assert (saved.value, saved.n) == (4.125, 1200.0)
