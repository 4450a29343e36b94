"""A person sees how far the work is; a pipe gets the result and nothing else."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import FOURFOLD, PATIENCE, Shell


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["load", "examples/four-objectives"], "Reading files"),
        (["evaluate", "examples/four-objectives"], "evaluating the folder"),
    ],
    ids=["load", "evaluate"],
)
def test_a_terminal_shows_a_bar_and_a_pipe_does_not(shell: Shell, arguments: list[str], told: str) -> None:
    on_a_terminal = seen_on_a_terminal(shell, arguments)
    in_a_pipe = shell(*arguments)

    assert told in on_a_terminal
    assert in_a_pipe.err == ""
    assert told not in in_a_pipe.out
    assert "\x1b" not in in_a_pipe.out


def test_a_reader_who_stops_early_leaves_no_traceback(shell: Shell) -> None:
    with subprocess.Popen(
        [FOURFOLD, "evaluate", "examples/meridian", "--period", "2026-09", "--csv"],
        cwd=shell.folder,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        assert b"Traceback" not in command.stderr.read()


def test_refusals_stay_out_of_the_result(shell: Shell, tmp_path: Path) -> None:
    answer = shell("evaluate", tmp_path / "nowhere", "--json")

    assert answer.raw == b""
    assert answer.err.count("Remedy: ") == 1


def seen_on_a_terminal(shell: Shell, arguments: list[str]) -> str:
    """Standard error as a terminal shows it."""
    ours, theirs = pty.openpty()
    command = subprocess.Popen(
        [FOURFOLD, *arguments],
        cwd=shell.folder,
        env={**shell.environment, "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while chunk := read_or_end(ours):
        seen += chunk
    command.wait(PATIENCE)
    os.close(ours)
    return seen.decode(errors="replace")


def read_or_end(terminal: int) -> bytes:
    """A terminal whose other side has closed answers with an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
