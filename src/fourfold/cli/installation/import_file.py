"""`fourfold import MAPPING FILE`, `--preview`, `--undo RUN`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.database import brought_up_to_date, now
from fourfold.cli.paths import require_file
from fourfold.cli.progress import progress_shown

if TYPE_CHECKING:
    from fourfold.data.imports.queries import ImportPreview

__all__ = ["import_rows"]


def import_rows(
    mapping: Annotated[
        str | None, typer.Argument(help="The key of a stored mapping, or the path of a mapping file.")
    ] = None,
    file: Annotated[Path | None, typer.Argument(help="A CSV, .xlsx or Parquet file.")] = None,
    *,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would change, and write nothing.")
    ] = False,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="RUN", help="Take this import back instead.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back.")] = "",
) -> None:
    """Take the rows of a file into the ledger, all or nothing; the same file twice changes nothing."""
    if undo is not None:
        _take_back(undo, reason)
        return
    if mapping is None or file is None:
        raise typer.BadParameter("name a mapping and a file, or --undo RUN")
    require_file(file)
    brought_up_to_date()
    if preview:
        _foretell(mapping, file)
    else:
        _take_in(mapping, file)


def _take_in(mapping: str, file: Path) -> None:
    from fourfold.data.imports.actions import import_file
    from fourfold.platform.accounts.scope import INSTALLATION

    with progress_shown() as tell:
        run = import_file(file, mapping=mapping, scope=INSTALLATION, at=now(), tell=tell)
    typer.echo(
        f"{run.rows_read} rows read, {run.values_written} values and {run.targets_written} targets written, "
        f"{run.values_unchanged} values unchanged."
    )
    if run.values_written:
        typer.echo(f"To take it back: fourfold import --undo {run.reference} --reason …")


def _foretell(mapping: str, file: Path) -> None:
    from fourfold.cli.refusing import show_findings
    from fourfold.data.imports.queries import preview_file
    from fourfold.platform.accounts.scope import INSTALLATION

    seen = preview_file(file, mapping=mapping, scope=INSTALLATION, at=now())
    show_findings(seen.findings)
    typer.echo(_told(seen))
    if seen.is_refused:
        from fourfold.cli.exits import Exit

        raise typer.Exit(Exit.REFUSED)


def _told(seen: ImportPreview) -> str:
    counts = (
        f"{seen.new} new, {seen.changed} changed, {seen.unchanged} unchanged, {seen.withdrawn} withdrawn, "
        f"{seen.refused} refused values; {seen.targets} targets"
    )
    return f"{seen.rows_read} rows read: {counts}. Nothing was written."


def _take_back(reference: str, reason: str) -> None:
    brought_up_to_date()
    from fourfold.data.imports.actions import withdraw_import
    from fourfold.platform.accounts.scope import INSTALLATION

    back = withdraw_import(reference, reason=reason, scope=INSTALLATION, at=now())
    typer.echo(
        f"{back.restored} values are as before, {back.withdrawn} are taken back, "
        f"{back.kept_count} were overwritten since and stay."
    )
    if back.targets.restored or back.targets.kept:
        typer.echo(f"{back.targets.restored} targets are as before, {back.targets.kept} stay.")
