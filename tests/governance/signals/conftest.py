"""Harbour Bakery with 45 months that were made to say something, and the ways to decide about them."""

import csv
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.governance.signals.pages.reading import read_chart
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit

FOUR_OBJECTIVES = Path(__file__).parents[3] / "examples" / "four-objectives"
AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
SOON = AT + timedelta(minutes=5)

MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025, 2026) for month in range(1, 13)][:45]
"""January 2023 to September 2026."""

WAVE = (-0.62, 0.4, -1.77, 0.87, -0.19, 1.77, -0.87, 0.19, 0.62, -1.2, -0.4, 0.0, 1.2)
"""Normal quantiles, so ordered that no rule finds a pattern: noise that repeats every 13 months."""


def noise(place):
    """The wave around zero, with a spread of about 1.6."""
    return 1.7 * WAVE[place % len(WAVE)]


def stable(centre, step):
    """45 months around a centre."""
    return [round(centre + step * noise(place)) for place in range(len(MONTHS))]


def shifted(values, by, *, last):
    """The same, moved for the last so many months."""
    return [value + by * (place >= len(values) - last) for place, value in enumerate(values)]


SHOP = {
    "sales": stable(40000, 200),
    "on_time": [round(900 + 4 * noise(place)) for place in range(len(MONTHS))],
    "orders": [1000] * len(MONTHS),
    "rating": [round(4.4 + 0.05 * noise(place), 2) for place in range(len(MONTHS))],
    "ratings": [150] * len(MONTHS),
    "unsold_kg": [round(450 + 3 * noise(place)) for place in range(len(MONTHS))],
    "baked_kg": [5000] * len(MONTHS),
}
COLUMNS = tuple(SHOP)


def written(number):
    return "" if number is None else f"{number:g}" if number < 100 else f"{number:.0f}"


def write_shops(folder, old_town, riverside):
    with (folder / "data" / "shops.csv").open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(("month", "shop", *COLUMNS))
        for place, month in enumerate(MONTHS):
            for shop, numbers in (("old-town", old_town), ("riverside", riverside)):
                row = [numbers[column][place] for column in COLUMNS]
                if any(number is not None for number in row):
                    out.writerow((month, shop, *map(written, row)))


@pytest.fixture
def found(db, tmp_path):
    """Found the bakery over its own months: `found(sales=[…], policies="spc.rules: weco")`.

    `rewrite` is a measure and what its definition says instead.
    """

    def load(*, policies="", rewrite=("sales", {}), **columns):
        folder = tmp_path / "bakery"
        shutil.copytree(FOUR_OBJECTIVES, folder)
        write_shops(folder, {**SHOP, **columns}, SHOP)
        if policies:
            with (folder / "strategy.yaml").open("a", encoding="utf-8") as handle:
                handle.write(f"\npolicies:\n  {policies}\n")
        definition = folder / "measures" / f"{rewrite[0]}.yaml"
        for before, after in rewrite[1].items():
            definition.write_text(definition.read_text("utf-8").replace(before, after), "utf-8")
        load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)

    return load


@pytest.fixture
def bakery(found):
    """Nothing but noise."""
    found()


def person_with(key, role, unit):
    person = Person.objects.create_user(key, name=key.replace("-", " ").title())
    Membership.objects.create(person=person, role=role, unit=Unit.objects.get(key=unit))
    return person


@pytest.fixture
def scope(db):
    """Somebody's sight: `scope("ana")`, or a new person's with a role at a unit."""

    def find(key, role="", unit=""):
        return scope_of(person_with(key, role, unit) if role else Person.objects.get(key=key))

    return find


def chart(measure, unit="old-town", period="2026-09", *, scope=INSTALLATION, as_of="", at=AT):
    """What a page knows of a chart."""
    return read_chart(ChartPlace(measure, unit, period, as_of), scope=scope, at=at)


def view(measure, unit="old-town", period="2026-09", **more):
    """The chart itself."""
    return chart(measure, unit, period, **more).view


def sentences(measure, unit="old-town", **more):
    """Everything a chart says of its signals."""
    return [finding.sentence for finding in view(measure, unit, **more).findings]


def page(client, key, address):
    """A page as a person sees it."""
    client.force_login(Person.objects.get(key=key))
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    return BeautifulSoup(answer.content, "lxml")
