"""`fourfold version`."""

from __future__ import annotations

import platform
from importlib.metadata import version as installed

import typer

from fourfold import __version__

__all__ = ["version"]


def version() -> None:
    """Print the version of Fourfold and of what its numbers and its data rest on."""
    typer.echo(f"fourfold {__version__}")
    typer.echo(f"python {platform.python_version()}, numpy {installed('numpy')}, numba {installed('numba')}")
    typer.echo(_sqlite())


def _sqlite() -> str:
    from fourfold.cli.database import sqlite_in_use

    return sqlite_in_use()
