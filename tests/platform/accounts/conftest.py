"""Acme with its people: root is administrator, nora a viewer of the north and steward of Oslo."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from fourfold.platform.accounts.models import Person
from tests.platform.accounts.test_scope import PEOPLE, bring
from tests.platform.units.test_unit_tree import ACME, write

AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
PASSWORD = "a-long-walk-by-the-river"


@pytest.fixture
def acme(db: None, settings) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # quick; Argon2 has its own tests
    cache.clear()  # the throttle remembers guesses of earlier tests
    write(ACME, seq=1)
    bring(PEOPLE)


def with_password(key: str, password: str = PASSWORD) -> Person:
    person: Person = Person.objects.get(key=key)
    person.set_password(password)
    person.save()
    return person


def signed_in(key: str) -> Client:
    """A browser that came in by the door."""
    if not Person.objects.get(key=key).has_usable_password():
        with_password(key)
    client = Client()
    client.post("/accounts/login/", {"login": key, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client
