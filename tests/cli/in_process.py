"""The command in the tests' own process: what is dear to load is loaded once, not once a question."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from fourfold.cli.main import app
from tests.cli.conftest import Answer

__all__ = ["answer_to"]


def answer_to(*arguments: str | Path) -> Answer:
    """What the command leaves behind; a test of the shell around it takes the fixture `shell`."""
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    return Answer(done.exit_code, done.stdout, done.stderr, done.stdout_bytes)
