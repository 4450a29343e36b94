"""An administrator of one unit is one there and below, and nowhere else; what belongs to no unit is for the whole's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fourfold.platform.accounts.actions.accept_invitation import accept_invitation
from fourfold.platform.accounts.actions.administrators import LastAdministrator
from fourfold.platform.accounts.actions.grant_role import grant_role
from fourfold.platform.accounts.actions.invite import Guest, InvitedElsewhere, invite, revoke_invitation
from fourfold.platform.accounts.actions.leaving import deactivate_person, end_sessions, reactivate_person
from fourfold.platform.accounts.actions.remove_second_factors import remove_second_factors
from fourfold.platform.accounts.actions.revoke_role import revoke_role
from fourfold.platform.accounts.actions.set_password import set_password
from fourfold.platform.accounts.models import Invitation, InvitationVoid, Membership, Person, PersonUnknown
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION, NOBODY, Scope
from fourfold.platform.jobs.models import Job
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.platform.units.models import Unit
from tests.platform.accounts.conftest import AT, PASSWORD, signed_in

FRIDA = Guest("Frida Lund", "frida@example.org")


@pytest.fixture
def olaf(acme: None) -> Scope:
    """Administrator of the north: Oslo lies below it, the North Sea and Acme itself do not."""
    person = Person.objects.create_user("olaf", name="Olaf", email="olaf@example.org")
    north = Unit.objects.get(key="north")
    Membership.objects.create(person=person, role="administrator", unit=north)
    return scope_of_key("olaf")


@pytest.mark.method("M6.2")
def test_the_role_holds_at_its_unit_and_below(olaf: Scope) -> None:
    assert olaf.unit_keys == {"north", "oslo"}
    assert olaf.held == {Role.ADMINISTRATOR: {"north", "oslo"}}
    for act in (Act.MANAGE_PEOPLE, Act.EDIT_POLICIES, Act.EDIT_CALENDAR, Act.LOAD_FOLDER, Act.VIEW_VALUES):
        assert olaf.may(act, unit="oslo")
        assert not olaf.may(act, unit="north-sea")
        assert not olaf.may(act, unit="acme")
        assert not olaf.may_for_the_whole(act)


def test_only_the_administrator_of_the_whole_runs_the_installation(olaf: Scope) -> None:
    assert [who.runs_the_installation for who in (olaf, NOBODY, scope_of_key("boss"))] == [False] * 3
    assert scope_of_key("root").runs_the_installation
    assert INSTALLATION.runs_the_installation
    assert scope_of_key("boss").may_for_the_whole(Act.EDIT_POLICIES)
    assert not NOBODY.may_for_the_whole(Act.VIEW_VALUES)


def test_they_give_and_take_roles_of_their_part_alone(olaf: Scope) -> None:
    grant_role("nora", Role.APPROVER, unit="oslo", scope=olaf, at=AT)
    revoke_role("nora", Role.APPROVER, unit="oslo", scope=olaf, at=AT)

    for unit in ("north-sea", "acme"):
        with pytest.raises(NotPermitted):
            grant_role("olaf", Role.ADMINISTRATOR, unit=unit, scope=olaf, at=AT)
        with pytest.raises(NotPermitted):
            invite(FRIDA, [Role.VIEWER], unit=unit, scope=olaf, at=AT)
    assert scope_of_key("olaf").unit_keys == {"north", "oslo"}


def test_they_see_their_people_and_nobody_else_not_even_whoever_holds_no_role(olaf: Scope) -> None:
    assert {person.key for person in Person.objects.visible_to(olaf)} == {"nora", "olaf"}
    for stranger in ("boss", "nemo", "root"):
        for act in (deactivate_person, reactivate_person, end_sessions, remove_second_factors):
            with pytest.raises(PersonUnknown):
                act(stranger, scope=olaf, at=AT)
        with pytest.raises(PersonUnknown):
            set_password(stranger, PASSWORD, scope=olaf, at=AT)


def test_somebody_with_roles_elsewhere_is_not_sent_away_by_a_part_nor_told_of_there(olaf: Scope) -> None:
    grant_role("nora", Role.REVIEW_FACILITATOR, unit="north-sea", scope=scope_of_key("root"), at=AT)

    with pytest.raises(NotPermitted):
        deactivate_person("nora", scope=olaf, at=AT)
    with pytest.raises(NotPermitted):
        set_password("nora", PASSWORD, scope=olaf, at=AT)
    browser = signed_in("olaf")
    for address in ("/people/", "/people/nora/"):
        shown = browser.get(address).content.decode()
        assert "North Sea" not in shown
        assert "outside" in shown
        assert 'action="/people/nora/deactivate/"' not in shown
    assert "North Sea" in signed_in("root").get("/people/nora/").content.decode()


def test_an_administrator_of_a_part_does_not_make_the_last_of_the_whole_dispensable(olaf: Scope) -> None:
    with pytest.raises(LastAdministrator):
        revoke_role("root", Role.ADMINISTRATOR, unit="acme", scope=scope_of_key("root"), at=AT)


def test_where_nobody_administers_the_whole_a_part_still_lets_its_people_go(olaf: Scope) -> None:
    """An installation from before administrators were held for a part may have one there alone."""
    Membership.objects.filter(role="administrator", unit__key="acme").delete()
    Person.objects.filter(is_founder=True).update(is_founder=False)
    Person.objects.create_user("lena", name="Lena", email="lena@example.org")
    Membership.objects.create(
        person=Person.objects.get(key="lena"), role="viewer", unit=Unit.objects.get(key="north")
    )

    deactivate_person("lena", scope=olaf, at=AT)

    assert not Person.objects.get(key="lena").is_active


def test_work_of_others_is_shown_to_whoever_runs_the_installation_alone(olaf: Scope) -> None:
    Job.objects.create(key="j", name="imports.commit", payload={}, actor="boss", queued_at=AT)

    assert not Job.objects.visible_to(olaf).exists()
    assert Job.objects.visible_to(scope_of_key("root")).exists()


# --- invitations -----------------------------------------------------------------------------------------------------


def test_an_invitation_is_void_once_its_inviter_may_not_invite_there(olaf: Scope) -> None:
    """TRUST §2 row 3: what was given in the name of a right ends with the right."""
    link = invite(FRIDA, [Role.VIEWER], unit="oslo", scope=olaf, at=AT)
    revoke_role("olaf", Role.ADMINISTRATOR, unit="north", scope=scope_of_key("root"), at=AT)

    with pytest.raises(InvitationVoid) as refused:
        accept_invitation(link, password=PASSWORD, at=AT)
    assert refused.value.code == "INVITATION_VOID"
    assert "may no longer" in refused.value.told_remedy
    assert not Person.objects.filter(email=FRIDA.email).exists()
    Invitation.objects.update(expires_at=AT + timedelta(days=4000))  # the page asks the clock
    shown = signed_in("root").get("/people/").content.decode()
    assert "Whoever sent it may no longer invite here." in shown

    grant_role("olaf", Role.ADMINISTRATOR, unit="oslo", scope=scope_of_key("root"), at=AT)
    assert "may no longer invite" not in signed_in("root").get("/people/").content.decode()
    assert accept_invitation(link, password=PASSWORD, at=AT).email == FRIDA.email


def test_an_invitation_by_somebody_who_left_is_void(olaf: Scope) -> None:
    link = invite(FRIDA, [Role.VIEWER], unit="oslo", scope=olaf, at=AT)
    deactivate_person("olaf", scope=scope_of_key("root"), at=AT)

    with pytest.raises(InvitationVoid):
        accept_invitation(link, password=PASSWORD, at=AT)


def test_another_role_of_the_inviter_or_another_place_backs_nothing(olaf: Scope) -> None:
    link = invite(FRIDA, [Role.VIEWER], unit="oslo", scope=olaf, at=AT)
    root = scope_of_key("root")
    grant_role("olaf", Role.STRATEGY_OFFICE, unit="north", scope=root, at=AT)
    grant_role("olaf", Role.ADMINISTRATOR, unit="north-sea", scope=root, at=AT)
    revoke_role("olaf", Role.ADMINISTRATOR, unit="north", scope=root, at=AT)

    with pytest.raises(InvitationVoid):
        accept_invitation(link, password=PASSWORD, at=AT)


def test_an_invitation_of_the_machine_itself_stands(acme: None) -> None:
    link = invite(FRIDA, [Role.VIEWER], unit="oslo", scope=INSTALLATION, at=AT)

    assert accept_invitation(link, password=PASSWORD, at=AT)


def test_a_part_does_not_end_the_invitation_of_another(olaf: Scope) -> None:
    link = invite(FRIDA, [Role.VIEWER], unit="north-sea", scope=scope_of_key("root"), at=AT)

    with pytest.raises(InvitedElsewhere):
        invite(FRIDA, [Role.VIEWER], unit="oslo", scope=olaf, at=AT)
    with pytest.raises(InvitationVoid):
        revoke_invitation(Invitation.objects.get().pk, scope=olaf, at=AT)
    assert accept_invitation(link, password=PASSWORD, at=AT)


def test_an_old_invitation_of_another_part_is_in_nobodys_way(olaf: Scope) -> None:
    invite(FRIDA, [Role.VIEWER], unit="north-sea", scope=scope_of_key("root"), at=AT)
    later = AT + timedelta(days=30)

    link = invite(FRIDA, [Role.VIEWER], unit="oslo", scope=olaf, at=later)
    assert accept_invitation(link, password=PASSWORD, at=later)


def test_an_invitation_that_opens_nothing_any_more_is_in_nobodys_way(olaf: Scope) -> None:
    root = scope_of_key("root")
    grant_role("nora", Role.ADMINISTRATOR, unit="north-sea", scope=root, at=AT)
    invite(FRIDA, [Role.VIEWER], unit="north-sea", scope=scope_of_key("nora"), at=AT)
    revoke_role("nora", Role.ADMINISTRATOR, unit="north-sea", scope=root, at=AT)

    link = invite(FRIDA, [Role.VIEWER], unit="oslo", scope=olaf, at=AT)
    assert accept_invitation(link, password=PASSWORD, at=AT)


def test_the_people_to_take_away_say_whose_invitation_is_void(olaf: Scope) -> None:
    invite(FRIDA, [Role.VIEWER], unit="oslo", scope=olaf, at=timezone.now())
    root = signed_in("root")
    assert ",invited," in root.get("/people/people.csv").content.decode()

    revoke_role("olaf", Role.ADMINISTRATOR, unit="north", scope=scope_of_key("root"), at=AT)
    assert ",invitation void: whoever sent it may not invite there now," in (
        root.get("/people/people.csv").content.decode()
    )
