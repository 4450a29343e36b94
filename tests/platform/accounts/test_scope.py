"""What each person sees: a canary in every unit, and nothing from outside."""

import pytest

from fourfold.engine.definitions import Membership, Person
from fourfold.platform.accounts.actions.set_password import PasswordTooWeak, set_password
from fourfold.platform.accounts.actions.write_people import write_people
from fourfold.platform.accounts.models import Person as PersonRow
from fourfold.platform.accounts.queries import known_people, scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION, NOBODY
from fourfold.platform.audit.changes import changes
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted, OutOfScope
from fourfold.platform.units.models import Unit
from tests.platform.units.test_unit_tree import ACME, write
from tests.scorecard.conftest import FOUNDED

PEOPLE = (
    Person("boss", "Boss", "boss@example.org", (Membership("strategy_office", "acme"),)),
    Person(
        "nora",
        "Nora",
        "nora@example.org",
        (Membership("viewer", "north"), Membership("data_steward", "oslo")),
    ),
    Person("root", "Root", "", (Membership("administrator", "acme"),)),
    Person("nemo", "Nemo", ""),
)


def bring(people: tuple[Person, ...]) -> None:
    write_people(changes(known_people(), people, key=lambda person: person.key))


@pytest.fixture
def people(db: None) -> None:
    write(ACME, seq=1)
    bring(PEOPLE)


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("boss", {"acme", "north", "north-sea", "oslo"}),
        ("nora", {"north", "oslo"}),
        ("root", {"acme", "north", "north-sea", "oslo"}),
        ("nemo", set()),
    ],
)
def test_each_sees_the_subtrees_of_their_roles_and_no_more(people: None, person: str, seen: set[str]) -> None:
    scope = scope_of_key(person)

    assert scope.unit_keys == seen
    assert {unit.key for unit in Unit.objects.visible_to(scope)} == seen
    assert {unit.key for unit in ACME if scope.sees(unit.key)} == seen


def test_what_lies_outside_is_refused(people: None) -> None:
    scope_of_key("nora").require("oslo")
    with pytest.raises(OutOfScope):
        scope_of_key("nora").require("acme")


def test_a_person_starts_where_their_first_role_lies(people: None) -> None:
    assert scope_of_key("nora").home == "north"
    assert scope_of_key("nora").roles == {Role.VIEWER, Role.DATA_STEWARD}
    assert scope_of_key("nemo").home is None


def test_strangers_see_nothing_and_the_machine_sees_all(people: None) -> None:
    assert not Unit.objects.visible_to(NOBODY).exists()
    assert Unit.objects.visible_to(INSTALLATION).count() == len(ACME)


def test_a_revoked_role_counts_at_once(people: None) -> None:
    bring((PEOPLE[0], Person("nora", "Nora", "nora@example.org"), *PEOPLE[2:]))

    assert scope_of_key("nora").unit_keys == frozenset()


def test_whoever_has_left_sees_nothing(people: None) -> None:
    bring((PEOPLE[0], *PEOPLE[2:]))

    assert scope_of_key("nora") == NOBODY


def test_a_password_is_set_by_an_administrator_and_never_told(people: None) -> None:
    set_password("nora", "a-long-walk-by-the-river", scope=scope_of_key("root"), at=FOUNDED)

    assert PersonRow.objects.get(key="nora").check_password("a-long-walk-by-the-river")
    event = AuditEvent.objects.get()
    assert (event.actor, event.action, event.object) == ("root", "password_set", "person/nora")
    assert "river" not in event.document


def test_nobody_else_sets_passwords(people: None) -> None:
    with pytest.raises(NotPermitted):
        set_password("boss", "a-long-walk-by-the-river", scope=scope_of_key("nora"), at=FOUNDED)
    assert not PersonRow.objects.get(key="boss").has_usable_password()


@pytest.mark.parametrize("weak", ["short", "password1", "nora"])
def test_a_password_easy_to_guess_is_refused(people: None, weak: str) -> None:
    with pytest.raises(PasswordTooWeak):
        set_password("nora", weak, scope=INSTALLATION, at=FOUNDED)
