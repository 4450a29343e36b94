"""Whoever is here by name alone is let in by a link that is theirs, and keeps the roles they hold."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fourfold.platform.accounts.actions.accept_invitation import accept_invitation
from fourfold.platform.accounts.actions.grant_role import grant_role
from fourfold.platform.accounts.actions.invite import (
    AlreadyHere,
    Guest,
    InvitedElsewhere,
    PersonWithoutRole,
    WayInKnown,
    invite,
    invite_person,
    revoke_invitation,
)
from fourfold.platform.accounts.actions.leaving import deactivate_person
from fourfold.platform.accounts.actions.set_password import PasswordTooWeak
from fourfold.platform.accounts.models import Invitation, InvitationVoid, Membership, Person
from fourfold.platform.accounts.pages.people import read_invitation, read_people
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.platform.units.models import Unit
from tests.platform.accounts.conftest import AT, PASSWORD, signed_in, with_password


@pytest.fixture
def root(acme: None) -> Scope:
    return scope_of_key("root")


@pytest.fixture
def link(root: Scope) -> str:
    """Nora came from a strategy folder: two roles, no password."""
    _guest, token = invite_person("nora", scope=root, at=AT)
    return token


def held(key: str) -> list[tuple[str, str]]:
    return [*Membership.objects.filter(person__key=key).values_list("role", "unit__key")]


def void(token: str) -> bool:
    with pytest.raises(InvitationVoid):
        accept_invitation(token, password=PASSWORD, at=AT)
    return not Person.objects.get(key="nora").has_usable_password()


def test_they_choose_a_password_once_and_keep_their_roles(link: str) -> None:
    before, people = held("nora"), Person.objects.count()

    person = accept_invitation(link, password=PASSWORD, at=AT)

    assert person.check_password(PASSWORD)
    assert (person.key, held("nora"), Person.objects.count()) == ("nora", before, people)
    with pytest.raises(InvitationVoid):
        accept_invitation(link, password="another-long-walk", at=AT)
    assert Person.objects.get(key="nora").check_password(PASSWORD)


def test_the_invited_reads_what_they_are_already(link: str) -> None:
    page = read_invitation(link, at=AT)

    assert (page.name, page.login, page.roles) == ("Nora", "nora@example.org", ("Viewer", "Data steward"))


def test_a_weak_password_leaves_the_invitation_open(link: str) -> None:
    with pytest.raises(PasswordTooWeak):
        accept_invitation(link, password="nora", at=AT)

    assert accept_invitation(link, password=PASSWORD, at=AT).key == "nora"


def test_it_expires_and_is_withdrawn_like_any_other(link: str, root: Scope) -> None:
    with pytest.raises(InvitationVoid):
        accept_invitation(link, password=PASSWORD, at=AT + timedelta(days=60))

    revoke_invitation(Invitation.objects.get().pk, scope=root, at=AT)
    assert void(link)


def test_a_newer_link_ends_the_older(link: str, root: Scope) -> None:
    _guest, newer = invite_person("nora", scope=root, at=AT)

    assert void(link)
    accept_invitation(newer, password=PASSWORD, at=AT)


def test_it_never_resets_a_password_that_came_in_the_meantime(link: str) -> None:
    with_password("nora", "the-word-of-nora-herself")

    with pytest.raises(InvitationVoid):
        accept_invitation(link, password=PASSWORD, at=AT)
    assert Person.objects.get(key="nora").check_password("the-word-of-nora-herself")


def test_it_is_void_once_they_came_in_by_another_door(link: str) -> None:
    Person.objects.filter(key="nora").update(last_login=AT)

    assert void(link)


def test_it_is_void_once_their_address_is_another(link: str) -> None:
    """The link may lie in the mailbox of somebody else."""
    Person.objects.filter(key="nora").update(email="nora.berg@example.org")

    assert void(link)


def test_it_is_void_once_they_left(link: str, root: Scope) -> None:
    deactivate_person("nora", scope=root, at=AT)

    assert void(link)


def test_it_is_void_once_a_role_of_theirs_lies_outside_what_the_inviter_manages(root: Scope) -> None:
    """Else who manages the north could come in as somebody who has become more than that."""
    olaf = Person.objects.create_user("olaf", name="Olaf")
    Membership.objects.create(person=olaf, role="administrator", unit=Unit.objects.get(key="north"))
    _guest, token = invite_person("nora", scope=scope_of_key("olaf"), at=AT)
    grant_role("nora", Role.ADMINISTRATOR, unit="acme", scope=root, at=AT)

    assert void(token)
    (line,) = read_people(root, wanted="", number=1, at=AT).invitations
    assert not line.is_backed


def test_whoever_manages_only_a_part_invites_nobody_with_roles_elsewhere(acme: None) -> None:
    olaf = Person.objects.create_user("olaf", name="Olaf")
    Membership.objects.create(person=olaf, role="administrator", unit=Unit.objects.get(key="oslo"))

    with pytest.raises(NotPermitted):
        invite_person("nora", scope=scope_of_key("olaf"), at=AT)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("person", ["boss", "nora", "nemo"])
def test_whoever_manages_nobody_invites_nobody(acme: None, person: str) -> None:
    with pytest.raises(NotPermitted):
        invite_person("nora", scope=scope_of_key(person), at=AT)
    assert signed_in(person).post("/people/nora/invite/").status_code == 403


def test_who_has_a_password_has_left_or_holds_no_role_is_not_invited(root: Scope) -> None:
    with pytest.raises(PersonWithoutRole):
        invite_person("nemo", scope=root, at=AT)
    with_password("nora")
    with pytest.raises(WayInKnown):
        invite_person("nora", scope=root, at=AT)
    deactivate_person("boss", scope=root, at=AT)
    with pytest.raises(WayInKnown):
        invite_person("boss", scope=root, at=AT)


def test_two_people_without_an_address_are_both_invited_and_sign_in_with_their_key(root: Scope) -> None:
    Person.objects.filter(key__in=("nora", "boss")).update(email="")
    links = [invite_person(key, scope=root, at=AT)[1] for key in ("nora", "boss")]

    assert [read_invitation(link, at=AT).login for link in links] == ["nora", "boss"]
    for link in links:
        accept_invitation(link, password=PASSWORD, at=AT)


def test_a_guest_invited_to_the_same_address_before_is_replaced(root: Scope) -> None:
    older = invite(Guest("Lea", "lea@example.org"), [Role.VIEWER], unit="north", scope=root, at=AT)
    lea = Person.objects.create_user("lea", name="Lea", email="lea@example.org")
    Membership.objects.create(person=lea, role="viewer", unit=Unit.objects.get(key="oslo"))
    olaf = Person.objects.create_user("olaf", name="Olaf")
    Membership.objects.create(person=olaf, role="administrator", unit=Unit.objects.get(key="oslo"))

    with pytest.raises(InvitedElsewhere):
        invite_person("lea", scope=scope_of_key("olaf"), at=AT)
    _guest, newer = invite_person("lea", scope=root, at=AT)
    with pytest.raises(InvitationVoid):
        accept_invitation(older, password=PASSWORD, at=AT)
    accept_invitation(newer, password=PASSWORD, at=AT)
    assert held("lea") == [("viewer", "oslo")]
    with pytest.raises(AlreadyHere):
        invite(Guest("Lea", "lea@example.org"), [Role.VIEWER], unit="north", scope=root, at=AT)


def test_the_persons_page_offers_the_link_shows_it_once_and_it_lets_in(acme: None) -> None:
    administrator = signed_in("root")
    assert "/people/nora/invite/" in administrator.get("/people/nora/").content.decode()

    shown = administrator.post("/people/nora/invite/").content.decode()
    found = re.search(r'value="http://testserver(/invitations/[^"]+)"', shown)
    assert found is not None
    assert "nora@example.org" in administrator.get("/people/").content.decode()

    guest = Client()
    assert "nora@example.org" in guest.get(found[1]).content.decode()
    assert guest.post(found[1], {"password": PASSWORD, "password_again": PASSWORD}).status_code == 302
    assert guest.session["_auth_user_id"] == str(Person.objects.get(key="nora").pk)
    told = [*AuditEvent.objects.order_by("seq").values_list("action", flat=True)]
    assert told[-2:] == ["person_invited", "invitation_accepted"]
    assert "/people/nora/invite/" not in administrator.get("/people/nora/").content.decode()
    assert administrator.post("/people/nora/invite/").status_code == 409


def test_with_a_mail_server_the_link_goes_to_their_own_address_alone(acme: None, settings) -> None:
    settings.FOURFOLD_HAS_MAIL_SERVER = True
    answer = signed_in("root").post("/people/nora/invite/", follow=True)

    (sent,) = mail.outbox
    found = re.search(r"http://testserver(/invitations/\S+)", sent.body)
    assert found is not None
    assert sent.to == ["nora@example.org"]
    assert found[1] not in answer.content.decode()


def test_the_page_of_people_asks_as_often_for_one_invitation_as_for_many(root: Scope) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            read_people(root, wanted="", number=1, at=timezone.now())
        return len(asked)

    invite_person("nora", scope=root, at=AT)
    few = queries()
    for number in range(5):
        person = Person.objects.create_user(f"p{number}", name="P", email=f"p{number}@example.org")
        Membership.objects.create(person=person, role="viewer", unit=Unit.objects.get(key="oslo"))
        invite_person(person.key, scope=root, at=AT)

    assert queries() == few
