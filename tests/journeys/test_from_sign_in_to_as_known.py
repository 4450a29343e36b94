"""A stranger with the demo's password: sign in, find the red measure, see why, see what was known, leave."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from fourfold.cli.demo.demo import DEMO_PASSWORD
from tests.cli.conftest import Shell
from tests.cli.served import free_port, served

PATIENCE = 60_000  # milliseconds; the first chart of a process starts its compiler


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_from_the_door_to_a_number_as_it_was_known(shell: Shell, browser: Browser) -> None:
    port = free_port()
    with served(shell, "demo", "--home", shell.home, port=port):
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)

        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_label("Login").fill("r-okafor")
        page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).to_have_url(re.compile("/home/$"))
        page.get_by_role("link", name="Scorecard").first.click()
        expect(page).to_have_url(re.compile("/scorecards/meridian/2026-09/"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Meridian Logistics")

        page.get_by_role("link", name="Quarter").first.click()
        expect(page).to_have_url(re.compile("2026-Q3"))
        page.get_by_role("link", name="Strategy map").first.click()
        page.get_by_role("link", name=re.compile("^Raise daily fleet utilisation(?! →)")).first.click()
        expect(page).to_have_url(re.compile("/objectives/raise-fleet-utilisation/"))
        page.get_by_role("link", name="Fleet utilisation").first.click()
        expect(page).to_have_url(re.compile("/measures/fleet-utilisation/"))
        expect(page.get_by_text("Why this score?").first).to_be_visible()

        page.goto(f"http://127.0.0.1:{port}/measures/revenue/hamburg/2026-06/?as_of=2026-08-16")
        expect(page.get_by_text("3,950").first).to_be_visible()
        page.goto(f"http://127.0.0.1:{port}/measures/revenue/hamburg/2026-06/")
        expect(page.get_by_text("3,505").first).to_be_visible()

        page.goto(f"http://127.0.0.1:{port}/accounts/logout/")
        page.get_by_role("button", name=re.compile("Sign out")).first.click()
        expect(page.get_by_label("Login")).to_be_visible()
        page.goto(f"http://127.0.0.1:{port}/scorecards/meridian/2026-09/")
        expect(page).to_have_url(re.compile("/accounts/login/"))
