"""An installation that nobody has founded, and whoever set it up."""

import pytest
from bs4 import BeautifulSoup

from fourfold.platform.accounts.models import Person

SAID = {
    "name": "Hill & Sons",
    "key": "",
    "time_zone": "Europe/Vienna",
    "currency": "CHF",
    "start_month": "1",
    "named_by": "end",
    "kind": "gregorian",
    "anchor_month": "1",
    "week_ends_on": "5",
    "rule": "nearest",
}


@pytest.fixture
def said():
    """What a founder types."""
    return dict(SAID)


@pytest.fixture
def founder(db):
    """Administrator of all, before a unit can hold the role."""
    person = Person.objects.create_user("ada", name="Ada Byron", email="ada@example.org")
    person.is_founder = True
    person.set_password("a-long-walk-by-the-river")
    person.save()
    return person


@pytest.fixture
def at_the_desk(client, founder):
    """The founder's browser."""
    client.force_login(founder)
    return client


@pytest.fixture
def page():
    """An answer as a page."""

    def reading(answer):
        return BeautifulSoup(answer.content, "lxml")

    return reading
