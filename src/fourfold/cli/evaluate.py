"""`fourfold evaluate [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from fourfold.cli.database import from_database
from fourfold.cli.evaluated import from_folder
from fourfold.cli.exits import refusals_as_exits
from fourfold.cli.printing import print_scorecard, write_csv

__all__ = ["evaluate_scorecard"]


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
    with refusals_as_exits():
        if folder is None:
            scorecard = from_database(unit=unit, period=period)
        else:
            scorecard = from_folder(folder, data=data, unit=unit, period=period)
        if as_json:
            sys.stdout.buffer.write(scorecard.json())
        elif as_csv:
            write_csv(scorecard.tree())
        else:
            print_scorecard(scorecard)
