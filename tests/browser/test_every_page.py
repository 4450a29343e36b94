"""Every page of the house is opened: in both themes and both widths it can be read by all and nothing is cut.

The pages are found by asking every route; a new app is looked at without a line here. Only what needs a word does:
routes that show no page in this house (`NO_PAGE`), and pages that differ by their parameters (`BESIDES`).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fourfold.engine.calendar import FiscalCalendar
from fourfold.outward.home.actions.found_from_starter import found_from_starter
from fourfold.outward.home.actions.new_organisation import NewOrganisation
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of_key
from tests.browser.conftest import AXE, LOOKS, WIDE, Visit, faults, look_at
from tests.house.guarded_bakery import AT, FOUNDER, OWN, GuardedBakery, raised, routes
from tests.house.route_bodies import prepare, sender

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGE = {
    "": "leads to one's home",
    "entry/": "leads to the grid of one's own unit",
    "periods/": "leads to the periods of one's own unit",
    "scorecards/": "leads to the scorecard of one's own unit",
}
"""Routes that answer GET without a page of ours, and why."""
LEADING_ON = ("accounts/", "start/", "setup/")
"""Rooms of allauth, which lead on whoever is signed in, and pages of an empty installation, opened in one below."""
NOT_OURS = ("api/",)
"""What Swagger draws of the interface."""
BEGINNINGS = ("/start/", "/start/template/hospital/", "/start/spreadsheet/", "/start/folder/")
BESIDES = (
    "entry/old-town/2026-09/?measure=sales&periods=6",
    "units/bakery/2026-09/?levels=all",
    "units/bakery/2026-09/compare/?with=old-town&with=riverside",
    "units/bakery/2026-09/ranking/?measure=sales",
    "measures/sales/old-town/2026-09/",
    "objectives/grow-sales/old-town/2026-09/",
    "scorecards/bakery/2026-09/",
    "search/?q=bread",
    "due/?whose=all",
    "journal/?verify=1",
)
"""Pages that look different with these words."""
HILL = NewOrganisation("hill", "Hill & Sons", "Europe/Vienna", "CHF", FiscalCalendar())
PARTS = (
    ("edit/",),
    ("import/", "people", "invitations", "start/", "setup/", "accounts/", "notifications/"),
    (),
)
"""Beginnings of the routes of each part, the last one for the rest: two workers share them."""
KINDS: dict[str, str] = {}
"""What each route shows, which is the same in every house built for these tests."""


@pytest.fixture
def house(db, settings, tmp_path) -> GuardedBakery:
    settings.FOURFOLD_HOME = tmp_path
    return raised(tmp_path)


@pytest.fixture
def windows(visit, house):
    """A watched browser for each person that a page needs; what it says on its console fails the test."""
    begun: dict[str, Visit] = {}

    def window(who: str) -> Visit:
        if who not in begun:
            begun[who] = visit(size=WIDE)
            cookie = {"name": "sessionid", "value": house.sessions[who], "url": begun[who].address}
            if house.sessions[who]:
                begun[who].context.add_cookies([cookie])
        return begun[who]

    return window


@pytest.mark.parametrize("part", range(len(PARTS)), ids=["editing", "bringing-in", "reading"])
def test_every_page_can_be_read_in_both_themes_and_widths(windows, house, part):
    found = pages_of(house, part)
    told = [fault for who, address in found for fault in faults_of(windows(who), address)]

    assert len(found) > 12
    assert not told, "\n\n".join(told)


def test_every_route_shows_a_page_or_says_why_not(house):
    """A route that leads elsewhere or is not found would otherwise go unseen."""
    silent = {route for route in routes() if kind_of(house, route) == "elsewhere"}

    assert silent == set(NO_PAGE)


def test_every_page_of_a_beginning_can_be_read(visit, client, db, settings, tmp_path):
    settings.FOURFOLD_HOME = tmp_path
    told = faults_of(visit(), "/setup/")
    ada = Person.objects.create_user("ada", name="Ada Byron")
    ada.is_founder = True
    ada.set_password("a-long-walk-by-the-river")
    ada.save()
    door = visit(ada)
    for address in BEGINNINGS:
        assert client.get(address).status_code == 200
        told += faults_of(door, address)
    found_from_starter("hospital", HILL, scope=scope_of_key("ada"), at=AT)
    for address in ("/start/next/", "/home/", "/scorecards/hill/2026-09/", "/maps/hill/2026-09/"):
        told += faults_of(door, address)

    assert not told, "\n\n".join(told)


def pages_of(house: GuardedBakery, part: int) -> list[tuple[str, str]]:
    """Who opens which address."""
    mine = [route for route in routes() if part_of(route) == part and kind_of(house, route) == "page"]
    more = [(FOUNDER, f"/{each}") for each in BESIDES if part_of(each) == part]
    return [(sender(route), house.address(route)) for route in mine] + more


def part_of(route: str) -> int:
    return next((at for at, starts in enumerate(PARTS[:-1]) if route.startswith(starts)), len(PARTS) - 1)


def kind_of(house: GuardedBakery, route: str) -> str:
    """`page`; `beside` what pages fetch, hand out or are sent; `elsewhere` where a page might have been."""
    if route not in KINDS:
        KINDS[route] = seen_kind(house, route)
    return KINDS[route]


def seen_kind(house: GuardedBakery, route: str) -> str:
    if route.startswith(NOT_OURS):
        return "beside"
    if route.startswith("import/files/"):
        prepare(house, route, place=OWN, who=sender(route))
    answer = house.browser(sender(route)).get(house.address(route))
    is_html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    if is_html and b"<html" in answer.content:
        return "page"
    is_file = "." in route.rpartition("/")[2]  # a drawing or a table, which some things do not have
    if is_html or is_file or answer.status_code in (200, 405) or route.startswith(LEADING_ON):
        return "beside"
    return "elsewhere"


def faults_of(visit: Visit, address: str) -> list[str]:
    """The page in each of its four looks: what not everybody can read, and what is cut."""
    page = read_on(visit)
    look_at(page, *LOOKS[0][:2])
    page.goto(visit.address + address, wait_until="load")
    return [f"{address} {each}" for each in faults(page)]


def read_on(visit: Visit) -> Page:
    """The one page that a visit reads all addresses on; axe comes before each, as no policy of the page refuses."""
    if not visit.context.pages:
        visit.context.add_init_script(path=AXE)
        visit.fresh()
    return visit.context.pages[0]
