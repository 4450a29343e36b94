"""What the command says about itself."""

from __future__ import annotations

import re

import pytest

from fourfold import __version__
from tests.cli.conftest import CHECKOUT, Shell

COMMANDS = (
    "capability",
    "check",
    "demo",
    "evaluate",
    "explain",
    "export",
    "import",
    "load",
    "serve",
    "spc",
    "version",
)


def test_version_names_everything_the_numbers_rest_on(shell: Shell) -> None:
    answer = shell("version")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == f"fourfold {__version__}"
    assert re.search(r"python [\d.]+, numpy [\d.]+, numba [\d.]+", answer.out)
    assert re.search(r"sqlite [\d.]+, journal (WAL|DELETE)", answer.out)


def test_version_loads_neither_the_engine_nor_numba(shell: Shell) -> None:
    answer = shell("version", PYTHONVERBOSE="", PYTHONPROFILEIMPORTTIME="1")

    loaded = {line.rsplit("|", 1)[-1].strip() for line in answer.err.splitlines()}
    assert "fourfold.cli.version" in loaded
    assert not loaded & {"numba", "numpy", "scipy", "fourfold.engine", "rich.table", "django.db.models"}


def test_evaluating_a_small_folder_loads_neither_numba_nor_the_database(shell: Shell) -> None:
    answer = shell("evaluate", "examples/four-objectives", "--json", PYTHONPROFILEIMPORTTIME="1")

    loaded = {line.rsplit("|", 1)[-1].strip() for line in answer.err.splitlines()}
    assert "fourfold.engine.evaluate" in loaded
    assert not loaded & {"numba", "scipy", "django", "fourfold.platform"}


def test_without_a_command_the_help_lists_them_all(shell: Shell) -> None:
    answer = shell("--help")

    assert answer.code == 0
    assert all(re.search(rf"\b{command}\b", answer.out) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(shell: Shell, command: str) -> None:
    answer = shell(command, "--help")

    assert (answer.code, answer.err) == (0, "")
    assert "Usage: fourfold " + command in answer.out


def test_the_page_documents_every_command_and_every_exit_code() -> None:
    from fourfold.cli.exits import Exit

    page = (CHECKOUT / "docs" / "command.md").read_text()

    assert all(f"`fourfold {command}" in page for command in COMMANDS)
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)} == set(Exit)
