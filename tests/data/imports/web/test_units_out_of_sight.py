"""Whoever sees one unit alone brings a file of others: they are offered as new, whether they are there or not."""

import pytest

from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries import read_definitions
from tests.data.imports.web.test_a_column_for_each_period import committed

FILE = """shop;measure;month;value
Old Town shop;Shop sales;2026-10;41000
{};Shop sales;2026-10;29000
"""


@pytest.fixture
def uma(bakery):
    """The strategy office of the Old Town shop alone: may create units below it."""
    person = Person.objects.create_user("uma", name="Uma Unit")
    Membership.objects.create(person=person, role="strategy_office", unit=Unit.objects.get(key="old-town"))
    return person


def told(answer, unit):
    """The page without what differs from answer to answer anyway."""
    slug = unit.casefold().replace(" ", "-")
    return answer.select_one("main").get_text().replace(unit, "UNIT").replace(slug, "SLUG")


@pytest.fixture
def through(client, hand_in, filled, page):
    """Columns, new things and preview of a file that names a unit; the pages, and the address of the preview."""

    def going(person, unit):
        client.logout()  # what was said about the file before is not said about this one
        columns = hand_in(person, text=FILE.format(unit), name="shops.csv")
        seen = [page(client.get(columns))]
        step = client.post(columns, filled(columns)).url
        seen.append(page(client.get(step)))
        preview = client.post(step, filled(step)).url if step.endswith("/new-things/") else step
        seen.append(page(client.get(preview)))
        return seen, preview

    return going


@pytest.mark.parametrize("who", ["uma", "stan"])
def test_every_step_says_the_same_of_a_unit_elsewhere_as_of_none(request, through, who):
    person = request.getfixturevalue(who)

    there, _ = through(person, "Riverside shop")
    nowhere, _ = through(person, "Riverbank shop")

    assert [told(page, "Riverside shop") for page in there] == [
        told(page, "Riverbank shop") for page in nowhere
    ]
    assert "UNIT" in told(there[1], "Riverside shop")


def test_committed_it_is_a_unit_of_their_own_and_the_other_one_stays(client, uma, through):
    before = {unit.key: unit for unit in read_definitions().units}

    _seen, preview = through(uma, "Riverside shop")
    committed(client, preview)

    after = {unit.key: unit for unit in read_definitions().units}
    (new,) = set(after) - set(before)
    assert (new, after[new].name, after[new].parent) == (
        "old-town-riverside-shop",
        "Riverside shop",
        "old-town",
    )
    assert after["riverside"] == before["riverside"]


def test_a_new_measure_of_somebody_who_sees_one_unit_is_declared_there(client, uma, hand_in, filled):
    text = "shop;measure;month;value\nOld Town shop;Cakes;2026-10;12\n"
    columns = hand_in(uma, text=text, name="cakes.csv")
    step = client.post(columns, filled(columns)).url
    committed(client, client.post(step, filled(step)).url)

    (cakes,) = [each for each in read_definitions().measures if each.name == "Cakes"]
    assert (cakes.key, cakes.units.unit) == ("old-town-cakes", "old-town")
