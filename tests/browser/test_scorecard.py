"""The scorecard in a browser: by mouse, by keyboard, without script, at both widths and in both themes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = "/scorecards/bakery/2026-09/"


def test_the_page_is_accessible_and_fits_the_screen(visit, ana):
    assert faults(visit(ana).open(ROOT)) == []


def test_typing_narrows_the_table_and_the_address_keeps_it(visit, ana):
    page = visit(ana).open(ROOT)
    page.get_by_placeholder("Find a measure").type("bread")
    expect(page.locator("#measures-body .row-name")).to_have_text(["Unsold bread"])
    page.wait_for_url("**q=bread**")
    before = page.locator(".stepper-step[rel=prev]")
    expect(before).to_have_attribute("href", re.compile("q=bread"))

    before.click()
    page.wait_for_url("**/2026-08/**q=bread**")
    expect(page.locator("#measures-body .row-name")).to_have_text(["Unsold bread"])
    expect(page.get_by_text("1 of 5 shown")).to_be_visible()


def test_back_undoes_a_filter(visit, ana):
    page = visit(ana).open(ROOT)
    page.get_by_label("All perspectives").select_option("customer")
    expect(page.locator("#measures-body .row-name")).to_have_count(2)
    page.go_back()

    expect(page.locator("#measures-body .row-name")).to_have_count(5)


def test_without_script_the_filters_are_a_form(visit, ana):
    page = visit(ana, script=False).open(ROOT)
    page.get_by_label("Any status").select_option("green")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile("status=green"))
    page.wait_for_load_state()
    assert (
        page.locator("#measures-body .pill-green").count() == page.locator("#measures-body .row-name").count()
    )


def test_a_period_is_picked_without_script(visit, ana):
    page = visit(ana, script=False).open(ROOT)
    page.locator(".picker-period summary").click()
    page.get_by_role("link", name="May 2026", exact=True).click()

    expect(page).to_have_url(re.compile("/scorecards/bakery/2026-05/$"))


def test_a_unit_is_found_and_opened_by_keyboard_alone(visit, ana):
    page = visit(ana).open(ROOT)
    page.locator(".picker-unit summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_placeholder("Find a unit")).to_be_focused()
    page.keyboard.type("river")
    expect(page.locator(".unit-tree a:visible")).to_have_text(["Harbour Bakery", "Riverside shop"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/scorecards/riverside/2026-09/")


def test_escape_closes_a_picker_and_gives_the_focus_back(visit, ana):
    page = visit(ana).open(ROOT)
    summary = page.locator(".picker-period summary")
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.locator(".picker-period")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_the_first_tab_leads_past_the_navigation(visit, ana):
    page = visit(ana).open(ROOT)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_on_a_narrow_screen_the_drawer_opens_without_script(visit, ana):
    page = visit(ana, size=NARROW, script=False).open(ROOT)
    page.locator(".drawer summary").click()

    expect(page.locator(".drawer-panel").get_by_role("button", name="Sign out")).to_be_visible()


def test_on_a_phone_controls_take_two_rows_and_a_measure_three_lines(visit, ana):
    page = visit(ana, size=NARROW).open(ROOT)
    heights = [
        each.bounding_box()["height"] for each in page.locator(".measures tbody tr:not(.group-head)").all()
    ]

    assert page.locator(".page-controls").bounding_box()["height"] < 3 * 44, "two rows a thumb hits"
    assert sorted(heights)[len(heights) // 2] < 125, heights
    for picker in (".picker-unit", ".picker-period", ".page-controls > .actions"):
        page.locator(f"{picker} > summary").click()
        box = page.locator(f"{picker} > .picker-panel").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW[0]
        page.keyboard.press("Escape")


def test_on_paper_the_page_is_light_and_without_controls(visit, ana):
    page = visit(ana, theme="dark").open(ROOT)
    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator(".shell-side")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).color") == "rgb(22, 32, 46)"
