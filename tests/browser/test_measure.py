"""A measure in a browser: its chart with and without script, its rows, its past, at both widths and in both themes."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults, point_near_the_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SALES = "/measures/sales/bakery/2026-09/"


def test_the_page_is_accessible_and_fits_the_screen(visit, ana):
    page = visit(ana).open(SALES)

    expect(page.locator(".measure-chart .chart-stage svg")).to_be_visible()
    assert faults(page) == []


def test_the_chart_answers_the_pointer_with_the_page_s_own_digits(visit, ana):
    page = visit(ana).open(SALES)
    point_near_the_end(page.locator(".measure-chart .chart-stage svg"))

    expect(page.locator(".measure-chart .chart-tip")).to_be_visible()
    expect(page.locator(".measure-chart .chart-tip")).to_contain_text("September 2026")
    expect(page.locator(".measure-chart .chart-tip")).to_contain_text(
        page.locator(".figure-value .number").inner_text()
    )


def test_without_script_the_chart_is_a_picture(visit, ana):
    page = visit(ana, script=False).open(SALES)
    picture = page.locator(".measure-chart .chart-picture")

    expect(picture).to_be_visible()
    assert picture.bounding_box()["width"] > 500


def test_on_paper_the_chart_is_the_light_picture(visit, ana):
    page = visit(ana, theme="dark").open(SALES)
    page.emulate_media(media="print")

    expect(page.locator(".measure-chart .chart-stage")).to_be_hidden()
    expect(page.locator(".measure-chart .chart-picture")).to_be_hidden()
    expect(page.locator(".measure-chart .chart-paper")).to_be_visible()
    assert "theme=dark" not in page.locator(".measure-chart .chart-paper").get_attribute("src")


def test_a_change_of_theme_redraws_the_chart(visit, ana):
    page = visit(ana, theme="light").open(SALES)
    expect(page.locator('.measure-chart .chart-stage path[stroke="#1c5aa6"]').first).to_be_attached()
    page.emulate_media(color_scheme="dark")

    expect(page.locator('.measure-chart .chart-stage path[stroke="#83b6ee"]').first).to_be_attached()


def test_rows_are_leafed_through_in_place(visit, ana):
    page = visit(ana).open("/measures/sales/bakery/2025/")
    before = page.locator("#observations tbody tr").first.inner_text()
    page.get_by_role("link", name="Further rows").click()

    expect(page.locator("#observations .card-head")).to_contain_text("16–24 of 24")
    assert page.locator("#observations tbody tr").first.inner_text() != before
    assert page.url.endswith("/measures/sales/bakery/2025/")


def test_a_day_is_asked_for_by_keyboard(visit, ana):
    page = visit(ana).open(SALES)
    page.locator(".picker-known summary").press("Enter")
    page.get_by_label("As known on", exact=True).fill("2026-10-08")
    page.get_by_role("button", name="Show", exact=True).press("Enter")

    page.wait_for_url("**as_of=2026-10-08**")
    expect(page.locator(".known-banner")).to_contain_text("has not changed since")


def test_the_table_of_periods_opens_from_the_chart(visit, ana):
    page = visit(ana).open(SALES)
    page.get_by_role("link", name="Table of periods").click()
    page.locator("#periods summary").click()

    expect(page.locator("#periods tbody tr").first).to_contain_text("September 2026")
