"""What every test stands on: a home of its own, safe SQLite first, Django, repeatable Hypothesis, one Chromium."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker inherits the home of its run
    os.environ["FOURFOLD_HOME"] = tempfile.mkdtemp(prefix="fourfold-tests-")
    atexit.register(shutil.rmtree, os.environ["FOURFOLD_HOME"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.config.settings")

import django

from fourfold.config import sqlite  # noqa: F401 - the safe SQLite, before Django takes one

django.setup()

# The same examples on every run, so a failure in CI is a failure here; HYPOTHESIS_PROFILE=explore searches afresh.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=100)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

LONGEST_FIRST = (
    "tests/house/test_route_matrix.py",
    "tests/cli/serving/test_serve_and_demo.py",
    "tests/data/imports/test_import_faults.py",
    "tests/house/test_row_scope.py",
    "tests/cli/test_refusals.py",
    "tests/security/test_hostile_bodies.py",
    "tests/house/test_hostile_requests.py",
    "tests/data/imports/test_upload_bombs.py",
    "tests/cli/spc/test_spc.py",
    "tests/security/test_words_stay_words.py",
    "tests/security/test_extra_fields_change_nothing.py",
    "tests/engine/test_evaluation_properties.py",
    "tests/engine/independent/test_every_cell_of_the_demo.py",
    "tests/browser/test_every_page.py",
    "tests/journeys/test_a_month_of_an_owner.py",
    "tests/journeys/test_five_minutes.py",
    "tests/journeys/test_from_sign_in_to_as_known.py",
    "tests/journeys/test_tutorial.py",
)
"""Files that take a minute or more: begun last, one of them would keep a single worker busy at the end."""

PATIENCE = 60_000  # milliseconds until a page counts as silent: for machines that have much else to do
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(autouse=True, scope="session")
def _a_flush_may_empty_append_only_tables() -> None:
    """Tests that commit (`transactional_db`, `live_server`) are cleaned by DELETE, which the ledger's triggers forbid.

    Only this process, only Django's own flush: the triggers are set aside for it and put back in the same breath.
    """
    from django.db.backends.sqlite3.base import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(operations: DatabaseOperations, sql_list: list[str]) -> None:
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(operations, sql_list)
            for _name, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = flush_without_triggers  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _no_cube_outlives_its_database() -> Iterator[None]:
    """A test's rows are rolled back, but the process would still remember its cube at the same seq."""
    yield
    if live_cube := sys.modules.get("fourfold.scorecard.evaluation.queries.live_cube"):
        live_cube.forget()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the system's Chromium is; `make test` has installed or named it before pytest starts."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    return pytest.fail("no Chromium on PATH: run `make chromium`")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> "Iterator[Browser]":
    """One Chromium for the whole run, which finds no host but this one; open a `browser.new_context()` per test."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    # Playwright's loop runs in this thread, and Django would take it for an async caller of the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", NOWHERE])
        yield chromium
        chromium.close()


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector need not walk over it again and again.

    An eighth of the time of a page's test went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark by folder, before marks are chosen by; and hand the longest files to the workers first."""
    mark_by_folder(config, items)
    yield
    if "PYTEST_XDIST_WORKER" in os.environ:
        rank = {config.rootpath / file: place for place, file in enumerate(LONGEST_FIRST)}
        items.sort(key=lambda item: rank.get(item.path, len(rank)))


def mark_by_folder(config: pytest.Config, items: list[pytest.Item]) -> None:
    """So that nobody forgets: journeys and pages drive a browser, real needs the data."""
    tests = config.rootpath / "tests"
    for item in items:
        room = item.path.relative_to(tests).parts[0] if item.path.is_relative_to(tests) else ""
        if room in {"journeys", "browser"}:
            item.add_marker(pytest.mark.browser)
        if room == "real":
            item.add_marker(pytest.mark.real)
