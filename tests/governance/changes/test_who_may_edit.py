"""Each role at each page of editing, and who sees what of whom."""

from dataclasses import replace

import pytest

from fourfold.platform.accounts.permissions import Act, roles_that_may
from fourfold.platform.accounts.roles import Role
from tests.governance.changes.conftest import fields_of, person_with, read

pytestmark = pytest.mark.django_db

PAGES = {
    "/edit/strategy/": Act.EDIT_STRATEGY,
    "/edit/perspectives/": Act.EDIT_STRATEGY,
    "/edit/perspectives/new/": Act.EDIT_STRATEGY,
    "/edit/perspectives/finance/": Act.EDIT_STRATEGY,
    "/edit/perspectives/finance/retire/": Act.EDIT_STRATEGY,
    "/edit/themes/": Act.EDIT_STRATEGY,
    "/edit/themes/reach/": Act.EDIT_STRATEGY,
    "/edit/objectives/": Act.EDIT_OBJECTIVES,
    "/edit/objectives/new/": Act.EDIT_OBJECTIVES,
    "/edit/objectives/grow/": Act.EDIT_OBJECTIVES,
    "/edit/objectives/grow/retire/": Act.EDIT_OBJECTIVES,
    "/edit/causal-links/": Act.EDIT_LINKS,
    "/edit/causal-links/deliver.grow/": Act.EDIT_LINKS,
    "/edit/identity-links/": Act.EDIT_LINKS,
    "/edit/identity-links/deliver.deliver-north/": Act.EDIT_LINKS,
    "/edit/initiatives/": Act.EDIT_INITIATIVES,
    "/edit/initiatives/second-shift/": Act.EDIT_INITIATIVES,
    "/edit/units/": Act.EDIT_UNITS,
    "/edit/units/north/": Act.EDIT_UNITS,
    "/edit/policies/": Act.EDIT_POLICIES,
    "/edit/policies/score.scale/": Act.EDIT_POLICIES,
    "/edit/calendar/": Act.EDIT_CALENDAR,
}
PAGES_OF_THE_NORTH = (
    "/edit/",
    "/edit/findings/",
    "/edit/objectives/",
    "/edit/objectives/new/",
    "/edit/objectives/deliver-north/",
    "/edit/causal-links/new/",
    "/edit/initiatives/",
    "/edit/measures/new/",
    "/edit/units/",
    "/edit/units/oslo/",
)
FORMS = tuple(
    page for page in PAGES if page.count("/") >= 4 or page in ("/edit/strategy/", "/edit/calendar/")
)


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_exactly_what_it_may_edit(client, founded, role):
    client.force_login(person_with(role.value, "acme"))

    answered = {page: client.get(page).status_code for page in PAGES}

    assert answered == {page: 200 if role in roles_that_may(act) else 403 for page, act in PAGES.items()}


@pytest.mark.parametrize("role", Role)
def test_each_role_saves_exactly_what_it_may_edit(client, office, now, role):
    client.force_login(office)
    typed = {page: fields_of(read(client.get(page))) for page in FORMS}
    before = replace(now(), people=())
    client.force_login(person_with(role.value, "acme", key="other"))

    answered = {
        page: client.post(page, said).status_code for page, said in typed.items() if "retire" not in page
    }

    for page, status in answered.items():
        assert (status == 403) is (role not in roles_that_may(PAGES[page])), page
    assert replace(now(), people=()) == before


@pytest.mark.parametrize("role", Role)
def test_design_stands_in_the_sidebar_only_for_those_who_may_edit_something(client, founded, role):
    client.force_login(person_with(role.value, "acme"))
    page = read(client.get("/scorecards/acme/2026-02/"))
    edits = any(role in roles_that_may(act) for act in (*PAGES.values(), Act.EDIT_MEASURES))

    assert bool(page.select(".side-nav a[href='/edit/']")) is edits
    assert client.get("/edit/").status_code == (200 if edits else 403)


@pytest.mark.parametrize("role", Role)
def test_entrances_stand_on_the_pages_only_for_those_who_may(client, founded, role):
    client.force_login(person_with(role.value, "acme"))
    objective = read(client.get("/objectives/grow/acme/2026-02/"))
    chart = read(client.get("/maps/acme/2026-02/"))

    assert bool(objective.select("a[href^='/edit/objectives/grow/']")) is (
        role in roles_that_may(Act.EDIT_OBJECTIVES)
    )
    assert bool(objective.select("a[href^='/edit/causal-links/new/']")) is (
        role in roles_that_may(Act.EDIT_LINKS)
    )
    assert bool(objective.select("a[href^='/edit/initiatives/second-shift/']")) is (
        role in roles_that_may(Act.EDIT_INITIATIVES)
    )
    assert bool(chart.select("a[href^='/edit/objectives/new/']")) is (
        role in roles_that_may(Act.EDIT_OBJECTIVES)
    )


def test_the_office_of_a_unit_edits_there_and_nowhere_else(client, northern_office, now):
    client.force_login(northern_office)

    assert client.get("/edit/objectives/deliver-north/").status_code == 200
    assert client.get("/edit/units/oslo/").status_code == 200
    for beyond in (
        "/edit/objectives/grow/",
        "/edit/strategy/",
        "/edit/perspectives/finance/",
        "/edit/causal-links/deliver.grow/",
        "/edit/initiatives/second-shift/",
    ):
        assert client.get(beyond).status_code == 403, beyond
    assert client.get("/edit/units/south/").status_code == 404  # not even known to be there


def test_an_objective_cannot_be_pushed_into_somebody_elses_unit(client, northern_office, now):
    client.force_login(northern_office)
    typed = fields_of(read(client.get("/edit/objectives/deliver-north/")))
    typed = {name: said for name, said in typed.items() if name not in ("levels", "keys")}

    answer = client.post("/edit/objectives/deliver-north/", typed | {"unit": "acme"})

    assert answer.status_code == 403
    assert now().objectives[2].units.unit == "north"


def test_a_link_into_somebody_elses_objective_is_not_theirs_to_draw(client, northern_office, now):
    client.force_login(northern_office)
    typed = fields_of(read(client.get("/edit/causal-links/new/")))

    answer = client.post("/edit/causal-links/new/", typed | {"source": "deliver-north", "target": "deliver"})

    assert answer.status_code == 403
    assert len(now().causal_links) == 2


def test_a_unit_cannot_be_moved_out_from_under_its_parent(client, northern_office, now):
    client.force_login(northern_office)
    typed = fields_of(read(client.get("/edit/units/oslo/")))

    assert client.post("/edit/units/oslo/", typed | {"parent": "acme"}).status_code == 403


def test_nothing_of_a_unit_out_of_sight_is_offered_or_listed(client, office, northern_office):
    client.force_login(office)
    said = fields_of(read(client.get("/edit/objectives/new/")))
    client.post(
        "/edit/objectives/new/",
        said | {"name": "Canary of the south", "description": "Sung in the south. It is heard there.",
                "perspective": "customer", "unit": "south"},
    )  # fmt: skip
    client.get("/edit/")  # reads the notice that it is added
    client.force_login(northern_office)

    for page in PAGES_OF_THE_NORTH:
        text = client.get(page).content.decode()
        assert "Canary" not in text, page
        assert "canary-of-the-south" not in text, page
    page = read(client.get("/edit/objectives/new/"))
    assert [option["value"] for option in page.select("#field-unit option")] == ["acme", "north", "oslo"]


def test_remarks_while_typing_are_only_for_those_who_may_save(client, northern_office):
    client.force_login(northern_office)

    assert client.post("/edit/objectives/grow/findings/", {"name": "x"}).status_code == 403
    assert client.post("/edit/strategy/", {"vision": "x"}).status_code == 403
    assert client.post("/edit/perspectives/customer/move/", {"by": "up"}).status_code == 403
