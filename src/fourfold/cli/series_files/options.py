"""What every command that reads a file as series is asked: which columns, which rows, which periods."""

from __future__ import annotations

from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "NUMBER",
    "Better",
    "By",
    "Cumulative",
    "File",
    "Only",
    "Period",
    "Rebase",
    "Rules",
    "Value",
    "finite",
    "pairs_of",
]

NUMBER = "NUMBER"  # what help calls an option read by `finite`


class Better(StrEnum):
    """Which way is better."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"


File = Annotated[Path, typer.Argument(help="A CSV, .xlsx or Parquet file: one row a point, oldest first.")]
Value = Annotated[str, typer.Option(help="The column with values or counts.")]
By = Annotated[list[str] | None, typer.Option(help="Columns that tell series apart; may be repeated.")]
Period = Annotated[
    list[str] | None, typer.Option(help="Columns with the period, year first; without, rows are counted.")
]
Only = Annotated[list[str] | None, typer.Option(metavar="COLUMN=TEXT", help="Keep these rows only.")]
Rules = Annotated[
    list[str] | None, typer.Option(help="mdc, nelson, weco, rule1, or single rules as mdc.trend.")
]
Rebase = Annotated[list[str] | None, typer.Option(metavar="PERIOD", help="Begin new limits at this period.")]
Cumulative = Annotated[
    bool | None,
    typer.Option(help="Whether values are running totals or rolling; judged by their course if not said."),
]


def finite(text: str) -> float:
    """A number that can be compared with: no `nan`, no `inf`, nothing too large to be held."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise typer.BadParameter(f"{text!r} is not a finite number")
    return number


def pairs_of(only: list[str] | None) -> dict[str, str]:
    """Columns and the texts to keep of them."""
    pairs = {}
    for each in only or ():
        column, equals, text = each.partition("=")
        if not equals:
            raise typer.BadParameter(f"--only is COLUMN=TEXT, not {each!r}")
        pairs[column] = text
    return pairs
