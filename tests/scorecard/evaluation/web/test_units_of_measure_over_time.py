"""A period's values are written as the version that held then says, wherever they are shown."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries import read_definitions

pytestmark = pytest.mark.django_db

LATER = "loa"  # a loaf, or loaves


@pytest.fixture
def in_loaves(bakery):
    """From September 2026 on sales are said in another unit of measure, and with three decimals."""
    known = read_definitions()
    sales = next(each for each in known.measures if each.key == "sales")
    latest = sales.versions[-1]
    after = replace(
        latest,
        number=latest.number + 1,
        valid_from=date(2026, 9, 1),
        unit_of_measure="loaf",
        decimals=3,
        reason="Counted in loaves",
    )
    changed = replace(sales, versions=(*sales.versions, after))
    measures = tuple(changed if each.key == "sales" else each for each in known.measures)
    write_definitions(replace(known, measures=measures), scope=INSTALLATION, at=timezone.now(), replaces=True)


def cells(page, place):
    return [cell.get_text(" ", strip=True) for cell in page.select(place)]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/units/bakery/{}/ranking/?measure=sales", "td[data-label=Value]"),
        ("/units/bakery/{}/compare/", ".compare-measure td"),
        ("/scorecards/bakery/{}/", "#measures-body td[data-label=Value]"),
        ("/measures/sales/bakery/{}/", ".figure-value"),
    ],
)
def test_a_past_period_is_written_in_its_own_unit_of_measure(read, ana, in_loaves, address, place):
    before = cells(read(ana, address.format("2026-08")), place)
    after = cells(read(ana, address.format("2026-09")), place)

    assert any("€" in text for text in before)
    assert not any(LATER in text for text in before)
    assert any(LATER in text for text in after)


def test_every_period_of_a_measures_table_is_written_as_its_own_version_says(client, read, ana, in_loaves):
    page = read(ana, "/measures/sales/bakery/2026-09/")
    values = cells(page, "#periods td[data-label=Value]")

    assert LATER in values[0]
    assert "€" in values[1]
    assert LATER not in values[1]


def test_the_value_of_a_year_before_is_not_taken_for_one_in_todays_unit_of_measure(read, ana, in_loaves):
    notes = cells(read(ana, "/measures/sales/bakery/2026-09/"), ".figure-parts dd, dl dd")
    rows = read(ana, "/scorecards/bakery/2026-09/").select("#measures-body tr")
    row = next(row for row in rows if row.select_one("a[href*='/measures/sales/']"))

    assert any("€" in note for note in notes)
    assert "€" in row.select_one("td[data-label^='Sep']").get_text()


def test_files_say_each_periods_own_unit_of_measure(client, ana, in_loaves):
    client.force_login(ana)
    page = client.get("/measures/sales/bakery/2026-09/")
    link = next(part for part in page.content.decode().split('"') if part.startswith("/") and ".csv" in part)
    rows = list(csv.DictReader(io.StringIO(client.get(link).content.decode("utf-8-sig"))))
    told = {row["period"]: row["unit_of_measure"] for row in rows if row.get("period")}

    assert (told["2026-08"], told["2026-09"]) == ("EUR", "loaf")
