"""A link lets somebody in once, with the roles that were named, and gives nothing away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from fourfold.platform.accounts.actions.accept_invitation import accept_invitation
from fourfold.platform.accounts.actions.invite import (
    AlreadyHere,
    Guest,
    NoRoleNamed,
    invite,
    revoke_invitation,
)
from fourfold.platform.accounts.actions.set_password import PasswordTooWeak
from fourfold.platform.accounts.models import Invitation, InvitationVoid, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from tests.platform.accounts.conftest import AT, PASSWORD, signed_in

GUEST = Guest("Frida Lund", "Frida.Lund@example.org")
ROLES = [Role.VIEWER, Role.DATA_STEWARD]


@pytest.fixture
def link(acme: None) -> str:
    return invite(GUEST, ROLES, unit="north", scope=scope_of_key("root"), at=AT)


def test_the_invited_holds_the_named_roles_and_no_more(link: str) -> None:
    person = accept_invitation(link, password=PASSWORD, at=AT)

    scope = scope_of_key("frida-lund")
    assert person.email == "frida.lund@example.org"
    assert scope.roles == set(ROLES)
    assert scope.unit_keys == {"north", "oslo"}


def test_a_link_opens_once(link: str) -> None:
    accept_invitation(link, password=PASSWORD, at=AT)

    with pytest.raises(InvitationVoid):
        accept_invitation(link, password=PASSWORD, at=AT)
    assert Person.objects.filter(name="Frida Lund").count() == 1


def test_unknown_used_expired_and_withdrawn_links_get_one_answer(link: str) -> None:
    client = Client()
    now = timezone.now()
    client.get("/")

    def answer(state: dict[str, object]) -> str:
        Invitation.objects.update(expires_at=now + timedelta(days=1), accepted_at=None, revoked_at=None)
        Invitation.objects.update(**state)
        reply = client.get(f"/invitations/{link}/")
        assert reply.status_code == (200 if not state else 404)
        return reply.content.decode()

    assert "Welcome, Frida Lund" in answer({})
    void = [answer({"expires_at": now}), answer({"accepted_at": now}), answer({"revoked_at": now})]
    unknown = client.get(f"/invitations/{'x' * 43}/")
    assert unknown.status_code == 404
    without_address = [re.sub(r'value="[^"]*"', "", page) for page in (*void, unknown.content.decode())]
    assert len(set(without_address)) == 1


def test_a_withdrawn_invitation_opens_nothing(link: str) -> None:
    revoke_invitation(Invitation.objects.get().pk, scope=scope_of_key("root"), at=AT)

    with pytest.raises(InvitationVoid):
        accept_invitation(link, password=PASSWORD, at=AT)


def test_the_newest_invitation_of_an_address_is_the_only_one(link: str) -> None:
    newer = invite(GUEST, [Role.VIEWER], unit="oslo", scope=scope_of_key("root"), at=AT)

    with pytest.raises(InvitationVoid):
        accept_invitation(link, password=PASSWORD, at=AT)
    accept_invitation(newer, password=PASSWORD, at=AT)
    assert scope_of_key("frida-lund").unit_keys == {"oslo"}
    told = AuditEvent.objects.filter(action="invitation_revoked").values_list("object", flat=True)
    assert [*told] == [f"invitation/{Invitation.objects.order_by('pk').first().pk}"]


def test_the_links_secret_is_kept_nowhere(link: str) -> None:
    assert len(link) >= 43, "256 bits"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT * FROM {table}")
            assert link not in str(cursor.fetchall()), table


def test_a_weak_password_leaves_the_invitation_open(link: str) -> None:
    with pytest.raises(PasswordTooWeak):
        accept_invitation(link, password="frida-lund", at=AT)

    assert not Person.objects.filter(key="frida-lund").exists()
    accept_invitation(link, password=PASSWORD, at=AT)


def test_who_is_here_already_is_not_invited(acme: None) -> None:
    with pytest.raises(AlreadyHere):
        invite(Guest("Nora", "NORA@example.org"), ROLES, unit="north", scope=scope_of_key("root"), at=AT)


def test_an_invitation_names_a_role(acme: None) -> None:
    with pytest.raises(NoRoleNamed):
        invite(GUEST, [], unit="north", scope=scope_of_key("root"), at=AT)


@pytest.mark.parametrize("person", ["boss", "nora", "nemo"])
def test_whoever_manages_nobody_invites_nobody(acme: None, person: str) -> None:
    with pytest.raises(NotPermitted):
        invite(GUEST, [Role.VIEWER], unit="oslo", scope=scope_of_key(person), at=AT)
    client = signed_in(person)
    assert client.get("/invitations/new/").status_code == 403
    assert client.get("/people/").status_code == 403


def test_a_second_namesake_gets_a_key_of_their_own(acme: None) -> None:
    for address in ("one@example.org", "two@example.org"):
        token = invite(Guest("Nora", address), ROLES, unit="north", scope=INSTALLATION, at=AT)
        accept_invitation(token, password=PASSWORD, at=AT)

    assert set(Person.objects.filter(name="Nora").values_list("key", flat=True)) == {
        "nora",
        "nora-2",
        "nora-3",
    }


def test_without_a_mail_server_the_link_is_shown_once_and_lets_in(acme: None) -> None:
    administrator = signed_in("root")
    typed = {"name": "Frida Lund", "email": GUEST.email, "unit": "north", "roles": ["viewer"]}
    shown = administrator.post("/invitations/new/", typed).content.decode()
    found = re.search(r'value="http://testserver(/invitations/[^"]+)"', shown)
    assert found is not None
    assert "frida.lund@example.org" in administrator.get("/people/").content.decode()
    assert found[1] not in administrator.get("/people/").content.decode()

    guest = Client()
    assert "North" in guest.get(found[1]).content.decode()
    come_in = guest.post(found[1], {"password": PASSWORD, "password_again": PASSWORD})

    assert come_in.status_code == 302
    assert guest.session["_auth_user_id"] == str(Person.objects.get(key="frida-lund").pk)
    assert [*AuditEvent.objects.order_by("seq").values_list("action", flat=True)][-3:] == [
        "person_invited",
        "invitation_accepted",
        "role_granted",
    ]


def test_with_a_mail_server_the_link_goes_to_the_invited_and_to_nobody_else(acme: None, settings) -> None:
    settings.FOURFOLD_HAS_MAIL_SERVER = True
    administrator = signed_in("root")
    typed = {"name": "Frida Lund", "email": GUEST.email, "unit": "north", "roles": ["viewer"]}
    answer = administrator.post("/invitations/new/", typed, follow=True)

    (sent,) = mail.outbox
    found = re.search(r"http://testserver(/invitations/\S+)", sent.body)
    assert found is not None
    assert sent.to == ["Frida.Lund@example.org"]
    assert found[1] not in answer.content.decode()
    assert Client().get(found[1]).status_code == 200


def test_two_passwords_that_differ_are_told_and_nothing_is_opened(acme: None) -> None:
    token = invite(GUEST, ROLES, unit="north", scope=INSTALLATION, at=timezone.now())
    answer = Client().post(f"/invitations/{token}/", {"password": PASSWORD, "password_again": "other"})

    assert answer.status_code == 422
    assert "The two passwords differ." in answer.content.decode()
    assert not Person.objects.filter(key="frida-lund").exists()


@pytest.mark.parametrize("has_mail", [False, True])
def test_a_second_invitation_says_that_the_earlier_link_no_longer_works(
    acme: None, settings, has_mail: bool
) -> None:
    settings.FOURFOLD_HAS_MAIL_SERVER = has_mail
    administrator = signed_in("root")
    typed = {"name": "Frida Lund", "email": GUEST.email, "unit": "north", "roles": ["viewer"]}
    first, second, elsewhere = (
        administrator.post("/invitations/new/", {**typed, **said}, follow=True).content.decode()
        for said in ({}, {"email": GUEST.email.upper()}, {"email": "other@example.org"})
    )

    told = "The earlier link no longer works."
    assert [told in page for page in (first, second, elsewhere)] == [False, True, False]


def test_a_form_with_errors_is_no_success(acme: None) -> None:
    administrator = signed_in("root")

    assert administrator.get("/invitations/new/").status_code == 200
    answer = administrator.post("/invitations/new/", {"name": "", "email": "nobody", "unit": "north"})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()
