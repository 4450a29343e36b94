"""The smallest example organisation, and people who may import into it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold.data.imports.actions import load_strategy_folder
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit

FOUR_OBJECTIVES = Path(__file__).parents[4] / "examples" / "four-objectives"
AT = datetime(2026, 10, 8, 9, tzinfo=UTC)

LONG = """shop;measure;month;value;target
Old Town shop;Shop sales;2026-10;41000;
Riverside shop;Shop sales;2026-10;29000;
Harbour kiosk;Shop sales;2026-10;5200;5000
Harbour kiosk;Loaves given away;2026-10;31;40
"""


@pytest.fixture
def bakery(db, settings, tmp_path):
    """Harbour Bakery; uploads lie in a folder of this test."""
    settings.FOURFOLD_HOME = tmp_path
    load_strategy_folder(FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=AT)


@pytest.fixture
def ana(bakery):
    """The strategy office at the root."""
    return Person.objects.get(key="ana")


@pytest.fixture
def clara(bakery):
    """A data steward at the root: imports values, defines nothing."""
    return Person.objects.get(key="clara")


@pytest.fixture
def stan(bakery):
    """A data steward of the Old Town shop alone."""
    person = Person.objects.create_user("stan", name="Stan Steward")
    Membership.objects.create(person=person, role="data_steward", unit=Unit.objects.get(key="old-town"))
    return person


@pytest.fixture
def page():
    """An answer as a page."""

    def reading(answer):
        return BeautifulSoup(answer.content, "lxml")

    return reading


@pytest.fixture
def hand_in(client):
    """Upload a file as somebody; answers the address of the columns."""

    def handing(person, text=LONG, *, name="shops.csv"):
        client.force_login(person)
        sent = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
        return client.post("/import/new/", {"file": sent}).url

    return handing


@pytest.fixture
def filled(client, page):
    """What the form of a page would send as it stands."""

    def filling(address):
        form = page(client.get(address)).select("form.import-form")[-1]
        said = {
            each["name"]: each.get("value", "")
            for each in form.select("input[name]")
            if each.get("type") != "checkbox"
        }
        for choice in form.select("select[name]"):
            chosen = choice.select_one("option[selected]") or choice.select_one("option")
            said[choice["name"]] = chosen.get("value", chosen.get_text())
        said |= {each["name"]: each.get_text() for each in form.select("textarea[name]")}
        return said

    return filling
