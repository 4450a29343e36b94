"""An installation that nobody has founded, and whoever set it up."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.actions import load_strategy_folder
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit

EXAMPLES = Path(__file__).parents[3] / "examples"
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


@pytest.fixture
def bakery(db):
    """Harbour Bakery: two shops, four objectives, five measures; today is 8 October 2026."""
    load_strategy_folder(
        EXAMPLES / "four-objectives", data=None, scope=INSTALLATION, at=datetime(2026, 10, 8, 6, tzinfo=UTC)
    )


@pytest.fixture
def joining(bakery):
    """Somebody new with roles: `joining("olga", ("viewer", "old-town"))`."""

    def join(key, *roles):
        somebody = Person.objects.create_user(key, name=f"{key.capitalize()} Newcomer")
        for role, unit in roles:
            Membership.objects.create(person=somebody, role=role, unit=Unit.objects.get(key=unit))
        return somebody

    return join


@pytest.fixture
def read(client):
    """Open a page as somebody and read it."""

    def reading(key, address, **parameters):
        client.force_login(Person.objects.get(key=key))
        answer = client.get(address, parameters)
        assert answer.status_code == 200, answer.content
        return BeautifulSoup(answer.content, "lxml")

    return reading
