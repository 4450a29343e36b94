"""What every test stands on: safe SQLite first, Django's settings, repeatable Hypothesis, one Chromium."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

if importlib.util.find_spec("fourfold.config") is not None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.config.settings")

# The same examples on every run, so a failure in CI is a failure here; HYPOTHESIS_PROFILE=explore searches afresh.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=100)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the system's Chromium is; `make test` has installed or named it before pytest starts."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    return pytest.fail("no Chromium on PATH: run `make chromium`")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> "Iterator[Browser]":
    """One Chromium for the whole run; open a `browser.new_context()` per test."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would take it for an async caller of the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by folder, so nobody forgets: journeys and pages drive a browser, real needs the data."""
    tests = config.rootpath / "tests"
    for item in items:
        room = item.path.relative_to(tests).parts[0] if item.path.is_relative_to(tests) else ""
        if room in {"journeys", "browser"}:
            item.add_marker(pytest.mark.browser)
        if room == "real":
            item.add_marker(pytest.mark.real)
