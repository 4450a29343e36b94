"""Five minutes: an empty installation, a spreadsheet, an own scorecard with its map, and a colleague who sees hers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cli.conftest import Shell
from tests.cli.served import free_port, served

PATIENCE = 60_000  # milliseconds; the first pages of a process compile what they need
PASSWORD = "a-long-walk-by-the-river"
HERS = "rain-on-the-north-window"

# Revenue wants 40,000 a shop and month; red begins at 90 % of it (policy), so worst is 80 % and best 110 %.
# Complaints want at most 10; red begins at 11, best is 9.
SPREADSHEET = [
    ("shop", "measure", "month", "value", "target"),
    ("North", "Revenue", "2026-07", 39400, 40000),
    ("North", "Complaints", "2026-07", 11, 10),
    ("South", "Revenue", "2026-07", 38100, 40000),
    ("South", "Complaints", "2026-07", 13, 10),
    ("North", "Revenue", "2026-08", 40900, 40000),
    ("North", "Complaints", "2026-08", 10, 10),
    ("South", "Revenue", "2026-08", 38600, 40000),
    ("South", "Complaints", "2026-08", 11, 10),
    ("North", "Revenue", "2026-09", 41200, 40000),
    ("North", "Complaints", "2026-09", 9, 10),
    ("South", "Revenue", "2026-09", 39900, 40000),
    ("South", "Complaints", "2026-09", 12, 10),
]


def between(value: float, *, border: float, target: float) -> float:
    """By hand: red border 33⅓, target 66⅔, the same distance beyond either is 0 and 100 (METHOD §2.3)."""
    share = (value - border) / (target - border)
    return min(100.0, max(0.0, (1 + share) * 100 / 3))


REVENUE_OF_ALL = between(41200 + 39900, border=72000, target=80000)
COMPLAINTS_OF_ALL = between(9 + 12, border=22, target=20)
REVENUE_OF_NORTH = between(41200, border=36000, target=40000)


@dataclass(frozen=True)
class PinnedShell(Shell):
    """It is 8 October 2026 wherever this runs."""

    @property
    def environment(self) -> dict[str, str]:
        return {**Shell.environment.fget(self), "FOURFOLD_TODAY": "2026-10-08"}  # type: ignore[attr-defined]


@pytest.fixture
def shell(tmp_path: Path) -> PinnedShell:
    return PinnedShell(tmp_path / "home")


@pytest.fixture
def address(shell: PinnedShell) -> Iterator[str]:
    """An installation that nobody has set up, with its worker."""
    port = free_port()
    with served(shell, "serve", port=port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    """A workbook as an office keeps it: a title, and cells that are dates and numbers."""
    path = tmp_path / "shops.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, months = book.add_worksheet("Shops"), book.add_format({"num_format": "mmm yyyy"})
        sheet.write(0, 0, "Our shops")
        for at, row in enumerate(SPREADSHEET, start=2):
            sheet.write_row(at, 0, row)
            if at > 2:
                sheet.write_datetime(at, 2, date.fromisoformat(f"{row[2]}-01"), months)
    return path


def test_the_scores_computed_by_hand() -> None:
    assert (round(REVENUE_OF_ALL), round(COMPLAINTS_OF_ALL), round(REVENUE_OF_NORTH)) == (71, 50, 77)


def test_from_an_empty_installation_to_a_colleague_who_sees_her_own_shop(
    shell: PinnedShell, address: str, browser: Browser, spreadsheet: Path
) -> None:
    page = opened(browser)
    set_up(page, address, code=(shell.home / "setup_code"))
    found_from(page, spreadsheet)
    place_the_measures(page)
    import_it(page)

    page.goto(f"{address}/scorecards/hill-bakery/2026-09/")
    expect(card(page, "Financial")).to_contain_text(str(round(REVENUE_OF_ALL)))
    expect(card(page, "Customer")).to_contain_text(str(round(COMPLAINTS_OF_ALL)))
    page.get_by_role("link", name="Strategy map").first.click()
    expect(page).to_have_url(re.compile("/maps/hill-bakery/2026-09/"))
    expect(page.get_by_role("link", name=re.compile("Grow profitable revenue")).first).to_be_visible()

    link = invite(page, address)
    hers = opened(browser)
    come_in(hers, link)
    expect(hers).to_have_url(re.compile("/home/$"))
    hers.get_by_role("link", name="Scorecard", exact=True).first.click()
    expect(hers).to_have_url(re.compile("/scorecards/north/2026-09/"))
    expect(card(hers, "Financial")).to_contain_text(str(round(REVENUE_OF_NORTH)))
    expect(hers.get_by_text("39,900")).to_have_count(0)
    for elsewhere in ("south", "hill-bakery"):
        answer = hers.goto(f"{address}/scorecards/{elsewhere}/2026-09/")
        assert answer is not None
        assert answer.status == 403


def opened(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return page


def set_up(page: Page, address: str, *, code: Path) -> None:
    page.goto(f"{address}/")
    expect(page).to_have_url(re.compile("/setup/"))
    page.get_by_label("Set-up code").fill(code.read_text().strip())
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Name to sign in with").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/start/$"))


def found_from(page: Page, spreadsheet: Path) -> None:
    page.get_by_role("link", name="Choose a spreadsheet").click()
    page.get_by_label("Name of the organisation").fill("Hill Bakery")
    page.get_by_label("File with values").set_input_files(spreadsheet)
    page.get_by_label("Strategy to begin with").select_option(label="Private company")
    page.get_by_label("Time zone").fill("Vienna")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="What does each column mean?")).to_be_visible()
    for column, meaning in (
        ("shop", "Unit"),
        ("measure", "Measure"),
        ("month", "Period"),
        ("value", "Value"),
        ("target", "Target"),
    ):
        chosen = page.get_by_role("combobox", name=column, exact=True)
        assert chosen.evaluate("list => list.selectedOptions[0].text") == meaning
    page.get_by_role("button", name="Continue").click()


def place_the_measures(page: Page) -> None:
    """Revenue serves an objective of the map; complaints get an objective of their own."""
    expect(page.get_by_role("heading", name="Measures that are new")).to_be_visible()
    revenue, complaints = (
        page.get_by_role("group", name="Revenue"),
        page.get_by_role("group", name="Complaints"),
    )
    revenue.get_by_label("Objective it serves").select_option(label="Grow profitable revenue")
    complaints.get_by_label("Objective it serves").select_option(label="a new objective …")
    complaints.locator("summary").click()
    complaints.get_by_label("New objective").fill("Reduce reasons to complain")
    complaints.get_by_label("… in the perspective").select_option(label="Customer")
    complaints.get_by_label("Wanted").select_option(label="Less is better")
    expect(page.get_by_role("group", name="North")).to_be_visible()
    page.get_by_role("button", name="See what would change").click()


def import_it(page: Page) -> None:
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.locator(".counts div", has_text="New values").locator("dd")).to_have_text("12")
    expect(page.locator(".counts div", has_text="New units").locator("dd")).to_have_text("2")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()


def card(page: Page, perspective: str) -> Locator:
    return page.locator("article.perspective", has=page.get_by_role("heading", name=perspective, exact=True))


def invite(page: Page, address: str) -> str:
    page.goto(f"{address}/invitations/new/")
    page.get_by_label("Name", exact=True).fill("Nora North")
    page.get_by_label("E-mail address").fill("nora@example.org")
    page.get_by_label("Unit", exact=True).select_option("north")
    page.locator("input[name=roles][value=viewer]").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    return page.get_by_label("Link of the invitation").input_value()


def come_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Choose a password").fill(HERS)
    page.get_by_label("The password again").fill(HERS)
    page.get_by_role("button", name="Come in").click()
