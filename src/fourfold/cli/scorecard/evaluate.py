"""`fourfold evaluate [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.exits import Exit, stop
from fourfold.cli.paths import require_folder
from fourfold.cli.progress import progress_shown

if TYPE_CHECKING:
    from fourfold.cli.scorecard.evaluated import EvaluatedScorecard

__all__ = ["evaluate_scorecard", "evaluated"]


def evaluate_scorecard(
    folder: Annotated[
        Path | None, typer.Argument(help="A strategy folder; without one, the database.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="A unit's key; default: the root.")] = None,
    period: Annotated[str | None, typer.Option(help="2026-09, 2026-Q3, 2026-09-ytd or 2026.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Where mappings with `from: data` find their files.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole tree as one JSON document.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One row a node.")] = False,
) -> None:
    """Score a unit's scorecard for a period; the last complete month where none is given."""
    if as_json and as_csv:
        message, remedy = "--json and --csv exclude each other", "Choose one of them."
        stop(Exit.USAGE, problem="OPTIONS_CONFLICT", message=message, remedy=remedy)
    scorecard = evaluated(folder, data=data, unit=unit, period=period)
    if as_json:
        sys.stdout.buffer.write(scorecard.json())
        return
    if as_csv:
        from fourfold.cli.scorecard.csv_rows import write_csv

        write_csv(scorecard.tree())
        return
    from fourfold.cli.scorecard.table import print_scorecard

    print_scorecard(scorecard)


def evaluated(
    folder: Path | None, *, data: Path | None, unit: str | None, period: str | None
) -> EvaluatedScorecard:
    """What was asked for, from the folder or, without one, from the database."""
    require_folder(folder)
    require_folder(data)
    with progress_shown() as tell:
        if folder is None:
            from fourfold.cli.scorecard.from_database import from_database

            tell("Evaluating the database")
            return from_database(unit=unit, period=period)
        from fourfold.cli.scorecard.evaluated import from_folder

        tell("Reading and evaluating the folder")
        return from_folder(folder, data=data, unit=unit, period=period)
