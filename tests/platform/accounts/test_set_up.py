"""The first person: once, by whoever holds the machine, and never again."""

import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from fourfold.platform.accounts.actions.grant_role import grant_founder_memberships
from fourfold.platform.accounts.actions.set_password import PasswordTooWeak, set_password
from fourfold.platform.accounts.actions.set_up import FirstPerson, SetUpCodeWrong, set_up, set_up_code
from fourfold.platform.accounts.models import Person, SetUp
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import known_people, needs_set_up, scope_of, scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import UnknownPage
from tests.platform.units.test_unit_tree import ACME, write

AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
FIRST = FirstPerson("ada", "Ada Byron", "ada@example.org", "a-long-walk-by-the-river")


@pytest.fixture(autouse=True)
def a_home_of_its_own(settings, tmp_path: Path) -> Path:
    settings.FOURFOLD_HOME = tmp_path
    return tmp_path


def test_an_empty_installation_waits_for_its_first_person(db: None) -> None:
    assert needs_set_up()


def test_the_first_person_may_do_everything_before_there_is_a_unit(db: None) -> None:
    scope = scope_of(set_up(FIRST, code=set_up_code(), at=AT))

    assert scope.roles == {Role.ADMINISTRATOR}
    assert scope.sees_everything
    assert scope.may(Act.LOAD_FOLDER, unit="not-there-yet")
    assert not scope.may(Act.APPROVE_CHANGE)
    assert AuditEvent.objects.get(action="installation_set_up").actor == "ada"


def test_a_second_set_up_finds_no_page(db: None) -> None:
    code = set_up_code()
    set_up(FIRST, code=code, at=AT)

    with pytest.raises(UnknownPage):
        set_up(FirstPerson("eve", "Eve", "eve@example.org", FIRST.password), code=code, at=AT)
    assert not Person.objects.filter(key="eve").exists()


def test_set_up_stays_closed_when_its_person_has_left(db: None) -> None:
    set_up(FIRST, code=set_up_code(), at=AT)
    Person.objects.update(is_active=False)

    assert not needs_set_up()


def test_set_up_is_closed_where_somebody_can_sign_in_already(db: None) -> None:
    Person.objects.create_user("bob", name="Bob")
    assert needs_set_up(), "nobody has a way in"

    set_password("bob", FIRST.password, scope=INSTALLATION, at=AT)
    assert not needs_set_up()


def test_a_stranger_without_the_code_is_refused(db: None) -> None:
    with pytest.raises(SetUpCodeWrong):
        set_up(FIRST, code="guess", at=AT)
    assert needs_set_up()


def test_the_code_is_kept_for_the_owner_only_and_gone_after_use(db: None, a_home_of_its_own: Path) -> None:
    file = a_home_of_its_own / "setup_code"
    code = set_up_code()

    assert set_up_code() == code
    assert len(code) >= 22, "128 bits"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    set_up(FIRST, code=code, at=AT)
    assert not file.exists()


def test_a_weak_password_leaves_everything_as_it_was(db: None) -> None:
    code = set_up_code()
    with pytest.raises(PasswordTooWeak):
        set_up(FirstPerson("ada", "Ada Byron", "ada@example.org", "ada"), code=code, at=AT)

    assert needs_set_up()
    assert set_up_code() == code


@pytest.mark.django_db(transaction=True)
def test_of_two_set_ups_at_once_one_wins() -> None:
    code, outcomes, start = set_up_code(), [], threading.Barrier(2)

    def attempt(key: str) -> None:
        start.wait()
        try:
            set_up(FirstPerson(key, key, f"{key}@example.org", FIRST.password), code=code, at=AT)
            outcomes.append("won")
        except UnknownPage:
            outcomes.append("no page")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(key,)) for key in ("ada", "eve")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["no page", "won"]
    assert SetUp.objects.count() == Person.objects.count() == 1


def test_once_the_organisation_stands_the_founder_holds_the_role_at_its_root(db: None) -> None:
    founder = set_up(FIRST, code=set_up_code(), at=AT)
    assert known_people() == (), "a founder belongs to no organisation yet"
    write(ACME, seq=1)

    grant_founder_memberships("acme", scope=scope_of(founder), at=AT)
    grant_founder_memberships("acme", scope=scope_of(founder), at=AT)

    scope = scope_of_key("ada")
    assert scope.held == {Role.ADMINISTRATOR: {"acme", "north", "north-sea", "oslo"}}
    assert scope.home == "acme"
    assert not scope.sees_everything
    assert [(person.key, person.memberships[0].unit) for person in known_people()] == [("ada", "acme")]


def test_where_a_folder_was_loaded_the_first_person_holds_the_role_at_its_root(db: None) -> None:
    write(ACME, seq=1)
    set_up(FIRST, code=set_up_code(), at=AT)

    assert scope_of_key("ada").held[Role.ADMINISTRATOR] >= {"acme", "oslo"}
