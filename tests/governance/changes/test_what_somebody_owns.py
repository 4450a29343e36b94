"""On a person's page: the objectives, measures and initiatives they answer for, as far as the reader sees."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from fourfold.governance.changes.pages.person_owned import owned_by
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.slots import SlotPlace
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from tests.governance.changes.conftest import person_with
from tests.scorecard.conftest import FOUNDED, measure, version


@pytest.fixture
def panel(client, founded):
    """What stands on somebody's page for a reader."""

    def panel_of(reader, key):
        client.force_login(reader)
        page = BeautifulSoup(client.get(f"/people/{key}/").content, "html.parser")
        return page.select_one('[aria-labelledby="owned-title"]')

    return panel_of


@pytest.fixture
def grace(founded):
    return person_with("administrator", "acme", key="grace")


def test_it_names_what_they_own_and_what_they_look_after(panel, grace):
    owner, steward = panel(grace, "ada"), panel(grace, "bob")

    assert "Shipments owner" in owner.get_text(" ", strip=True)
    assert "Shipments steward" in steward.get_text(" ", strip=True)
    assert owner.select_one('a[href^="/measures/shipments/acme/"]')


def test_whoever_answers_for_nothing_is_told_how_one_is_named(panel, grace):
    told = panel(grace, "grace").get_text(" ", strip=True)

    assert "Nothing that you can see" in told


def test_a_reader_of_one_unit_sees_nothing_that_another_unit_declares(acme, grace):
    southern = replace(measure("secret", "grow", version(), unit="south"), name="Secret")
    more = tuple(sorted((*acme.measures, southern), key=lambda each: each.key))
    write_definitions(replace(acme, measures=more), scope=INSTALLATION, at=FOUNDED)

    assert "Secret" in measures_of("ada", reader=grace)
    northern = measures_of("ada", reader=person_with("strategy_office", "north", key="nora"))
    assert "Secret" not in northern
    assert "Shipments" in northern


def measures_of(key, *, reader):
    place = SlotPlace("", "", scope_of(reader), FOUNDED)
    return [thing.name for thing in owned_by([key], place)[key].values["owned"].measures]
