"""The measure wizard in a real browser: the preview follows the typing; what is saved stands on the scorecard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_measure_is_made_from_its_result_to_its_target_and_stands_on_the_scorecard(visit, ana):
    page = visit(ana).open("/edit/measures/new/?objective=serve-on-time")
    page.get_by_label("Name", exact=True).fill("Orders returned")
    page.get_by_label("Ratio", exact=False).first.check()
    page.get_by_label("Unit of measure", exact=True).fill("%")
    page.get_by_label("Goal type").select_option("minimise")
    page.get_by_label("Thresholds are written as").select_option("distance")
    page.get_by_label("Red", exact=True).fill("2")
    page.get_by_label("Try with target").fill("3")
    page.get_by_label("Try with value").fill("4")
    result = page.locator("#measure-preview .curve-result")
    expect(result).to_contain_text("50")
    expect(result).to_contain_text("At risk")

    page.get_by_label("Owner").select_option("bruno")
    page.get_by_label("Steward").select_option("clara")
    page.get_by_label("Operational definition").fill(
        "Orders brought back within a week, of all orders handed over, from the till."
    )
    page.get_by_role("button", name="Save the measure").click()
    page.wait_for_url("**/edit/targets/orders-returned/")

    page.get_by_role("link", name="Harbour Bakery").last.click()
    page.get_by_label("Periods and values").fill("2026-10 3\n2027-12 2")
    page.get_by_label("Trajectory").select_option("linear")
    page.locator("#target-preview svg.target-curve").wait_for()
    page.get_by_role("button", name="Save the target").click()
    page.wait_for_url("**/edit/targets/orders-returned/")

    page.goto(page.url.split("/edit/")[0] + "/scorecards/bakery/2026-10/")
    expect(page.get_by_text("Orders returned").first).to_be_visible()


def test_what_is_typed_before_the_scripts_come_is_previewed_when_they_do(visit, ana):
    visitor = visit(ana)
    page = visitor.fresh()
    late = []

    def hold(script):
        late.append(script)

    page.route("**/page.js", hold)
    with page.expect_request("**/page.js"):
        page.goto(visitor.address + "/edit/targets/punctuality/bakery/", wait_until="commit")
    page.get_by_label("Periods and values").fill("2026-10 90\n2027-12 99.5")
    page.get_by_label("Trajectory").select_option("linear")
    late[0].continue_()

    page.locator("#target-preview").get_by_text("99.5").first.wait_for()


def test_targets_are_typed_into_the_grid_by_keyboard(visit, ana):
    page = visit(ana).open("/edit/targets/punctuality/")
    field = page.get_by_label("Old Town shop, 2026-11", exact=True)
    page.wait_for_function("() => customElements.get('fourfold-entry-grid')")
    field.focus()
    page.keyboard.type("96")
    page.keyboard.press("Enter")  # moves down and sends nothing
    expect(page.locator('input[name="riverside.2026-11"]')).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("97")
    page.get_by_role("button", name="Save the targets").click()
    page.get_by_text("2 values are taken in.").wait_for()

    assert page.get_by_label("Old Town shop, 2026-11", exact=True).input_value() == "96"
    assert page.get_by_label("Riverside shop, 2026-12", exact=True).input_value() == "97"


def test_a_formula_is_told_off_while_it_is_typed(visit, ana):
    page = visit(ana).open("/edit/measures/new/")
    page.get_by_label("A formula over other measures").check()
    page.get_by_label("Formula", exact=True).fill("sales / lesons")
    shown = page.locator("#measure-preview .preview-problem")

    expect(shown).to_contain_text("FORMULA_UNKNOWN_NAME")
    expect(shown).to_contain_text("lessons")


def test_every_editing_page_reads_well_at_both_widths_and_in_both_themes(visit, ana):
    browser = visit(ana)
    for address in (
        "/edit/measures/new/",
        "/edit/measures/punctuality/",
        "/edit/targets/sales/",
        "/edit/targets/punctuality/bakery/",
        "/edit/apply/",
    ):
        page = browser.open(address)
        assert faults(page) == [], address


def test_without_script_the_check_button_shows_the_preview(visit, ana):
    page = visit(ana, script=False).open("/edit/measures/punctuality/")
    page.get_by_label("Try with value").fill("95")
    page.get_by_role("button", name="Check").click()

    expect(page.locator("#measure-preview svg.score-curve")).to_be_visible()
    expect(page.get_by_label("Try with value")).to_have_value("95")
