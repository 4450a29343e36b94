"""Signal or noise in a browser: the chart with and without script, a rebase by keyboard, both widths and themes."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults, point_near_the_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SALES = "/measures/sales/old-town/2026-09/"
SIGNALS = f"{SALES}signals/"


def test_chart_capability_and_form_are_accessible_and_fit_the_screen(visit, ana):
    page = visit(ana).open(f"{SIGNALS}specification/")
    assert faults(page) == []
    page.get_by_label("Lower limit").fill("30000")
    page.get_by_label("Asked for from").select_option("2025-01")
    page.get_by_label("Who asks for it").fill("The town's grant.")
    page.get_by_role("button", name="Set the specification").click()

    expect(page.locator("#signals .chart-stage svg")).to_be_visible()
    expect(page.locator("#capability")).to_contain_text("at least 30,000 €")
    assert faults(page) == []


def test_limits_begin_anew_by_keyboard_and_the_decision_stands_beside_the_chart(visit, ana):
    page = visit(ana).open(SALES)
    page.get_by_role("link", name="Begin the limits anew").press("Enter")
    page.get_by_label("Limits begin anew with").select_option("2026-01")
    page.get_by_label("Reason").fill("The second till.")
    page.get_by_role("button", name="Begin the limits anew").press("Enter")

    page.wait_for_url("**/measures/sales/old-town/2026-09/#signals")
    expect(page.locator("#signals .decisions")).to_contain_text("Limits begin anew with January 2026")
    expect(page.locator("#signals .chart-stage svg")).to_contain_text("new limits")
    page.locator("#signals .decisions").get_by_role("button", name="Withdraw").click()
    expect(page.locator("#signals .chart-stage svg")).not_to_contain_text("new limits")


def test_without_script_the_chart_is_a_picture_and_the_form_still_works(visit, ana):
    page = visit(ana, script=False).open(SALES)
    expect(page.locator("#signals .chart-picture")).to_be_visible()
    page.get_by_role("link", name="Mark a special cause").click()
    page.get_by_label("From", exact=True).select_option("2025-03")
    page.get_by_label("To", exact=True).select_option(index=0)
    page.get_by_label("What happened").fill("The street was closed.")
    page.get_by_role("button", name="Mark the special cause").click()

    expect(page.locator("#signals .decisions")).to_contain_text("Special cause in March 2025")


def test_the_chart_answers_the_pointer_in_words(visit, ana):
    page = visit(ana).open(SALES)
    point_near_the_end(page.locator("#signals .chart-stage svg"))

    expect(page.locator("#signals .chart-tip")).to_contain_text("September 2026")
    expect(page.locator("#signals .chart-tip")).to_contain_text("Limits")
