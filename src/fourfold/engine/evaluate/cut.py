"""Some pages and columns of every node: flat places worked out once and used for every array of the results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cut", "cut_of", "taken"]

Number = TypeVar("Number", bound=np.generic)
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Cut:
    """`flat` (page, column) are places in one node's table, `size` is how many cells such a table has.

    Arrays handed in are whole and C-contiguous, as `room_for` makes them: a cell is then one addition away.
    """

    pages: Places
    columns: Places
    flat: Places
    size: int

    def of(self, table: NDArray[Number]) -> NDArray[Number]:
        """One node's cells, shape (page, column)."""
        return table.reshape(-1).take(self.flat)

    def of_nodes(self, nodes: Places) -> Places:
        """Places of several nodes' cells in the whole array, shape (node, page, column); `taken` reads them."""
        return self.flat + (nodes * self.size)[:, np.newaxis, np.newaxis]

    def put(self, table: NDArray[Number], cells: NDArray[Number]) -> None:
        """Write one node's cells."""
        table.reshape(-1)[self.flat] = cells

    @cached_property
    def as_one_row(self) -> Cut:
        """The same cells side by side, for work that is alike on all pages."""
        return replace(self, flat=self.flat.reshape(1, -1))

    def on(self, rows: NDArray[np.bool_]) -> Cut:
        """The same columns of some of the pages; itself where these are all."""
        if rows.all():
            return self
        return replace(self, pages=self.pages[rows], flat=self.flat[rows])


def taken(tables: NDArray[Number], where: Places) -> NDArray[Number]:
    """The cells at places of a whole array."""
    return tables.reshape(-1).take(where)


def cut_of(pages: Places, columns: Places, *, shape: tuple[int, ...]) -> Cut:
    """Cut pages and columns out of arrays of a shape (node, page, unit)."""
    width = shape[2]
    flat = pages[:, np.newaxis] * width + columns
    return Cut(pages, columns, flat, shape[1] * width)
