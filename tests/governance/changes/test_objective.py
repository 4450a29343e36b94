"""Adding, changing and retiring an objective in the browser."""

from dataclasses import replace
from datetime import date

import pytest

from fourfold.engine.definitions import ContributionMode
from fourfold.platform.audit.models import AuditEvent
from tests.governance.changes.conftest import errors_of, fields_of, meanwhile, read

pytestmark = pytest.mark.django_db

GROW = "/edit/objectives/grow/"
NEW = "/edit/objectives/new/"
DESCRIPTION = "We carry more for those we know. It ends where the network does."


def objective(whole, key):
    return next(each for each in whole.objectives if each.key == key)


def test_a_new_objective_gets_a_key_from_its_name_and_stands_on_the_map(desk, now):
    answer = desk.save(NEW, name="Win key accounts", description=DESCRIPTION, perspective="customer")

    assert answer.status_code == 302
    added = objective(now(), "win-key-accounts")
    assert (added.name, added.perspective, added.units.unit) == ("Win key accounts", "customer", "acme")
    assert "Win key accounts" in desk.client.get("/maps/acme/2026-02/").content.decode()


def test_a_second_objective_of_the_same_name_gets_a_key_of_its_own(desk, now):
    for _time in range(2):
        desk.save(NEW, name="Grow", description=DESCRIPTION, perspective="customer")

    assert {"grow", "grow-2", "grow-3"} <= {each.key for each in now().objectives}


def test_a_changed_name_keeps_the_key_and_everything_that_was_not_touched(desk, now):
    before = objective(now(), "grow")

    desk.save(GROW, name="Grow the carried volume")

    assert objective(now(), "grow") == replace(before, name="Grow the carried volume")


def test_saving_what_already_stands_writes_nothing(desk, now):
    before = now()

    answer = desk.save(GROW)

    assert answer.status_code == 302
    assert now() == before
    assert "nothing was changed" in desk.client.get("/edit/").content.decode()


def test_every_form_of_an_objective_gives_back_what_stands(desk, now):
    for key in ("grow", "deliver", "deliver-north"):
        before = now()
        assert desk.save(f"/edit/objectives/{key}/").status_code == 302
        assert now() == before


def test_weights_and_contributions_are_rows(desk, now):
    answer = desk.save(
        "/edit/objectives/deliver-north/",
        weights__1__weight="2.5",
        weights__1__valid_from="2026-03-01",
        contributes_to__0__mode="shared",
    )

    assert answer.status_code == 302
    north = objective(now(), "deliver-north")
    assert [(each.weight, each.valid_from) for each in north.weights] == [
        (1.0, None),
        (2.5, date(2026, 3, 1)),
    ]
    assert north.contributes_to == (("deliver", ContributionMode.SHARED),)


def test_what_is_wrong_in_a_row_is_said_with_its_number_and_kept(desk):
    answer = desk.save(GROW, weights__1__weight="plenty", weights__1__valid_from="2026-03-01")

    assert answer.status_code == 422
    assert errors_of(read(answer)) == ["Row 2, Weight: Enter a number. Use digits, such as 12, and no words."]
    assert fields_of(read(answer))["weights-1-weight"] == "plenty"


def test_two_weights_from_one_day_are_refused_at_their_field(desk):
    answer = desk.save(GROW, weights__1__weight="3")

    assert answer.status_code == 422
    assert errors_of(read(answer))[0].startswith("Two weights begin on one day; only one may have no day.")


def test_more_rows_are_given_without_saving_or_losing_anything(desk, now):
    before = now()
    typed = desk.typed(GROW, name="Typed but not saved") | {"more": "weights"}

    page = read(desk.client.post(GROW, typed))

    assert fields_of(page)["name"] == "Typed but not saved"
    assert int(fields_of(page)["weights-rows"]) > int(typed["weights-rows"])
    assert now() == before


def test_a_new_objective_without_a_description_is_refused_and_what_was_typed_stays(desk, now):
    answer = desk.save(NEW, name="Win key accounts", perspective="customer")

    assert answer.status_code == 422
    page = read(answer)
    assert "has no description" in page.select_one("[role=alert]").get_text()
    assert fields_of(page)["name"] == "Win key accounts"
    assert len(now().objectives) == 3


def test_an_old_fault_does_not_forbid_another_change(desk, now):
    """`deliver` never had a description; it can still be renamed, and is remarked on."""
    answer = desk.save("/edit/objectives/deliver/", name="Deliver every parcel on time")

    assert answer.status_code == 302
    assert objective(now(), "deliver").name == "Deliver every parcel on time"
    assert "has no description" in desk.client.get("/edit/objectives/").content.decode()


def test_a_circle_of_contributions_is_refused(desk, now):
    answer = desk.save(
        "/edit/objectives/deliver/",
        contributes_to__0__objective="deliver-north",
        contributes_to__0__mode="new",
    )

    assert answer.status_code == 422
    assert "in a circle" in read(answer).select_one("[role=alert]").get_text()
    assert objective(now(), "deliver").contributes_to == ()


def test_an_unknown_owner_is_refused_at_the_field(desk):
    answer = desk.save(GROW, owner="nobody-known")

    assert answer.status_code == 422
    assert "nobody-known" in errors_of(read(answer))[0]


def test_the_wording_rules_speak_while_one_types(desk, now):
    before = now()
    typed = desk.typed(GROW, name="Significantly grow revenue by 20 %")

    said = desk.client.post(f"{GROW}findings/", typed).content.decode()

    assert "is no clearer for" in said
    assert "About this one" in said
    assert now() == before


def test_the_rules_speak_of_a_new_objective_too(desk):
    typed = desk.typed(NEW, name="Launch the app", description=DESCRIPTION, perspective="customer")

    assert "leads to no other objective" in desk.client.post(f"{NEW}findings/", typed).content.decode()


def test_the_second_of_two_savers_sees_both_and_loses_nothing(desk, now):
    typed = desk.typed(GROW, name="Mine", description="My own text. It is long.")
    with meanwhile(lambda whole: renamed(whole, "grow", "Theirs")):
        answer = desk.client.post(GROW, typed)

    page = read(answer)
    assert answer.status_code == 412
    assert fields_of(page)["name"] == "Mine"
    assert fields_of(page)["description"] == "My own text. It is long."
    rows = {
        row.th.get_text(" ", strip=True): [cell.get_text() for cell in row.select("td")]
        for row in page.select(".differences tbody tr")
    }
    assert rows["Name both changed it"] == ["Grow carried volume", "Mine", "Theirs"]
    assert "Owner" in rows, "what is the same is not marked"
    assert objective(now(), "grow").name == "Theirs"


def test_saving_mine_after_seeing_theirs_replaces_it(desk, now):
    typed = desk.typed(GROW, name="Mine")
    with meanwhile(lambda whole: renamed(whole, "grow", "Theirs")):
        shown = read(desk.client.post(GROW, typed))

    assert desk.client.post(GROW, fields_of(shown)).status_code == 302
    assert objective(now(), "grow").name == "Mine"


def test_a_field_that_only_the_other_one_changed_keeps_what_they_wrote(desk, now):
    typed = desk.typed(GROW, description="My own text. It is long.")
    with meanwhile(lambda whole: renamed(whole, "grow", "Theirs")):
        shown = read(desk.client.post(GROW, typed))

    marked = [row.th.get_text(" ", strip=True) for row in shown.select(".differences .is-different")]
    assert marked == ["Name they changed it", "Description you changed it"]
    assert desk.client.post(GROW, fields_of(shown)).status_code == 302
    saved = objective(now(), "grow")
    assert (saved.name, saved.description) == ("Theirs", "My own text. It is long.")


def test_without_the_place_a_form_started_from_everything_typed_counts_as_changed(desk, now):
    typed = {**desk.typed(GROW, description="My own text. It is long."), "since": "9" * 30}
    with meanwhile(lambda whole: renamed(whole, "grow", "Theirs")):
        shown = read(desk.client.post(GROW, typed))

    assert desk.client.post(GROW, fields_of(shown)).status_code == 302
    assert objective(now(), "grow").name == typed["name"]


def test_a_third_saver_is_seen_even_after_the_second(desk, now):
    typed = desk.typed(GROW, name="Mine")
    with meanwhile(lambda whole: renamed(whole, "grow", "Theirs")):
        shown = read(desk.client.post(GROW, typed))
    with meanwhile(lambda whole: renamed(whole, "grow", "A third one's")):
        again = desk.client.post(GROW, fields_of(shown))

    assert again.status_code == 412
    assert objective(now(), "grow").name == "A third one's"


def test_two_who_change_different_objectives_do_not_meet(desk, now):
    typed = desk.typed(GROW, name="Mine")
    with meanwhile(lambda whole: renamed(whole, "deliver", "Theirs")):
        answer = desk.client.post(GROW, typed)

    assert answer.status_code == 302
    assert (objective(now(), "grow").name, objective(now(), "deliver").name) == ("Mine", "Theirs")


def test_a_change_stands_in_the_journal_with_the_fields_it_changed(desk):
    desk.save(GROW, name="Grow the carried volume", owner="bob")

    event = AuditEvent.objects.filter(action="definition_saved").get()
    assert (event.actor, event.object) == ("eve", "objective/grow")
    assert '"fields":["name","owner"]' in event.document


def test_a_needed_objective_is_not_retired_and_says_who_needs_it(desk, now):
    page = desk.open("/edit/objectives/deliver/retire/")
    answer = desk.retire("/edit/objectives/deliver/retire/")

    assert {"Complaints", "Mood", "On-time", "Deliver northern parcels"} <= set(
        page.select_one(".dependants").stripped_strings
    )
    assert not page.select("form .btn-danger")
    assert answer.status_code == 409
    assert "STILL_NEEDED" in answer.content.decode()
    assert objective(now(), "deliver")


def test_a_retired_objective_takes_its_links_along_and_stays_known_as_of_then(desk, now):
    seq = now()
    answer = desk.retire("/edit/objectives/deliver-north/retire/")

    assert answer.status_code == 302
    whole = now()
    assert "deliver-north" not in {each.key for each in whole.objectives}
    assert not [
        each
        for each in (*whole.causal_links, *whole.identity_links)
        if "deliver-north" in (each.source, each.target)
    ]
    assert "deliver-north" in {each.key for each in seq.objectives}


def test_an_objective_nobody_knows_is_not_found(desk):
    answer = desk.client.get("/edit/objectives/nothing/")

    assert answer.status_code == 404
    assert "NOTHING_TO_EDIT" in answer.content.decode()


def renamed(whole, key, name):
    return replace(
        whole,
        objectives=tuple(replace(each, name=name) if each.key == key else each for each in whole.objectives),
    )
