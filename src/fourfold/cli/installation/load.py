"""`fourfold load FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date, now
from fourfold.cli.paths import require_folder
from fourfold.cli.progress import progress_shown

__all__ = ["load_folder", "load_with_progress"]


def load_folder(
    folder: Annotated[Path, typer.Argument(help="The strategy folder.")],
    data: Annotated[
        Path | None, typer.Option(help="Where mappings with `from: data` find their files.")
    ] = None,
) -> None:
    """Bring the database in line with a strategy folder, in one transaction: all of it or nothing."""
    require_folder(folder)
    require_folder(data)
    brought_up_to_date()
    load_with_progress(folder, data=data)


def load_with_progress(folder: Path, *, data: Path | None) -> None:
    """Load a folder and show how far it is."""
    from fourfold.data.imports.actions import load_strategy_folder
    from fourfold.platform.accounts.scope import INSTALLATION

    with progress_shown() as tell:
        loaded = load_strategy_folder(folder, data=data, scope=INSTALLATION, at=now(), tell=tell)
    typer.echo(
        f"Loaded {loaded.organisation}: {loaded.measures} measures, {loaded.units} units, {loaded.written} values."
    )
