"""Strategy map and objective in a browser: by mouse, by keyboard, without script, on paper."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from tests.browser.conftest import NARROW, WIDE, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOUR_OBJECTIVES = Path(__file__).parents[2] / "examples" / "four-objectives"
MAP = "/maps/bakery/2026-09/"
OBJECTIVE = "/objectives/serve-on-time/bakery/2026-09/"


@pytest.fixture
def ana():
    load_strategy_folder(
        FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=datetime(2026, 10, 8, 9, tzinfo=UTC)
    )
    return Person.objects.get(key="ana")


@pytest.mark.parametrize("address", [MAP, OBJECTIVE], ids=["map", "objective"])
def test_the_page_is_accessible_and_fits_the_screen(visit, ana, address):
    assert faults(visit(ana).open(address)) == []


def test_a_card_is_reached_by_keyboard_shows_where_one_is_and_opens_its_objective(visit, ana):
    page = visit(ana).open(MAP)
    card = page.locator('a.map-card[data-objective="serve-on-time"]')
    page.locator(".map-scroll").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if card.evaluate("card => card === document.activeElement"):
            break

    expect(card).to_be_focused()
    assert card.locator(".map-ring").evaluate("ring => getComputedStyle(ring).stroke") != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deliver every order on time")


def test_resting_on_a_card_brings_out_its_chain(visit, ana):
    page = visit(ana).open(MAP)
    page.locator('a.map-card[data-objective="reduce-waste"]').hover()

    on_chain = page.locator("a.map-card.is-on-chain")
    expect(on_chain).to_have_count(4)
    assert {card.get_attribute("data-objective") for card in on_chain.all()} == {
        "build-skills",
        "reduce-waste",
        "serve-on-time",
        "grow-sales",
    }
    aside = page.locator('.map-edge[data-source="build-skills"][data-target="serve-on-time"]')
    assert "is-on-chain" not in (aside.get_attribute("class") or "")
    page.mouse.move(5, 5)
    expect(page.locator("svg.is-following")).to_have_count(0)


def test_where_the_drawing_is_cut_the_page_says_that_it_goes_on(visit, ana):
    said = "The map goes on to the right"

    expect(visit(ana, size=NARROW).open(MAP).get_by_text(said)).to_be_visible()
    expect(visit(ana, size=WIDE).open(MAP).get_by_text(said)).to_be_hidden()


def test_the_map_works_without_script(visit, ana):
    page = visit(ana, script=False).open(MAP)
    page.get_by_role("link", name=re.compile("^Fresh daily")).click()
    page.wait_for_url("**theme=fresh-daily**")
    page.locator('a.map-card[data-objective="grow-sales"]').click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Grow profitable shop sales")


def test_no_text_of_the_map_is_crossed_by_an_arrow_or_leaves_its_card(visit, ana):
    page = visit(ana).open(MAP)

    beyond = page.evaluate(
        """() => [...document.querySelectorAll('.map-card')].flatMap((card) => {
          const box = card.querySelector('.map-box').getBoundingClientRect();
          return [...card.querySelectorAll('text')].filter((text) => {
            const said = text.getBoundingClientRect();
            return said.left < box.left || said.right > box.right || said.top < box.top || said.bottom > box.bottom;
          }).map((text) => text.textContent);
        })"""
    )
    assert beyond == []


def test_the_map_fits_one_landscape_page(visit, ana):
    page = visit(ana, theme="dark").open(MAP)

    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1


def test_the_drawing_is_downloaded(visit, ana):
    page = visit(ana).open(MAP)
    with page.expect_download() as download:
        page.locator(".map-download").get_by_role("link", name="SVG").click()

    assert download.value.suggested_filename == "strategy-map-bakery-2026-09.svg"
