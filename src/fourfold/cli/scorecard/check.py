"""`fourfold check FOLDER`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.exits import Exit
from fourfold.cli.paths import require_folder
from fourfold.cli.progress import progress_shown

if TYPE_CHECKING:
    from fourfold.folder import Finding

__all__ = ["check"]


def check(
    folder: Annotated[Path, typer.Argument(help="The strategy folder.")],
    data: Annotated[
        Path | None, typer.Option(help="Where mappings with `from: data` find their files.")
    ] = None,
) -> None:
    """Read a strategy folder and say everything that is wrong or unwise, with file and line."""
    from fourfold.folder import Level, check_folder

    require_folder(folder)
    require_folder(data)
    with progress_shown() as tell:
        tell("Reading files")
        findings = check_folder(folder, data=data)
    _print(findings)
    if any(finding.level is Level.ERROR for finding in findings):
        raise typer.Exit(Exit.REFUSED)


def _print(findings: Sequence[Finding]) -> None:
    """Each finding on a line of its own, then the count."""
    for finding in findings:
        typer.echo(str(finding))
    typer.echo(f"{len(findings)} finding{'' if len(findings) == 1 else 's'}.")
