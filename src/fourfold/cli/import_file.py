"""`fourfold import MAPPING FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date, now
from fourfold.cli.paths import require_file
from fourfold.cli.progress import progress_shown

__all__ = ["import_rows"]


def import_rows(
    mapping: Annotated[
        str, typer.Argument(help="The key of a stored mapping, or the path of a mapping file.")
    ],
    file: Annotated[Path, typer.Argument(help="The CSV file.")],
) -> None:
    """Take the rows of a CSV file into the ledger, all or nothing; the same file twice changes nothing."""
    require_file(file)
    brought_up_to_date()
    from fourfold.data.imports.actions import import_file
    from fourfold.platform.accounts.scope import INSTALLATION

    with progress_shown() as tell:
        run = import_file(file, mapping=mapping, scope=INSTALLATION, at=now(), tell=tell)
    typer.echo(
        f"{run.rows_read} rows read, {run.values_written} values and {run.targets_written} targets written, "
        f"{run.values_unchanged} values unchanged."
    )
