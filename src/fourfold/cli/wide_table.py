"""A table for people, wide enough that no name of it is broken, also in a pipe."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

__all__ = ["print_whole", "titled_table"]


def titled_table(title: str) -> Table:
    """A table without columns yet: no lines, its title at the left."""
    return Table(title=title, title_justify="left", box=None, pad_edge=False)


def print_whole(table: Table, *, width: int, under: Iterable[str] = ()) -> None:
    """Print it at least that wide, then what is said under it; a pipe says 80, which breaks every name."""
    console = Console(markup=False)  # a series may be called [anything]
    console.width = max(console.width, width)
    console.print(table)
    for line in under:
        console.print(line)
