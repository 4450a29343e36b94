"""A month of an owner's work: what is due, the grid, the close, and what happens to a number once it is final."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from fourfold.cli.demo.demo import DEMO_PASSWORD
from tests.cli.conftest import Shell
from tests.cli.served import free_port, served

PATIENCE = 60_000  # milliseconds
MEASURE = "Decisions with evidence"
FIELD, NOTE = "evidence-share.2026-09..a", "evidence-share.2026-09.note"
PASTE = """([name, text]) => {
  const field = document.querySelector(`input[name="${name}"]`);
  field.focus();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


class Office:
    """The demo as it is served, and a browser of their own for everybody who works there."""

    def __init__(self, browser: Browser, port: int) -> None:
        self.browser, self.address = browser, f"http://127.0.0.1:{port}"

    def enter(self, person: str) -> Page:
        page = self.browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{self.address}/accounts/login/")
        page.get_by_label("Login").fill(person)
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/home/")  # the page before has a heading too
        return page

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.address}{path}")


@pytest.fixture
def office(tmp_path: Path, browser: Browser) -> Iterator[Office]:
    expect.set_options(timeout=PATIENCE)
    shell, port = Shell(tmp_path / "home"), free_port()
    with served(shell, "demo", "--home", shell.home, port=port):
        yield Office(browser, port)


def test_a_month_of_an_owner(office: Office) -> None:
    owner = office.enter("s-iyer")
    find_what_is_due(office, owner)
    enter_the_value(owner)
    see_it_on_the_scorecard(office, owner)
    explain_it(office, owner)

    left_open = owner.context.new_page()
    office.open(left_open, "/entry/rotterdam/2026-09/")
    close_the_period(office)
    find_a_later_change_refused(left_open)

    restate(office)
    see_it_restated(office, owner)
    take_the_month_away(office, owner)


def find_what_is_due(office: Office, owner: Page) -> None:
    office.open(owner, "/due/?state=late")
    owner.get_by_role("row").filter(has_text="Rotterdam").get_by_role("link", name=MEASURE).last.click()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Rotterdam, September 2026")


def enter_the_value(owner: Page) -> None:
    """Two cells of a spreadsheet at once; the score stands there before anything is saved."""
    row = owner.get_by_role("row").filter(has_text=MEASURE)
    owner.wait_for_load_state("networkidle")  # the grid's script takes pastes
    owner.evaluate(PASTE, [FIELD, "20\t50"])
    expect(row.get_by_text("40.0")).to_be_visible()
    expect(row.get_by_text("Off target", exact=True)).to_be_visible()
    expect(row.get_by_text("Off target: say why")).to_be_visible()

    owner.reload()
    expect(owner.locator(f'input[name="{FIELD}"]')).to_have_value("20")  # the draft was kept

    owner.get_by_role("button", name="Save", exact=True).click()
    expect(owner.get_by_text("1 thing to mend before saving")).to_be_visible()
    owner.locator(f'input[name="{NOTE}"]').fill("Half the committees met without minutes.")
    owner.get_by_role("button", name="Save", exact=True).click()
    expect(owner.get_by_text("1 value saved, 1 note.")).to_be_visible()


def see_it_on_the_scorecard(office: Office, owner: Page) -> None:
    office.open(owner, "/scorecards/rotterdam/2026-09/")
    row = owner.locator("#measures-body tr").filter(has_text=MEASURE)
    expect(row).to_contain_text("40.0")
    row.get_by_role("link", name=MEASURE).click()
    expect(owner.get_by_text("Half the committees met without minutes.")).to_be_visible()


def explain_it(office: Office, owner: Page) -> None:
    """The analysis of the month, and a word to a colleague beside the number."""
    office.open(owner, "/analyses/measure/evidence-share/rotterdam/2026-09/")
    owner.get_by_label("What happened?").fill("Two of five decisions rested on evidence.")
    owner.get_by_label("What next?").fill("Minutes are due before the next meeting.")
    owner.get_by_role("button", name="Keep the analysis").click()
    expect(owner.get_by_text("The analysis is kept.")).to_be_visible()
    office.open(owner, "/measures/evidence-share/rotterdam/2026-09/")
    expect(owner.get_by_text("Two of five decisions rested on evidence.").first).to_be_visible()
    owner.locator(".talk .talk-write summary", has_text="Annotate").click()
    owner.get_by_label("Your words").fill("@f-kaya please look for the missing minutes.")
    owner.get_by_role("button", name="Annotate", exact=True).click()
    expect(owner.locator(".thread")).to_contain_text("look for the missing minutes")


def close_the_period(office: Office) -> None:
    steward = office.enter("f-kaya")
    office.open(steward, "/periods/meridian/?month=2026-09")
    expect(steward.get_by_role("heading", name="Still missing")).to_be_visible()
    steward.get_by_role("button", name="Close as final").click()
    expect(steward.get_by_role("alert")).to_contain_text("13 values are still missing")
    steward.get_by_label("Reason, if it is closed with gaps").fill("The other sites keep no minutes yet.")
    steward.get_by_role("button", name="Close as final").click()
    expect(steward.get_by_text("the period is final now")).to_be_visible()


def find_a_later_change_refused(owner: Page) -> None:
    """In a window that was opened before the period was closed."""
    owner.locator(f'input[name="{FIELD}"]').fill("30")
    owner.get_by_role("button", name="Save", exact=True).click()
    expect(owner.get_by_role("alert")).to_contain_text("This period is final")


def restate(office: Office) -> None:
    steward = office.enter("f-kaya")
    office.open(steward, "/entry/rotterdam/2026-09/")
    steward.locator(f'input[name="{FIELD}"]').fill("30")
    steward.get_by_label("Correction of an error").check()
    steward.get_by_label("Why does the published value change?").fill("Ten minutes were filed late.")
    steward.get_by_role("button", name="Propose the restatement").click()
    expect(steward.get_by_text("2 approvals are still needed. You proposed it")).to_be_visible()
    for approver, told in (
        ("d-sato", "One more approver is needed"),
        ("l-brandt", "the values are restated"),
    ):
        page = office.enter(approver)
        office.open(page, "/restatements/")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text(told)).to_be_visible()


def see_it_restated(office: Office, owner: Page) -> None:
    office.open(owner, "/scorecards/rotterdam/2026-09/")
    row = owner.locator("#measures-body tr").filter(has_text=MEASURE)
    expect(row).to_contain_text("60.0")
    expect(row.get_by_title("Restated")).to_be_visible()


def take_the_month_away(office: Office, owner: Page) -> None:
    """The workbook says what the page says, and carries the analysis."""
    office.open(owner, "/scorecards/rotterdam/2026-09/")
    with owner.expect_download() as downloading:
        owner.locator(".actions summary").click()
        owner.get_by_role("link", name="Table as XLSX").click()
    workbook = CalamineWorkbook.from_path(str(downloading.value.path()))
    heading, *rows = workbook.get_sheet_by_index(0).to_python()
    row = next(
        each for each in (dict(zip(heading, row, strict=True)) for row in rows) if each["Measure"] == MEASURE
    )

    assert row["Value"] == 60.0
    assert "Two of five decisions rested on evidence." in row["Analysis"]
