"""The map's arrows and a link's evidence in a browser: in both themes and widths, by mouse, without script."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from tests.browser.conftest import FOUR_OBJECTIVES, faults
from tests.governance.evidence.conftest import AT, run_tests, write_numbers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MAP = "/maps/bakery/2026-09/"
ALL = "/evidence/bakery/2026-09/"
LINK = "/evidence/build-skills/reduce-waste/bakery/2026-09/"
AGAINST = "/evidence/build-skills/serve-on-time/bakery/2026-09/"


@pytest.fixture
def ana(tmp_path):
    folder = shutil.copytree(FOUR_OBJECTIVES, tmp_path / "bakery")
    write_numbers(folder)
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)
    run_tests()
    return Person.objects.get(key="ana")


def test_the_pages_are_accessible_and_fit_the_screen(visit, ana):
    window = visit(ana)
    for address in (MAP, ALL, f"{LINK}?move=10", AGAINST, f"{LINK}register/"):
        page = window.open(address)

        assert faults(page) == [], address


def test_an_arrow_leads_to_its_evidence_and_there_a_change_is_simulated(visit, ana):
    page = visit(ana).open(MAP)
    arrow = page.locator('.map-edge[data-source="build-skills"][data-target="reduce-waste"] a')
    arrow.dispatch_event("click")

    expect(page).to_have_url(re.compile(f"{LINK}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Build broader baking skills → Reduce unsold daily bread"
    )
    expect(page.locator(".correlogram.is-wide")).to_be_visible()

    page.get_by_label("Change “Hours of baking lessons” by (h)").fill("10")
    page.get_by_role("button", name="Simulate").click()

    expect(page).to_have_url(re.compile(r"\?move=10#what-if-title$"))
    expect(page.locator("section:has(#what-if-title) tbody tr").first).to_contain_text("Unsold bread")


def test_states_differ_by_dash_and_mark_and_not_by_colour_alone(visit, ana):
    page = visit(ana).open(MAP)
    looks = page.locator(".map-edge:not(.map-mark)").evaluate_all(
        """edges => edges.map(edge => [
             edge.getAttribute("class").match(/edge-(supported|contradicted|inconclusive)/)[1],
             getComputedStyle(edge.querySelector(".map-line")).strokeDasharray])"""
    )
    marks = page.locator(".map-mark path").evaluate_all("marks => marks.map(mark => mark.getAttribute('d'))")

    dashes = dict(map(tuple, looks))
    assert len(set(dashes.values())) == len(dashes) == 3
    assert len(set(marks)) == 3


def test_a_contradicted_link_is_decided_about_and_taken_off_the_map_without_script(visit, ana):
    """From the finding below the map to the decision, on to Design, and to a map without the link."""
    page = visit(ana, script=False).open(MAP)
    finding = page.locator("section:has(#contradicted-title)")
    finding.get_by_role("link").first.click()
    page.get_by_label("Drop the link: it is taken off the map under Design").check()
    page.get_by_label("Reason").fill("Two summers were out of the ordinary.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("section:has(#decide-title)")).to_contain_text("Drop the link.")

    page.get_by_role("link", name="Take it off the map").click()
    page.get_by_role("button", name="Retire").click()

    expect(page.get_by_text("is retired.")).to_be_visible()
    page.goto(page.url.split("/edit/")[0] + MAP)
    expect(page.locator(".map-edge[data-source='build-skills'][data-target='serve-on-time']")).to_have_count(
        0
    )
    expect(page.locator("#contradicted-title")).to_have_count(0)
