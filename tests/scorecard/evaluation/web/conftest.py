"""The smallest example organisation, loaded as its folder says, and people of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit

FOUR_OBJECTIVES = Path(__file__).parents[4] / "examples" / "four-objectives"


@pytest.fixture
def bakery(db):
    """Harbour Bakery: two shops, four objectives, five measures, today is 8 October 2026."""
    load_strategy_folder(
        FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=datetime(2026, 10, 8, 9, tzinfo=UTC)
    )


@pytest.fixture
def ana(bakery):
    """The strategy office at the root."""
    return Person.objects.get(key="ana")


@pytest.fixture
def olga(bakery):
    """Somebody whose only role lies in the Old Town shop."""
    person = Person.objects.create_user("olga", name="Olga Old Town")
    Membership.objects.create(person=person, role="viewer", unit=Unit.objects.get(key="old-town"))
    return person


@pytest.fixture
def read(client):
    """Open a page as somebody and read it."""

    def reading(person, address, **parameters):
        client.force_login(person)
        answer = client.get(address, parameters)
        return BeautifulSoup(answer.content, "lxml")

    return reading
