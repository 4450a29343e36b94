"""The forecast on a measure's page: who sees it, what it costs, and what of it one can take away."""

import csv
import io
import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fourfold.platform.accounts.models import Person
from fourfold.platform.ui.slots import MEASURE_PANELS, slot
from tests.governance.signals.conftest import MONTHS, SHOP, page, person_with

pytestmark = pytest.mark.django_db

HERE = "/measures/punctuality/old-town/2026-09/"
PARTS = (
    "fan.json",
    "image.svg",
    "fan.svg",
    "fan.png",
    "periods.csv",
    "periods.xlsx",
    "methods.csv",
    "methods.xlsx",
)


def answer_of(client, key, address):
    client.force_login(Person.objects.get(key=key))
    return client.get(address)


def test_the_panel_says_it_in_words_and_shows_the_fan(client, bakery):
    panel = page(client, "ana", HERE).select_one("#forecast")

    assert panel.select_one("h2").text == "Where is it heading?"
    assert panel.select_one(".outlook").text == "unlikely"
    assert panel.select_one(".forecast-prospects b").text.startswith(
        "At this pace unlikely (under 1 %) to reach 95.0 %"
    )
    assert panel.select_one("fourfold-chart")["src"] == f"{HERE}forecast/fan.json"
    assert panel.select_one("img.chart-picture")["src"].startswith(f"{HERE}forecast/image.svg")
    assert [caption.text for caption in panel.select("caption")] == [
        "The error of each method from past starting points, in units of the naive forecast's",
        "Every period ahead with what is expected",
    ]
    offered = {link["href"].rsplit("/", 1)[-1] for link in panel.select("a[download]")}
    assert offered == set(PARTS) - {"fan.json", "image.svg"}


def test_without_a_forecast_the_panel_teaches_why(client, found):
    found(on_time=[None] * 40 + [900] * 5, orders=[None] * 40 + [1000, 1001, 1002, 1003, 1004])
    panel = page(client, "ana", HERE).select_one("#forecast")

    assert panel.select_one(".notice").text.strip().startswith("No forecast here. 5 values stand after")
    assert not panel.select("fourfold-chart, table, a[download]")
    assert answer_of(client, "ana", f"{HERE}forecast/image.svg").status_code == 404
    assert answer_of(client, "ana", f"{HERE}forecast/fan.png").status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_another_shop_s_future_is_nobody_s_business(client, bakery, part):
    person_with("rita", "viewer", "riverside")
    address = f"{HERE}forecast/{part}"

    assert answer_of(client, "rita", address).status_code == 403
    assert answer_of(client, "rita", address.replace("old-town", "riverside")).status_code == 200
    assert answer_of(client, "ana", address).status_code == 200


def test_the_page_costs_as_many_queries_with_two_years_as_with_four(client, found):
    found(on_time=[None] * 20 + SHOP["on_time"][20:], orders=[None] * 20 + SHOP["orders"][20:])
    client.force_login(Person.objects.get(key="ana"))
    counts = []
    for unit in ("old-town", "riverside"):
        address = HERE.replace("old-town", unit)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(address)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_panel_adds_two_queries_to_its_page(client, bakery):
    client.force_login(Person.objects.get(key="ana"))
    client.get(HERE)
    with CaptureQueriesContext(connection) as seen:
        client.get(HERE)
    panels = slot(MEASURE_PANELS)
    provider = panels._providers["forecast"]
    panels.withdraw("forecast")
    try:
        with CaptureQueriesContext(connection) as without:
            client.get(HERE)
    finally:
        panels.register("forecast", provider)

    assert len(seen) - len(without) == 2


def test_the_table_leaves_with_every_digit_and_its_sentences(client, bakery):
    answer = answer_of(client, "ana", f"{HERE}forecast/periods.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    head = next(row for row in rows if row and row[0] == "period")
    first = rows[rows.index(head) + 1]
    told = dict(zip(head, first, strict=True))

    assert head == [
        *("period", "label", "target", "expected"),
        *("low_50", "high_50", "low_80", "high_80", "low_95", "high_95", "chance_on_target"),
    ]
    assert (told["period"], told["label"]) == ("2026-10", "October 2026")
    assert float(told["low_95"]) < float(told["low_80"]) < float(told["expected"]) < float(told["high_50"])
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(answer_of(client, "ana", f"{HERE}forecast/periods.xlsx").content)
    )
    cells = [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    assert any(str(cell).startswith("At this pace unlikely") for cell in cells)


def test_the_methods_leave_too(client, bakery):
    answer = answer_of(client, "ana", f"{HERE}forecast/methods.csv")

    assert answer["Content-Disposition"] == (
        'attachment; filename="punctuality-old-town-2026-09-forecast-methods.csv"'
    )
    assert "As last year" in answer.content.decode("utf-8-sig")


def test_the_picture_stands_alone(client, bakery):
    drawing = ElementTree.fromstring(answer_of(client, "ana", f"{HERE}forecast/fan.svg").content)
    said = "".join(drawing.itertext())

    assert drawing.tag.endswith("svg")
    for words in ("Orders on time", "At this pace unlikely", "Expected", "95 %", "Target"):
        assert words in said
    assert answer_of(client, "ana", f"{HERE}forecast/fan.png").content.startswith(b"\x89PNG")


def test_as_known_on_a_day_the_parts_keep_the_day(client, bakery):
    panel = page(client, "ana", f"{HERE}?as_of=2026-10-08").select_one("#forecast")

    links = [link["href"] for link in panel.select("a[download]")]
    assert links
    assert all("as_of=2026-10-08" in link for link in links)
    assert "as_of=2026-10-08" in panel.select_one("fourfold-chart")["src"]
    assert len(MONTHS) == 45
