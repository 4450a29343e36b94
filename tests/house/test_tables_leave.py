"""Every page that shows a table of data offers it as CSV and as a workbook (issue 3 §3)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from tests.house.guarded_bakery import FOUNDER, GuardedBakery, routes, undone

pytestmark = pytest.mark.django_db

STAYS = {
    "edit/measures/new/": "a preview of what is being typed",
    "edit/measures/<slug:measure>/": "a preview of what is being typed",
    "edit/targets/<slug:measure>/": "the grid is pasted from and to a spreadsheet; targets leave with the folder",
    "entry/<slug:unit>/<str:period>/": "a form; what it keeps leaves with the measures' own pages",
    "notifications/settings/": "switches",
    "people/<slug:person>/": "the roles of one person, which the file of the people holds",
    "start/next/": "a list of what to do next",
}
"""Pages whose tables stay, and why."""


def pages(house: GuardedBakery) -> Iterator[tuple[str, BeautifulSoup]]:
    """Every page that opens for the administrator, by its route."""
    for route in routes():
        with undone():
            answer = house.browser(FOUNDER).get(house.address(route))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield route, BeautifulSoup(answer.content, "html.parser")


def files_of(page: BeautifulSoup) -> dict[str, str]:
    """Where the table goes, by the ending of its file."""
    links = [link["href"] for link in page.select(".actions-panel a[download]")]
    return {link.split("?")[0].rsplit(".", 1)[-1]: link for link in links}


def test_a_page_with_a_table_offers_it_as_csv_and_xlsx_among_its_actions(guarded: GuardedBakery) -> None:
    silent, stale = [], set(STAYS)
    for route, page in pages(guarded):
        if not page.find("table"):
            continue
        stale.discard(route)
        offered = {
            link["href"].split("?")[0].rsplit(".", 1)[-1]
            for link in page.select(".actions-panel a[download]")
        }
        if not {"csv", "xlsx"} <= offered and route not in STAYS:
            silent.append(route)

    assert silent == []
    assert stale == set(), "these show no table any more"


def test_both_files_of_a_page_hold_the_same_rows(guarded: GuardedBakery) -> None:
    """The guarded house has something in every list, so no file is empty."""
    found = 0
    for route, page in pages(guarded):
        links = files_of(page)
        if not links:
            continue
        found += 1
        texts = guarded.browser(FOUNDER).get(links["csv"])
        book = guarded.browser(FOUNDER).get(links["xlsx"])

        assert (texts.status_code, book.status_code) == (200, 200), route
        rows = list(csv.reader(io.StringIO(texts.content.decode())))
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
        assert len(rows) == sheet.height, route
        assert len(rows[0]) == sheet.width, route
        assert rows[0] == [str(each) for each in sheet.to_python()[0]], route
    assert found > 15
