"""Talking about a number in a browser: annotate with a mention, and the other one reads it; a judgement is seen."""

import pytest
from playwright.sync_api import expect

from fourfold.platform.accounts.models import Person
from tests.browser.conftest import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SALES = "/measures/sales/bakery/2026-09/"
ON_TIME = "/objectives/serve-on-time/bakery/2026-09/"


def annotate(page, text):
    page.locator(".talk .talk-write summary", has_text="Annotate").click()
    page.get_by_label("Your words").fill(text)
    page.get_by_role("button", name="Annotate", exact=True).click()


def test_who_is_mentioned_finds_the_annotation_and_answers_in_place(visit, ana):
    page = visit(ana).open(SALES)
    annotate(page, "@bruno the oven broke, what now?")
    expect(page.locator(".thread")).to_contain_text("the oven broke")

    bruno = visit(Person.objects.get(key="bruno")).open("/notifications/")
    bruno.get_by_role("button", name="You are mentioned").first.click()
    expect(bruno.locator(".thread")).to_contain_text("the oven broke")
    bruno.locator(".thread-acts summary", has_text="Reply").click()
    bruno.get_by_label("Your reply").fill("A new one comes on Monday.")
    bruno.get_by_role("button", name="Reply").click()
    expect(bruno.locator(".replies")).to_contain_text("A new one comes on Monday.")

    page = visit(ana).open(SALES)  # one client signs in for all visits, so the first session has ended
    expect(page.locator(".replies")).to_contain_text("A new one comes on Monday.")


def test_a_judgement_is_seen_beside_the_computed_status(visit, ana):
    page = visit(Person.objects.get(key="bruno")).open(ON_TIME)
    computed = page.locator(".objective-standing .pill").first.inner_text()
    page.goto(page.url.replace("/objectives/", "/overrides/"))
    other = "Off target" if computed != "Off target" else "At risk"
    page.get_by_label("Status as you judge it").select_option(label=other)
    page.get_by_label("Reason").fill("Half the orders were never counted.")
    page.get_by_role("button", name="Override the status").click()
    expect(page.locator(".notice").first).to_be_visible()

    seen = visit(ana).open(ON_TIME)
    expect(seen.locator(".objective-standing .pill").first).to_have_text(computed)
    expect(seen.locator(".objective-standing .override .pill")).to_have_text(other)
    expect(seen.locator(".objective-standing .override")).to_contain_text(
        "Half the orders were never counted."
    )


def test_without_script_the_same_forms_work(visit, ana):
    page = visit(ana, script=False).open(SALES)
    annotate(page, "Written without script.")

    expect(page.locator(".thread")).to_contain_text("Written without script.")


def test_the_pages_are_accessible_and_fit_the_screen(visit, ana):
    begun = visit(ana)
    page = begun.open(SALES)
    annotate(
        page, "A word-without-any-blank-that-is-much-longer-than-a-telephone-is-wide-and-goes-on-and-on."
    )
    page.locator(".thread").wait_for()
    page.wait_for_load_state()
    for summary in page.locator(".talk summary").all():
        summary.click()
    assert faults(page) == []
    for address in (
        "/annotations/measure/sales/bakery/2026-09/",
        "/analyses/measure/sales/bakery/2026-09/",
        "/analyses/bakery/2026-09/",
        "/journal/",
    ):
        assert faults(begun.open(address)) == [], address
