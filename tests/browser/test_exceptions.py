"""The exceptions' page, as an executive sees it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BAKERY = "/exceptions/bakery/2026-09/"


def test_exceptions_are_accessible_and_fit(visit, ana):
    page = visit(ana).open(BAKERY)
    for folded in page.locator(".exception-folded > summary, .exceptions-normal summary").all():
        folded.click()

    expect(page.get_by_role("heading", name="Exceptions", level=1)).to_be_visible()
    assert page.locator(".exception").count() + page.locator(".empty").count() > 0
    assert faults(page) == []


def test_a_sentence_leads_to_its_measure_and_to_where_it_is_explained(visit, ana):
    page = visit(ana).open(BAKERY)
    first = page.locator(".exception").first
    first.get_by_role("link", name="Explain or comment").click()
    page.wait_for_url("**/annotations/measure/**")
    page.go_back()

    first.get_by_role("heading").get_by_role("link").click()
    page.wait_for_url("**/measures/*/bakery/2026-09/**")


def test_home_leads_to_them_without_script(visit, ana):
    page = visit(ana, script=False).open("/home/")
    page.get_by_role("link", name="Exceptions: what is signal").click()
    page.wait_for_url("**/exceptions/bakery/*/")

    expect(page.get_by_role("heading", name="Exceptions", level=1)).to_be_visible()
