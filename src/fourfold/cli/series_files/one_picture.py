"""A picture shows one series: pictures of many would hide what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourfold.cli.exits import Exit, stop

if TYPE_CHECKING:
    from fourfold.cli.series_files.series_table import SeriesTable

__all__ = ["refuse_both", "require_one", "require_values"]


def require_one(table: SeriesTable) -> None:
    """Leave where the file has several series."""
    count = len(table.keys)
    if count != 1:
        message = f"a picture shows one series, and the file has {count}"
        stop(Exit.USAGE, problem="SERIES_MANY", message=message, remedy="Choose one with --only COLUMN=TEXT.")


def require_values(table: SeriesTable) -> None:
    """Leave where no row has a value: bars of nothing would look like bars of something."""
    import numpy as np

    if not np.isfinite(table.members).any():
        message = "there is nothing to draw: no row has a value"
        stop(Exit.REFUSED, problem="NOTHING_TO_DRAW", message=message, remedy="Check --value and --only.")


def refuse_both(*, as_json: bool, as_svg: bool) -> None:
    """Leave where two forms are asked for at once."""
    if as_json and as_svg:
        message, remedy = "--svg does not go with --json", "Leave one of them out."
        stop(Exit.USAGE, problem="OPTIONS_CONFLICT", message=message, remedy=remedy)
