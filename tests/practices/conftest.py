"""Harbour Bakery that also counts its cost and its orders by channel: formulas, segments and linked histories."""

import csv
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.actions.append_observations import append_observations

FOUR_OBJECTIVES = Path(__file__).parents[2] / "examples" / "four-objectives"
AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)][:33]
"""January 2024 to September 2026."""

HEAD = """\
key: {key}
name: {name}
objective: {{key: {objective}, weight: 1}}
kind: {kind}
unit_of_measure: "{unit_of_measure}"
goal: {goal}
frequency: month
role: lag
tier: management
owner: ana
steward: clara
operational_definition: For the tests of the practices.
due_days: 5
"""

SEGMENTS = """\
segments:
  dimension: channel
  members:
    - {key: counter, name: Counter}
    - {key: phone, name: Phone}
    - {key: web, name: Web shop}
"""


def measure(
    key, name, *, kind="flow", unit_of_measure="EUR", goal="maximise", objective="grow-sales", more=""
):
    head = HEAD.format(
        key=key, name=name, kind=kind, unit_of_measure=unit_of_measure, goal=goal, objective=objective
    )
    return head + more


MEASURES = {
    "cost": measure("cost", "Cost of the shops", goal="minimise"),
    "profit": measure("profit", "Profit", more="formula: sales - cost\ndecimals: 0\n"),
    "margin": measure(
        "margin", "Margin", kind="ratio", unit_of_measure="%", more="formula: ratio(sales - cost, sales)\n"
        "thresholds: {basis: distance, red: 5}\n",
    ),
    "yield": measure(
        "yield", "Yield", kind="ratio", unit_of_measure="%", more="formula: ratio(profit, sales)\n"
        "thresholds: {basis: distance, red: 5}\n",
    ),
    "takings": measure(
        "takings", "Takings per order", kind="ratio", unit_of_measure="EUR/order", more="formula: sales / guests\n"
    ),
    "guests": measure("guests", "Orders taken", unit_of_measure="order", goal="informational"),
    "ordered": measure("ordered", "Orders by channel", unit_of_measure="order", goal="informational", more=SEGMENTS),
    "basket": measure(
        "basket", "Sales per order", kind="ratio", unit_of_measure="EUR/order", more="formula: sales / ordered\n"
    ),
    "kept": measure(
        "kept", "Orders kept", kind="ratio", unit_of_measure="%", objective="serve-on-time",
        more="thresholds: {basis: distance, red: 4}\n" + SEGMENTS,
    ),
}  # fmt: skip

COST = [30000] * 32 + [36000]
SALES = [40000] * 32 + [45000]
ORDERS = {"counter": (900, 1000), "phone": (85, 100), "web": (7, 10)}
"""Kept and taken, by channel and month; a test says what the last month was."""


def shop_rows(folder, *, sales, cost, on_time):
    with (folder / "data" / "shops.csv").open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(
            ("month", "shop", "sales", "cost", "guests", "on_time", "orders", "unsold_kg", "baked_kg")
        )
        for place, month in enumerate(MONTHS):
            for shop in ("old-town", "riverside"):
                out.writerow((month, shop, sales[place], cost[place], 1000, on_time[place], 1000, 450, 5000))


def order_rows(folder, last, *, months):
    """Every month alike but the last, and those told by name."""
    with (folder / "data" / "orders.csv").open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(("month", "shop", "channel", "kept", "taken"))
        for month in MONTHS:
            for shop in ("old-town", "riverside"):
                for channel, counts in {MONTHS[-1]: last, **months}.get(month, ORDERS).items():
                    out.writerow((month, shop, channel, *counts))


SHOPS = """\
key: shops
file: shops.csv
layout: wide
format: {decimal: ".", date: "%Y-%m"}
missing: [""]
columns: {unit: shop, period: month}
wide:
  - {column: sales, measure: sales, role: value}
  - {column: cost, measure: cost, role: value}
  - {column: guests, measure: guests, role: value}
  - {column: on_time, measure: punctuality, role: numerator}
  - {column: orders, measure: punctuality, role: denominator}
  - {column: unsold_kg, measure: waste, role: numerator}
  - {column: baked_kg, measure: waste, role: denominator}
"""
ORDERS_MAP = """\
key: orders
file: orders.csv
layout: wide
format: {decimal: ".", date: "%Y-%m"}
missing: [""]
columns: {unit: shop, segment: channel, period: month}
wide:
  - {column: kept, measure: kept, role: numerator}
  - {column: taken, measure: kept, role: denominator}
  - {column: taken, measure: ordered, role: value}
"""


MARKET_MAP = """\
key: market
file: market.csv
layout: wide
format: {decimal: ".", date: "%Y-%m"}
missing: [""]
columns: {unit: shop, period: month}
wide:
  - {column: everybody, measure: market-size, role: value}
  - {column: ours, measure: market-share, role: numerator}
  - {column: everybody, measure: market-share, role: denominator}
  - {column: duties, measure: duties, role: value}
"""
MARKET_MEASURES = {
    "market-size": measure("market-size", "Loaves sold in town", unit_of_measure="loaf", goal="informational"),
    "market-share": measure(
        "market-share", "Share of loaves", kind="ratio", unit_of_measure="%",
        more="thresholds: {basis: distance, red: 5}\n",
    ),
    "duties": measure("duties", "What duties did", goal="informational"),
}  # fmt: skip
MARKET_TARGETS = "market-size,bakery,,2024-01,1000,step,,,\nmarket-share,bakery,,2024-01,20,step,,,\n"
"""METHOD's market: 1,000 as planned at 20 %."""


def market_rows(folder, rows):
    """(everybody's loaves, ours) of each shop and month; None leaves the month out."""
    with (folder / "data" / "market.csv").open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(("month", "shop", "everybody", "ours", "duties"))
        for month, row in zip(MONTHS, rows, strict=True):
            for shop in ("old-town", "riverside"):
                if row is not None:
                    out.writerow((month, shop, *row, -15))


TARGETS_HEAD = "measure,unit,segment,period,value,trajectory,red,best,origin\n"


def found_bakery(
    folder,
    *,
    sales=SALES,
    cost=COST,
    on_time=(900,) * 33,
    orders=ORDERS,
    targets="",
    measures=None,
    months=None,
    market=None,
    policies="",
):
    """Write the folder and load it; `market` is for `market_rows`, and brings its measures along."""
    shutil.copytree(FOUR_OBJECTIVES, folder)
    telling = MARKET_MEASURES if market else {}
    for key, text in {**MEASURES, **telling, **(measures or {})}.items():
        (folder / "measures" / f"{key}.yaml").write_text(text, encoding="utf-8")
    (folder / "data" / "shops.mapping.yaml").write_text(SHOPS, encoding="utf-8")
    (folder / "data" / "orders.mapping.yaml").write_text(ORDERS_MAP, encoding="utf-8")
    shop_rows(folder, sales=sales, cost=cost, on_time=on_time)
    order_rows(folder, orders, months=months or {})
    if market:
        (folder / "data" / "market.mapping.yaml").write_text(MARKET_MAP, encoding="utf-8")
        market_rows(folder, market)
        targets += MARKET_TARGETS
    if policies:
        with (folder / "strategy.yaml").open("a", encoding="utf-8") as handle:
            handle.write(f"policies: {policies}\n")
    (folder / "targets.csv").write_text(TARGETS_HEAD + targets, encoding="utf-8")
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)


@pytest.fixture
def found(db, tmp_path):
    """Found the bakery: `found(cost=[…], orders={…}, targets="cost,bakery,,2026-09,50000,step,,,")`."""
    return lambda **said: found_bakery(tmp_path / "bakery", **said)


@pytest.fixture
def ana(found):
    """The strategy office at the root, once a test has founded the bakery."""
    return lambda: Person.objects.get(key="ana")


@pytest.fixture
def viewer():
    """Somebody whose only role lies in one shop."""

    def at(unit):
        person = Person.objects.create_user(f"viewer-{unit}", name="Vera Viewer")
        Membership.objects.create(person=person, role="viewer", unit=Unit.objects.get(key=unit))
        return person

    return at


@pytest.fixture
def scope(ana):
    """Ana's sight."""
    return lambda: scope_of(ana())


@pytest.fixture
def read(client):
    """Open a page as somebody and read it."""

    def reading(person, address, **parameters):
        client.force_login(person)
        answer = client.get(address, parameters)
        assert answer.status_code == 200, answer.content[:300]
        return BeautifulSoup(answer.content, "lxml")

    return reading


@pytest.fixture
def corrected(found):
    """The bakery whose shop in the old town is corrected two days later; `corrected(**said)` answers that moment."""

    def correcting(*rows, **said):
        found(**said)
        later = AT + timedelta(days=2)
        append_observations(list(rows), scope=INSTALLATION, at=later)
        return later

    return correcting
