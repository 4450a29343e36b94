"""Every address × method × principal against a table that people have read (TRUST §2 row 1).

`route_matrix.txt` beside this file is that table. `python -m tests.house.write_route_matrix` writes what the house
answers now; whoever changes the table reads the difference line by line before it is committed.
"""

from __future__ import annotations

import pytest

from tests.house.guarded_bakery import GuardedBakery, routes
from tests.house.route_answers import Line, answers_of, lines_of, read_table

pytestmark = pytest.mark.django_db

TABLE = read_table()
REFUSED_AS_SENT = {
    "annotations/<int:annotation>/remarks/<int:number>/": "too late to correct",
    "edit/perspectives/<str:key>/retire/": "still needed",
    "edit/objectives/<str:key>/retire/": "still needed",
    "edit/units/<str:key>/retire/": "still needed",
    "edit/apply/": "every shop has every measure",
    "start/template/<slug:starter>/": "an organisation stands",
    "start/spreadsheet/": "an organisation stands",
    "start/folder/": "an organisation stands",
}
"""Forms that nobody can send with success in this house, and why."""


def test_every_route_stands_in_the_table_and_nothing_else() -> None:
    """A new route comes with its lines; a route that went takes its lines along."""
    assert {line.route for line in TABLE} == set(routes())


@pytest.mark.parametrize("route", routes())
def test_everybody_is_answered_as_the_table_says(route: str, guarded: GuardedBakery) -> None:
    expected = {line.asked: line for line in TABLE if line.route == route}
    found = {line.asked: line for line in lines_of(route, guarded)}

    assert found == expected


def test_whoever_may_send_a_form_succeeds_with_it() -> None:
    """A form too poor to be taken would not show who is refused for who they are."""
    ours = (
        line for line in TABLE if line.asked.startswith("POST") and not line.route.startswith("accounts/")
    )
    assert {line.route for line in ours if "r" in line.letters} == set(REFUSED_AS_SENT)


def test_an_answer_of_another_class_is_told_apart() -> None:
    """The table can fail: a page that opens to a stranger is not the sign-in page, a fault is not a refusal."""
    assert len({answers_of(status, "") for status in (200, 422, 401, 403, 404, 405, 500)}) == 7
    assert answers_of(302, "/accounts/login/?next=/") != answers_of(302, "/home/")
    assert Line("x", "GET own", "s o").asked != Line("x", "GET other", "s o").asked
