"""Entering values, what is due, and closing periods in a browser: by keyboard, without script, at both widths."""

import pytest
from playwright.sync_api import expect

from fourfold.platform.accounts.models import Person
from tests.browser.conftest import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GRID = "/entry/old-town/2026-10/"
FIRST, SECOND = 'input[name="punctuality.2026-10..a"]', 'input[name="punctuality.2026-10..b"]'


@pytest.fixture
def clara(ana):
    """The steward of the whole bakery."""
    return Person.objects.get(key="clara")


def test_the_pages_are_accessible_and_fit_the_screen(visit, clara):
    visitor = visit(clara)
    for address in (GRID, "/entry/bakery/2026-09/", "/due/?whose=all", "/periods/bakery/", "/restatements/"):
        page = visitor.open(address)
        assert faults(page) == [], address


def test_the_grid_is_walked_by_keyboard(visit, clara):
    page = visit(clara).open(GRID)
    page.locator(FIRST).focus()
    page.keyboard.type("900")
    page.keyboard.press("ArrowRight")
    expect(page.locator(SECOND)).to_be_focused()
    page.keyboard.type("1000")
    page.keyboard.press("Enter")
    expect(page.locator('input[name="sales.2026-10.note"]')).to_be_focused()  # that row has no second field
    page.keyboard.press("ArrowUp")
    page.keyboard.type("7")
    page.keyboard.press("Escape")

    expect(page.locator(SECOND)).to_have_value("1000")
    expect(page.locator("#outcome_punctuality_2026-10")).to_contain_text("90.0")


def test_what_is_wrong_is_said_while_typing(visit, clara):
    page = visit(clara).open(GRID)
    page.locator(FIRST).fill("many")
    page.locator(SECOND).fill("10")

    expect(page.locator("#told_punctuality_2026-10_")).to_contain_text("“many” is not a number")


def test_without_script_the_grid_is_a_form(visit, clara):
    page = visit(clara, script=False).open(GRID)
    page.locator('input[name="sales.2026-10..a"]').fill("50000")
    page.get_by_role("button", name="Check without saving").click()
    expect(page.get_by_text("50,000")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("1 value saved.")).to_be_visible()
