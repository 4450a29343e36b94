"""The door: what a stranger meets, and how one comes in."""

import pytest
from django.core.cache import cache
from django.test import Client

from fourfold.platform.accounts.models import Person
from fourfold.platform.audit.models import AuditEvent

PASSWORD = "a-long-walk-by-the-river"


@pytest.fixture
def ada(db: None) -> Person:
    cache.clear()  # the throttle remembers guesses of earlier tests
    person = Person.objects.create_user("ada", name="Ada Byron", email="Ada@Example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


def test_a_stranger_is_shown_to_the_door(db: None) -> None:
    answer = Client().get("/accounts/password/change/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_while_nobody_can_sign_in_the_door_leads_to_the_set_up(db: None) -> None:
    assert Client().get("/accounts/login/")["Location"] == "/setup/"


def test_the_door_itself_is_open(ada: Person) -> None:
    assert Client().get("/accounts/login/").status_code == 200


@pytest.mark.parametrize("login", ["ada", "ada@example.org"])
def test_one_comes_in_by_key_or_by_email(ada: Person, login: str) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(ada.pk)


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(ada: Person) -> None:
    wrong = Client().post("/accounts/login/", {"login": "ada", "password": "wrong"})
    unknown = Client().post("/accounts/login/", {"login": "bob", "password": "wrong"})

    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_the_sixth_wrong_guess_is_not_even_tried(ada: Person) -> None:
    guesser = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(5):
        guesser.post("/accounts/login/", {"login": "ada", "password": "wrong"})
    guesser.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    assert "_auth_user_id" not in guesser.session


def test_passwords_are_kept_by_argon2(ada: Person) -> None:
    assert ada.password.startswith("argon2$argon2id$")


def test_nobody_signs_up_by_themselves(db: None) -> None:
    Client().post(
        "/accounts/signup/",
        {"username": "eve", "email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not Person.objects.filter(key="eve").exists()


def test_an_old_session_ends_with_the_password_it_began_with(ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    ada.set_password("another-walk-by-the-river")
    ada.save()

    assert client.get("/accounts/password/change/").status_code == 302


def test_a_session_gets_a_new_name_at_the_door(ada: Person) -> None:
    client = Client()
    client.session.save()  # somebody planted this session name before the sign-in
    planted = client.cookies["sessionid"].value
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(ada.pk)
    assert client.cookies["sessionid"].value != planted


def test_ones_own_new_password_is_recorded_in_the_journal(ada: Person) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    new = "over-the-bridge-and-home"

    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    ada.refresh_from_db()
    assert ada.check_password(new)
    event = AuditEvent.objects.get(action="password_set")
    assert event.object == "person/ada"
    assert new not in str(event.__dict__)


def test_accounts_of_other_providers_are_not_bound_by_hand(ada: Person) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    assert client.get("/accounts/3rdparty/").status_code == 404


@pytest.mark.parametrize("page", ["email/", "2fa/", "2fa/webauthn/", "password/change/"])
def test_ones_own_account_is_ones_own_to_look_after(ada: Person, page: str) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})

    assert client.get(f"/accounts/{page}").status_code == 200
