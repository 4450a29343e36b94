"""Driver tree, variance and segments in a browser: readable in both themes and widths, and walked from the measure."""

import re

import pytest
from playwright.sync_api import expect

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.practices.finance.actions.choose_market import choose_market
from tests.browser.conftest import faults
from tests.practices.conftest import AT, found_bakery
from tests.practices.customers.test_segments_page import SHIFTED
from tests.practices.finance.test_market import SHRUNK, wanted
from tests.practices.finance.test_variance_page import FOLLOWING, MISSED, WAVE, drop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/drivers/margin/bakery/2026-09/?leaf=sales",
    "/variance/sales/bakery/2026-09/",
    "/segments/kept/bakery/2026-09/",
    "/variance/sales/bakery/2026-09/market/",
)


DRAWN = """
() => [...document.querySelectorAll(".drawing img.chart-picture")].every(each => each.complete && each.naturalWidth > 0)
"""


@pytest.fixture
def bakery(tmp_path):
    """One in which every page has something to say."""
    sales = drop(FOLLOWING, by=4000)
    found_bakery(
        tmp_path / "bakery", sales=sales, on_time=WAVE, orders=SHIFTED, targets=MISSED, market=SHRUNK
    )
    ana = Person.objects.get(key="ana")
    choose_market("sales", wanted=wanted(), scope=scope_of(ana), at=AT)
    return ana


def test_the_pages_hold_in_both_themes_and_widths(visit, bakery):
    browsing = visit(bakery, theme="dark")
    for address in PAGES:
        page = browsing.open(address)
        page.wait_for_function(DRAWN)  # the dark ones, and the light ones below

        assert faults(page) == [], address
        page.wait_for_function(DRAWN)
        page.close()


def test_from_the_measure_one_comes_to_its_drivers_and_looks_further(visit, bakery):
    page = visit(bakery).open("/measures/margin/bakery/2026-09/")
    page.locator("summary", has_text="Actions").click()
    page.get_by_role("link", name="Driver tree").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What drives Margin")

    page.get_by_role("link", name="Same period last year").click()
    expect(page.locator("#drivers-title")).to_contain_text("September 2025")
    page.get_by_role("link", name=re.compile("^Open ")).first.click()
    expect(page).to_have_url(re.compile("against=last-year.*leaf="))


def test_a_variance_and_segments_can_be_read_without_script(visit, bakery):
    browsing = visit(bakery, script=False)

    expect(browsing.open(PAGES[1]).locator("#verdict-title")).to_have_text("Operational variance")
    expect(browsing.open(PAGES[2]).locator(".simpson")).to_contain_text("every segment rose")
