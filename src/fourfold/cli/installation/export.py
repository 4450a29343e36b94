"""`fourfold export FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date
from fourfold.cli.progress import progress_shown

__all__ = ["export_folder"]


def export_folder(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    history: Annotated[
        bool, typer.Option("--history", help="Every value ever known, with its time.")
    ] = False,
) -> None:
    """Write the database as a strategy folder: canonical, so that loading and exporting it again changes no byte."""
    brought_up_to_date()
    from fourfold.data.imports.queries import export_strategy_folder
    from fourfold.platform.accounts.scope import INSTALLATION

    with progress_shown() as tell:
        tell("Writing files")
        count = export_strategy_folder(folder, scope=INSTALLATION, history=history)
    typer.echo(f"Wrote {count} values to {folder}.")
