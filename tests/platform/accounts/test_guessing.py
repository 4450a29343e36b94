"""A thousand guesses, a stranger's timing, a poisoned host: what the door gives away, and to whom."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from fourfold.platform.accounts.models import Person, ThrottleCount
from tests.platform.accounts.conftest import PASSWORD

PER_ACCOUNT = 5  # failed checks in five minutes
PER_ADDRESS = 20  # failed checks in a minute


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch, settings) -> list[str]:
    """Every password check that is really made. A fast hasher: this counts checks, it does not time them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made: list[str] = []
    verify = hashers.MD5PasswordHasher.verify

    def counted(hasher: hashers.MD5PasswordHasher, password: str, encoded: str) -> bool:
        made.append(password)
        return bool(verify(hasher, password, encoded))

    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", counted)
    return made


def somebody(key: str) -> Person:
    cache.clear()
    person: Person = Person.objects.create_user(key, name=key.title(), email=f"{key}@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.django_db
def test_of_a_thousand_guesses_at_one_account_from_everywhere_five_are_checked(checks: list[str]) -> None:
    somebody("ada")
    for number in range(1000):
        guesser = Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250}")
        login = ("ada", "ADA", "ada@example.org")[number % 3]
        guesser.post("/accounts/login/", {"login": login, "password": f"guess {number}"})

    assert 0 < len(checks) <= PER_ACCOUNT


@pytest.mark.django_db
def test_of_many_guesses_at_many_accounts_from_one_address_twenty_are_checked(checks: list[str]) -> None:
    for number in range(30):
        somebody(f"person-{number}")
    guesser = Client(REMOTE_ADDR="198.51.100.7")
    for number in range(120):
        guesser.post("/accounts/login/", {"login": f"person-{number % 30}", "password": "wrong"})

    assert 0 < len(checks) <= PER_ADDRESS


@pytest.mark.django_db(transaction=True)
def test_guesses_of_several_threads_at_once_are_counted_together(checks: list[str]) -> None:
    somebody("ada")

    def guess(place: int) -> None:
        for number in range(10):
            Client(REMOTE_ADDR=f"203.0.113.{place}").post(
                "/accounts/login/", {"login": "ada", "password": f"{place}-{number}"}
            )
        connection.close()

    threads = [threading.Thread(target=guess, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 0 < len(checks) <= PER_ACCOUNT


@pytest.mark.django_db
def test_the_counts_lie_in_the_database_where_every_process_sees_them(checks: list[str]) -> None:
    somebody("ada")
    Client().post("/accounts/login/", {"login": "ada", "password": "wrong"})

    assert ThrottleCount.objects.filter(cache_key__contains="login_failed").exists()


@pytest.mark.django_db
def test_without_counting_every_guess_would_be_checked(checks: list[str], settings) -> None:
    """The broken variant that the tests above must tell from the real one."""
    settings.ACCOUNT_RATE_LIMITS = False
    somebody("ada")
    for number in range(30):
        Client().post("/accounts/login/", {"login": "ada", "password": f"guess {number}"})

    assert len(checks) == 30


@pytest.mark.django_db
def test_a_stranger_costs_as_many_hashes_as_a_person_with_a_wrong_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Compared by work, not by the clock: Argon2 runs once either way, and the queries are alike."""
    somebody("ada")
    runs: list[str] = []
    for name in ("verify", "encode"):
        original = getattr(hashers.Argon2PasswordHasher, name)

        def counted(hasher, *args, _original=original, _name=name, **kwargs):
            runs.append(_name)
            return _original(hasher, *args, **kwargs)

        monkeypatch.setattr(hashers.Argon2PasswordHasher, name, counted)

    costs = []
    for login in ("ada", "nobody", "ada@example.org", "nobody@example.org"):
        runs.clear()
        Client().post("/accounts/login/", {"login": login, "password": "wrong"})
        costs.append(len(runs))

    assert costs == [1, 1, 1, 1]


@pytest.mark.django_db
def test_a_throttled_person_and_a_throttled_stranger_get_the_same_answer(checks: list[str]) -> None:
    somebody("ada")
    answers = []
    for login in ("ada", "nobody"):
        for _ in range(6):
            answer = Client(REMOTE_ADDR="192.0.2.9").post(
                "/accounts/login/", {"login": login, "password": "wrong"}
            )
        answers.append((answer.status_code, answer.context["form"].errors))

    assert answers[0] == answers[1]


@pytest.mark.django_db
def test_a_reset_is_answered_alike_for_a_person_and_for_a_stranger() -> None:
    somebody("ada")
    answers = [
        Client().post("/accounts/password/reset/", {"email": address}, follow=True).content
        for address in ("ada@example.org", "nobody@example.org")
    ]

    assert [sent.to for sent in mail.outbox] == [["ada@example.org"]]
    assert len({page.split(b"<main")[1].split(b"csrfmiddlewaretoken")[0] for page in answers}) == 1


@pytest.mark.django_db
def test_a_poisoned_host_gets_no_mail_out(settings) -> None:
    settings.ALLOWED_HOSTS = ["scorecard.example.org"]
    somebody("ada")
    for header in (
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "scorecard.example.org", "HTTP_X_FORWARDED_HOST": "evil.example"},
    ):
        Client().post("/accounts/password/reset/", {"email": "ada@example.org"}, **header)

    assert all("evil.example" not in sent.body for sent in mail.outbox)
    assert (
        Client()
        .post("/accounts/password/reset/", {"email": "ada@example.org"}, HTTP_HOST="evil.example")
        .status_code
        == 400
    )


@pytest.mark.django_db
def test_a_forwarded_address_is_believed_only_from_a_proxy_that_was_named(checks: list[str]) -> None:
    for number in range(30):
        somebody(f"person-{number}")
    for number in range(60):
        Client(REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}").post(
            "/accounts/login/", {"login": f"person-{number % 30}", "password": "wrong"}
        )

    assert len(checks) <= PER_ADDRESS
