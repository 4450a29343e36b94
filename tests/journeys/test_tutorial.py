"""docs/tutorial.md, followed to the letter: every fenced command runs, in order, and says what the page promises."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import CHECKOUT, EXAMPLES, FOURFOLD, PATIENCE, Answer, Shell
from tests.cli.served import free_port, get, served

PAGE = CHECKOUT / "docs" / "tutorial.md"


@pytest.fixture
def desk(tmp_path: Path) -> Shell:
    """An empty place beside a copy of the examples, with `fourfold` on the path."""
    shutil.copytree(EXAMPLES / "four-objectives", tmp_path / "examples" / "four-objectives")
    return Shell(tmp_path / "my-home", tmp_path)


def test_the_tutorial_does_what_it_says(desk: Shell) -> None:
    commands = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    *before, serve = commands
    assert len(commands) >= 10

    said = [run(desk, command) for command in before]

    assert [answer.err for answer in said if answer.code] == []
    told = "".join(answer.out for answer in said)
    for promise in (
        "Hill Street Bakery",
        "Complaints",
        "measure complaints",
        "2 values and 0 targets written",
    ):
        assert promise in told
    assert re.search(r"Loaded Hill Street Bakery: 6 measures, 3 units, \d+ values", told)
    assert_it_serves(desk, serve)


def assert_it_serves(desk: Shell, command: str) -> None:
    """On another port than the page's, which somebody may be using."""
    name, *arguments = shlex.split(command)
    assert (name, arguments[-2]) == ("fourfold", "--port")
    port = free_port()
    with served(desk, *arguments[:-2], port=port):
        assert get(f"http://127.0.0.1:{port}/")[0] == 200


def run(desk: Shell, block: str) -> Answer:
    """One fenced block, as typed; it stops at the first command that fails."""
    path = f"{FOURFOLD.parent}:{desk.environment['PATH']}"
    done = subprocess.run(
        ["/bin/bash", "-euc", block],
        cwd=desk.folder,
        env={**desk.environment, "PATH": path},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr, done.stdout.encode())
