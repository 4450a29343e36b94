"""A form changes what it is for and nothing else (TRUST §2 row 4): every route is sent every field of every model."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models

from tests.house.guarded_bakery import OWN, GuardedBakery, routes, undone
from tests.house.route_answers import takes_forms
from tests.house.route_bodies import page_of, prepare, sender, sound_body
from tests.security.ledgers import Content, content, written

pytestmark = pytest.mark.django_db

ASKED_FOR = {
    "role": "administrator", "roles": "administrator", "is_superuser": "1", "is_staff": "on", "is_founder": "true",
    "author": "1", "actor": "founder", "seq": "1", "created_at": "2001-01-01", "unit": "riverside", "status": "final",
    "state": "approved", "approved_by": "founder", "edition": "99", "id": "1", "pk": "1", "person": "founder",
    "owner": "viewer", "keeper": "viewer", "password": "stolen-words-7", "units": "riverside", "scope": "org",
    "groups": "1", "user_permissions": "1", "is_active": "", "key": "stolen", "version": "7", "weights": "9",
}  # fmt: skip
WITHOUT_FORM: dict[str, set[str]] = {
    "entry/<slug:unit>/<str:period>/": {"measure", "reason", "restatement_class"},
    "entry/<slug:unit>/<str:period>/draft/": {"measure"},
    "periods/<slug:unit>/": {"month", "state", "reason"},
    "restatements/<int:restatement>/": {"comment"},
    "import/runs/<str:run>/withdraw/": {"reason"},
    "annotations/<int:annotation>/reply/": {"text", "tell"},
    "annotations/<int:annotation>/remarks/<int:number>/": {"text", "edition", "tell"},
    "analyses/<slug:subject>/<slug:key>/<slug:unit>/<str:period>/": {"happened", "why", "next", "edition"},
    "overrides/<slug:objective>/<slug:unit>/<str:period>/": {"status", "reason", "edition"},
    "people/<slug:person>/roles/grant/": {"role", "unit"},
    "people/<slug:person>/roles/revoke/": {"role", "unit"},
    "edit/measures/<slug:measure>/retire/": {"reason"},
}
"""Fields a form does have, where no page shows it by a plain GET."""
WITHOUT_EFFECT = {
    "theme/": "a cookie", "regions/": "a cookie", "setup/": "closed for good", "api/v1/": "no such page",
    "api/v1/openapi.json": "read only", "api/v1/docs": "read only",
    "start/template/<slug:starter>/": "an organisation stands", "start/spreadsheet/": "an organisation stands",
    "start/folder/": "an organisation stands", "edit/apply/": "every shop has every measure",
    "edit/perspectives/<str:key>/retire/": "still needed", "edit/objectives/<str:key>/retire/": "still needed",
    "edit/units/<str:key>/retire/": "still needed", "edit/themes/<str:key>/move/": "the only one",
    "edit/perspectives/<str:key>/move/": "links run upwards", "edit/measures/preview/": "a look",
    "edit/targets/<slug:measure>/<slug:unit>/preview/": "a look", "import/files/<str:file>/columns/": "the session",
    "import/files/<str:file>/new-things/": "the session", "import/files/<str:file>/preview/": "small: shown at once",
    "annotations/<int:annotation>/remarks/<int:number>/": "too late to correct",
}  # fmt: skip
"""Routes whose sound form writes nothing here, and why."""


def every_field() -> dict[str, str]:
    """The names of all columns of all models, and those an attacker would think of."""
    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    names |= {
        field.attname
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }
    return {**dict.fromkeys(sorted(names), "1"), **ASKED_FOR}


EVERY = every_field()


@pytest.mark.parametrize("route", takes_forms())
def test_a_form_with_fields_it_does_not_have_changes_the_same(route: str, guarded: GuardedBakery) -> None:
    plain = sent(guarded, route, extra={})
    status, changed = plain
    if status < 400 and not is_a_look(route):
        assert bool(changed) == (route not in WITHOUT_EFFECT), changed

    assert sent(guarded, route, extra=not_its_own(guarded, route)) == plain


def is_a_look(route: str) -> bool:
    """What the checker says about a draft."""
    return route.endswith("/findings/")


def not_its_own(house: GuardedBakery, route: str) -> dict[str, str]:
    """The fields that this form does not have."""
    with undone():
        prepare(house, route, place=OWN, who=sender(route))
        own = set(sound_body(house, route).fields) | WITHOUT_FORM.get(route, set())
        own |= named_on(house, route)
    return {name: text for name, text in EVERY.items() if name not in own}


def named_on(house: GuardedBakery, route: str) -> set[str]:
    """Boxes and lists that stand unticked on the page send nothing, and are the form's own all the same."""
    answer = house.browser(sender(route)).get(house.address(page_of(route)))
    if answer.status_code != 200:
        return set()
    return {
        str(each["name"]) for each in BeautifulSoup(answer.content, "lxml").select("main [name], form [name]")
    }


def sent(house: GuardedBakery, route: str, *, extra: dict[str, str]) -> tuple[int, Content]:
    """The status, and what the database held differently afterwards."""
    who = sender(route)
    browser = house.browser(who)
    with undone():
        prepare(house, route, place=OWN, who=who)
        body = sound_body(house, route)
        before = content()
        answer = browser.post(house.address(route), {**body.sent, **extra})
        after = content()
    return answer.status_code, written(before, after)


def test_a_field_that_counted_would_be_seen(guarded: GuardedBakery) -> None:
    """The comparison can fail: another text is another change."""
    route = "annotations/<int:annotation>/reply/"
    assert sent(guarded, route, extra={}) != sent(guarded, route, extra={"text": "It snowed."})


def test_the_table_of_forms_without_effect_is_of_today() -> None:
    assert {route for route in WITHOUT_EFFECT if route not in routes()} == set()
    assert {route for route in WITHOUT_FORM if route not in routes()} == set()
