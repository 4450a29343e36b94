"""The whole way of a file through the wizard, by drag, by keyboard, without script, and with targets alone."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.scorecard.evaluation.queries import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.browser.conftest import NARROW, faults, overflow, serious_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Headers that say nothing, so that somebody has to say what the columns mean.
SHOPS = """a;b;c;d
Old Town shop;Shop sales;2026-10;41000
Riverside shop;Shop sales;2026-10;29000
Harbour kiosk;Loaves given away;2026-10;31
"""
TARGETS = """shop;measure;month;target
Old Town shop;Shop sales;2026-11;43000
Riverside shop;Shop sales;2026-11;30000
"""
MONTHS = """Measure;Branch;Oct 2026;Start;Total
Shop sales;Old Town shop;41000;42000;83000
Shop sales;Total;41000;42000;83000
"""


@pytest.fixture
def office(settings, tmp_path, ana):
    """Ana of the strategy office; uploads lie in a folder of this test."""
    settings.FOURFOLD_HOME = tmp_path
    return ana


def handed_in(page: Page, text: str, *, name: str = "shops.csv") -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="What does each column mean?")).to_be_visible()


def meanings(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator("select[data-role]").all()]


def column(page: Page, name: str):
    return page.locator("th[data-column]").filter(has=page.get_by_text(name, exact=True))


def chip(page: Page, meaning: str):
    return page.locator(".mapper-role").get_by_text(meaning, exact=True)


def imported(page: Page) -> None:
    """From the preview to the page of the finished import; the worker runs here, in between."""
    page.get_by_role("button", name="Import").click()
    page.wait_for_url(re.compile("/import/jobs/"))
    run_due_jobs(at=datetime(2026, 10, 8, 10, tzinfo=UTC))
    page.wait_for_url(re.compile("/import/runs/"))  # it asks by itself, with script and without


def test_meanings_are_dragged_onto_columns_and_the_file_arrives(visit, office):
    page = visit(office).open("/import/new/")
    handed_in(page, SHOPS)
    for meaning, name in (("Unit", "d"), ("Measure", "b"), ("Period", "c"), ("Unit", "a"), ("Value", "d")):
        chip(page, meaning).drag_to(column(page, name))

    assert meanings(page) == ["unit", "measure", "period", "value"]
    expect(page.locator("th.is-used")).to_have_count(4)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    imported(page)

    assert Observation.objects.filter(measure__key="loaves-given-away", value=31).exists()


def test_meanings_are_given_by_keyboard_alone(visit, office):
    page = visit(office).open("/import/new/")
    handed_in(page, SHOPS)
    for meaning, name in (("Measure", "a"), ("Unit", "a"), ("Measure", "b"), ("Period", "c"), ("Value", "d")):
        chip(page, meaning).focus()
        page.keyboard.press("Enter")
        expect(chip(page, meaning)).to_have_attribute("aria-pressed", "true")
        column(page, name).locator(".mapper-drop").focus()
        page.keyboard.press("Enter")
        expect(chip(page, meaning)).to_be_focused()

    assert meanings(page) == ["unit", "measure", "period", "value"]
    chip(page, "Target").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(chip(page, "Target")).to_have_attribute("aria-pressed", "false")
    assert meanings(page) == ["unit", "measure", "period", "value"]


def test_each_step_is_accessible_while_a_meaning_is_carried(visit, office):
    page = visit(office).open("/import/new/")
    handed_in(page, SHOPS)
    chip(page, "Unit").click()

    assert faults(page) == []
    expect(chip(page, "Unit")).to_have_attribute("aria-pressed", "true")


def test_the_whole_wizard_works_without_script(visit, office):
    page = visit(office, script=False).open("/import/new/")
    handed_in(page, SHOPS)
    for name, meaning in zip("abcd", ("Unit", "Measure", "Period", "Value"), strict=True):
        page.get_by_role("combobox", name=name, exact=True).select_option(label=meaning)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_text("3 new values")).to_be_visible()
    imported(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text("shops.csv")
    assert Observation.objects.filter(measure__key="sales", unit__key="old-town", value=41000).exists()


def test_a_column_for_each_period_takes_a_meaning_and_its_period(visit, office):
    page = visit(office, size=NARROW).open("/import/new/")
    handed_in(page, MONTHS)
    assert meanings(page) == ["measure", "unit", "value", "", ""]
    chip(page, "Value").focus()
    page.keyboard.press("Enter")
    column(page, "Start").locator(".mapper-drop").focus()
    page.keyboard.press("Enter")
    assert meanings(page) == ["measure", "unit", "value", "value", ""]
    page.get_by_label("Period of Start").fill("Nov 2026")
    assert serious_findings(page) == []
    assert overflow(page) == 0
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("2 new values")).to_be_visible()
    expect(page.get_by_text("1 row left out: Branch is “Total”")).to_be_visible()
    imported(page)
    assert Observation.objects.filter(measure__key="sales", period=2026 * 12 + 10, value=42000).exists()


def test_a_file_of_targets_alone_goes_through(visit, office):
    before = Observation.objects.count()
    page = visit(office).open("/import/new/")
    handed_in(page, TARGETS, name="targets.csv")
    assert meanings(page) == ["unit", "measure", "period", "target"]
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".counts div").filter(has_text="Targets").locator("dd")).to_have_text("2")
    imported(page)

    points = {
        (target.unit, point.value)
        for target in read_definitions().targets
        if target.measure == "sales"
        for point in target.points
    }
    assert {("old-town", 43000.0), ("riverside", 30000.0)} <= points
    assert Observation.objects.count() == before
