"""The bell and what it leads to, as a person sees them."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from fourfold.platform.notifications.actions import notify
from fourfold.platform.notifications.kinds import NoticeKind
from tests.browser.conftest import NARROW, WIDE, faults, look_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(ana):
    """Ana has two unread notifications."""
    at = datetime(2026, 10, 8, 9, tzinfo=UTC)
    for key, text in (("due", "3 values are due"), ("mention", "Bo mentions you in a thread " * 6)):
        notify(
            ["ana"], NoticeKind(key), subject_text=text, address="/notifications/settings/", key=key, at=at
        )
    return ana


def test_the_pages_are_accessible_and_fit(visit, told):
    for path in ("/notifications/", "/notifications/settings/"):
        assert faults(visit(told).open(path)) == [], path


@pytest.mark.parametrize("path", ["/", "/notifications/"])
def test_the_bell_covers_nothing_one_could_press(visit, told, path):
    page = visit(told).open(path)
    for size in (WIDE, NARROW):
        look_at(page, size, "light")
        assert_the_bell_covers_nothing(page)


def assert_the_bell_covers_nothing(page):
    bell = page.get_by_role("link", name="Notifications: 2 unread")
    box = bell.bounding_box()

    for control in page.locator("main .page-header :is(a, button, summary):visible").all():
        other = control.bounding_box()
        beside = other["x"] >= box["x"] + box["width"] or other["x"] + other["width"] <= box["x"]
        below = other["y"] >= box["y"] + box["height"] or other["y"] + other["height"] <= box["y"]
        assert beside or below, control.inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_bell_to_what_happened(visit, told, script):
    page = visit(told, script=script).open("/")
    page.get_by_role("link", name="Notifications: 2 unread").click()
    page.get_by_role("button", name="3 values are due", exact=True).click()
    page.wait_for_url("**/notifications/settings/")

    page.get_by_label("Values are due: in Fourfold").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Values are due: in Fourfold")).not_to_be_checked()
    expect(page.get_by_role("link", name="Notifications: 1 unread")).to_be_visible()
