"""Whoever knows a password still guesses in vain: codes of an app and recovery codes are counted like passwords."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from fourfold.platform.accounts.models import Person
from tests.platform.accounts.conftest import PASSWORD
from tests.platform.accounts.test_guessing import PER_ACCOUNT, somebody

pytestmark = pytest.mark.django_db

CODES = "/accounts/2fa/authenticate/"
STEP = 30  # seconds for which a code of an authenticator app holds


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every code that is really compared, with either factor."""
    made: list[str] = []
    for factor in (TOTP, RecoveryCodes):
        compare = factor.validate_code

        def counted(self: object, code: str, compare=compare, factor=factor) -> bool:  # type: ignore[no-untyped-def]
            made.append(f"{factor.__name__} {code}")
            return bool(compare(self, code))

        monkeypatch.setattr(factor, "validate_code", counted)
    return made


@pytest.fixture
def ada() -> Person:
    return somebody("ada")


def past_the_password(address: str) -> Client:
    """A browser that waits at the door for the second factor."""
    guesser = Client(REMOTE_ADDR=address)
    answer = guesser.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    assert answer.url.startswith(CODES)
    return guesser


def is_in(guesser: Client) -> bool:
    return "_auth_user_id" in guesser.session


def test_of_many_guessed_codes_from_everywhere_five_are_compared(ada: Person, checked: list[str]) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    guessers = [past_the_password(f"198.51.100.{place}") for place in range(4)]
    for number in range(100):
        guessers[number % 4].post(CODES, {"code": f"{number:06}"})

    assert 0 < len(checked) <= PER_ACCOUNT
    right = format_hotp_value(hotp_value(secret, int(time.time()) // STEP))
    guessers[0].post(CODES, {"code": right})
    assert not is_in(guessers[0]), "the right code too has to wait: an answer would tell that it is right"


def test_recovery_codes_are_guessed_as_seldom(ada: Person, checked: list[str]) -> None:
    TOTP.activate(ada, generate_totp_secret())
    codes = RecoveryCodes.activate(ada)
    guesser = past_the_password("198.51.100.9")
    for number in range(60):
        guesser.post(CODES, {"code": f"{number:08}"})

    assert 0 < sum(each.startswith("RecoveryCodes") for each in checked) <= PER_ACCOUNT
    guesser.post(CODES, {"code": codes.generate_codes()[0]})
    assert not is_in(guesser)


def test_the_right_code_opens_at_once_and_only_once(ada: Person) -> None:
    """The tests above can fail: nothing but the counting keeps the right code out."""
    TOTP.activate(ada, generate_totp_secret())
    code = RecoveryCodes.activate(ada).generate_codes()[0]
    first, again = past_the_password("198.51.100.1"), past_the_password("198.51.100.2")
    first.post(CODES, {"code": code})
    again.post(CODES, {"code": code})

    assert (is_in(first), is_in(again)) == (True, False)


@pytest.mark.parametrize(("late", "opens"), [(-1, True), (2, False)])
def test_a_code_that_changes_while_it_is_typed_opens_and_an_older_one_does_not(
    ada: Person, late: int, opens: bool
) -> None:
    """Telephones' clocks are seconds off, too. The next code stands for both neighbours: it stays one, or is due."""
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    typing = past_the_password("198.51.100.1")
    typing.post(CODES, {"code": format_hotp_value(hotp_value(secret, int(time.time()) // STEP - late))})

    assert is_in(typing) == opens
