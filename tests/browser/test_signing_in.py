"""Signing in, as a person does it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, PASSWORD, THEMES, WIDE, overflow, serious_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGN_IN = "/accounts/login/"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", [SIGN_IN, "/accounts/password/reset/"])
def test_the_doors_pages_are_accessible(visit, ana, size, theme, path):
    page = visit(size=size, theme=theme).open(path)

    assert serious_findings(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_person_signs_in_by_keyboard_alone(visit, ana, script):
    page = visit(script=script).open(SIGN_IN)
    page.get_by_label("Login").focus()
    page.keyboard.type("ana")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/scorecards/bakery/2026-09/")


def test_the_theme_changes_at_once_and_stays(visit, ana):
    begun = visit(theme="light")
    page = begun.open(SIGN_IN)
    light = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    assert light != dark
    again = begun.open(SIGN_IN)
    assert again.evaluate("() => getComputedStyle(document.body).backgroundColor") == dark
    expect(again.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_without_a_choice_the_page_follows_the_device(visit, ana):
    colours = {
        theme: visit(theme=theme)
        .open(SIGN_IN)
        .evaluate("() => getComputedStyle(document.body).backgroundColor")
        for theme in THEMES
    }

    assert colours["light"] != colours["dark"]
