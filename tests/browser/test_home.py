"""Home and the search, as a person sees and types them."""

import pytest
from playwright.sync_api import expect

from fourfold.platform.accounts.models import Person
from tests.browser.conftest import NARROW, WIDE, faults, overflow, serious_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX = "Search everything"


def test_home_and_search_are_accessible_and_fit(visit, ana):
    for key, path in (("ana", "/home/"), ("clara", "/home/"), ("ana", "/search/?q=bread")):
        page = visit(Person.objects.get(key=key)).open(path)

        assert faults(page) == [], (key, path)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_box_answers_while_one_types_and_enter_opens_the_whole(visit, ana, size):
    page = visit(ana, size=size).open("/scorecards/riverside/2026-08/")
    page.keyboard.press("/")
    with page.expect_response("**/search/?q=UNSOLD**"):  # not one to its first letters
        page.keyboard.type("UNSOLD")
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    answer = page.locator("#search-panel").get_by_role("link", name="Reduce unsold daily bread")
    expect(answer).to_be_visible()
    assert serious_findings(page) == []
    assert overflow(page) == 0

    page.keyboard.press("Tab")
    expect(answer).to_be_focused()
    page.get_by_label(BOX).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=UNSOLD&unit=riverside&period=2026-08")
    page.get_by_role("link", name="Reduce unsold daily bread").click()
    page.wait_for_url("**/objectives/reduce-waste/riverside/2026-08/")


def test_terms_explain_themselves_and_keys_lead_about(visit, ana):
    page = visit(ana).open("/scorecards/bakery/2026-09/")
    tip, terms = page.get_by_role("tooltip"), page.locator(".term")

    terms.nth(0).hover()
    expect(tip).to_contain_text(f"{terms.nth(0).get_attribute('data-term')}: ")
    terms.nth(1).focus()
    expect(tip).to_contain_text(f"{terms.nth(1).get_attribute('data-term')}: ")
    expect(terms.nth(1)).to_have_attribute("aria-describedby", "term-tip")
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()

    page.get_by_label(BOX).focus()
    page.keyboard.type("g?m")
    expect(page.get_by_label(BOX)).to_have_value("g?m")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()

    page.get_by_label(BOX).blur()
    page.keyboard.type("gi")  # at once: the second key is waited for in vain after a while
    page.wait_for_url("**/initiatives/**")


def test_the_page_of_answers_follows_what_is_typed(visit, ana):
    page = visit(ana).open("/search/")
    page.get_by_label("Words to look for").fill("friday")

    expect(page.get_by_role("link", name="Friday baking school")).to_be_visible()
    page.wait_for_url("**/search/?q=friday")


def test_a_search_given_up_for_fresher_words_is_no_error(visit, ana):
    opened = visit(ana)
    page = opened.open("/search/")
    words = page.get_by_label("Words to look for")
    page.route("**/search/?q=fri", lambda _held: None)
    with page.expect_request("**/search/?q=fri"):
        words.fill("fri")
    words.fill("friday")

    expect(page.get_by_role("link", name="Friday baking school")).to_be_visible()
    assert opened.watch.complaints == []


def test_a_search_that_the_line_broke_is_an_error(visit, ana):
    opened = visit(ana)
    page = opened.open("/search/")
    page.route("**/search/?q=friday", lambda line: line.abort())
    with (
        page.expect_console_message(lambda said: "htmx:sendError" in said.text),
        page.expect_console_message(lambda said: "ERR_FAILED" in said.text),
    ):
        page.get_by_label("Words to look for").fill("friday")

    opened.watch.complaints.clear()


def test_search_works_without_script(visit, ana):
    page = visit(ana, script=False).open("/home/")
    page.get_by_label(BOX).fill("friday")
    page.get_by_label(BOX).press("Enter")

    expect(page.get_by_role("link", name="Friday baking school")).to_be_visible()


def test_on_a_small_phone_every_page_of_the_menu_can_be_reached(visit, ana):
    page = visit(ana, size=(390, 560)).open("/home/")
    page.get_by_label("Menu", exact=True).click()

    button = page.locator(".drawer-panel").get_by_role("button", name="Sign out")
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport()
