"""What a command answers to the shell; docs/command.md documents every number."""

from __future__ import annotations

from enum import IntEnum
from typing import NoReturn

import typer

__all__ = ["Exit", "say", "stop"]


class Exit(IntEnum):
    """0 is success; the others say what kind of help is needed."""

    FINE = 0
    REFUSED = 1
    USAGE = 2
    NOT_FOUND = 3
    ENVIRONMENT = 4
    UNEXPECTED = 70


def say(problem: str, message: str, *, remedy: str) -> None:
    """What is wrong, in which stable code, and what to do: two lines on standard error."""
    typer.echo(f"{typer.style(problem, fg='red', bold=True)}: {message}", err=True)
    typer.echo(f"Remedy: {remedy}", err=True)


def stop(code: Exit, *, problem: str, message: str, remedy: str) -> NoReturn:
    """Say it, and leave."""
    say(problem, message, remedy=remedy)
    raise typer.Exit(code)
