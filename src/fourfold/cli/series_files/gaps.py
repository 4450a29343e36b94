"""Series for charts: the calendar between the first and the last period laid out, so that a missing one is a gap."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import typer

from fourfold.cli.series_files.period_labels import Steps, rhythm_of
from fourfold.cli.series_files.reading import read_series
from fourfold.cli.series_files.series_table import Columns, SeriesTable

__all__ = ["read_for_chart", "warn_of_order", "with_every_period"]


def read_for_chart(
    path: Path, columns: Columns, *, members: bool = False, evenly: bool = True
) -> SeriesTable:
    """As `read_series`; two points with a missing period between them are no neighbours.

    Args:
        members: several rows of one period belong together.
        evenly: points stand in time; False: each is an event, however far from the last.

    Raises:
        FileRefused: as `read_series`; more periods than not have no row in any series.
    """
    table = read_series(path, columns, members=members)
    warn_of_order(table)
    if not columns.period or not evenly:
        return table
    return with_every_period(table, rhythm_of(table.periods))


def warn_of_order(table: SeriesTable) -> None:
    """Say on standard error that rows are counted which their periods would order otherwise."""
    if table.unsorted:
        told = f"Warning: rows are taken as they stand, but the column “{table.unsorted}” is not in the order of time."
        typer.echo(told, err=True)
        typer.echo(f"Remedy: Sort the file and name the column with --period {table.unsorted}.", err=True)


def with_every_period(table: SeriesTable, steps: Steps) -> SeriesTable:
    """The same with a gap where no series has a row."""
    table = replace(table, cycle=steps.cycle)
    if len(steps.labels) == len(table.periods):
        return table
    places = list(steps.place)
    members = np.full((len(table.keys), len(steps.labels), table.members.shape[2]), np.nan)
    members[:, places] = table.members
    sizes = None
    if table.sizes is not None:
        sizes = np.full((len(table.keys), len(steps.labels)), np.nan)
        sizes[:, places] = table.sizes
    return replace(table, periods=steps.labels, members=members, sizes=sizes)
