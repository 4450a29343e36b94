"""Roles given and taken, leaving and coming back; every refusal by its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fourfold.engine.definitions import Membership as DefinedMembership
from fourfold.engine.definitions import Person as DefinedPerson
from fourfold.platform.accounts.actions.administrators import LastAdministrator
from fourfold.platform.accounts.actions.grant_role import grant_role
from fourfold.platform.accounts.actions.leaving import deactivate_person, end_sessions, reactivate_person
from fourfold.platform.accounts.actions.remove_second_factors import remove_second_factors
from fourfold.platform.accounts.actions.revoke_role import revoke_role
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from tests.platform.accounts.conftest import AT, signed_in, with_password
from tests.platform.accounts.test_scope import PEOPLE, bring

CLOSED = "/accounts/password/change/"
"""A page that anybody signed in may open."""


def told(action: str) -> list[str]:
    return [*AuditEvent.objects.filter(action=action).values_list("object", flat=True)]


def test_a_role_given_again_is_given_once(acme: None) -> None:
    for _ in range(2):
        grant_role("nemo", Role.VIEWER, unit="oslo", scope=scope_of_key("root"), at=AT)

    assert Membership.objects.filter(person__key="nemo").count() == 1
    assert told("role_granted") == ["person/nemo"]


def test_a_role_taken_away_counts_no_longer_on_the_next_request(acme: None) -> None:
    administrator, nora = signed_in("root"), signed_in("nora")
    grant_role("nora", Role.ADMINISTRATOR, unit="acme", scope=scope_of_key("root"), at=AT)
    assert nora.get("/people/").status_code == 200

    taken = administrator.post("/people/nora/roles/revoke/", {"role": "administrator", "unit": "acme"})

    assert taken.status_code == 302
    assert nora.get("/people/").status_code == 403
    assert told("role_revoked") == ["person/nora"]


def test_nobody_gives_a_role_where_they_manage_nobody(acme: None) -> None:
    with pytest.raises(NotPermitted):
        grant_role("nemo", Role.VIEWER, unit="oslo", scope=scope_of_key("boss"), at=AT)
    assert (
        signed_in("boss").post("/people/nemo/roles/grant/", {"role": "viewer", "unit": "oslo"}).status_code
        == 403
    )
    assert not Membership.objects.filter(person__key="nemo").exists()


def test_nobody_makes_themselves_an_administrator(acme: None) -> None:
    boss = signed_in("boss")

    assert (
        boss.post("/people/boss/roles/grant/", {"role": "administrator", "unit": "acme"}).status_code == 403
    )
    assert scope_of_key("boss").roles == {Role.STRATEGY_OFFICE}


@pytest.mark.parametrize(
    "typed", [{"role": "emperor", "unit": "oslo"}, {"role": "viewer", "unit": "atlantis"}, {}], ids=str
)
def test_a_role_or_unit_that_does_not_exist_is_refused(acme: None, typed: dict[str, str]) -> None:
    assert signed_in("root").post("/people/nemo/roles/grant/", typed).status_code in {400, 404, 403}
    assert not Membership.objects.filter(person__key="nemo").exists()


def test_the_last_administrator_stays(acme: None) -> None:
    scope = scope_of_key("root")

    with pytest.raises(LastAdministrator):
        revoke_role("root", Role.ADMINISTRATOR, unit="acme", scope=scope, at=AT)
    with pytest.raises(LastAdministrator):
        deactivate_person("root", scope=scope, at=AT)
    with pytest.raises(LastAdministrator):
        bring((DefinedPerson("boss", "Boss", "", (DefinedMembership("viewer", "acme"),)),))
    assert scope_of_key("root").roles == {Role.ADMINISTRATOR}


def test_with_a_second_administrator_the_first_may_go(acme: None) -> None:
    grant_role("boss", Role.ADMINISTRATOR, unit="acme", scope=scope_of_key("root"), at=AT)
    deactivate_person("root", scope=scope_of_key("boss"), at=AT)

    assert scope_of_key("root").roles == frozenset()


def test_whoever_left_is_out_at_once_and_an_old_cookie_never_opens_again(acme: None) -> None:
    nora = signed_in("nora")
    assert nora.get(CLOSED).status_code == 200

    deactivate_person("nora", scope=scope_of_key("root"), at=AT)
    assert nora.get(CLOSED).status_code == 302
    reactivate_person("nora", scope=scope_of_key("root"), at=AT)

    assert nora.get(CLOSED).status_code == 302, "coming back does not revive a session"
    assert signed_in("nora").get(CLOSED).status_code == 200
    assert (told("person_deactivated"), told("person_reactivated")) == (["person/nora"], ["person/nora"])


def test_a_closed_account_does_not_open_with_its_password(acme: None) -> None:
    with_password("nora")
    deactivate_person("nora", scope=scope_of_key("root"), at=AT)
    client = Client()
    client.post("/accounts/login/", {"login": "nora", "password": "a-long-walk-by-the-river"})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("act", [end_sessions, deactivate_person, reactivate_person, remove_second_factors])
def test_whoever_manages_nobody_sends_nobody_away(acme: None, act: Callable[..., object]) -> None:
    with pytest.raises(NotPermitted):
        act("nora", scope=scope_of_key("boss"), at=AT)


def test_all_sessions_of_a_person_end_together(acme: None) -> None:
    one, other, administrator = signed_in("nora"), signed_in("boss"), signed_in("root")
    assert administrator.post("/people/nora/end-sessions/").status_code == 302

    assert one.get(CLOSED).status_code == 302
    assert other.get(CLOSED).status_code == 200


def test_one_signs_oneself_out_everywhere_else(acme: None) -> None:
    here, there = signed_in("nora"), signed_in("nora")
    before = here.cookies["sessionid"].value
    here.post("/accounts/sessions/end/")

    assert here.get(CLOSED).status_code == 200
    assert here.cookies["sessionid"].value != before
    assert there.get(CLOSED).status_code == 302


def test_the_pages_do_not_ask_more_for_more_people(acme: None) -> None:
    administrator = signed_in("root")
    administrator.get("/people/")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert administrator.get("/people/").status_code == 200
        return len(queries)

    few = asked()
    for number in range(40):
        Person.objects.create_user(f"p{number}", name=f"P {number}", email=f"p{number}@example.org")
        grant_role(f"p{number}", Role.VIEWER, unit="oslo", scope=scope_of_key("root"), at=AT)
    assert asked() == few


def test_a_person_is_found_by_a_part_of_the_name(acme: None) -> None:
    shown = signed_in("root").get("/people/?q=nor").content.decode()

    assert "nora@example.org" in shown
    assert "boss@example.org" not in shown


def test_only_whoever_manages_people_sees_the_entry(acme: None) -> None:
    assert 'href="/people/"' in signed_in("root").get(CLOSED).content.decode()
    assert 'href="/people/"' not in signed_in("nora").get(CLOSED).content.decode()


def test_everybody_of_the_definition_is_still_here(acme: None) -> None:
    assert {person.key for person in PEOPLE} == set(Person.objects.values_list("key", flat=True))
