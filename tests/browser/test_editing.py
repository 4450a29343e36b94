"""The pages of editing in a browser: remarks while typing, moving by keyboard, both themes, both widths."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OBJECTIVE = "/edit/objectives/serve-on-time/"
PAGES = (
    "/edit/",
    "/edit/findings/",
    "/edit/strategy/",
    "/edit/perspectives/",
    OBJECTIVE,
    f"{OBJECTIVE}retire/",
    "/edit/causal-links/new/",
    "/edit/units/",
    "/edit/initiatives/new/",
    "/edit/policies/",
    "/edit/policies/score.coverage_min/",
    "/edit/calendar/",
)


def test_every_page_of_editing_is_accessible_and_fits_the_screen(visit, ana):
    visitor = visit(ana)
    for address in PAGES:
        page = visitor.open(address)
        assert faults(page) == [], address
        page.close()


def test_remarks_appear_while_one_types_and_nothing_is_saved(visit, ana):
    page = visit(ana).open(OBJECTIVE)
    page.get_by_label("Name", exact=True).fill("Significantly serve on time")

    expect(page.locator("#findings")).to_contain_text("is no clearer for “significantly”")
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Deliver every order on time")


def test_a_perspective_is_moved_by_keyboard_and_the_focus_stays_with_it(visit, ana):
    visitor = visit(ana)
    page = visitor.open("/edit/perspectives/new/")
    for name in ("Partners", "Neighbours"):
        page.goto(f"{visitor.address}/edit/perspectives/new/", wait_until="networkidle")
        with page.expect_response("**/findings/"):  # the remarks come while one types
            page.get_by_label("Name", exact=True).fill(name)
        page.keyboard.press("Enter")
        expect(page.locator(".notice").first).to_contain_text("is added")
    page.get_by_role("button", name="Move “Neighbours” up").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".edit-line .row-name").nth(-2)).to_have_text("Neighbours")
    expect(page.get_by_role("button", name="Move “Neighbours” up")).to_be_focused()


def test_a_form_is_saved_without_script(visit, ana):
    page = visit(ana, script=False).open(OBJECTIVE)
    page.get_by_label("Name", exact=True).fill("Serve every guest on time")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".notice").first).to_contain_text("“Serve every guest on time” is saved.")
