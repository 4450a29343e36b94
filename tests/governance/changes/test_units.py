"""Units of the tree: added, moved, closed and retired; a new one and the past."""

from datetime import UTC, date, datetime

import pytest

from tests.governance.changes.conftest import errors_of, fields_of, read
from tests.scorecard.told_past import told_past

pytestmark = pytest.mark.django_db


def names(things):
    return [each.name for each in things]


def keys(things):
    return [each.key for each in things]


def test_a_unit_is_added_below_another_and_listed_after_it(desk, now):
    desk.save("/edit/units/new/?parent=north", name="Bergen", level="site")

    assert keys(now().units) == ["acme", "north", "oslo", "bergen", "south"]


@pytest.mark.parametrize(
    ("parent", "level", "why"),
    [("acme", "region", "its siblings are"), ("south", "site", "so is what lies below another region")],
)
def test_a_new_unit_begins_with_the_level_of_its_place(desk, now, parent, level, why):
    form = fields_of(desk.open(f"/edit/units/new/?parent={parent}"))
    assert form["level"] == level, why

    answer = desk.save(f"/edit/units/new/?parent={parent}", name="Bergen")

    assert answer.status_code == 302
    assert next(each for each in now().units if each.key == "bergen").level == level


def test_a_level_that_nothing_suggests_is_asked_for(desk, now):
    page = desk.open("/edit/units/new/?parent=oslo")
    assert fields_of(page)["level"] == ""
    assert page.select_one("#field-level_helptext").get_text().startswith("Needed.")

    answer = desk.save("/edit/units/new/?parent=oslo", name="Harbour")

    assert (answer.status_code, errors_of(read(answer))) == (422, ["This field is required. Fill it in."])
    assert desk.save("/edit/units/new/?parent=oslo", name="Harbour", level="gate").status_code == 302


def test_a_level_that_was_emptied_is_not_filled_in_behind_ones_back(desk):
    typed = desk.typed("/edit/units/new/?parent=acme", name="East", level="")

    assert fields_of(read(desk.client.post("/edit/units/new/?parent=acme", typed)))["level"] == ""


def test_a_moved_unit_takes_everything_below_it_along(desk, now):
    desk.save("/edit/units/new/?parent=acme", name="Europe", level="region")
    answer = desk.save("/edit/units/north/", parent="europe")

    assert answer.status_code == 302
    assert keys(now().units) == ["acme", "south", "europe", "north", "oslo"]
    assert "Oslo" in desk.client.get("/edit/units/").content.decode()


def test_a_unit_never_lies_below_itself(desk, now):
    answer = desk.save("/edit/units/north/", parent="oslo")

    assert answer.status_code == 422
    assert errors_of(read(answer)) == ["A unit cannot lie below itself. Change it and save again."]
    assert now().units[1].parent == "acme"


def test_only_one_unit_stands_above_all(desk):
    answer = desk.save("/edit/units/north/", parent="")

    assert errors_of(read(answer))[0].startswith("Only one unit stands above all others; choose a unit above")


def test_a_unit_closes_on_a_day_if_nothing_below_it_lives_longer(desk, now):
    refused = desk.save("/edit/units/acme/", valid_to="2027-12-31")
    taken = desk.save("/edit/units/south/", valid_to="2027-12-31")

    assert "exists longer" in errors_of(read(refused))[0]
    assert taken.status_code == 302
    assert next(each for each in now().units if each.key == "south").valid_to == date(2027, 12, 31)


def test_a_unit_is_renamed_and_moved_among_its_neighbours(desk, now):
    desk.save("/edit/units/south/", name="Deep South")
    desk.client.post("/edit/units/south/move/", {"by": "up"})

    assert names(now().units) == ["Acme", "Deep South", "North", "Oslo"]


def test_a_unit_that_is_named_is_not_retired(desk, now):
    answer = desk.retire("/edit/units/oslo/retire/")

    assert answer.status_code == 409
    assert "Deliver northern parcels" in read(answer).select_one(".dependants").get_text()


def test_a_unit_nobody_names_is_retired(desk, now):
    desk.save("/edit/units/new/?parent=acme", name="A slip", level="region")

    assert desk.retire("/edit/units/a-slip/retire/").status_code == 302
    assert "a-slip" not in keys(now().units)


# --- a new unit and the past -----------------------------------------------------------------------------------------

OCTOBER = 2026 * 12 + 9
THEN = datetime(2026, 10, 8, 9, tzinfo=UTC)


def test_a_new_unit_as_offered_leaves_every_ended_period_as_it_was(ana, now):
    before = told_past("bakery", at=THEN, before=OCTOBER)

    ana.save("/edit/units/new/?parent=bakery", name="Kiosk", level="shop")

    assert now().units[-1].valid_from == date(2026, 10, 1)
    assert {status for part in before.values() for status in part["status"]} > {0.0}
    assert told_past("bakery", at=THEN, before=OCTOBER) == before


def test_a_new_unit_that_opens_on_no_day_is_owed_for_the_past_knowingly(ana, now):
    before = told_past("bakery", at=THEN, before=OCTOBER)
    shown = ana.open("/edit/units/new/")
    assert "past periods lack its values" in shown.select_one("main").get_text()

    ana.save("/edit/units/new/?parent=bakery", name="Kiosk", level="shop", valid_from="")

    assert now().units[-1].valid_from is None
    assert told_past("bakery", at=THEN, before=OCTOBER) != before


def test_before_the_first_value_a_new_unit_has_no_day_of_its_own(desk):
    assert desk.open("/edit/units/new/").select_one("[name=valid_from]").get("value", "") == ""
