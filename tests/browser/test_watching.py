"""The watch that every visit keeps can fail: it hears what a page complains of, and what it asks others for."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ELSEWHERE = "http://elsewhere.example/picture.png"


def test_a_picture_from_elsewhere_is_noted_and_never_comes(visit):
    visitor = visit()
    page = visitor.fresh()
    with page.expect_event("requestfailed"):
        page.set_content(f'<img src="{ELSEWHERE}" alt="from elsewhere">')

    expect(page.get_by_alt_text("from elsewhere")).to_have_js_property("naturalWidth", 0)
    assert visitor.watch.outside == [ELSEWHERE]
    assert visitor.watch.complaints
    visitor.watch.outside.clear()
    visitor.watch.complaints.clear()
