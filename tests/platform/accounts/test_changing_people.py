"""Name and address put right by whoever manages the person, and one's own name by oneself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from django.core import mail
from django.test import Client

from fourfold.platform.accounts.actions.change_person import change_person
from fourfold.platform.accounts.actions.grant_role import give
from fourfold.platform.accounts.actions.invite import Guest, invite, invite_person
from fourfold.platform.accounts.models import InvitationVoid, Person
from fourfold.platform.accounts.pages.people import read_invitation
from fourfold.platform.accounts.queries import PersonDetails, details_of, scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from tests.platform.accounts.conftest import AT, signed_in

NORA = "/people/nora/details/"
OWN = "/accounts/name/"


def edition(key: str) -> str:
    return details_of(Person.objects.get(key=key)).edition


def typed(key: str, **said: str) -> dict[str, str]:
    person = Person.objects.get(key=key)
    return {"edition": edition(key), "name": person.name, "email": person.email, **said}


def events() -> list[tuple[str, str]]:
    told = AuditEvent.objects.filter(action__in=["person_renamed", "address_changed"])
    return [*told.order_by("pk").values_list("action", "object")]


def with_mail(settings) -> None:
    settings.FOURFOLD_HAS_MAIL_SERVER = True


def test_a_name_and_an_address_are_put_right_and_stand_in_the_journal(acme: None) -> None:
    answer = signed_in("root").post(NORA, typed("nora", name="Nora Lind", email="N.Lind@Example.org"))

    assert answer.status_code == 302
    nora = Person.objects.get(key="nora")
    assert (nora.name, nora.email) == ("Nora Lind", "n.lind@example.org")
    assert events() == [("person_renamed", "person/nora"), ("address_changed", "person/nora")]
    assert "n.lind" not in str([*AuditEvent.objects.values_list("document", flat=True)])


def test_saying_the_same_writes_nothing_into_the_journal(acme: None) -> None:
    assert signed_in("root").post(NORA, typed("nora")).status_code == 302
    assert events() == []


def test_the_second_of_two_sees_both_and_keeps_what_was_typed(acme: None) -> None:
    administrator = signed_in("root")
    opened = typed("nora", name="Nora the Second")
    administrator.post(NORA, typed("nora", name="Nora the First"))

    answer = administrator.post(NORA, opened)

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "CHANGED_MEANWHILE" in page
    assert "<td>Nora the Second</td><td>Nora the First</td>" in page
    assert 'value="Nora the Second"' in page
    assert Person.objects.get(key="nora").name == "Nora the First"
    assert administrator.post(NORA, opened | {"edition": edition("nora")}).status_code == 302
    assert Person.objects.get(key="nora").name == "Nora the Second"


@pytest.mark.parametrize("taken", ["boss@example.org", "BOSS@example.org", "gil@example.org"])
def test_an_address_is_refused_alike_whoever_has_it(acme: None, taken: str) -> None:
    invite(Guest("Gil", "gil@example.org"), [Role.VIEWER], unit="oslo", scope=scope_of_key("root"), at=AT)
    administrator = signed_in("root")

    answer = administrator.post(NORA, typed("nora", email=taken))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This address cannot be used: an account or an open invitation has it already." in page
    assert "Boss" not in page
    assert "Gil" not in page
    assert Person.objects.get(key="nora").email == "nora@example.org"


def test_somebody_with_a_role_elsewhere_is_not_ours_to_rename(acme: None) -> None:
    north = Person.objects.create_user("nils", name="Nils", email="nils@example.org")
    give(north, Role.ADMINISTRATOR, unit="oslo")
    answer = signed_in("nils").post(NORA, typed("nora", email="nils+nora@example.org"))

    assert answer.status_code == 403
    with pytest.raises(NotPermitted):
        change_person(
            "nora", PersonDetails("N", ""), edition_seen=edition("nora"), scope=scope_of_key("nils"), at=AT
        )
    assert signed_in("nils").get(NORA).status_code == 403
    assert Person.objects.get(key="nora").email == "nora@example.org"


def test_a_link_to_the_old_address_opens_nothing_any_more(acme: None) -> None:
    nora = Person.objects.get(key="nora")
    tokens = EmailAwarePasswordResetTokenGenerator()
    token = tokens.make_token(nora)
    _guest, invited = invite_person("nora", scope=scope_of_key("root"), at=AT)
    assert tokens.check_token(nora, token)

    signed_in("root").post(NORA, typed("nora", email="other@example.org"))

    assert not tokens.check_token(Person.objects.get(key="nora"), token)
    with pytest.raises(InvitationVoid):
        read_invitation(invited, at=AT + timedelta(hours=1))


def test_the_old_address_is_told_where_mail_is_on_and_not_the_new_one(acme: None, settings) -> None:
    with_mail(settings)
    signed_in("root").post(NORA, typed("nora", name="Nora Lind", email="other@example.org"))

    (letter,) = mail.outbox
    assert letter.to == ["nora@example.org"]
    assert letter.body.startswith("Hello Nora,")
    assert "other@example.org" not in letter.body


@pytest.mark.parametrize("said", [{"name": "Nora Lind"}, {"email": "nora@example.org"}])
def test_nobody_is_told_of_an_address_that_stays(acme: None, settings, said: dict[str, str]) -> None:
    with_mail(settings)
    assert signed_in("root").post(NORA, typed("nora", **said)).status_code == 302
    assert mail.outbox == []


def test_nobody_is_told_of_a_change_that_was_refused(acme: None, settings) -> None:
    with_mail(settings)
    signed_in("root").post(NORA, typed("nora", email="boss@example.org"))
    assert mail.outbox == []


def test_ones_own_name_is_ones_own_to_write(acme: None) -> None:
    nora = signed_in("nora")
    assert 'href="/accounts/name/"' in nora.get("/accounts/2fa/").content.decode()

    answer = nora.post(OWN, {"edition": edition("nora"), "name": "Nora Lind", "email": "x@example.org"})

    person = Person.objects.get(key="nora")
    assert answer.status_code == 302
    assert (person.name, person.email) == ("Nora Lind", "nora@example.org")
    assert events() == [("person_renamed", "person/nora")]


def test_ones_own_name_changed_by_an_administrator_meanwhile_is_shown(acme: None) -> None:
    nora, opened = signed_in("nora"), typed("nora", name="Nora")
    signed_in("root").post(NORA, typed("nora", name="N. Lind"))

    answer = nora.post(OWN, opened)

    assert answer.status_code == 412
    assert "N. Lind" in answer.content.decode()


def test_an_address_that_its_person_confirms_stands_in_the_journal_and_is_told(acme: None, settings) -> None:
    with_mail(settings)
    nora = signed_in("nora")
    nora.post("/accounts/email/", {"email": "n.lind@example.org", "action_add": ""})
    (asked,) = mail.outbox
    address = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(asked.body))
    assert address
    assert events() == []

    nora.post(address[1])

    assert Person.objects.get(key="nora").email == "n.lind@example.org"
    assert events() == [("address_changed", "person/nora")]
    assert [letter.to for letter in mail.outbox[1:]] == [["nora@example.org"]]
    assert "n.lind" not in str(mail.outbox[1].body)


def test_a_stranger_changes_nobody(acme: None) -> None:
    answer = Client().post(NORA, typed("nora", name="Mallory"))
    assert answer.status_code in (302, 401)
    assert Person.objects.get(key="nora").name == "Nora"
