"""A small organisation with somebody of every role, and how they edit it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.actions.write_definitions import Written, write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from tests.scorecard.conftest import FOUNDED, small_organisation

FOUR_OBJECTIVES = Path(__file__).parents[3] / "examples" / "four-objectives"


@pytest.fixture
def acme() -> Definitions:
    return small_organisation()


@pytest.fixture
def founded(db: None, acme: Definitions) -> Written:
    return write_definitions(acme, scope=INSTALLATION, at=FOUNDED)


@pytest.fixture
def office(founded):
    """Somebody of the strategy office of the whole."""
    return person_with("strategy_office", "acme")


@pytest.fixture
def northern_office(founded):
    """Somebody of the strategy office of the north only."""
    return person_with("strategy_office", "north", key="northern")


def person_with(role, unit, key="eve"):
    person = Person.objects.create_user(key, name=f"{key.capitalize()} Example")
    Membership.objects.create(person=person, role=role, unit=Unit.objects.get(key=unit))
    return person


@pytest.fixture
def desk(client, office):
    """The strategy office at its desk."""
    return Desk(client, office)


class Desk:
    """Opens a form as a browser would, changes some of it, and sends all of it."""

    def __init__(self, client, person) -> None:
        self.client, self.person = client, person
        client.force_login(person)

    def open(self, address):
        return read(self.client.get(address))

    def typed(self, address, **changed):
        """Everything the form would send, with these fields typed over; None takes a field away."""
        return fields_of(self.open(address)) | {
            name.replace("__", "-"): said for name, said in changed.items()
        }

    def save(self, address, **changed):
        said = {name: value for name, value in self.typed(address, **changed).items() if value is not None}
        return self.client.post(address, said)

    def retire(self, address):
        return self.client.post(address, {"edition": fields_of(self.open(address))["edition"]})


def read(answer):
    return BeautifulSoup(answer.content, "lxml")


def fields_of(page):
    """What a browser would send of the page's own form."""
    form = next(form for form in page.select("main form") if form.select_one("[name=edition]"))
    said = {}
    for each in form.select("input[name], textarea[name], select[name]"):
        name, kind = each["name"], each.get("type", "")
        if each.name == "select":
            chosen = each.select_one("option[selected]") or each.select_one("option")
            said[name] = chosen["value"] if chosen else ""
        elif each.name == "textarea":
            said[name] = each.get_text().removeprefix("\n")
        elif kind in ("checkbox", "radio"):
            if each.has_attr("checked"):
                said[name] = [*said.get(name, []), each["value"] if each.has_attr("value") else "on"]
        else:
            said[name] = each.get("value", "")
    return said


def errors_of(page):
    """The sentences beside the fields; each must come with its code."""
    found = page.select(".field-error > span")
    assert all(error.code.extract().get_text() for error in found)
    return [error.get_text(" ", strip=True) for error in found]


@pytest.fixture
def now():
    """What is written down at this moment."""
    return read_definitions


@contextmanager
def meanwhile(change) -> Iterator[None]:
    """Somebody else saves while a form is open."""
    write_definitions(change(read_definitions()), scope=INSTALLATION, at=FOUNDED, replaces=True)
    yield


@pytest.fixture
def bakery(db):
    """Harbour Bakery with its values; today is 8 October 2026."""
    at = datetime(2026, 10, 8, 9, tzinfo=UTC)
    load_strategy_folder(FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=at)


@pytest.fixture
def ana(client, bakery):
    """The bakery's strategy office at its desk."""
    return Desk(client, Person.objects.get(key="ana"))
